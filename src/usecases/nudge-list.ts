/** The list that somebody was shown last, as it is kept: by its numbers they say what happens to a line. */
import { z } from 'zod';
import { CARD_PARTIES } from '../domain/card-template.ts';
import type { DeliveryKey, PersonId } from '../domain/ids.ts';
import type { HeldLine } from '../domain/nudge.ts';
import { REACHED_PARTIES } from '../domain/nudge-holder.ts';
import type { ListedLine, NudgeList } from '../domain/nudge-list.ts';
import { nextVersion, type Paper } from '../domain/paper.ts';
import type { NudgeReader } from '../messages/copy/nudge-words.ts';
import type { NudgeDay } from './nudge-people.ts';
import type { Work } from './work.ts';

const KIND = 'nudge-list';
const FORM_VERSION = 1;

const day = z.iso.date();
const common = {
  name: z.string(),
  part: z.string().nullable(),
  dueOn: day,
  saidFrom: day,
  snoozedUntil: day.nullable(),
  waitsFor: z.enum(CARD_PARTIES).nullable(),
  done: z.enum(['at-once', 'with-day', 'with-reference', 'elsewhere']),
};
const itemSchema = z.object({
  ...common,
  about: z.object({
    kind: z.literal('item'),
    number: z.string(),
    engagementId: z.string(),
    personId: z.string(),
    key: z.string(),
  }),
  systemName: z.string(),
  party: z.enum(REACHED_PARTIES),
  blocked: z.string().nullable(),
  reopened: z.number(),
});
const courseSchema = z.object({ ...common, about: z.object({ kind: z.literal('course'), key: z.string() }) });
const lineSchema: z.ZodType<HeldLine> = z.union([itemSchema, courseSchema]);
const listedSchema: z.ZodType<ListedLine> = z.object({ line: lineSchema, isOpen: z.boolean() });
const listSchema: z.ZodType<NudgeList> = z.object({
  key: z.string().nullable(),
  lines: z.array(listedSchema),
  more: z.number(),
  told: z.array(z.string()).default([]),
});

type Keeping = Pick<Work, 'tx' | 'now'>;

/** The list of that person; null while they were shown none. */
export async function keptList({ tx }: Pick<Work, 'tx'>, personId: PersonId): Promise<NudgeList | null> {
  const paper = await tx.papers.latest(KIND, personId);
  return paper && listIn(paper);
}

/** A list with the paper on which it is kept. */
export interface KeptList {
  readonly personId: PersonId;
  readonly list: NudgeList;
  readonly paper: Paper;
}

/** Those of these people who were shown one. */
export async function keptLists(
  { tx }: Pick<Work, 'tx'>,
  ids: readonly PersonId[],
): Promise<readonly KeptList[]> {
  const papers = await tx.papers.latestOf(KIND, ids);
  return papers.map((paper) => ({ personId: paper.subject, list: listIn(paper), paper }));
}

const listIn = (paper: Paper): NudgeList => listSchema.parse(paper.answers);

/**
 * A try in vain has waited until somebody else's version was kept, of whom there are as many as transactions at one time; more tries mean
 * that something else is wrong.
 */
const MOST_TRIES = 50;

/**
 * Keeps what `change` makes of the list as it is now; answers the list as it is kept, and whether that is new. `known`: the paper
 * that was the latest when it was read in this transaction.
 */
export async function keepList(
  { tx, now }: Keeping,
  personId: PersonId,
  change: (before: NudgeList | null) => NudgeList,
  known?: Paper,
): Promise<{ readonly list: NudgeList; readonly isNew: boolean }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const latest = tries === 0 && known ? known : await tx.papers.latest(KIND, personId);
    const before = latest && listIn(latest);
    // In the order in which it is read back, so that what says the same is the same.
    const list = listSchema.parse(change(before));
    if (before && JSON.stringify(before) === JSON.stringify(list)) return { list, isNew: false };
    const paper = nextVersion(latest, {
      kind: KIND,
      subject: personId,
      formVersion: FORM_VERSION,
      answers: { ...list },
      byId: null,
      at: now,
      reason: null,
    });
    if (await tx.papers.insert(paper)) return { list, isNew: true };
  }
  throw new Error(`the list of ${personId} changed at every try`);
}

/** The key of the message of that day. */
export const nudgeKey = (personId: PersonId, today: string): DeliveryKey => `nudges:${personId}:${today}`;

/** All nudges of one person, to take back what is pending. */
export const aboutNudges = (personId: PersonId): string => `nudges:${personId}`;

/** How the list reads for that person; lateness counts by the programme's calendar. */
export function readerOf(
  { programme }: Pick<Work, 'programme'>,
  personId: PersonId,
  { today }: Pick<NudgeDay, 'today'>,
  list: NudgeList,
): NudgeReader {
  const numbers = list.lines.flatMap(({ line, isOpen }) =>
    isOpen && line.about.kind === 'item' ? [line.about.number] : [],
  );
  return {
    today,
    calendar: programme.calendar,
    self: personId,
    hasSeveral: new Set(numbers).size > 1,
  };
}
