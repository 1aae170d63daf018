import type { Field } from '../domain/field.ts';
import { sayDate, sayDateTime, sayTime } from '../domain/time.ts';
import type { Button } from './button.ts';
import { inert } from './harmless.ts';
import type { Inline, Line } from './inline.ts';
import type { Block, Message } from './message.ts';

/** Who reads the message. */
export interface Reader {
  /** IANA zone in which instants are said. */
  readonly timeZone: string;
}

/**
 * The whole meaning of a message in text: heading, blocks, inputs with their options, for each button what to type
 * instead, and last what stands below it. Other people's words come out inert (see `harmless.ts`).
 */
export function plainText(message: Message, reader: Reader): string {
  const parts: string[] = [];
  if (message.heading) parts.push(inert(message.heading));
  for (const block of message.blocks) parts.push(blockText(block, reader));
  if (message.buttons.length > 0) parts.push(message.buttons.map(typedEquivalent).join('\n'));
  for (const block of message.below ?? []) parts.push(blockText(block, reader));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** One line in text. */
export function lineText(line: Line, reader: Reader): string {
  return line.map((part) => inlineText(part, reader)).join('');
}

/** How to say in words what a button does: "To accept, type `accept ISSO-2026-0042`." */
function typedEquivalent(button: Button): string {
  const label = inert(button.label);
  if (button.typed === '') return label;
  const isVerb = VERBS.has(label.split(' ')[0]?.toLowerCase() ?? '');
  return isVerb
    ? `To ${label.charAt(0).toLowerCase()}${label.slice(1)}, type \`${button.typed}\`.`
    : `For “${label}”, type \`${button.typed}\`.`;
}

/** An instant as the reader says it, with the zone's name where it tells a time of day. */
export function instantText(part: Extract<Inline, { kind: 'time' }>, reader: Reader): string {
  const at = new Date(part.at);
  switch (part.show) {
    case 'date':
      return sayDate(at, reader.timeZone);
    case 'time':
      return sayTime(at, reader.timeZone);
    case 'date-time':
      return sayDateTime(at, reader.timeZone);
    default:
      return part.show satisfies never;
  }
}

function blockText(block: Block, reader: Reader): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return lineText(block.line, reader);
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${lineText(item, reader)}`)
        .join('\n');
    case 'facts':
      return block.rows
        .map((row) => {
          const said = `${inert(row.label)}: ${lineText(row.value, reader)}`;
          return row.button ? `${said} (\`${row.button.typed}\`)` : said;
        })
        .join('\n');
    case 'fields':
      return [...block.fields.map(fieldText), typedEquivalent(block.send)].join('\n\n');
    default:
      return block satisfies never;
  }
}

function inlineText(part: Inline, reader: Reader): string {
  switch (part.kind) {
    case 'text':
    case 'strong':
      return part.text;
    case 'theirs':
      return inert(part.text).replace(/\n/gu, '\n  ');
    case 'link': {
      const shown = part.url.replace(/^mailto:/u, '');
      return shown === part.text ? shown : `${part.text} (${shown})`;
    }
    case 'time':
      return instantText(part, reader);
    default:
      return part satisfies never;
  }
}

function fieldText(field: Field): string {
  const lines = [`${inert(field.label)} (${field.required ? 'needed' : 'may be left out'})`];
  if (field.hint) lines.push(inert(field.hint));
  if (field.error) lines.push(`Problem: ${inert(field.error)}`);
  field.options?.forEach((option, index) => {
    lines.push(`${index + 1}. ${inert(option.label)}`);
  });
  const now = shownValue(field);
  if (now !== '') lines.push(`Now: ${now}`);
  return lines.join('\n');
}

/** The field's present value as its reader knows it: labels of options, Yes and No. */
function shownValue(field: Field): string {
  const value = field.value;
  if (value === undefined || value === null || value === '') return '';
  const label = (one: string): string => field.options?.find((option) => option.id === one)?.label ?? one;
  if (typeof value === 'object') return inert(value.map(label).join(', '));
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return inert(label(String(value)));
}

/** Words our button labels begin with that read well after "To". */
const VERBS = new Set(
  `accept add amend answer ask cancel change choose confirm continue correct decline edit file finish go join keep
  leave mark move offer open pause pick propose record remove reschedule resume review save schedule see send show
  skip start stop submit suggest switch talk tell undo update withdraw`.split(/\s+/u),
);
