/** Cadences in chat: what recurs and when, and changing it. */
import { may, mayEver } from '../domain/access.ts';
import { checkCadence } from '../domain/cadence.ts';
import type { Engagement } from '../domain/engagement.ts';
import { checkMeetingCadence } from '../domain/meeting-cadence.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { occurrencesBetween } from '../domain/occurrences.ts';
import { DAY_MS } from '../domain/time.ts';
import { readCadence } from '../forms/read-cadence.ts';
import {
  type CadenceFacts,
  cadenceCard,
  cadenceList,
  cadenceNeedsNumber,
  cadenceNotAllowed,
  cadenceNotForThis,
  cadenceOfProgramme,
  cadenceRefused,
  cadenceSet,
  meetingCadenceWords,
  noSuchCadence,
} from '../messages/copy/cadence.ts';
import { MEETING_WORDS } from '../messages/copy/meeting.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Cadence } from '../ports.ts';
import { changeDigestCadence, digestCadences } from './digest-cadence.ts';
import { readMeetingWords } from './find-meeting.ts';
import { noteCadence } from './note-cadence.ts';
import { planCadence, ruleOf } from './plan-cadence.ts';
import { type Answer, answer, type Work } from './work.ts';

const OFF = /^off\.?$/iu;
const DATES_SHOWN = 5;
/** A whole sentence of the bot, pasted back. */
const LONGEST_WORDS = 450;
/** Dates are looked for so far ahead. */
const SHOWN_DAYS = 5 * 366;

/** Every cadence this person may know of, in words, with its next date. */
export async function showCadences(work: Work): Promise<Answer> {
  const shown: CadenceFacts[] = [];
  for (const cadence of await work.tx.cadences.list()) {
    const facts = await cadenceFacts(work, cadence, 1);
    if (facts) shown.push(facts);
  }
  shown.push(...(await digestCadences(work)));
  return answer(cadenceList(shown, mayEver(work.person, 'cadence.set')));
}

/**
 * `cadence weekly` shows one; with a rule behind it (`every Tuesday at 10:00`, five cron fields, `off`, `on`) sets it. Refused
 * with the reason: no such meeting, a rule that can't be kept, somebody who may not.
 */
export async function changeCadence(work: Work, typed: string): Promise<Answer> {
  const ofDigest = await changeDigestCadence(work, typed);
  if (ofDigest) return ofDigest;
  const meant = readMeetingWords(typed, LONGEST_WORDS);
  if (!meant) return answer(noSuchCadence());
  const { kind, number, day: rule } = meant;
  const [word] = MEETING_WORDS[kind];
  // One that was set by an earlier version can be switched off.
  const isOff = rule !== null && OFF.test(rule);
  if (kind === 'kickoff' || kind === 'forum' || (kind === 'initial' && !isOff))
    return answer(cadenceNotForThis(kind));
  const isOfProgramme = PROGRAMME_MEETINGS[kind].scope === 'programme';
  if (isOfProgramme && number) return answer(cadenceOfProgramme(word));
  if (!isOfProgramme && !number) return answer(cadenceNeedsNumber(word));
  const engagement = number ? await work.tx.engagements.byNumber(number) : null;
  if (number && !(engagement && may(work.person, 'request.read', engagement)))
    return answer(noAccess(number));
  const key = cadenceKey(kind, engagement);
  const cadence = await work.tx.cadences.get(key);
  if (rule === null) {
    const facts = cadence && (await cadenceFacts(work, cadence, DATES_SHOWN));
    return answer(facts ? cadenceCard(facts, mayEver(work.person, 'cadence.set')) : noSuchCadence());
  }
  if (!mayEver(work.person, 'cadence.set')) return answer(cadenceNotAllowed());
  if (isOff) return switchOff(work, cadence);
  if (/^on\.?$/iu.test(rule)) return switchOn(work, cadence);
  return setRule(work, { key, kind, engagement, cadence, rule });
}

const cadenceKey = (kind: MeetingKind, engagement: Engagement | null): string =>
  engagement ? `meeting:${kind}:${engagement.id}` : `meeting:${kind}`;

async function switchOff(work: Work, cadence: Cadence | null): Promise<Answer> {
  if (!cadence) return answer(noSuchCadence());
  await work.tx.cadences.advance(cadence.key, null);
  return settle(work, { ...cadence, nextAt: null }, 'cadence.off');
}

