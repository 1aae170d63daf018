/** What is said around a step in an engagement's life. */
import type { Engagement } from '../../domain/engagement.ts';
import type { FieldErrors } from '../../domain/field.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, type Message, note, paragraph } from '../message.ts';
import type { MoveWords } from './moves.ts';

/** Above the fields of its dialog. */
export const moveDialogIntro = (engagement: Engagement): readonly Line[] => [
  line`For ${strong(engagement.number)} (${theirs(engagement.systemName)}).`,
];

/** What a step asks for, as its form says it. */
interface Asked {
  readonly label: string;
  readonly ask: string;
  readonly required: boolean;
}

/** What to type for a step that asks for more: each thing it asks, what was wrong, and an example. Nothing has changed. */
export function moveAsks(
  move: MoveWords,
  number: string,
  questions: readonly Asked[],
  errors: FieldErrors,
  isBare: boolean,
): Message {
  const mends = Object.values(errors);
  return {
    blocks: [
      paragraph(
        isBare
          ? line`Nothing has changed yet. For ${strong(number)} I need:`
          : line`Nothing has changed yet for ${strong(number)}. Please mend this:`,
      ),
      bullets(
        isBare
          ? questions.map(
              (question) =>
                line`${question.label}${question.required ? '' : ' (can be left out)'}: ${question.ask}`,
            )
          : mends.map((mend) => line`${theirs(mend)}`),
      ),
      note(
        line`Type it behind the number, with a semicolon between, for example: \`${move.typed} ${number} ${move.example}\``,
      ),
    ],
    buttons: [],
  };
}
