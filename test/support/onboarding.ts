/** Engagements with a Service ISSO, brought there by hand, for tests of onboarding and work. */
import { type Course, type Mark, NEW_COURSE } from '../../src/domain/course.ts';
import { type Engagement, stepped } from '../../src/domain/engagement.ts';
import { withServiceIsso } from '../../src/domain/engagement-matching.ts';
import type { OpenState } from '../../src/domain/engagement-states.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Bot } from './bot.ts';
import { heldKickoff } from './held-kickoff.ts';

const mark = (bot: Bot, byId: string): Mark => ({ byId, at: bot.clock.now() });

/** An engagement whose Service ISSO Ines is identified and can start on 12/7/2026; Dana is its Data Guardian by component. */
export async function identified(bot: Bot, systemName = 'Claims Hub'): Promise<RequestNumber> {
  const number = await heldKickoff(bot, systemName);
  await putInto(bot, number, 'ISSO_IDENTIFIED', {
    ...NEW_COURSE,
    funding: mark(bot, 'cor'),
    candidate: {
      personId: 'isso',
      proposed: mark(bot, 'lead'),
      startOn: '2026-12-07',
      score: 80,
      exception: null,
      exceptionAllowed: null,
      whyNotTop: null,
      ispg: mark(bot, 'ispg'),
      businessOwner: mark(bot, 'bo'),
    },
    serviceIssoId: 'isso',
  });
  return number;
}

/** At work since 12/1/2026, for 20 hours a week until `endOn`; nothing is known of its card. */
export async function working(
  bot: Bot,
  endOn: string | null = '2027-12-31',
  course: Partial<Course> = {},
): Promise<RequestNumber> {
  const number = await identified(bot);
  await putInto(bot, number, 'ACTIVE', {
    term: { startOn: '2026-10-01', endOn, hoursPerWeek: 20 },
    dayZeroOn: '2026-10-01',
    activeSinceOn: '2026-12-01',
    letter: { isso: '2026-11-10', businessOwner: '2026-11-12', ciso: '2026-11-16' },
    ...course,
  });
  const { id } = await engagementOf(bot, number);
  await bot.store.transaction(async (tx) => {
    const own = { engagementId: id, personId: 'isso' };
    await tx.milestones.set({ ...own, name: 'onboarding-began', on: '2026-10-01' });
    await tx.milestones.set({ ...own, name: 'training-done', on: '2026-11-02' });
    await tx.milestones.set({ ...own, name: 'training-due', on: '2027-11-02' });
    await tx.milestones.set({ ...own, name: 'work-began', on: '2026-12-01' });
  });
  return number;
}

export async function putInto(
  bot: Bot,
  number: RequestNumber,
  state: OpenState,
  course: Partial<Course>,
): Promise<void> {
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.forChange(number);
    if (!engagement) throw new Error(`no ${number}`);
    const by = mark(bot, 'ispg');
    const members = course.serviceIssoId
      ? withServiceIsso(engagement.memberships, course.serviceIssoId, by, mark(bot, 'bo'))
      : engagement.memberships;
    await tx.engagements.update(stepped(engagement, state, course, bot.clock.now(), members).engagement);
  });
}

export async function engagementOf(bot: Bot, number: RequestNumber): Promise<Engagement> {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error(`no ${number}`);
  return found;
}

/** All lines that Ines needs before she may work, in an order in which they can be done; typed by the contractor lead. */
export const TO_WORK = [
  'offer done',
  'roster done',
  'ict done ref REQ-1',
  'cor approval done',
  'clearance done',
  'fingerprinting done ref FP-1',
  'eapp done ref EA-1',
  'prescreen done ref PS-1',
  'eua done ref EUA-1',
  'isspa done ref CERT-1',
  'cfacts done ref JC-1',
] as const;

/** Says each of these of the card; throws at the first that is refused. */
export async function sayItems(
  bot: Bot,
  number: RequestNumber,
  lines: readonly string[],
  who = 'lead',
): Promise<void> {
  for (const line of lines) {
    const { said } = await bot.say(who, `item ${number} ${line}`);
    if (!said.join('\n').startsWith('Saved')) throw new Error(`${line}: ${said.join('\n')}`);
  }
}
