/** Files below a message, by Slack's external upload: ask for an address, send the bytes there, complete it. */
import type { Attachment } from '../../src/ports.ts';
import type { Standing } from './address.ts';
import type { Calls } from './calls.ts';
import { shortened } from './escape.ts';
import { SLACK } from './limits.ts';
import { type ApiAnswer, type ApiTrouble, textOf } from './web-api.ts';

const UNKNOWN: { readonly ok: false; readonly trouble: ApiTrouble } = {
  ok: false,
  trouble: { kind: 'unknown' },
};

/** Uploads the file into the thread of the message. */
export async function uploadFile(
  calls: Calls,
  { workspace, channel, ts }: Standing,
  attachment: Attachment,
): Promise<ApiAnswer> {
  const bytes = Buffer.from(attachment.content, attachment.encoding ?? 'utf8');
  const asked = await calls.call(workspace, 'files.getUploadURLExternal', {
    filename: attachment.name,
    length: bytes.length,
    ...(attachment.altText ? { alt_txt: shortened(attachment.altText, SLACK.altText) } : {}),
  });
  if (!asked.ok) return asked;
  const address = textOf(asked.body.upload_url);
  const id = textOf(asked.body.file_id);
  if (address === null || id === null || !(await calls.sendBytes(address, bytes))) return UNKNOWN;
  return calls.call(workspace, 'files.completeUploadExternal', {
    files: [{ id, title: attachment.name }],
    channel_id: channel,
    thread_ts: ts,
  });
}
