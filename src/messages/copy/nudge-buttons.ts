/** The buttons of one line of a nudge. Each says its number, which is typed as well. */
import { type ItemLine, isItemLine } from '../../domain/nudge.ts';
import type { NumberedLine } from '../../domain/nudge-list.ts';
import { type Button, type ButtonPress, button } from '../button.ts';
import { paperButton, paperWords } from './paper.ts';

/** `course` in the place of a number: a course of whoever presses. */
export const COURSE_SUBJECT = 'course';

const pressOf = (verb: string, { line: { about } }: NumberedLine): ButtonPress => ({
  verb,
  subject: about.kind === 'item' ? about.number : COURSE_SUBJECT,
  choice: about.key,
});

/** Beside the line: that it is done, or the step by which it is done; null where that is elsewhere. */
export function doneButton(numbered: NumberedLine): Button | null {
  const { place, line } = numbered;
  const typed = typedDone(numbered);
  if (typed === null) return isItemLine(line) ? stepButton(place, line) : null;
  return button(`nudge-done-${place}`, 'Done', pressOf('nudge.done', numbered), typed, {
    opensDialog: line.done !== 'at-once',
  });
}

/** What is typed when it is done; null where it is done by another step. */
export function typedDone({ place, line: { done } }: NumberedLine): string | null {
  switch (done) {
    case 'at-once':
      return `done ${place}`;
    case 'with-day':
      return `done ${place} on 12/17/2026`;
    case 'with-reference':
      return `done ${place} ref TICKET-1`;
    case 'elsewhere':
      return null;
    default:
      return done satisfies never;
  }
}

/** The step of the engagement by which the line is done, while nothing is in its way. */
function stepButton(place: number, { about, part, party, waitsFor, blocked }: ItemLine): Button | null {
  const { number, key } = about;
  if (blocked !== null) return null;
  if (part !== null)
    return button(
      `nudge-ready-${place}`,
      'I am ready',
      { verb: 'nudge.ready', subject: number, choice: part },
      `ready ${number}`,
    );
  if (key === 'ready')
    return button(
      `nudge-step-${place}`,
      'Confirm the start',
      { verb: 'engagement.activate', subject: number },
      `activate ${number}`,
      { opensDialog: true },
    );
  if (key === 'bo_prep')
    return {
      ...paperButton(number, paperWords('preparation')),
      id: `nudge-step-${place}`,
      label: 'Fill in the list',
    };
  if (key !== 'appointment_letter') return null;
  if (waitsFor === 'ciso')
    return button(
      `nudge-step-${place}`,
      'The CISO signed',
      { verb: 'letter.note-ciso', subject: number },
      `ciso signed letter ${number} 2/3/2027`,
      { opensDialog: true },
    );
  const verb = party === 'service_isso' ? 'letter.sign' : 'letter.sign-owner';
  return button(`nudge-step-${place}`, 'I signed', { verb, subject: number }, `sign letter ${number}`);
}

/** Under the message: *Blocked*, *Waiting on*, *Not yet*, as far as they can be said of the line. */
export function moreButtons(numbered: NumberedLine): readonly Button[] {
  const { place, line } = numbered;
  if (line.part !== null) return [];
  const notYet = button(
    `nudge-not-yet-${place}`,
    `Not yet (line ${place})`,
    pressOf('nudge.not-yet', numbered),
    `not yet ${place} for 3 days`,
    { opensDialog: true },
  );
  if (!isItemLine(line)) return [notYet];
  const blocked = button(
    `nudge-blocked-${place}`,
    `Blocked (line ${place})`,
    pressOf('nudge.blocked', numbered),
    `blocked ${place} The badging office is closed until Monday.`,
    { opensDialog: true },
  );
  const waiting = button(
    `nudge-waiting-${place}`,
    `Waiting on\u2026 (line ${place})`,
    pressOf('nudge.waiting', numbered),
    `waiting ${place} on badging office`,
    { opensDialog: true },
  );
  if (line.blocked !== null) return [waiting, notYet];
  // Whose turn a signature is follows from the signatures.
  return line.done === 'elsewhere' ? [blocked, notYet] : [blocked, waiting, notYet];
}
