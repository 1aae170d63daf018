/** What is said about legal holds: which there are, that one is placed or released, and why not. */
import type { LegalHold } from '../../domain/legal-hold.ts';
import { button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { dispositionButton } from './records.ts';

/** One hold, with names. */
export interface HoldShown {
  /** What people type. */
  readonly number: number;
  readonly hold: LegalHold;
  readonly name: string;
  readonly placedBy: string;
  readonly releasedBy: string | null;
}

const KIND_WORDS = { class: 'Class', engagement: 'Engagement', person: 'Person' } as const;

/** Every hold there was; those that stand come first. */
export function holdsMessage(holds: readonly HoldShown[], mayHold: boolean): Message {
  const ordered = [
    ...holds.filter(({ hold }) => hold.releasedAt === null),
    ...holds.filter(({ hold }) => hold.releasedAt !== null),
  ];
  return card(
    'Legal holds',
    [
      paragraph(
        holds.length === 0
          ? 'There is no legal hold.'
          : 'What is held is not disposed of until its hold is released.',
      ),
      ...(ordered.length > 0
        ? [facts(ordered.map((each) => fact(`Hold ${each.number}`, holdLine(each))))]
        : []),
      ...(mayHold
        ? [
            note(
              'Type `hold` with a number, a class or a person, then `because` and your reason. Type `release hold 1 because` with your reason to release one.',
            ),
          ]
        : []),
    ],
    [dispositionButton()],
  );
}

function holdLine({ hold, name, placedBy, releasedBy }: HoldShown): Line {
  const stands =
    hold.releasedAt === null
      ? line`${strong('Stands')} since ${time(hold.placedAt, 'date')}, placed by ${theirs(placedBy)}`
      : line`${strong('Released')} on ${time(hold.releasedAt, 'date')} by ${theirs(releasedBy ?? 'somebody')}`;
  return line`${KIND_WORDS[hold.kind]} ${theirs(name)}. ${stands}. Reason: ${theirs(hold.reason)}`;
}

export const holdExample = (name: string): string =>
  `hold ${name} because Case 27-014 of the Inspector General.`;

/** Asks once more. `word`: what says surely which it is; people read `name`. */
export const reallyHold = (name: string, word: string, reason: string): Message =>
  card(
    'Place this legal hold?',
    [
      facts([fact('Keeps', line`${theirs(name)}`), fact('Reason', line`${theirs(reason)}`)]),
      paragraph(
        'Nothing of it is disposed of until the hold is released. Whoever exports records reads the reason.',
      ),
      note('No hold was placed yet.'),
    ],
    [
      button(
        'place-hold',
        'Place the hold',
        { verb: 'hold.place', subject: word, choice: reason },
        `place hold ${word} because ${reason}`,
        { look: 'primary' },
      ),
    ],
  );

export const holdPlaced = (number: number, name: string): Message =>
  say(
    line`Hold ${strong(String(number))} stands: nothing of ${theirs(name)} is disposed of until you type \`release hold ${number} because\` with your reason.`,
  );

/** The same hold was placed before. */
export const holdStandsAlready = (number: number, name: string): Message =>
  say(
    line`Nothing was changed: hold ${strong(String(number))} keeps ${theirs(name)} for the same reason already. Type \`holds\` to see it.`,
  );

/** How a hold is placed and released. */
export const holdLike = (): Message =>
  say(
    'To keep records, type `hold` with a number, a class or a person, then `because` and your reason: `hold ISSO-2026-0001 because Case 27-014`. To let them go, type `release hold 1 because The case is closed`.',
    'Type `holds` to see all holds, `records` for the classes.',
  );

/** Asks once more. */
export const reallyRelease = ({ number, name, hold }: HoldShown, reason: string): Message =>
  card(
    `Release hold ${number}?`,
    [
      facts([
        fact('Keeps', line`${theirs(name)}`),
        fact('Placed because', line`${theirs(hold.reason)}`),
        fact('Released because', line`${theirs(reason)}`),
      ]),
      note(
        'The hold still stands. Once it is released, records that were kept long enough can be disposed of.',
      ),
    ],
    [
      button(
        'release-hold',
        'Release the hold',
        { verb: 'hold.release', subject: String(number), choice: reason },
        `lift hold ${number} because ${reason}`,
        { look: 'danger' },
      ),
    ],
  );

export const holdReleased = (number: number, name: string): Message =>
  say(
    line`Hold ${strong(String(number))} of ${theirs(name)} is released. It stays on the list of \`holds\`.`,
  );

/** There is none of that number, or it was released before. */
export const noSuchHold = (number: number, released: HoldShown | null): Message =>
  say(
    released === null
      ? `Nothing was changed: there is no hold ${number}. Type \`holds\` to see them.`
      : `Nothing was changed: hold ${number} was released before. Type \`holds\` to see them.`,
  );
