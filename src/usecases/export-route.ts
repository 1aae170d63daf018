/** Typed words about exports, records, legal holds and disposition: `export engagements csv`, `records`, `hold`. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import type { ButtonPress } from '../messages/button.ts';
import { EXPORT_FORMATS, EXPORT_KEYS } from './exports.ts';
import { currentIntake } from './intake-context.ts';
import { RECORDS_PRESSED, routeRecords } from './records-route.ts';
import { listExports, sendExport } from './send-export.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const EXPORT_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['export.make', (work, { subject, choice }) => sendExport(work, subject, choice ?? null)],
  ...RECORDS_PRESSED,
]);
/** What sending a dialog does. */
export const EXPORT_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>();

const EXPORT = /^export ([a-z]{1,20})(?: (?:as )?([a-z]{1,10}))?\.?$/iu;
const FORMATS: readonly string[] = [...EXPORT_FORMATS, 'excel'];

/**
 * Null for anything else. While a form is open, and in a channel, where people speak to each other, these words are taken of whoever may
 * do something with them alone: to anybody else they are an answer, such as the name of a system.
 */
export async function routeExport(work: Work, typed: string): Promise<Answer | null> {
  return (await isAmongOtherWords(work)) ? null : readExport(work, typed);
}

async function isAmongOtherWords(work: Work): Promise<boolean> {
  if (mayEver(work.person, 'export.make') || mayEver(work.person, 'records.export')) return false;
  return work.from.channel !== null || (await currentIntake(work))?.record.status === 'open';
}

/** What is no export is one's own words, unless they may make exports. */
async function readExport(work: Work, typed: string): Promise<Answer | null> {
  const mayExport = mayEver(work.person, 'export.make');
  if (/^exports\.?$/iu.test(typed) || (mayExport && /^export\.?$/iu.test(typed))) return listExports(work);
  const [exported, named = '', format] = EXPORT.exec(typed) ?? [];
  if (exported === undefined) return routeRecords(work, typed);
  const key = named.toLowerCase();
  const isReadable = format === undefined || FORMATS.includes(format.toLowerCase());
  if (key === 'records' || !((isExport(key) && isReadable) || mayExport)) return routeRecords(work, typed);
  // A format that there is none of is asked for anew.
  return sendExport(work, key, isReadable ? formatOf(format) : null);
}

const isExport = (key: string): boolean => EXPORT_KEYS.some((each) => each === key);
const formatOf = (typed: string | undefined): string | null =>
  typed === undefined ? null : typed.toLowerCase().replace('excel', 'xlsx');
