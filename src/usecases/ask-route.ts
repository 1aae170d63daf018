/** Questions about the state of the programme: `how many engagements are waiting on clearances?`. */
import { mayEver } from '../domain/access.ts';
import type { AskQuestion } from '../domain/ask.ts';
import type { RawValues } from '../domain/field.ts';
import { matchName } from '../domain/name-match.ts';
import type { Person } from '../domain/person.ts';
import { ASKED_BY, NOUNS } from '../forms/ask-words.ts';
import { readAsked } from '../forms/command.ts';
import { type AskKnown, readAsk } from '../forms/read-ask.ts';
import { readListWish } from '../forms/read-list-wish.ts';
import { fold } from '../forms/text.ts';
import type { ButtonPress } from '../messages/button.ts';
import { askHelp } from '../messages/copy/ask.ts';
import { severalCalled } from '../messages/copy/mends.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { workflowsOf } from '../offerings/catalogue.ts';
import { COMPONENTS } from '../offerings/components.ts';
import { answerProgrammeQuestion } from './answer-programme-question.ts';
import { answerAsk } from './ask-programme.ts';
import { currentIntake } from './intake-context.ts';
import { everybody } from './tell.ts';
import { type Answer, answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Longer words are no question of this kind. */
const LONGEST = 160;

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const ASK_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>();
/** What sending a dialog does. */
export const ASK_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>();

/** Null for anything else: words of a list, questions that the programme's page answers, and what no question is. */
export async function routeAsk(work: Work, typed: string): Promise<Answer | null> {
  const asked = readAsked(typed);
  // In other channels nobody asks about engagements by chance.
  if (work.from.channel !== null && work.from.channel !== 'ispg' && asked === null) return null;
  const isOpen = mayEver(work.person, 'programme.ask');
  if (isOpen && /^(?:ask|what can i ask)[?.!\s]{0,5}$/iu.test(typed)) return answer(askHelp(null));
  const question = readAsk(asked ?? typed, knownBy(work));
  if (isListWish(typed, question)) return null;
  if (question === null) return isOpen ? unreadable(work, typed, asked) : null;
  if (isOpen) return answerTo(work, question, asked ?? typed, asked !== null);
  // In a channel people talk to each other; whoever asks the bot hears why it does not answer.
  const isToUs = work.from.channel === null || asked !== null;
  return isToUs && answerProgrammeQuestion(asked ?? typed) === null ? answerPrivately(notYours()) : null;
}

/** Words that list engagements are not ours, unless what they take for a component is something else: `requests filed in March`. */
function isListWish(typed: string, question: AskQuestion | null): boolean {
  const list = readListWish(typed);
  if (!list || 'unknown' in list) return false;
  return question === null || list.component === null || question.component !== null;
}

/** What can be asked, for a question of the ISPG channel that was put to the bot and can't be read; null for anything else. */
export const askedUnreadably = (work: Work, typed: string): Answer | null =>
  work.from.channel === 'ispg' && mayEver(work.person, 'programme.ask') && looksLikeAsk(typed)
    ? answer(askHelp(typed))
    : null;

/** Somebody's words that look like such a question, and that nothing else answers. In an open form they are an answer to it. */
async function unreadable(work: Work, typed: string, asked: string | null): Promise<Answer | null> {
  const words = asked ?? typed;
  const looksSo = asked !== null || (work.from.channel === null && looksLikeAsk(words));
  if (!looksSo || answerProgrammeQuestion(words) !== null) return null;
  const isInForm = asked === null && (await currentIntake(work))?.record.status === 'open';
  return isInForm ? null : answer(askHelp(words));
}

/** Words that show what is asked about. */
const ABOUT: readonly string[] = [...NOUNS, ...ASKED_BY.waiting];

const looksLikeAsk = (words: string): boolean =>
  words.length <= LONGEST &&
  /^(?:how many|which|what|who)\b/iu.test(words) &&
  (/^how many\b/iu.test(words) || ABOUT.some((each) => ` ${fold(words)} `.includes(` ${each} `))) &&
  !/\b(?:i|me|my|mine)\b/iu.test(words);

async function answerTo(
  work: Work,
  question: AskQuestion,
  words: string,
  isAsked: boolean,
): Promise<Answer | null> {
  const isChannel = work.from.channel === 'ispg';
  if (question.ask !== 'waiting' || question.topic.kind !== 'person') {
    const said = await answerAsk(work, question, { isChannel, person: null });
    // What the programme's page says of how long onboarding takes is said as well.
    const isOnboarding = question.ask === 'how-long' && question.step === 'active';
    const known = isOnboarding ? answerProgrammeQuestion(words) : null;
    return known ? answer(said, known) : answer(said);
  }
  const { typed } = question.topic;
  const match = matchName(await everybody(work), typed);
  if (match.ok) return ofPerson(work, question, match.value);
  if (match.refusal.code === 'several') return answerPrivately(say(severalCalled(match.refusal)));
  const isToUs = isAsked || (work.from.channel === null && looksLikeAsk(words));
  return isToUs ? answer(askHelp(words)) : null;
}

/** What waits for a Service ISSO is theirs and not for a channel. */
async function ofPerson(work: Work, question: AskQuestion, person: Person): Promise<Answer> {
  const isPersonal = person.roles.includes('service_isso');
  const isChannel = work.from.channel === 'ispg' && !isPersonal;
  const message = await answerAsk(work, question, { isChannel, person });
  return isPersonal ? answerPrivately(message) : answer(message);
}

const COMPONENT_WORDS: AskKnown['components'] = new Map(
  COMPONENTS.map(({ id, label }) => [id, [fold(id), wordsOf(label.replace(`${id} – `, ''))]]),
);

function wordsOf(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}

function knownBy(work: Work): AskKnown {
  // Other words for an offering, such as "ISSO", mean something else in a question about engagements.
  const offerings = workflowsOf(work.programme.catalogue).map(
    ({ key, name, alsoCalled: [word] }) => [key, [key, name, word].map(wordsOf)] as const,
  );
  return {
    components: COMPONENT_WORDS,
    offerings: new Map(offerings),
    today: programmeToday(work),
  };
}
