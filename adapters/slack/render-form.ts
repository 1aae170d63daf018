import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { FieldErrors } from '../../src/domain/field.ts';
import { inOne } from '../../src/messages/below.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import { CANNOT_OPEN, ONE_MOMENT, OPENING } from '../../src/messages/copy/slack.ts';
import { inert } from '../../src/messages/harmless.ts';
import { type Block, type DialogPage, type Message, paragraph, say } from '../../src/messages/message.ts';
import { plainText, type Reader } from '../../src/messages/plain-text.ts';
import type { Channel } from '../../src/ports.ts';
import { plain, quietMessage, shortened } from './escape.ts';
import { SLACK } from './limits.ts';
import { costOf, fitted, headingPieces, linePieces, type TakenNames } from './message-blocks.ts';
import { fittingFields } from './render-fields.ts';
import { pageBlocks, VIEW_ROOM } from './render-home.ts';
import { blocksOf, leftOutPieces, less } from './render-message.ts';

/** Where a dialog was opened. It travels with the dialog and proves nothing. */
export interface ViewOrigin {
  /** The message whose button opened it, redrawn when the answer says so. */
  readonly on: string | null;
  /** As `Speaker.channel`. */
  readonly channel: Channel | 'other' | null;
}

/** Kept free for inputs, however long the introduction is. */
const INPUTS = { blocks: 60, characters: 50_000 };

/**
 * A dialog as a modal: full title if Slack's is too short for it, introduction, one input for each field. `page.press` and
 * `origin` travel in its metadata, for `viewOrigin`. Closing it is told, so that what is half filled can be kept. One whose
 * metadata Slack can't carry says so instead of asking.
 */
export function renderForm(page: DialogPage, reader: Reader, origin: ViewOrigin): ModalView {
  const metadata = JSON.stringify({ press: page.press, on: origin.on, channel: origin.channel });
  if (metadata.length > SLACK.viewMetadata) return wordsView(page.title, say(CANNOT_OPEN), reader);
  const opening = [
    ...(isLongTitle(page.title) ? headingPieces(page.title, reader) : []),
    ...page.intro.flatMap((line) => linePieces(line, reader)),
  ];
  const [shown, left] = fitted(opening, less(VIEW_ROOM, INPUTS));
  const above = blocksOf([...shown, ...leftOutPieces(left, reader)]);
  const room = less(VIEW_ROOM, { blocks: above.length, characters: costOf(above) });
  const taken: TakenNames = new Set();
  const blocks = [...above, ...fittingFields(page.fields, 'view', room, taken)];
  return {
    type: 'modal',
    callback_id: 'dialog',
    private_metadata: metadata,
    notify_on_close: true,
    title: titleOf(page.title),
    submit: plain(page.sendLabel, SLACK.viewTitle),
    close: CLOSE,
    blocks: blocks.length > 0 ? blocks : pageBlocks(say(), reader),
  };
}

/** What stands in a modal until its dialog is drawn: Slack opens one only within 3 seconds of the press. */
export const loadingView = (): ModalView => ({
  type: 'modal',
  callback_id: 'waiting',
  title: plain(ONE_MOMENT, SLACK.viewTitle),
  close: CLOSE,
  blocks: [{ type: 'section', text: plain(OPENING, SLACK.sectionText) }],
});

/** A modal that only says something. Inputs of the message are said in words, with what to type instead. */
export function wordsView(title: string, message: Message, reader: Reader): ModalView {
  const heading = message.heading ?? (isLongTitle(title) ? title : undefined);
  const said = {
    ...(heading === undefined ? {} : { heading }),
    blocks: inOne(message).blocks.map((block) => withoutInputs(block, reader)),
    buttons: message.buttons,
  };
  return {
    type: 'modal',
    callback_id: 'said',
    title: titleOf(title),
    close: CLOSE,
    blocks: pageBlocks(said, reader),
  };
}

const originSchema = z.strictObject({
  press: z.strictObject({
    verb: z.string().min(1),
    subject: z.string(),
    version: z.number().optional(),
    choice: z.string().optional(),
  }),
  on: z.string().nullable(),
  channel: z.enum(['ispg', 'issoaas', 'other']).nullable(),
});

/** What a modal with this metadata was opened by; null when it is none of `renderForm`'s. It proves nothing. */
export function viewOrigin(
  metadata: string,
): { readonly press: ButtonPress; readonly origin: ViewOrigin } | null {
  try {
    const read = originSchema.safeParse(JSON.parse(metadata));
    if (!read.success) return null;
    const { press, on, channel } = read.data;
    const { verb, subject, version, choice } = press;
    return {
      press: {
        verb,
        subject,
        ...(version === undefined ? {} : { version }),
        ...(choice === undefined ? {} : { choice }),
      },
      origin: { on, channel },
    };
  } catch {
    return null;
  }
}

const inputSchema = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.looseObject({ action_id: z.string() }),
}) satisfies z.ZodType<Pick<InputBlock, 'type' | 'block_id'>>;

/**
 * The errors of a modal's fields as `response_action: errors` takes them: by block_id of the input that asks for the field
 * in `view`, as Slack sent it. What is wrong with something that `view` does not ask for is said at its first input. Empty
 * when there is no input at all: then it must be said elsewhere.
 */
export function viewErrors(errors: FieldErrors, view: { readonly blocks: unknown }): Record<string, string> {
  const given: readonly unknown[] = Array.isArray(view.blocks) ? view.blocks : [];
  const inputs = given.flatMap((block) => {
    const read = inputSchema.safeParse(block);
    return read.success ? [{ blockId: read.data.block_id, actionId: read.data.element.action_id }] : [];
  });
  const said = new Map<string, string[]>();
  for (const [field, error] of Object.entries(errors)) {
    const asking = inputs.find(
      ({ actionId }) => actionId === `value:${field}` || actionId === `tick:${field}`,
    );
    const at = (asking ?? inputs[0])?.blockId;
    if (at !== undefined && error !== '') said.set(at, [...(said.get(at) ?? []), inert(error)]);
  }
  const joined = [...said].map(([at, all]) => [at, shortened(all.join(' '), SLACK.viewError)] as const);
  return Object.fromEntries(joined);
}

const CLOSE = plain('Close', SLACK.viewTitle);
const titleOf = (title: string) => plain(title, SLACK.viewTitle);
const isLongTitle = (title: string): boolean => inert(title).length > SLACK.viewTitle;

function withoutInputs(block: Block, reader: Reader): Block {
  if (block.kind !== 'fields') return block;
  return paragraph(plainText(quietMessage({ blocks: [block], buttons: [] }), reader));
}
