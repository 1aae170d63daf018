/** What people type and press about records, legal holds and disposition. */
import { mayEver } from '../domain/access.ts';
import { findRequestNumber } from '../domain/ids.ts';
import { recordClassOf } from '../domain/record-class.ts';
import type { ButtonPress } from '../messages/button.ts';
import { disposeRecords, showDisposition } from './disposition.ts';
import { howToHold, placeHold, releaseHold, showHolds } from './legal-holds.ts';
import { sendRecords, showRecords } from './send-records.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress) => Promise<Answer>;

/** What pressing does. */
export const RECORDS_PRESSED: readonly (readonly [string, Route])[] = [
  ['records.show', async (work) => showRecords(work)],
  [
    'records.export',
    (work, { subject, choice }) => sendRecords(work, subject, choice === 'due' ? 'due' : 'all'),
  ],
  ['disposition.show', (work) => showDisposition(work)],
  ['records.dispose', (work, { subject, choice = '' }) => disposeRecords(work, subject, choice, true)],
  ['holds.show', (work) => showHolds(work)],
  ['hold.place', (work, { subject, choice = '' }) => placeHold(work, subject, choice, true)],
  ['hold.release', (work, { subject, choice = '' }) => releaseHold(work, Number(subject) || 0, choice, true)],
];

const EXPORT = /^export records\b[ :]?([a-z -]{0,40}?)( due)?\.?$/iu;
const HOLD = /^(place )?hold ([^\n]{1,80}?),? because\b(.*)$/isu;
const RELEASE = /^(release|lift) hold (?:no\.? ?|#)?(\d{1,6}),?(?: because\b(.*))?$/isu;
/** Words that begin as those above and lack what belongs to them. */
const HALF_HOLD = /^(?:(?:place )?hold|(?:release|lift)(?: hold)?)(?: (\S[^\n]{0,80}))?$/iu;
const HALF_DISPOSE = /^dispose(?: of)?(?: ([a-z][a-z -]{0,39}))?$/iu;
const DISPOSE = /^dispose(?: of)? ([a-z -]{1,40}?) ([0-9a-f]{1,64})( for good)?\.?$/iu;

/**
 * `records`, `export records transitory`, `export records transitory due`, `disposition`, `dispose transitory 1a2b3c4d5e6f`, `holds`,
 * `hold ISSO-2026-0042 because …`, `release hold 2 because …`, and the second step of each. Null for anything else: `hold on because …`
 * is what people say to each other, unless it is said by whoever places holds.
 */
export async function routeRecords(work: Work, typed: string): Promise<Answer | null> {
  if (/^records\.?$/iu.test(typed)) return showRecords(work);
  if (/^disposition\.?$/iu.test(typed)) return showDisposition(work);
  if (/^(?:legal )?holds\.?$/iu.test(typed)) return showHolds(work);
  const [exported, of = '', due = ''] = EXPORT.exec(typed) ?? [];
  if (exported !== undefined) return sendRecords(work, of, due === '' ? 'all' : 'due');
  const [disposing, from = '', hash = '', forGood = ''] = DISPOSE.exec(typed) ?? [];
  if (disposing !== undefined) return disposeRecords(work, from, hash, forGood !== '');
  if (mayEver(work.person, 'records.dispose') && isHalf(HALF_DISPOSE, typed)) return showDisposition(work);
  return routeHold(work, typed);
}

/** The word alone, or with a class or a number: with anything else it may be meant for somebody else. */
function isHalf(words: RegExp, typed: string): boolean {
  const [said, named = ''] = words.exec(typed.trim()) ?? [];
  if (said === undefined) return false;
  const isNumber = /^\d{1,6}$/u.test(named) || findRequestNumber(named) !== null;
  return named === '' || isNumber || recordClassOf(named) !== null;
}

/** What stands behind `because`, with or without a colon. */
const reasonIn = (words: string): string => words.replace(/^[\s:]+/u, '');

async function routeHold(work: Work, typed: string): Promise<Answer | null> {
  const [released, verb = '', number = '', why = ''] = RELEASE.exec(typed) ?? [];
  if (released !== undefined)
    return releaseHold(work, Number(number), reasonIn(why), verb.toLowerCase() === 'lift');
  const [held, place = '', subject = '', because = ''] = HOLD.exec(typed) ?? [];
  if (held === undefined)
    return mayEver(work.person, 'records.hold') && isHalf(HALF_HOLD, typed) ? howToHold(work) : null;
  const isMeant = recordClassOf(subject) !== null || findRequestNumber(subject) !== null;
  return isMeant || mayEver(work.person, 'records.hold')
    ? placeHold(work, subject, reasonIn(because), place !== '')
    : null;
}
