/** Exports in chat: what there is, and the file by direct message, or by mail where a platform takes no files. */
import { mayEver } from '../domain/access.ts';
import {
  exportComes,
  exportMessage,
  exportsMessage,
  noFilesHere,
  noSuchExport,
  tooLargeToSend,
  tooManyRows,
  whichFormat,
} from '../messages/copy/exports.ts';
import { notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { EXPORT_FORMATS, EXPORT_KEYS, EXPORTS, type ExportRefusal, makeExport } from './exports.ts';
import { sendOwnFile, wayOfFile } from './send-file.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** A message with a larger file is not taken everywhere: mail servers stop at 25 MB, and mail makes a third more of it. */
const MOST_BYTES = 15_000_000;

/** `exports`: what can be asked for. */
export const listExports = ({ person }: Work): Answer =>
  answerPrivately(mayEver(person, 'export.make') ? exportsMessage(EXPORTS) : notYours());

/** `export engagements csv`; without a format it is asked for. Refused for whoever may not, in the same words for any name. */
export async function sendExport(work: Work, key: string, format: string | null): Promise<Answer> {
  if (!mayEver(work.person, 'export.make')) return answerPrivately(notYours());
  const offer = EXPORTS.find((each) => each.key === key);
  if (!offer) return answerPrivately(noSuchExport(EXPORT_KEYS, EXPORT_FORMATS));
  if (format === null) return answerPrivately(whichFormat(offer));
  const way = wayOfFile(work);
  if (way === 'none') return answerPrivately(noFilesHere());
  const made = await makeExport({ ...work, platform: work.from.platform }, work.person, key, format);
  if (!made.ok) return answerPrivately(refusalWords(made.refusal));
  const file = made.value;
  if (Buffer.byteLength(file.content) > MOST_BYTES) return answerPrivately(tooLargeToSend(MOST_BYTES));
  const { name, type, content, encoding } = file;
  await sendOwnFile(work, way, {
    key: `export:${key}:${format}`,
    message: exportMessage(offer, file),
    file: { name, type, content, ...(encoding ? { encoding } : {}) },
  });
  return answerPrivately(exportComes(offer, file.rows, way === 'mail'));
}

function refusalWords(refusal: ExportRefusal): Message {
  switch (refusal.code) {
    case 'not-yours':
      return notYours();
    case 'no-such-export':
      return noSuchExport(EXPORT_KEYS, EXPORT_FORMATS);
    case 'no-files':
      return noFilesHere();
    case 'too-many-rows':
      return tooManyRows(refusal.most);
    default:
      return refusal satisfies never;
  }
}
