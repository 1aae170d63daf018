/** What the ISPG channel reads of the audit record. */
import { line } from '../inline.ts';
import { type Message, note, paragraph } from '../message.ts';

/**
 * The end of the record's chain, once a business day: kept outside of the database, it tells later whether something was changed
 * or cut off before it. Digits stand together, so that they can be copied. `added`: entries since the post before; null for the
 * first.
 */
export const auditHeadPost = (
  head: { readonly position: number; readonly hash: string },
  added: number | null,
): Message => ({
  blocks: [
    paragraph(
      line`Audit record: ${head.position} ${head.position === 1 ? 'entry' : 'entries'}${added === null ? '' : `, ${added} since the last post`}. Head: \`${head.hash}\``,
    ),
    note('You need not do anything. This post shows later that nothing before it was changed.'),
  ],
  buttons: [],
});
