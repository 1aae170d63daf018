/** What stands below a message: for reading only, in the thread where the platform has threads, otherwise folded or after the rest. */
import { line } from './inline.ts';
import { type Block, type Message, paragraph } from './message.ts';
import { withoutInputs } from './read-only.ts';

/** The message without what stands below it. */
export function headOf(message: Message): Message {
  const { below: _, ...head } = message;
  return head;
}

/** What stands below the message: nothing in it can be pressed or filled in, because it may be drawn apart from its message. */
export const belowOf = ({ below = [] }: Message): readonly Block[] => below.flatMap(withoutInputs);

/** The message with what stands below it after the rest. */
export function inOne(message: Message): Message {
  const below = belowOf(message);
  if (below.length === 0) return headOf(message);
  return { ...headOf(message), blocks: [...message.blocks, ...below] };
}

/**
 * The blocks as groups that each `fits`, in order and with nothing lost. Lists and rows are parted between their items; what leads
 * into a list stays with it. One item that does not fit alone is a group by itself.
 */
export function inParts(
  blocks: readonly Block[],
  fits: (blocks: readonly Block[]) => boolean,
): (readonly Block[])[] {
  const atoms = blocks.flatMap(atomsOf);
  const parts: (readonly Block[])[] = [];
  let [from, guess] = [0, 16];
  while (from < atoms.length) {
    const most = largest(atoms.length - from, guess, (count) =>
      fits(joined(atoms.slice(from, from + count))),
    );
    const count = withItsList(atoms, from, Math.max(1, most));
    parts.push(joined(atoms.slice(from, from + count)));
    from += count;
    guess = count;
  }
  return parts;
}

/** The least that can stand in a part: a block, or one item of it. */
interface Atom {
  readonly of: Block;
  /** Which item of its block it is; the first is 0. */
  readonly at: number;
  readonly block: Block;
}

function atomsOf(block: Block): Atom[] {
  switch (block.kind) {
    case 'list':
      return block.items.map((item, at) => ({ of: block, at, block: { ...block, items: [item] } }));
    case 'facts':
      return block.rows.map((row, at) => ({ of: block, at, block: { ...block, rows: [row] } }));
    case 'paragraph':
    case 'note':
    case 'fields':
      return [{ of: block, at: 0, block }];
    default:
      return block satisfies never;
  }
}

/** Items that were of one block are one again. A numbered list that goes on keeps its numbers as words. */
function joined(atoms: readonly Atom[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const { of, at, block } of atoms) {
    const last = blocks.at(-1);
    if (open === of && last?.kind === 'list' && block.kind === 'list')
      blocks[blocks.length - 1] = { ...last, items: [...last.items, ...block.items] };
    else if (open === of && last?.kind === 'facts' && block.kind === 'facts')
      blocks[blocks.length - 1] = { ...last, rows: [...last.rows, ...block.rows] };
    else if (block.kind === 'list' && block.ordered && at > 0)
      blocks.push(...block.items.map((item) => paragraph(line`${at + 1}. ${item}`)));
    else blocks.push(block);
    open = of;
  }
  return blocks;
}

/** The largest count up to `most` for which `fits` holds, sought from `guess` in growing steps; 0 when none does. */
function largest(most: number, guess: number, fits: (count: number) => boolean): number {
  let [fitting, tooMany] = [0, most + 1];
  let [next, step] = [Math.min(most, guess), 1];
  while (tooMany - fitting > 1) {
    if (fits(next)) fitting = next;
    else tooMany = next;
    // Until it is known from both sides, steps go away from the guess; then the rest is halved.
    const isOpen = tooMany > most || fitting === 0;
    const further = tooMany > most ? fitting + step : tooMany - step;
    step *= 2;
    next = isOpen && further > fitting && further < tooMany ? further : Math.floor((fitting + tooMany) / 2);
  }
  return fitting;
}

/** Words that lead into a list go with it into the next part. */
function withItsList(atoms: readonly Atom[], from: number, count: number): number {
  let kept = count;
  while (kept > 1 && atoms[from + kept]?.block.kind !== undefined) {
    const last = atoms[from + kept - 1]?.block.kind;
    const next = atoms[from + kept];
    const leads =
      last === 'paragraph' && next?.at === 0 && (next.of.kind === 'list' || next.of.kind === 'facts');
    if (!leads) break;
    kept -= 1;
  }
  return kept;
}
