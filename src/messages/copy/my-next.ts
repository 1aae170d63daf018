/** What a Service ISSO can do next, what comes after it, and where everything is (domain reference 4.3, 5.1). */
import type { LaterStep } from '../../domain/card-next.ts';
import { isItemLine, type NudgeLine } from '../../domain/nudge.ts';
import { type LocalDate, sayShortDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong } from '../inline.ts';
import { andMore, firstOf } from '../limits.ts';
import {
  type Block,
  bullets,
  card,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
} from '../message.ts';
import { raiseButton } from './blocker.ts';
import { dayButton, linksButton, ownBurnDownButton, waitingForButton } from './my-day-buttons.ts';

/** More at once is no next step. */
const MOST_NOW = 5;
const MOST_LATER = 3;

const COURSE_DONE = 'When you have taken a course, say so in your list: `courses`.';

/** A line that can be done now, with how and where. */
export interface NextShown {
  readonly line: NudgeLine;
  readonly how: string | null;
  readonly link: { readonly label: string; readonly url: string } | null;
}

export interface NextFacts {
  readonly now: readonly NextShown[];
  readonly later: readonly LaterStep[];
  /** Lines of the cards that others have in hand. */
  readonly elsewhere: number;
  readonly today: LocalDate;
  /** The reader has several cards: each line says of which. */
  readonly hasSeveral: boolean;
}

/** `next`: at most five lines, the most urgent first, then what comes after. */
export function nextMessage(next: NextFacts): Message {
  const { shown, left } = firstOf(next.now, MOST_NOW);
  return card(
    "What's next",
    [
      shown.length > 0
        ? facts(shown.map((each) => nextRow(each, next)))
        : paragraph('Nothing is yours to do right now.'),
      ...(left > 0 ? [note(`${andMore(left)}: type \`nudges\` for all.`)] : []),
      ...(shown.some(({ line: { about } }) => about.kind === 'course') ? [note(COURSE_DONE)] : []),
      ...(next.elsewhere > 0
        ? [
            paragraph(
              `${next.elsewhere} ${next.elsewhere === 1 ? 'line lies' : 'lines lie'} with others: type \`waiting for\` to see with whom.`,
            ),
          ]
        : []),
      ...laterBlocks(next),
    ],
    [dayButton, waitingForButton, ownBurnDownButton, linksButton, raiseButton],
  );
}

function nextRow({ line: item, how, link: where }: NextShown, next: NextFacts): Fact {
  const { about, name } = item;
  const label = about.kind === 'item' && next.hasSeveral ? `${name} (${about.number})` : name;
  const words = line`${capital(dueWords(item.dueOn, next.today))}.${how === null ? '' : ` ${how}`}${where === null ? '' : line` See ${link(where.label, where.url)}.`}`;
  const change = changeButton(item);
  return change ? fact(label, words, change) : fact(label, words);
}

/** A course is said with `course`, a line that follows from something else where that is done. */
function changeButton(item: NudgeLine): Button | null {
  if (!isItemLine(item) || item.done === 'elsewhere') return null;
  const { number, key } = item.about;
  return button(
    `item-${number}-${key}`,
    'Change',
    { verb: 'card.item', subject: number, choice: key },
    `item ${number} ${key} done${item.done === 'with-reference' ? ' ref TICKET-1' : ''}`,
    { opensDialog: true },
  );
}

/** `due by Fri, Jan 8`, `due today`, `was due by Fri, Jan 8` */
export function dueWords(dueOn: LocalDate, today: LocalDate): string {
  if (dueOn === today) return 'due today';
  return `${dueOn < today ? 'was due' : 'due'} by ${sayShortDate(dueOn)}`;
}

function laterBlocks({ later, today }: NextFacts): readonly Block[] {
  if (later.length === 0) return [];
  const { shown, left } = firstOf(later, MOST_LATER);
  return [
    paragraph([strong('After that')]),
    bullets([...shown.map((each) => laterLine(each, today)), ...(left > 0 ? [andMore(left)] : [])]),
  ];
}

function laterLine({ name, startsOn, after }: LaterStep, today: LocalDate): Line {
  const from = startsOn > today ? `, from ${sayShortDate(startsOn)}` : '';
  const first = after.length > 0 ? `, after: ${after.join('; ')}` : '';
  return line`${name}${from}${first}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Where the curriculum stands in public, who is asked about the rest, and the channels to join. */
export interface LinksShown {
  readonly courses: readonly {
    readonly name: string;
    readonly links: readonly { readonly label: string; readonly url: string }[];
    readonly contact: string | null;
  }[];
  readonly channels: readonly string[];
}

/** `links` */
export function linksMessage({ courses, channels }: LinksShown): Message {
  return card(
    'Links for a Service ISSO',
    [
      bullets(
        courses.map(({ name, links, contact }) => {
          const where = links.flatMap((each, index) => [
            ...line`${index === 0 ? ': ' : ', '}${link(each.label, each.url)}`,
          ]);
          const ask = contact === null ? '' : ` (ask ${contact})`;
          return line`${name}${where}${links.length === 0 && contact === null ? ' (its date is in `meetings` once it is known)' : ask}`;
        }),
      ),
      paragraph(`Channels to join: ${channels.join(', ')}.`),
      note(
        line`Write to ${link('ISSO@cms.hhs.gov', 'mailto:ISSO@cms.hhs.gov')} about the programme, to your contractor lead about the card, and type \`stuck\` with what stops you for the Government Task Lead.`,
      ),
    ],
    [dayButton, raiseButton],
  );
}
