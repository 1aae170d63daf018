/** Papers of made-up engagements: the cards and trainings of those who work now, the off-boarding of those who left. Pure. */
import { type CardItem, newCard } from '../../src/domain/card.ts';
import { isFinal } from '../../src/domain/engagement-states.ts';
import type { OffBoardingLine } from '../../src/domain/off-boarding.ts';
import { type Paper, subjectOf } from '../../src/domain/paper.ts';
import { addDays, DAY_MS, daysBetween, EASTERN, instantOf, localDate } from '../../src/domain/time.ts';
import { NEW_RECORD, noteOf, withNote } from '../../src/domain/training-record.ts';
import { CARD_TEMPLATES } from '../../src/offerings/card-template.ts';
import { ISSOS, type Life, workInstant } from './many-lives.ts';
import { MANY } from './many-people.ts';
import { cameTo, dayOf } from './many-rows.ts';

/** The card as it is given out now. */
export const NEWEST_CARD = CARD_TEMPLATES.at(-1) ?? CARD_TEMPLATES[0];

/** All papers of one engagement. */
export function manyPapers(life: Life, now: Date): readonly Paper[] {
  return [...cardOf(life, now), ...leavingOf(life)];
}

/** How far somebody comes with their card in the usual time. */
const USUAL_DAYS = 55;

function cardOf(life: Life, now: Date): readonly Paper[] {
  const began = cameTo(life, 'ONBOARDING');
  const last = life.steps.at(-1);
  if (!began || !last || isFinal(last.to)) return [];
  const dayZeroOn = dayOf(began);
  const days = daysBetween(dayZeroOn, dayOf(now));
  const { length } = NEWEST_CARD.items;
  const slowness = life.lot % 3 === 0 ? 1.5 : 1;
  const done = cameTo(life, 'ACTIVE')
    ? length
    : Math.min(length - 3, Math.floor((days / (USUAL_DAYS * slowness)) * length));
  const card = newCard(NEWEST_CARD, dayZeroOn);
  const items = card.items.map((item, place): CardItem => {
    const on = addDays(dayZeroOn, Math.min(days, Math.round((place / length) * USUAL_DAYS * slowness)));
    const changed = { byId: MANY.coord, at: instantOf(on, '10:00', EASTERN) };
    if (place < done)
      return { ...item, state: { is: 'done', reference: `REF-${place}` }, begunOn: on, doneOn: on, changed };
    return place < done + 2 ? { ...item, state: { is: 'in_progress' }, begunOn: on, changed } : item;
  });
  return [
    {
      kind: 'information-card',
      subject: subjectOf(life.id, life.issoId),
      version: 1,
      formVersion: NEWEST_CARD.version,
      answers: { ...card, items },
      byId: MANY.coord,
      at: new Date(Math.min(now.getTime(), began.getTime() + Math.max(1, days) * DAY_MS)),
      reason: null,
    },
  ];
}

/** When the property was given back: in time by most, late by some, never by a few; null where it is still out. */
export function propertyBackAt(life: Life): Date | null {
  const leaving = cameTo(life, 'OFFBOARDING');
  if (!leaving || !cameTo(life, 'CLOSED') || life.lot % 20 === 0) return null;
  return new Date(leaving.getTime() + (life.lot % 8 === 0 ? 28 : 8) * DAY_MS);
}

const THINGS = [
  ['laptop', 'Laptop'],
  ['piv_card', 'PIV card'],
] as const;

function leavingOf(life: Life): readonly Paper[] {
  const leaving = cameTo(life, 'OFFBOARDING');
  if (!leaving) return [];
  const back = propertyBackAt(life);
  const endOn = addDays(dayOf(leaving), 5);
  const line = (
    facts: Pick<OffBoardingLine, 'key' | 'kind' | 'what' | 'state'>,
    days: number,
  ): OffBoardingLine => ({
    ...facts,
    dueAt: instantOf(addDays(endOn, days), '00:00', EASTERN),
    evidence: null,
    handing: null,
    incident: null,
    changed: null,
  });
  const lines = (at: Date | null): readonly OffBoardingLine[] => [
    line(
      {
        key: 'access_disabled',
        kind: 'access',
        what: 'All access disabled',
        state: at ? 'revoked' : 'to_revoke',
      },
      1,
    ),
    line({ key: 'cor_told', kind: 'notice', what: 'COR told', state: at ? 'done' : 'to_do' }, 8),
    ...THINGS.map(([key, what]) => ({
      ...line({ key, kind: 'property', what, state: at ? 'returned' : 'to_return' }, 15),
      evidence: at && { reference: `REF-${key}`, on: dayOf(at) },
      changed: at && { byId: MANY.coord, at },
    })),
  ];
  const paper = (version: number, at: Date, returnedAt: Date | null): Paper => ({
    kind: 'off-boarding',
    subject: subjectOf(life.id, life.issoId),
    version,
    formVersion: 1,
    answers: { leaving: 'leaves', endOn, lines: lines(returnedAt) },
    byId: version === 1 ? MANY.gtl : MANY.coord,
    at,
    reason: null,
  });
  return [paper(1, leaving, null), ...(back ? [paper(2, back, back)] : [])];
}

/** The training record of each Service ISSO; that of one in ten has lapsed. */
export function trainingPapers(now: Date): readonly Paper[] {
  return Array.from({ length: ISSOS }, (_, place): Paper => {
    const days = place % 10 === 0 ? 400 : 20 + ((place * 13) % 320);
    const at = workInstant(now, days, 1);
    const note = {
      ...noteOf(NEW_RECORD, 'rbt'),
      state: { is: 'done', on: localDate(at, EASTERN), reference: `RBT-${place}` },
      changed: { byId: MANY.lead, at },
    } as const;
    return {
      kind: 'training',
      subject: `many-isso-${place + 1}`,
      version: 1,
      formVersion: 1,
      answers: { ...withNote(NEW_RECORD, note) },
      byId: MANY.lead,
      at,
      reason: null,
    };
  });
}
