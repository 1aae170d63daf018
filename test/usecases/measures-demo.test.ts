import { describe, expect, it } from 'vitest';
import type { MeasureScope } from '../../src/domain/measures.ts';
import { fiscalYearAround, lastNinetyDays, monthAround, quarterAround } from '../../src/domain/period.ts';
import { earlierOf, localDate } from '../../src/domain/time.ts';
import type { Told } from '../../src/usecases/demo/tell.ts';
import { measuresNow, pictureFacts } from '../../src/usecases/measures.ts';
import { PROGRAMME } from '../support/bot.ts';
import { toldAt } from '../support/demo.ts';
import { writeRows } from '../support/history-rows.ts';
import { measuresByLog } from '../support/measures-by-log.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { ageingByLog, attendanceByLog, funnelByLog } from '../support/pictures-by-log.ts';
import { readLog } from '../support/read-log.ts';

const NOW = new Date('2027-03-16T14:00:00Z');

/** The rows of the demo programme that figures are made of. */
const writeTables = async (told: Told): Promise<void> =>
  writeRows(await openTestDatabase(), [
    [
      'engagement',
      [...told.engagements.values()].map((each) => ({
        id: each.id,
        number: each.number,
        offering: each.offering,
        form_version: each.formVersion,
        version: each.version,
        state: each.state,
        component: each.component,
        system_name: each.systemName,
        system_key: each.systemKey,
        answers: each.answers,
        requester_id: each.requesterId,
        business_owner_id: each.businessOwnerId,
        member_ids: [],
        created_at: each.createdAt,
        submitted_at: each.submittedAt,
        state_since_at: each.stateSinceAt,
        course: each.course,
      })),
    ],
    [
      'audit_entry',
      told.audit.map((each, place) => ({
        sequence: place + 1,
        at: each.at,
        verb: each.verb,
        engagement_id: each.engagementId,
        from_state: each.from,
        to_state: each.to,
        reason: each.reason,
        platform: each.platform,
        facts: each.facts,
        position: place + 1,
        hash: 'not looked at',
      })),
    ],
    [
      'paper',
      told.papers.map(({ kind, subject, version, formVersion, answers, byId, at }) => ({
        kind,
        subject,
        version,
        form_version: formVersion,
        answers,
        by_id: byId,
        at,
      })),
    ],
    [
      'milestone',
      [
        // The last day of each counts.
        ...new Map(
          told.milestones.map((each) => [`${each.engagementId} ${each.name} ${each.personId}`, each]),
        ).values(),
      ].map(({ engagementId, name, personId, on }) => ({
        engagement_id: engagementId,
        name,
        person_id: personId,
        on_day: on,
      })),
    ],
    [
      'survey',
      told.surveys.map((each) => ({
        id: each.id,
        engagement_id: each.engagementId,
        person_id: each.personId,
        occasion: each.occasion,
        asked_at: each.askedAt,
        version: each.version,
        answered_at: each.answeredAt,
      })),
    ],
    [
      'meeting',
      [...told.meetings.values()].map((each) => ({
        id: each.id,
        engagement_id: each.engagementId,
        kind: each.kind,
        state: each.state,
        version: each.version,
        uid: each.uid,
        sequence: each.sequence,
        token: each.token,
        organizer_id: each.organizerId,
        attendee_ids: each.attendeeIds,
        offered: [],
        proposed: [],
        held_on: each.heldOn,
        present_ids: each.presentIds,
        responses: [],
      })),
    ],
  ]);

describe('the measures of the demo programme', () => {
  it('are those that the record gives when it is counted by hand, over every time and component', async () => {
    const store = await openTestStore();
    await writeTables(toldAt(NOW));
    const log = await readLog(await openTestDatabase());
    const { timeZone, calendar, smallestGroup } = PROGRAMME;
    const today = localDate(NOW, timeZone);
    const times = [
      lastNinetyDays(today),
      quarterAround(today, -1),
      fiscalYearAround(today),
      monthAround(today, -2),
      { from: '2026-01-01', until: today },
    ];
    const components = [null, ...new Set(log.engagements.map(({ component }) => component))];
    const counted = new Set<string>();
    for (const [place, { from, until }] of times.entries()) {
      // One component after the other, and all of them over the longest time.
      const turn = components.filter((_, at) => at === 0 || at % times.length === place || place === 4);
      for (const component of turn) {
        const scope: MeasureScope = { from, until: earlierOf(until, today), component, offering: null };
        const by = { timeZone, calendar };
        const [measures, ...pictures] = await store.transaction(async (tx) => {
          const deps = { tx, programme: PROGRAMME, now: NOW };
          return [
            await measuresNow(deps, scope),
            await pictureFacts(deps, 'funnel', scope),
            await pictureFacts(deps, 'ageing', scope),
            await pictureFacts(deps, 'attendance', scope),
          ] as const;
        });
        expect(measures).toEqual(measuresByLog(log, scope, by));
        const { months } = attendanceByLog(log, scope);
        expect(pictures.map(({ facts }) => facts)).toEqual([
          funnelByLog(log, scope, by),
          ageingByLog(log, scope, by),
          { months: months.filter(({ invited }) => invited === 0 || invited >= smallestGroup) },
        ]);
        for (const [name, value] of Object.entries(measures)) if (isSomething(value)) counted.add(name);
      }
    }
    // Two ways of counting nothing would agree, too.
    expect([...counted].toSorted()).toEqual([
      'adoption',
      'answered',
      'coverage',
      'declined',
      'onTime',
      'property',
      'scope',
      'times',
      'training',
      'withdrawn',
    ]);
  });
});

const isSomething = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : !JSON.stringify(value).includes('"of":0');
