/** Disposition of records that were kept long enough: what would go, and the disposing itself. Never of the audit record. */
import { mayEver } from '../domain/access.ts';
import { RECORD_CLASSES, recordClassOf } from '../domain/record-class.ts';
import { type RecordPart, recordParts } from '../domain/record-parts.ts';
import { contentText, type ManifestFile } from '../domain/records-manifest.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { cutOffOf } from '../domain/retention.ts';
import {
  type ClassStanding,
  type DisposalRefusal,
  disposalRefused,
  disposed,
  dispositionMessage,
  reallyDispose,
} from '../messages/copy/disposition.ts';
import { keptForGood, noSuchClass } from '../messages/copy/records.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { LEGAL_HOLDS } from './legal-holds.ts';
import { noteDeed } from './note-deed.ts';
import { type NamedClass, readParts, sha256 } from './records-export.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Digits of a manifest's hash that have to be named, so that nobody names one by chance. */
const FEWEST_DIGITS = 12;
/** Disposals that are listed. */
const LISTED = 5;
/** More than were ever made. */
const ALL = 100_000;

/** Those of which something can ever go. */
const DISPOSED = RECORD_CLASSES.filter(
  ({ key, retention }) => retention.kind !== 'kept' && recordParts(key).length > 0,
);

/** `disposition`: a dry run over all classes: what is due, of when, and what holds keep. Nothing changes. */
export async function showDisposition(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'records.export')) return answerPrivately(notYours());
  const standings: ClassStanding[] = [];
  for (const of of DISPOSED) {
    const before = cutOffOf(of.retention, work.now, work.programme.timeZone);
    if (before !== null) standings.push(await standingOf(work, of, before));
  }
  const done = await work.tx.disposals.list(LISTED);
  return answerPrivately(dispositionMessage(standings, done, mayEver(work.person, 'records.dispose')));
}

async function standingOf({ tx }: Pick<Work, 'tx'>, of: NamedClass, before: Date): Promise<ClassStanding> {
  const parts = [];
  for (const part of recordParts(of.key))
    parts.push({ table: part.table, ...(await tx.records.standing(part, before)) });
  return { of, before, parts };
}

/**
 * `dispose transitory 1a2b3c4d5e6f`: deletes for good what an export holds whose manifest has that hash, when it is still exactly what
 * is due. `isConfirmed`: it was asked before whether that is meant. Refused: no right, no class of which anything ever goes, no such
 * export, rows that changed or are held since.
 */
export async function disposeRecords(
  work: Work,
  typed: string,
  hash: string,
  isConfirmed: boolean,
): Promise<Answer> {
  if (!mayEver(work.person, 'records.dispose')) return answerPrivately(notYours());
  const of = recordClassOf(typed);
  if (!of) return answerPrivately(noSuchClass(DISPOSED));
  if (of.retention.kind === 'kept') return answerPrivately(keptForGood(of));
  // Whoever places a hold takes the same lock: none comes in between.
  await work.tx.lock(LEGAL_HOLDS);
  const opened = await openExport(work, of, hash.toLowerCase());
  if (!opened.ok) return answerPrivately(disposalRefused(of, opened.refusal));
  const { before, manifest, files } = opened.value;
  if (!isConfirmed) return answerPrivately(reallyDispose(of, files, manifest));
  const held = (await standingOf(work, of, before)).parts.reduce((sum, part) => sum + part.held, 0);
  const counts = await removeAll(work, recordParts(of.key), before, files);
  const id = work.newId();
  const { now, person } = work;
  await work.tx.disposals.insert({
    id,
    recordClass: of.key,
    before,
    byId: person.id,
    at: now,
    counts,
    held,
    manifestHash: manifest,
  });
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  await noteDeed(work, 'records.dispose', { disposal: id, class: of.key, rows: String(rows), manifest });
  return answerPrivately(disposed(of, files, held));
}

interface OpenedExport {
  readonly before: Date;
  /** The whole hash of its manifest. */
  readonly manifest: string;
  readonly files: readonly ManifestFile[];
}

/** The export that is named, if it holds exactly the rows that are due now, as they are now. */
async function openExport(
  work: Work,
  of: NamedClass,
  hash: string,
): Promise<Result<OpenedExport, DisposalRefusal>> {
  if (hash.length < FEWEST_DIGITS) return refused('hash-too-short');
  const [noted, other] = await work.tx.records.exports(of.key, hash);
  if (!noted) return refused('no-such-export');
  if (other && other.facts.manifest !== noted.facts.manifest) return refused('hash-too-short');
  const { scope, before = '', manifest = '', content } = noted.facts;
  if (scope !== 'due') return refused('not-due-alone');
  if ((await work.tx.disposals.list(ALL)).some(({ manifestHash }) => manifestHash === manifest))
    return refused('done-before');
  const instant = new Date(before);
  const cutOff = cutOffOf(of.retention, work.now, work.programme.timeZone);
  if (cutOff === null || !(instant <= cutOff)) return refused('changed');
  const files = await readParts(
    work.tx,
    recordParts(of.key),
    { kind: 'due', before: instant },
    async () => {},
  );
  if (files === null || sha256(contentText(files)) !== content) return refused('changed');
  if (files.every(({ rows }) => rows === 0)) return refused('nothing-due');
  return accepted({ before: instant, manifest, files });
}

/** What hangs on something goes after it was looked at: each part is judged before what belongs to it is gone. */
async function removeAll(
  { tx }: Pick<Work, 'tx'>,
  parts: readonly RecordPart[],
  before: Date,
  files: readonly ManifestFile[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const part of parts.toReversed()) {
    const removed = await tx.records.remove(part, before);
    const expected = files.find(({ table }) => table === part.table)?.rows ?? 0;
    // All of it or nothing: what the export does not hold must not go.
    if (removed !== expected)
      throw new Error(`${removed} rows of ${part.table} were due, and ${expected} exported`);
    if (removed > 0) counts[part.table] = removed;
  }
  return counts;
}
