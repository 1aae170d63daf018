/** A simulation in words, for people. */
import { sayDateTime } from '../../src/domain/time.ts';
import type { SimulatedMessage } from './simulation.ts';

/** The list, one block for each post and each message that was not sent, and counts at the end. `full` shows whole texts. */
export function reportOf(messages: readonly SimulatedMessage[], full: boolean): string {
  const blocks = messages
    .filter(({ within }) => within === null)
    .map((message) => blockOf(message, partsOf(messages, message), full));
  return [...blocks, countsOf(messages)].join('\n\n');
}

const partsOf = (messages: readonly SimulatedMessage[], { key, to }: SimulatedMessage): SimulatedMessage[] =>
  messages.filter((part) => part.within === key && part.to === to);

function blockOf(message: SimulatedMessage, parts: readonly SimulatedMessage[], full: boolean): string {
  const { at, timeZone, name, to, text } = message;
  const who = name === to ? name : `${name} (${to})`;
  const words = full ? text.split('\n') : [firstLine(text)];
  return [
    `${sayDateTime(at, timeZone)} → ${who} · ${sortOf(message)}${stateOf(message)}`,
    ...words.map((line) => (line === '' ? '' : `    ${line}`)),
    ...causesOf(message),
    ...parts.flatMap((part) => [
      `    With it: ${sortOf(part)}: ${firstLine(part.text)}`,
      ...causesOf(part).map((line) => `    ${line}`),
    ]),
  ].join('\n');
}

const sortOf = ({ kind, urgency, topic }: SimulatedMessage): string =>
  [kind, urgency, ...(topic ? [topic] : [])].join(', ');

const causesOf = ({ why, held, timeZone }: SimulatedMessage): string[] => [
  `    Why: ${why}.`,
  ...held.map(
    ({ at, until, because }) =>
      `    Held on ${sayDateTime(at, timeZone)} until ${sayDateTime(until, timeZone)}: ${because}.`,
  ),
];

function stateOf({ state, reason, redraws }: SimulatedMessage): string {
  if (state !== 'sent') return ` · NOT SENT, ${state}${reason ? `: ${reason}` : ''}`;
  return redraws ? ' · redraws what stands there' : '';
}

function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}

export interface Counts {
  /** What is posted or redrawn: one for all that goes out together. */
  readonly posts: number;
  /** Of those, what redraws a message that stands there. */
  readonly redrawn: number;
  /** Messages in them. */
  readonly sent: number;
  readonly byUrgency: Readonly<Record<string, number>>;
  /** What was not sent, by state and reason. */
  readonly notSent: Readonly<Record<string, number>>;
}

/** How many there are of each sort. */
export function counts(messages: readonly SimulatedMessage[]): Counts {
  const sent = messages.filter(({ state }) => state === 'sent');
  const posts = sent.filter(({ within }) => within === null);
  const tally = (names: readonly string[]): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const name of names) found[name] = (found[name] ?? 0) + 1;
    return found;
  };
  return {
    posts: posts.length,
    redrawn: posts.filter(({ redraws }) => redraws).length,
    sent: sent.length,
    byUrgency: tally(sent.map(({ urgency }) => urgency)),
    notSent: tally(
      messages.flatMap(({ state, reason }) =>
        state === 'sent' ? [] : [`${state}${reason ? `: ${reason}` : ''}`],
      ),
    ),
  };
}

function countsOf(messages: readonly SimulatedMessage[]): string {
  const { posts, redrawn, sent, byUrgency, notSent } = counts(messages);
  const list = (of: Readonly<Record<string, number>>): string =>
    Object.entries(of)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'none';
  return [
    `${sent} messages sent in ${posts} posts, ${redrawn} of which redraw what stands there: ${list(byUrgency)}.`,
    `Not sent: ${list(notSent)}.`,
  ].join('\n');
}
