/** The service catalogue in chat: browse and search it, see one service, put some side by side, be shown the way. */
import { AUDIENCES, type Audience, OFFERING_STATUSES } from '../domain/offering-record.ts';
import { fold } from '../forms/text.ts';
import {
  catalogueList,
  closedToRequests,
  compareWhat,
  comparison,
  handOff,
  type Narrowed,
  offeringCard,
  wordFor,
} from '../messages/copy/catalogue.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import type { Offering } from '../offerings/offering.ts';
import { searchOfferings } from './catalogue-search.ts';
import { sensitiveKinds } from './guard.ts';
import { noteDeed } from './note-deed.ts';
import { allShown, isOpen, offeringNamed, shownOf } from './offering-shown.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

const EVERYTHING: Narrowed = { audience: null, status: null, words: null };
const MOST_COMPARED = 3;
/** What is searched for is said back. */
const LONGEST_SEARCH = 120;

const AUDIENCE_WORDS: Readonly<Record<Audience, readonly string[]>> = {
  business_owner: ['business owners', 'business owner', 'owners', 'system owners'],
  isso: ['issos', 'isso', 'an isso'],
  security_team: ['security teams', 'security team', 'agencies', 'components'],
};

/** `catalogue`, with an audience, a status or words to look for behind it. Retired services show by their status alone. */
export function showCatalogue(work: Work, typed: string): Answer {
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  const narrowed = readNarrowed(typed);
  const all = allShown(work).filter(
    ({ status }) => status === narrowed.status || (narrowed.status === null && status !== 'retired'),
  );
  const { audience, words } = narrowed;
  const fitting = all.filter(({ audiences }) => audience === null || audiences.includes(audience));
  if (words === null) return answer(catalogueList(fitting, narrowed));
  const keys = searchOfferings(work.programme.catalogue.offerings, words).map(({ key }) => key);
  const found = keys.flatMap((key) => fitting.filter((each) => each.key === key));
  return answer(catalogueList(found, narrowed));
}

function readNarrowed(typed: string): Narrowed {
  const said = fold(typed).slice(0, LONGEST_SEARCH);
  if (said === '' || said === 'all') return EVERYTHING;
  const status = OFFERING_STATUSES.find((each) => each === said);
  if (status) return { ...EVERYTHING, status };
  const whom = said.replace(/^for (?:the )?/u, '');
  const audience = AUDIENCES.find((each) => each === whom || AUDIENCE_WORDS[each].includes(whom));
  return audience ? { ...EVERYTHING, audience } : { ...EVERYTHING, words: said };
}

/** `offering dns`: the service of that name, or those that the words fit. */
export function showOffering(work: Work, typed: string): Answer {
  const offering = offeringNamed(work, typed);
  return offering ? answer(offeringCard(shownOf(work, offering))) : showCatalogue(work, typed);
}

/** `compare issoaas and surge`, two or three. Anything else is answered with how to say it. */
export function compareOfferings(work: Work, typed: string): Answer {
  const named = typed
    .split(/,|\band\b|\bwith\b|\bto\b|\bvs\b/iu)
    .map((each) => offeringNamed(work, each.trim()));
  const found = [...new Set(named.filter((each): each is Offering => each !== null))];
  const isClear = found.length === named.length && found.length > 1 && found.length <= MOST_COMPARED;
  return isClear
    ? answer(comparison(found.map((each) => shownOf(work, each))))
    : answer(compareWhat(work.programme.catalogue.offerings.map(wordFor)));
}

/** Shows the way to a service that others take requests for, and counts that it was shown; who it was shown to is in the record alone. */
export async function refer(work: Work, key: string): Promise<Answer> {
  const offering = work.programme.catalogue.byKey(key);
  if (!offering) return answer(notInCatalogue());
  const shown = shownOf(work, offering);
  if (offering.kind !== 'referral') return answer(offeringCard(shown));
  if (!isOpen(work, offering)) return answer(closedToRequests(shown));
  await noteDeed(work, 'offering.refer', { offering: offering.key });
  return answer(handOff(shown, offering));
}
