/** The check-in ahead of a meeting, declared once: dialog and typed words read the same questions. */
import { CHECK_IN_PARTS, type CheckInPart } from '../domain/check-in.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { defineForm } from '../forms/form.ts';
import { longText } from '../forms/question.ts';
import { CHECK_IN_LABELS } from '../messages/copy/check-in.ts';
import { PROGRAMME_MEETINGS } from './programme-meetings.ts';

/** What people type for a meeting that has a check-in. */
const WORDS: Partial<Readonly<Record<MeetingKind, string>>> = {
  lead_weekly: 'weekly',
  isso_monthly: 'monthly',
};

/** Kinds of meetings that are prepared by check-ins, with the word for each. */
export const CHECK_IN_KINDS: readonly { readonly kind: MeetingKind; readonly word: string }[] =
  MEETING_KINDS.filter((kind) => PROGRAMME_MEETINGS[kind].checkIn !== null).map((kind) => ({
    kind,
    word: WORDS[kind] ?? kind,
  }));

/** Longest answer, in characters. */
const LONGEST = 1_000;

const QUESTIONS: Readonly<Record<CheckInPart, { readonly ask: string; readonly example: string }>> = {
  wentWell: {
    ask: 'What went well since the last meeting?',
    example: 'Access to the new system came through.',
  },
  inTheWay: { ask: 'What is in the way?', example: 'I still wait for test data.' },
  helpWanted: {
    ask: 'What help do you want, and from whom?',
    example: 'An introduction to the data team.',
  },
};

export const CHECK_IN_FORM = defineForm({
  key: 'check-in',
  version: 1,
  title: 'Check-in',
  sections: [
    {
      key: 'check-in',
      title: 'Check-in',
      questions: CHECK_IN_PARTS.map((part) =>
        longText(part, {
          label: CHECK_IN_LABELS[part].label,
          ask: QUESTIONS[part].ask,
          why: 'It lets the meeting begin with what matters to you.',
          min: 1,
          max: LONGEST,
          example: QUESTIONS[part].example,
          required: false,
        }),
      ),
    },
  ],
});
