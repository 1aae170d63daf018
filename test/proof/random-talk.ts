/** What people of the demonstration say and press at random: much of it is theirs to say, much is not. */
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, INTAKE_ANSWERS } from '../support/bot.ts';
import type { Random } from './random.ts';

const people = [
  'bo',
  'bo2',
  'cra',
  'ispg',
  'gtl',
  'cor',
  'lead',
  'issolead',
  'isso',
  'guardian',
  'auditor',
  'admin',
  'stranger',
];
/** Whose step most steps are. */
const busy = ['bo', 'bo2', 'ispg', 'gtl'];

/** Which request somebody speaks of, and which record of it stands. */
export interface Known {
  readonly number: RequestNumber;
  readonly state: string;
  readonly ownerId: string;
  readonly version: number;
  readonly meetingId: string | null;
  readonly meetingVersion: number;
}

const held = 'requirements: moderate; effort: half; funding: ours; onboarding: next month';

const typed = (chance: Random, number: string): string =>
  chance.pick([
    `accept ${number}`,
    `accept ${number}`,
    `decline ${number} no_capacity`,
    `decline ${number} for no reason at all`,
    `ask ${number} Which release is this for?`,
    `answer ${number} The next one.`,
    `confirm ${number}`,
    `withdraw ${number} priority_changed`,
    `choose ${1 + chance.below(4)} ${number}`,
    `choose ${1 + chance.below(3)} ${number}`,
    `propose ${number} Tue Dec 15 2pm; Wed Dec 16 10am`,
    `propose ${number} yesterday`,
    `take ${1 + chance.below(3)} ${number}`,
    `offer ${number}`,
    `reschedule ${number}`,
    `cancel ${number}`,
    `held ${number} ${held}`,
    `held ${number} requirements: moderate`,
    `status ${number}`,
    `amend ${number}`,
    'my requests',
    'meetings',
    'digest',
    'help',
    'resume',
    'cancel',
    'submit',
    'back',
    'hello',
    '1',
    ...INTAKE_ANSWERS,
  ]);

const REQUEST_VERBS = [
  'triage.accept',
  'triage.ask',
  'triage.decline',
  'request.confirm',
  'request.withdraw',
  'request.answer',
  'request.amend',
  'request.show',
] as const;
const MEETING_VERBS = [
  'kickoff.choose',
  'kickoff.choose',
  'kickoff.take',
  'kickoff.offer',
  'kickoff.propose',
  'kickoff.reschedule',
  'kickoff.cancel',
  'kickoff.record',
] as const;

/** What would come next with this request, by whoever's step it is. */
function nextStep({ number, state, ownerId }: Known, chance: Random): readonly [who: string, words: string] {
  const ispg = chance.pick(['ispg', 'gtl']);
  const steps: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    DRAFT: [[ownerId, `confirm ${number}`]],
    REQUESTED: [
      [ispg, `accept ${number}`],
      [ispg, `accept ${number}`],
      [ispg, `accept ${number}`],
      [ispg, `ask ${number} Which release is this for?`],
      [ownerId, `answer ${number} The next one.`],
      [ispg, `decline ${number} no_capacity`],
    ],
    KICKOFF_PENDING: [
      [ownerId, `choose 1 ${number}`],
      [ownerId, `choose 2 ${number}`],
      [ownerId, `propose ${number} Tue Dec 15 2pm; Wed Dec 16 10am`],
      [ispg, `take 1 ${number}`],
      [ispg, `held ${number} ${held}`],
      [ispg, `held ${number} ${held}`],
      [chance.pick([ispg, ownerId]), `reschedule ${number}`],
      [chance.pick([ispg, ownerId]), `cancel ${number}`],
      [ispg, `offer ${number}`],
    ],
    KICKOFF_HELD: [[ownerId, `withdraw ${number} priority_changed`]],
  };
  return chance.pick(steps[state] ?? [[ownerId, `status ${number}`]]);
}

/** One thing that one of them says or presses now: what comes next, or anything. */
export async function speakAtRandom(bot: Bot, known: readonly Known[], chance: Random): Promise<void> {
  const who = chance.below(3) === 0 ? chance.pick(people) : chance.pick(busy);
  const one = known.length > 0 ? chance.pick(known) : null;
  const channel = chance.below(8) === 0 ? { channel: chance.pick(['ispg', 'issoaas'] as const) } : {};
  if (one && chance.below(2) === 0) {
    const [whose, words] = nextStep(one, chance);
    await bot.say(whose, words);
    return;
  }
  const kind = one ? chance.below(4) : 0;
  if (kind <= 1 || !one) {
    await bot.say(who, typed(chance, one?.number ?? 'ISSO-2026-0001'), channel);
    return;
  }
  // Cards may be out of date.
  const lag = chance.pick([0, 0, 0, 1]);
  if (kind === 2) {
    const verb = chance.pick(REQUEST_VERBS);
    const press = { verb, subject: one.number, version: one.version - lag };
    await bot.press(who, press, {}, channel);
    const values = {
      reason: chance.pick(['other', 'no_capacity', '']),
      note: '',
      question: 'Which?',
      answer: 'This.',
    };
    if (chance.below(2) === 0) await bot.submit(who, press, values, channel);
    return;
  }
  const verb = chance.pick(MEETING_VERBS);
  const subject = one.meetingId ?? 'no-meeting';
  const press = { verb, subject, version: one.meetingVersion - lag, choice: String(chance.below(4)) };
  await bot.press(who, press, {}, channel);
  if (verb === 'kickoff.propose')
    await bot.submit(who, press, { time1: 'Tue Dec 15 2pm', time2: '' }, channel);
}
