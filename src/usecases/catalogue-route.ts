/** Typed words about the catalogue: `catalogue`, `offering dns`, `compare`, `help me choose`, `check`, `request surge`, `adoption`. */
import type { RawValues } from '../domain/field.ts';
import { isStartWish } from '../forms/command.ts';
import type { ButtonPress } from '../messages/button.ts';
import { phasesExplained } from '../messages/copy/phase.ts';
import { mainOffering } from '../offerings/catalogue.ts';
import type { Offering } from '../offerings/offering.ts';
import { showAdoption } from './adoption.ts';
import { compareOfferings, refer, showCatalogue, showOffering } from './catalogue.ts';
import { askWhatIsNeeded, checkByButton, checkByWords, choose } from './catalogue-guide.ts';
import { startIntake, startMain } from './intake.ts';
import { currentIntake } from './intake-context.ts';
import { offeringNamed } from './offering-shown.ts';
import { type Answer, answer, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const CATALOGUE_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['catalogue.show', async (work, { subject }) => showCatalogue(work, subject)],
  ['offering.show', async (work, { subject }) => showOffering(work, subject)],
  [
    'offering.choose',
    async (work, { subject }) => (subject === 'start' ? askWhatIsNeeded(work) : choose(work, subject)),
  ],
  ['offering.check', async (work, { subject, choice = '' }) => checkByButton(work, subject, choice)],
  ['offering.refer', (work, { subject }) => refer(work, subject)],
]);
/** What sending a dialog does. */
export const CATALOGUE_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>();

/** Longer words are an answer to something else. */
const LONGEST = 200;
const CHOOSE =
  /^(?:please )?(?:help me (?:choose|decide|pick)|which (?:service|offering) (?:fits|do i need|is right for me))\??$/iu;
const COMMAND =
  /^(catalogue|catalog|offerings?|compare|check|choose|request|refer|adoption)(?:[ \t:]{1,5}(\S[^\n]{0,180}))?$/iu;
const WISH =
  /^(?:i |we )?(?:need|want|would like|ask for|request|get)(?: to (?:request|get|ask for))? (\S[^\n]{0,80})$/iu;

/** Null for anything else: words behind `compare`, `check`, `choose`, `request` and `refer` must name a service. */
export async function routeCatalogue(work: Work, typed: string): Promise<Answer | null> {
  const said = typed.trim();
  if (said.length > LONGEST) return null;
  if (isStartWish(said)) return startMain(work);
  if (CHOOSE.test(said)) return askWhatIsNeeded(work);
  if (/^phases$/iu.test(said)) return answer(phasesExplained());
  const [, verb = '', behind = ''] = COMMAND.exec(said) ?? [];
  const rest = behind.trim();
  switch (verb.toLowerCase()) {
    case 'catalogue':
    case 'catalog':
    case 'offerings':
      return showCatalogue(work, rest);
    case 'offering':
      return rest === '' ? showCatalogue(work, '') : showOffering(work, rest);
    case 'compare':
      return isComparison(work, rest) ? compareOfferings(work, rest) : null;
    case 'check':
      return checkNamed(work, rest);
    case 'choose':
      return chooseNamed(work, rest);
    case 'adoption':
      return showAdoption(work, rest);
    default:
      return askedFor(work, said, verb, rest);
  }
}

/** At least one side is a service: otherwise somebody compares something else. */
const isComparison = (work: Work, typed: string): boolean =>
  typed === '' ||
  typed.split(/,|\band\b|\bwith\b|\bto\b|\bvs\b/iu).some((each) => offeringNamed(work, each.trim()));

/** The longest beginning of the words that names a service, and what stands behind it. */
function namedFirst(
  work: Work,
  typed: string,
): { readonly offering: Offering; readonly rest: string } | null {
  const words = typed.split(/\s+/u);
  for (let count = Math.min(words.length, 6); count > 0; count -= 1) {
    const offering = offeringNamed(work, words.slice(0, count).join(' '));
    if (offering) return { offering, rest: words.slice(count).join(' ') };
  }
  return null;
}

function checkNamed(work: Work, typed: string): Answer | null {
  const named = namedFirst(work, typed);
  return named && checkByWords(work, named.offering, named.rest);
}

function chooseNamed(work: Work, typed: string): Answer | null {
  if (/^(?:something else|none(?: of (?:these|them))?)\.?$/iu.test(typed)) return choose(work, 'none');
  const offering = offeringNamed(work, typed);
  return offering && choose(work, offering.key);
}

/**
 * `request surge`, `refer dns`, "I need surge support": starts the request, or shows the way. What the main offering is asked for
 * by in a sentence is read elsewhere, and a sentence in the middle of a form is an answer.
 */
async function askedFor(work: Work, said: string, verb: string, rest: string): Promise<Answer | null> {
  const byName = rest === '' ? null : offeringNamed(work, rest);
  if (byName) return begin(work, byName);
  if (verb !== '' && verb.toLowerCase() !== 'request') return null;
  const [, thing = ''] = WISH.exec(said) ?? [];
  const wished = thing === '' ? null : offeringNamed(work, thing);
  if (!wished || wished === mainOffering(work.programme.catalogue)) return null;
  const isInForm = work.from.channel === null && (await currentIntake(work))?.record.status === 'open';
  return isInForm ? null : begin(work, wished);
}

const begin = (work: Work, offering: Offering): Promise<Answer> =>
  offering.kind === 'workflow' ? startIntake(work, offering.key) : refer(work, offering.key);
