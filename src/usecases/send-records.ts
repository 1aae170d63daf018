/** Records in chat: which classes there are, and those of one class as an archive with its manifest. */
import { zipSync } from 'fflate';
import { mayEver } from '../domain/access.ts';
import { RECORD_CLASSES, recordClassOf } from '../domain/record-class.ts';
import { recordParts } from '../domain/record-parts.ts';
import { cutOffOf } from '../domain/retention.ts';
import { localDate } from '../domain/time.ts';
import { noFilesHere } from '../messages/copy/exports.ts';
import {
  keptForGood,
  noSuchClass,
  nothingDue,
  nothingKept,
  recordsChanged,
  recordsCome,
  recordsMessage,
  recordsTooLarge,
  recordsZipMessage,
} from '../messages/copy/records.ts';
import { notYours } from '../messages/copy/refusals.ts';
import type { RecordScope } from '../ports.ts';
import { exportRecords, type NamedClass } from './records-export.ts';
import { sendOwnFile, wayOfFile } from './send-file.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Larger archives don't go by message: `npm run records` writes them into a folder. Rows are some twenty times as large. */
const MOST_BYTES = 10_000_000;
/** So much is packed at most, so that nobody waits for it. */
const MOST_UNPACKED = 200_000_000;
/** The first instant that a ZIP archive knows, for every file in it: the same rows give the same archive. */
const FIRST_DAY = '1980-01-01T00:00:00';

/** Of the rest the bot keeps nothing that is a record. */
const EXPORTED = RECORD_CLASSES.filter(({ key }) => recordParts(key).length > 0);

/** `records`: the classes, what the bot keeps of each and how long. */
export const showRecords = ({ person }: Work): Answer =>
  answerPrivately(
    mayEver(person, 'records.export')
      ? recordsMessage(EXPORTED, mayEver(person, 'records.hold'))
      : notYours(),
  );

/** Which records are meant: all, or those that are due for disposition. */
export type RecordsWish = 'all' | 'due';

/** `export records transitory`, with `due` behind it what is due for disposition. Refused: no right, no such class, nothing kept, too large. */
export async function sendRecords(work: Work, typed: string, wish: RecordsWish): Promise<Answer> {
  if (!mayEver(work.person, 'records.export')) return answerPrivately(notYours());
  const of = recordClassOf(typed);
  if (!of) return answerPrivately(noSuchClass(EXPORTED));
  if (recordParts(of.key).length === 0) return answerPrivately(nothingKept(of));
  const scope = scopeOf(work, of, wish);
  if (scope === null) return answerPrivately(keptForGood(of));
  const way = wayOfFile(work);
  if (way === 'none') return answerPrivately(noFilesHere());
  const packed = packing();
  const made = await exportRecords(
    { tx: work.tx, now: work.now, person: work.person, platform: work.from.platform },
    of,
    scope,
    packed.write,
  );
  if (!made.ok)
    return answerPrivately(made.refusal.code === 'nothing-kept' ? nothingKept(of) : recordsChanged());
  if (wish === 'due' && made.value.manifest.rows === 0) return answerPrivately(nothingDue(of));
  const zip = packed.zip(made.value.text);
  // The record then says that it was made; it can be named for disposition all the same.
  if (zip === null) return answerPrivately(recordsTooLarge(of, wish));
  const { manifest, hash } = made.value;
  const name = `records-${of.key}-${wish}-${localDate(work.now, work.programme.timeZone)}.zip`;
  const mayDispose = wish === 'due' && mayEver(work.person, 'records.dispose');
  await sendOwnFile(work, way, {
    key: `records:${of.key}:${wish}`,
    message: recordsZipMessage(of, manifest, { name, hash, mayDispose }),
    file: { name, type: 'application/zip', content: Buffer.from(zip).toString('base64'), encoding: 'base64' },
  });
  return answerPrivately(recordsCome(of, manifest.rows, way === 'mail'));
}

/** Null for a class of which nothing is ever due. */
function scopeOf({ now, programme }: Work, of: NamedClass, wish: RecordsWish): RecordScope | null {
  if (wish === 'all') return { kind: 'all', from: null, until: now };
  const before = cutOffOf(of.retention, now, programme.timeZone);
  return before === null ? null : { kind: 'due', before };
}

/** Files as they come in, then an archive of them with the manifest; null for more than a message carries. */
function packing() {
  const files = new Map<string, Buffer[]>();
  let unpacked = 0;
  return {
    write: async (file: string, lines: string, isFirst: boolean): Promise<void> => {
      if (isFirst) files.set(file, []);
      const bytes = Buffer.from(lines);
      unpacked += bytes.length;
      if (unpacked <= MOST_UNPACKED) files.get(file)?.push(bytes);
    },
    zip: (manifest: string): Uint8Array | null => {
      if (unpacked > MOST_UNPACKED) return null;
      const content = [...files].map(
        ([name, pages]) => [name, new Uint8Array(Buffer.concat(pages))] as const,
      );
      const all = Object.fromEntries([...content, ['manifest.json', new Uint8Array(Buffer.from(manifest))]]);
      const zip = zipSync(all, { mtime: FIRST_DAY });
      return zip.length <= MOST_BYTES ? zip : null;
    },
  };
}
