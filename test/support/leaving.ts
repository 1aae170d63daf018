/** Engagements at work whose Service ISSO is about to leave, as the tests of the end need them. */
import { type Card, type CardItem, newCard } from '../../src/domain/card.ts';
import type { Course, Membership } from '../../src/domain/course.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import type { OpenState } from '../../src/domain/engagement-states.ts';
import type { PersonId, RequestNumber } from '../../src/domain/ids.ts';
import type { OffBoardingRecord } from '../../src/domain/off-boarding.ts';
import { nextVersion, type PaperKind, type PaperSubject, subjectOf } from '../../src/domain/paper.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { keepCard } from '../../src/usecases/information-card.ts';
import { recordNow } from '../../src/usecases/off-boarding-record.ts';
import type { Bot } from './bot.ts';
import { heldKickoff } from './held-kickoff.ts';

export const BEGAN_ON = '2026-09-01';
export const DAY_ZERO = '2026-07-06';
/** Lines of the card that were never begun: no laptop, and so no remote access. */
const NOT_BEGUN = ['gfe_laptop', 'remote_access', 'other_access'];

export async function engagementOf(bot: Bot, number: RequestNumber): Promise<Engagement> {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error(`no ${number}`);
  return found;
}

/** Writes the engagement into a state, with what its course has become. */
export async function putInto(
  bot: Bot,
  number: RequestNumber,
  state: OpenState,
  course: Partial<Course> = {},
  memberships?: readonly Membership[],
): Promise<Engagement> {
  return bot.store.transaction(async (tx) => {
    const now = await tx.engagements.forChange(number);
    if (!now) throw new Error(`no ${number}`);
    const next: Engagement = {
      ...now,
      version: now.version + 1,
      state,
      ending: null,
      stateSinceAt: bot.clock.now(),
      course: { ...now.course, ...course },
      memberships: memberships ?? now.memberships,
    };
    if (!(await tx.engagements.update(next))) throw new Error(`${number} was not saved`);
    return next;
  });
}

export async function putPaper(
  bot: Bot,
  kind: PaperKind,
  subject: PaperSubject,
  answers: Readonly<Record<string, unknown>>,
): Promise<void> {
  await bot.store.transaction(async (tx) => {
    const at = bot.clock.now();
    const paper = { kind, subject, formVersion: 1, answers, byId: 'ispg', at, reason: null };
    await tx.papers.insert(nextVersion(await tx.papers.latest(kind, subject), paper));
  });
}

/** A Moderate system, no High Value Asset, unless `context` says otherwise. */
const CONTEXT = { fips199_c: 'moderate', fips199_i: 'moderate', fips199_a: 'low', hva: 'no' };

/** An engagement at work with `isso` as its Service ISSO, their card nearly done. */
export async function atWork(
  bot: Bot,
  options: {
    readonly systemName?: string;
    readonly context?: Readonly<Record<string, string>>;
    readonly isHva?: boolean | null;
    /** Still in onboarding: nobody has worked yet. */
    readonly isOnboarding?: boolean;
  } = {},
): Promise<RequestNumber> {
  const number = await heldKickoff(bot, options.systemName);
  const mark = { byId: 'ispg', at: bot.clock.now() };
  const signed = { isso: DAY_ZERO, businessOwner: DAY_ZERO, ciso: DAY_ZERO };
  const engagement = await putInto(
    bot,
    number,
    options.isOnboarding ? 'ONBOARDING' : 'ACTIVE',
    {
      serviceIssoId: 'isso',
      dayZeroOn: DAY_ZERO,
      activeSinceOn: options.isOnboarding ? null : BEGAN_ON,
      letter: signed,
      term: { startOn: BEGAN_ON, endOn: '2027-08-31', hoursPerWeek: 20 },
      context: {
        version: 1,
        score: 30,
        tier: 'standard',
        isHva: options.isHva === undefined ? false : options.isHva,
        ispg: mark,
        contractor: mark,
      },
    },
    [
      {
        personId: 'isso',
        role: 'service_isso',
        granted: mark,
        second: { byId: 'bo', at: mark.at },
        needsSecond: true,
        ended: null,
      },
    ],
  );
  await putPaper(bot, 'context-assessment', engagement.id, { ...CONTEXT, ...options.context });
  await bot.store.transaction(async (tx) => {
    const { id: engagementId } = engagement;
    const own = { engagementId, personId: 'isso' };
    await tx.milestones.set({ ...own, name: 'onboarding-began', on: DAY_ZERO });
    if (!options.isOnboarding) await tx.milestones.set({ ...own, name: 'work-began', on: BEGAN_ON });
    const work = { tx, now: bot.clock.now(), programme: bot.programme };
    await keepCard(work, { engagement, personId: 'isso' }, doneCard());
  });
  return number;
}

function doneCard(): Card {
  const card = newCard(CARD_TEMPLATE, DAY_ZERO);
  const done = (item: CardItem): CardItem => ({
    ...item,
    state: { is: 'done', reference: 'T-1' },
    doneOn: BEGAN_ON,
  });
  return { ...card, items: card.items.map((item) => (NOT_BEGUN.includes(item.key) ? item : done(item))) };
}

/** A confirmed profile of that Service ISSO with so many hours a week. */
export async function profileOf(bot: Bot, personId: PersonId, capacityHours: number): Promise<void> {
  await putPaper(bot, 'isso-profile', personId, { capacity_hours: capacityHours, confirmed_version: 1 });
}

/** The off-boarding record of that person as it is kept now. */
export async function recordOf(
  bot: Bot,
  number: RequestNumber,
  personId = 'isso',
): Promise<OffBoardingRecord> {
  const engagement = await engagementOf(bot, number);
  const kept = await bot.store.transaction((tx) => recordNow({ tx }, engagement, personId));
  if (!kept) throw new Error(`no record of ${personId}`);
  return kept.record;
}

/** The subject of that person's papers in the engagement. */
export const subjectIn = async (bot: Bot, number: RequestNumber, personId: PersonId): Promise<PaperSubject> =>
  subjectOf((await engagementOf(bot, number)).id, personId);

/** Everything that is open is settled, in words of the contractor lead. */
export async function settleAll(bot: Bot, number: RequestNumber, of = 'isso', whose = ''): Promise<void> {
  const { lines } = await recordOf(bot, number, of);
  const open = { to_return: 'returned to Leila', to_revoke: 'removed', to_do: 'done' } as const;
  for (const [state, words] of Object.entries(open)) {
    const names = lines.filter((line) => line.state === state).map(({ key }) => key.replaceAll('_', ' '));
    if (names.length === 0) continue;
    const typed = `line ${number} ${whose}${names.join(', ')} ${words}; ref T-77; today`;
    const { said } = await bot.say('lead', typed);
    if (!said.join('\n').includes('Noted')) throw new Error(`${typed}: ${said.join('\n')}`);
  }
}

/** The hand-over with its exit talk, in words of the contractor lead. */
export async function handOver(bot: Bot, number: RequestNumber): Promise<void> {
  for (const words of [
    'open poa&ms: 0; open cfacts tasks: No open tasks; where documents are: SharePoint, Claims Hub',
    'contacts: Sam Rivera, System Owner: releases; who takes over: The Business Owner for the time being',
    'their name: Beatriz Okafor; exit talk held on: today',
    'non-disclosure explained: yes; property and access settled: yes',
  ]) {
    const { said } = await bot.say('lead', `hand-over ${number} ${words}`);
    const refusal = said.find((text) => text.includes('Not saved') || text.includes('not filled in'));
    if (refusal) throw new Error(refusal);
  }
}