/** With the rule that it had. */
async function switchOn(work: Work, cadence: Cadence | null): Promise<Answer> {
  if (!cadence) return answer(noSuchCadence());
  const refusal = whyNotKept(work, cadence);
  if (refusal !== null) return answer(cadenceRefused(refusal));
  const on = { ...cadence, nextAt: cadence.nextAt ?? work.now };
  await work.tx.cadences.advance(cadence.key, on.nextAt);
  return settle(work, on, 'cadence.on');
}

async function setRule(
  work: Work,
  wanted: {
    readonly key: string;
    readonly kind: MeetingKind;
    readonly engagement: Engagement | null;
    readonly cadence: Cadence | null;
    readonly rule: string;
  },
): Promise<Answer> {
  const { key, kind, engagement, cadence } = wanted;
  const read = readCadence(wanted.rule);
  if (!read.ok) return answer(cadenceRefused(read.refusal));
  const zone = read.value.zone ?? cadence?.timeZone ?? work.programme.timeZone;
  const standard = PROGRAMME_MEETINGS[kind];
  const next: Cadence = {
    key,
    cron: read.value.cron,
    timeZone: zone,
    holidayRule:
      read.value.holidayRule ?? cadence?.holidayRule ?? standard.cadence?.holidayRule ?? 'next-business-day',
    purpose: {
      kind: 'meeting',
      meeting: kind,
      engagementId: engagement?.id ?? null,
      minutes: standard.minutes,
    },
    nextAt: work.now,
  };
  const refusal = whyNotKept(work, next);
  if (refusal !== null) return answer(cadenceRefused(refusal));
  await work.tx.cadences.set(next);
  await work.tx.cadences.advance(key, work.now);
  return settle(work, next, 'cadence.set', cadence !== null && read.value.holidayRule === null);
}

/** Why a meeting can't recur by the cadence that somebody wants, in words; null when it can. */
export function whyNotKept(
  { programme, now }: Pick<Work, 'programme' | 'now'>,
  cadence: Pick<Cadence, 'cron' | 'timeZone' | 'holidayRule' | 'purpose'>,
): string | null {
  const readable = checkCadence({ cron: cadence.cron, zone: cadence.timeZone });
  if (!readable.ok) return readable.refusal.because;
  if (cadence.purpose.kind !== 'meeting') return null;
  const { minutes } = cadence.purpose;
  const rule = ruleOf(cadence, programme);
  const checked = checkMeetingCadence(rule, { now, minutes, hours: programme.businessHours });
  return checked.ok ? null : meetingCadenceWords(checked.refusal, minutes);
}

/** Plans with the new rule at once, writes the record and says it back. */
async function settle(work: Work, cadence: Cadence, verb: string, keptRule = false): Promise<Answer> {
  const effect = await planCadence(work.tx, work.programme, cadence, work.now, work.person.id);
  const engagementId = cadence.purpose.kind === 'meeting' ? cadence.purpose.engagementId : null;
  await noteCadence(work, cadence, verb, engagementId);
  const facts = await cadenceFacts(work, cadence, DATES_SHOWN);
  return answer(facts ? cadenceSet(facts, effect, keptRule) : noSuchCadence());
}

/** What is shown of a cadence; null for one that is no meeting's, or not this person's to see. */
async function cadenceFacts(work: Work, cadence: Cadence, dates: number): Promise<CadenceFacts | null> {
  if (cadence.purpose.kind !== 'meeting') return null;
  const { meeting: kind, engagementId, minutes } = cadence.purpose;
  const engagement = engagementId ? await work.tx.engagements.get(engagementId) : null;
  const isTheirs = engagementId
    ? may(work.person, 'request.read', engagement)
    : mayEver(work.person, 'programme.read') ||
      PROGRAMME_MEETINGS[kind].roles.some((role) => work.person.roles.includes(role));
  if (!isTheirs) return null;
  const [word] = MEETING_WORDS[kind];
  const isOn = cadence.nextAt !== null;
  const rule = ruleOf(cadence, work.programme);
  const until = new Date(work.now.getTime() + SHOWN_DAYS * DAY_MS);
  const next = isOn ? occurrencesBetween(rule, minutes, { after: work.now, until, most: dates }) : [];
  return {
    title: PROGRAMME_MEETINGS[kind].title,
    typed: engagement ? `${word} ${engagement.number}` : word,
    engagement: engagement && { number: engagement.number, systemName: engagement.systemName },
    rule: isOn ? { cron: cadence.cron, zone: cadence.timeZone, holidayRule: cadence.holidayRule } : null,
    next: next.map(({ slot, movedFrom }) => ({ at: slot.startsAt, movedFrom })),
  };
}
