/**
 * `npm run audit:verify`: whether the audit record holds, in a sentence. Ends with 0 when it does, 1 when it is broken, 2 when
 * it could not be read. Of a database it reads only; an export adds the entry that it was made.
 */
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { movableClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { linesOf } from './lines.ts';
import { codeOf, isOlder, NotRead, openToLook } from './open-to-look.ts';
import type { Store } from './ports.ts';
import {
  type AuditVerdict,
  exportAudit,
  type NotedHead,
  verdictWords,
  verifyAudit,
  verifyLines,
} from './usecases/verify-audit.ts';

const USAGE = [
  'npm run audit:verify                                    checks the record, by the same settings as npm start',
  'npm run audit:verify -- --export audit.jsonl            also writes it into a new file, which is itself recorded',
  'npm run audit:verify -- --file audit.jsonl              checks such a file, without a database',
  'npm run audit:verify -- --head <hash> [--position n]    also checks that this head, noted earlier, is in it',
  'It ends with 0 when the record holds, 1 when it is broken, and 2 when it could not be read.',
].join('\n');

interface Wish {
  readonly file: string | null;
  readonly exportTo: string | null;
  readonly noted: NotedHead | null;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const verdict = await look(readWish(words));
    process.stdout.write(`${verdictWords(verdict)}\n`);
    return verdict.kind === 'whole' ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    process.stderr.write(`The record could not be read. ${error.message}\n`);
    return 2;
  }
}

function readWish(words: readonly string[]): Wish {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { file: text, export: text, head: text, position: text },
    });
    const { file, export: exportTo, head, position } = values;
    if (file !== undefined && exportTo !== undefined) throw new NotRead('A file is not exported again.');
    return { file: file ?? null, exportTo: exportTo ?? null, noted: readNoted(head, position) };
  } catch (error) {
    if (error instanceof NotRead) throw new NotRead(`${error.message}\n${USAGE}`);
    throw new NotRead(`These words can't be read.\n${USAGE}`);
  }
}

function readNoted(head: string | undefined, position: string | undefined): NotedHead | null {
  if (head === undefined) {
    if (position !== undefined) throw new NotRead('A position needs its hash: --head.');
    return null;
  }
  if (!/^[0-9a-f]{64}$/iu.test(head)) throw new NotRead('A head is 64 hexadecimal digits, all of them.');
  if (position !== undefined && !/^\d{1,15}$/u.test(position))
    throw new NotRead('A position is a whole number.');
  return { hash: head.toLowerCase(), position: position === undefined ? null : Number(position) };
}

const look = ({ file, exportTo, noted }: Wish): Promise<AuditVerdict> =>
  file === null ? lookIntoDatabase(exportTo, noted) : lookIntoFile(file, noted);

async function lookIntoFile(file: string, noted: NotedHead | null): Promise<AuditVerdict> {
  try {
    return await verifyLines(textsOf(createReadStream(file)), noted);
  } catch (error) {
    throw new NotRead(`The file ${file} can't be read (${codeOf(error)}).`);
  }
}

/** Without what ends them: a file that was copied by way of Windows may have other line ends. */
async function* textsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const line of linesOf(bytes)) yield line.replace(/\r?\n$/u, '');
}

async function lookIntoDatabase(exportTo: string | null, noted: NotedHead | null): Promise<AuditVerdict> {
  const settings = readConfig();
  if (!settings.ok)
    throw new NotRead(settings.problems.map(({ name, mend }) => `${name} ${mend}.`).join(' '));
  const store = await openToLook(settings.config);
  try {
    return exportTo === null
      ? await verifyAudit(store, noted)
      : await exportInto(exportTo, settings.config, store, noted);
  } catch (error) {
    throw error instanceof NotRead ? error : new NotRead(await troubleOf(store, error));
  } finally {
    await store.close();
  }
}

/** A file that is there already is left alone. */
async function exportInto(
  path: string,
  config: Config,
  store: Store,
  noted: NotedHead | null,
): Promise<AuditVerdict> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw new NotRead(
      codeOf(error) === 'EEXIST'
        ? `There is a file ${path} already: name a new one.`
        : `The file ${path} can't be written (${codeOf(error)}).`,
    );
  });
  try {
    const offsetMs = config.console.on ? await store.console.clockOffsetMs() : null;
    const now = movableClock(offsetMs ?? 0).now();
    const verdict = await exportAudit(store, now, noted, (lines) => file.appendFile(lines));
    await file.sync();
    process.stdout.write(`Written to ${path}, with its own entry in the record.\n`);
    return verdict;
  } catch (error) {
    // Half an export would look like a record that was cut off.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function troubleOf(store: Store, error: unknown): Promise<string> {
  if (isOlder(error))
    return 'Its tables are of an older version: start the bot once, which brings them up to date.';
  return (await store.troubles())[0] ?? `Reading it failed (${codeOf(error)}).`;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`The record could not be read. The check itself failed (${codeOf(error)}).\n`);
    process.exit(2);
  },
);
