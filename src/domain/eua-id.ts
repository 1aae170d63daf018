/**
 * An EUA ID in words (domain reference 4.1: four capital letters or figures), known by what stands beside it: "EUA", "user ID",
 * "login", "account", before or behind it. Pure.
 */

const EUA_LABELS: ReadonlySet<string> = new Set(['eua', 'euaid', 'euaids', 'userid', 'userids', 'uid']);
const OTHER_LABELS: ReadonlySet<string> = new Set([
  'login',
  'logon',
  'username',
  'account',
  'accounts',
  'acct',
]);
/** What may stand between the name of an id and the id. */
const BETWEEN: ReadonlySet<string> = new Set(
  'id ids is are was has been no nr number num name user new old now still her his my your our their the a s called named issued'.split(
    ' ',
  ),
);
/** Words and short names of four characters that are none, whatever stands beside them. */
const ORDINARY: ReadonlySet<string> = new Set(
  [
    'able also area away back been call came case code come date days dead desk does done down each else even ever fail fell file',
    'find fine form four free from full gave gets give goes gone good have hear held help here hold hope hour into item just keep',
    'kept kind know lack last late left less life line link list live long lost made mail make many menu more most move must name',
    'near need news next nine note null okay once only onto open over page paid part past pass plan push read real role runs safe',
    'said same seen send sent show side site slow some soon stay step stop sure take team tell test text than that them then they',
    'this time told took true turn type unit used user uses very void wait want ways week went were what when will wish with work',
    'year your zone desk team mgmt html pdfs http isso ciso dcsa nbis eqip hhsc nist fips fisa cmcs oasi ibis sorn fedr poam ciio',
    'copy dual east west gain halt hard idle lead lift load lock long loop mine noon okta play poll pull rest rise risk rule saas',
    'sign size skip sort spot swap sync task tied tool unix urge vary vpns wide wipe worn zero fast edit drop deny data core busy',
  ].flatMap((line) => line.split(' ')),
);
/** Figures and letters of four characters that are none: FY27, SF86, 10am, 12th, 24hr, day1, O365, 100k. */
const ORDINARY_MIXED = /^(?:fy\d\d|sf\d\d|\d\d(?:am|pm|st|nd|rd|th|hr)|day\d|[om]365|24x7|\d{3}[kmg])$/u;

interface Token {
  readonly text: string;
  readonly low: string;
  /** A sign that gives a value stands before it: "ID: ABCD". */
  readonly isGiven: boolean;
}

function tokensOf(text: string): readonly Token[] {
  let isGiven = false;
  return text
    .normalize('NFKC')
    .split(/([^A-Za-z0-9]+)/u)
    .flatMap((part) => {
      if (/^[^A-Za-z0-9]*$/u.test(part)) {
        isGiven = /[:=#]/u.test(part);
        return [];
      }
      return [{ text: part, low: part.toLowerCase(), isGiven }];
    });
}

/** How many words away an id with letters and figures is still looked for, and one of letters alone. */
const FAR = 6;
const NEAR = 5;
/** So few words may be all capitals without being shouted. */
const FEW = 3;

/** True where an EUA ID stands in the text. An id without figures is told from words by its letters, and by what gives it. */
export function hasEuaId(text: string): boolean {
  const tokens = tokensOf(text);
  const saysCapitals = tokens.length <= FEW || /[a-z]/u.test(text);
  return tokens.some(({ low }, at) => {
    const isEua = EUA_LABELS.has(low) || (low === 'user' && /^ids?$/u.test(tokens[at + 1]?.low ?? ''));
    if (!isEua && !OTHER_LABELS.has(low)) return false;
    return (
      tokens.slice(Math.max(0, at - FAR), at + FAR + 1).some(isMixedId) ||
      isIdBehind(tokens.slice(at, at + NEAR + 1), saysCapitals) ||
      (isEua && saysCapitals && isIdBefore(tokens.slice(Math.max(0, at - NEAR), at).toReversed()))
    );
  });
}

const isFour = (text: string): boolean => /^[A-Za-z0-9]{4}$/u.test(text);
const isMixedId = ({ text, low }: Token): boolean =>
  isFour(text) && /\d/u.test(text) && /[a-z]/u.test(low) && !ORDINARY_MIXED.test(low);

const isSkipped = ({ low }: Token): boolean =>
  BETWEEN.has(low) || ORDINARY.has(low) || EUA_LABELS.has(low) || OTHER_LABELS.has(low);

/** The label first: "user ID: 4821", "EUA ID is abcd", "login XKQT", "her EUA is jqsm". */
function isIdBehind(tokens: readonly Token[], saysCapitals: boolean): boolean {
  const at = tokens.findIndex((token) => !isSkipped(token));
  const found = tokens[at];
  if (!found || !isFour(found.text)) return false;
  const before = tokens[at - 1];
  const name = before?.low === 'is' || before?.low === 'was' ? tokens[at - 2] : before;
  const isNamed = name !== undefined && /id$/u.test(name.low) && (found.isGiven || name !== before);
  if (/^\d/u.test(found.text)) return /id$/u.test(name?.low ?? '') && !/^(?:19|20)\d\d$/u.test(found.text);
  return isNamed || isOfLetters(found, saysCapitals);
}

/** The nearest first: "XKQT (EUA)", "XKQT is her EUA ID". */
function isIdBefore(tokens: readonly Token[]): boolean {
  const found = tokens.find((token) => !isSkipped(token));
  return found !== undefined && isFour(found.text) && isOfLetters(found, true);
}

/** Four letters that read as no word: capitals among small letters, or without a vowel. */
const isOfLetters = ({ text, low }: Token, saysCapitals: boolean): boolean =>
  /^[a-z]+$/u.test(low) && ((saysCapitals && text === text.toUpperCase()) || !/[aeiouy]/u.test(low));
