import type { CardElement } from './adaptive-fields.ts';
import type { Drawing } from './card-look.ts';
import { IN_YOUR_TIME } from './copy/teams.ts';
import { literal } from './harmless.ts';
import type { Inline, Line } from './inline.ts';
import { andMore, cut, firstOf } from './limits.ts';
import { instantText } from './plain-text.ts';

/** How a line looks beside the words' own weight. */
interface LineStyle {
  readonly isSubtle?: true;
  readonly size?: 'small';
  readonly weight?: 'bolder';
}

/** A line of text; where times stand beside it, with the same instants as the client of whoever looks says them. */
export function lineElement(line: Line, drawing: Drawing, style: LineStyle = {}): CardElement {
  const { shown, left } = firstOf(line, drawing.room.items);
  const inlines = shown.flatMap(typedParts).map((part) => runOf(part, drawing, style));
  if (left > 0) inlines.push({ type: 'TextRun', text: ` ${andMore(left)}` });
  const words = { type: 'RichTextBlock', inlines: inlines.length > 0 ? inlines : [NO_WORDS] };
  const own = drawing.look.timesBeside ? ownTimes(shown) : [];
  return own.length > 0 ? { type: 'Container', items: [words, ownTimesElement(own)] } : words;
}

const NO_WORDS = { type: 'TextRun', text: ' ' };

/** The line's instants as functions that clients carry out in their own zone; they do so in text blocks alone, hence only with our words. */
function ownTimes(line: Line): string[] {
  const said = line.flatMap((part) => (part.kind === 'time' ? [ownTime(part)] : []));
  return [...new Set(said)];
}

function ownTime({ at, show }: Extract<Inline, { kind: 'time' }>): string {
  // They know no fractions of a second.
  const instant = new Date(at).toISOString().replace(/\.\d+Z$/u, 'Z');
  const [date, time] = [`{{DATE(${instant},SHORT)}}`, `{{TIME(${instant})}}`];
  switch (show) {
    case 'date':
      return date;
    case 'time':
      return time;
    case 'date-time':
      return `${date}, ${time}`;
    default:
      return show satisfies never;
  }
}

function ownTimesElement(own: readonly string[]): CardElement {
  const text = `${IN_YOUR_TIME} ${own.join('; ')}`;
  return { type: 'TextBlock', text, size: 'small', isSubtle: true, wrap: true, spacing: 'none' };
}

type Run = Inline | { readonly kind: 'typed'; readonly text: string };

/** Our own words hold what to type between backticks, which a card's runs do not know: those become runs of their own. */
function typedParts(part: Inline): readonly Run[] {
  if (part.kind !== 'text' || !part.text.includes('`')) return [part];
  return part.text
    .split(/`([^`\n]{1,80})`/u)
    .map((text, index) => ({ kind: index % 2 === 1 ? ('typed' as const) : ('text' as const), text }))
    .filter(({ text }) => text !== '');
}

function runOf(part: Run, { reader, room }: Drawing, style: LineStyle): CardElement {
  const run = (text: string, extra: CardElement = {}): CardElement => ({
    type: 'TextRun',
    text: literal(cut(text, room.characters)),
    ...style,
    ...extra,
  });
  switch (part.kind) {
    case 'text':
    case 'theirs':
      return run(part.text);
    case 'strong':
      return run(part.text, { weight: 'bolder' });
    case 'typed':
      return run(part.text, { fontType: 'monospace' });
    case 'link':
      return /^(?:https?:\/\/|mailto:)/u.test(part.url)
        ? run(part.text, {
            selectAction: {
              type: 'Action.OpenUrl',
              url: part.url,
              title: literal(cut(part.text, room.characters)),
            },
          })
        : run(part.text);
    case 'time':
      return run(instantText(part, reader));
    default:
      return part satisfies never;
  }
}
