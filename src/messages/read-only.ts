import type { Button } from './button.ts';
import { line, strong } from './inline.ts';
import { type Block, type Fact, fact, facts, type Message, paragraph } from './message.ts';

/**
 * The message for a page on which nothing can be pressed or filled in. Buttons and inputs are left out; in the place of a
 * button stands what to type in the chat.
 */
export function readOnly(message: Message): Message {
  const blocks = message.blocks.flatMap(withoutInputs);
  const rows = message.buttons.filter(({ typed }) => typed !== '').map(typedRow);
  const ways = rows.length > 0 ? [paragraph([strong('What you can type in the chat')]), facts(rows)] : [];
  const { below } = message;
  return {
    ...message,
    blocks: [...blocks, ...ways],
    buttons: [],
    ...(below ? { below: below.flatMap(withoutInputs) } : {}),
  };
}

/** The block for reading: inputs are left out, and in the place of a button stands what to type. */
export function withoutInputs(block: Block): readonly Block[] {
  switch (block.kind) {
    case 'fields':
      return [];
    case 'facts':
      return [{ kind: 'facts', rows: block.rows.map(withoutButton) }];
    case 'paragraph':
    case 'list':
    case 'note':
      return [block];
    default:
      return block satisfies never;
  }
}

function withoutButton({ label, value, button }: Fact): Fact {
  return { label, value: button && button.typed !== '' ? line`${value} (\`${button.typed}\`)` : value };
}

const typedRow = ({ label, typed }: Button): Fact => fact(label, `\`${typed}\``);
