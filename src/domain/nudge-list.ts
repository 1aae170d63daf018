/** The lines that somebody was shown last, with their numbers: what `done 2` means stays what they saw. Pure. */
import type { DeliveryKey } from './ids.ts';
import { type HeldLine, isSameLine, nameOfTold } from './nudge.ts';

/** More are not listed at once, so that the message of the day, with its other parts, keeps its buttons; the rest comes when these are done. */
export const MOST_LISTED = 12;

export interface NudgeList {
  /** The message of the day that shows it; null: only an answer did. */
  readonly key: DeliveryKey | null;
  /** The numbers are the places, from 1. A line that is done, put off or somebody else's now is kept, closed. */
  readonly lines: readonly ListedLine[];
  /** Lines beyond those listed. */
  readonly more: number;
  /** Names of the lines that this list and those before it told of, as long as they are in hand. */
  readonly told: readonly string[];
}

export interface ListedLine {
  readonly line: HeldLine;
  readonly isOpen: boolean;
}

/** A new list, most urgent first. `told`: what others before it told of and is still in hand. */
export function newList(
  key: DeliveryKey | null,
  lines: readonly HeldLine[],
  told: readonly string[] = [],
): NudgeList {
  const listed = lines.slice(0, MOST_LISTED).map((line) => ({ line, isOpen: true }));
  return { key, lines: listed, more: lines.length - listed.length, told: withTold(told, lines) };
}

const withTold = (told: readonly string[], lines: readonly HeldLine[]): readonly string[] => [
  ...new Set([...told, ...lines.map(nameOfTold)]),
];

/** The list with the lines as they are now: numbers stay, what is gone is closed, what is new stands behind. */
export function continued(list: NudgeList, lines: readonly HeldLine[]): NudgeList {
  const kept = list.lines.map(({ line }): ListedLine => {
    const now = lines.find((each) => isSameLine(each, line));
    return now ? { line: now, isOpen: true } : { line, isOpen: false };
  });
  const fresh = lines.filter((each) => !list.lines.some(({ line }) => isSameLine(line, each)));
  const room = Math.max(0, MOST_LISTED - kept.filter(({ isOpen }) => isOpen).length);
  return {
    ...list,
    lines: [...kept, ...fresh.slice(0, room).map((line) => ({ line, isOpen: true }))],
    more: Math.max(0, fresh.length - room),
    told: withTold(list.told, lines),
  };
}

/** The list after some lines were looked at again: `concerns` says which, `now` are those that are open among them. */
export function refreshed(
  list: NudgeList,
  concerns: (line: HeldLine) => boolean,
  now: readonly HeldLine[],
): NudgeList {
  return {
    ...list,
    lines: list.lines.map((listed) => {
      if (!concerns(listed.line)) return listed;
      const found = now.find((each) => isSameLine(each, listed.line));
      return found ? { line: found, isOpen: true } : { line: listed.line, isOpen: false };
    }),
  };
}

/** The open lines with their numbers. */
export const numberedLines = ({ lines }: NudgeList): readonly NumberedLine[] =>
  lines.flatMap(({ line, isOpen }, index) => (isOpen ? [{ place: index + 1, line }] : []));

export interface NumberedLine {
  readonly place: number;
  readonly line: HeldLine;
}
