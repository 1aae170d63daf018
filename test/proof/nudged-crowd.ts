/** Many Service ISSOs in the midst of their onboarding, each with lines in hand that one press settles, in the database of a program that starts next. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NEW_COURSE } from '../../src/domain/course.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { CURRICULUM } from '../../src/offerings/curriculum.ts';
import { openStore } from '../../src/store/index.ts';
import { keepCard } from '../../src/usecases/information-card.ts';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { readRoster } from '../../src/usecases/read-roster.ts';
import { aCard, doneOn } from '../support/a-card.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { engagementOf, putInto } from '../support/onboarding.ts';
import { newFolder } from './databases.ts';

/** Where the program that starts next keeps its rows: an address, or a data directory. */
export type Where = { readonly DATABASE_URL: string } | { readonly DATA_DIR: string };

/** Somebody of the crowd, and by what they are known on their platform. */
export interface Nudged {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly platform: 'slack' | 'teams';
  /** Id of their account there, as deliveries name it. */
  readonly account: string;
}

const DAY_ZERO = '2026-12-07';
const BEGAN = new Date(`${DAY_ZERO}T11:00:00-05:00`);
/** Lines of the card that were done in time. */
const MAY_WORK = [
  'offer_accepted',
  'roster_add',
  'ict_request',
  'cor_approval',
  'security_clearance',
  'fingerprinting',
  'eqip',
  'prescreen_ok',
  'eua_id',
  'isspa_training',
];
/** A Wednesday in the sixth week of their onboarding: the clock of the program begins in its morning. */
export const NUDGE_MORNING = '2027-01-20T11:00:00-05:00';

/** Lines that *Done* settles at once on that day, with words that name each alone: courses, and one line of the card. */
export const AT_ONCE: ReadonlyMap<string, string> = new Map([
  ...CURRICULUM.filter(
    ({ proof, isRequired, dueDay, cardItem }) =>
      proof === 'word' && isRequired && dueDay !== null && cardItem === null,
  ).map(({ key, name }) => [key, wordsOf(name)] as const),
  ...CARD_TEMPLATE.items
    .filter(({ key }) => key === 'email_chat')
    .flatMap(({ key, names }) => names.map(({ name }) => [key, wordsOf(name)] as const)),
]);

/** What stands before the first sign that a platform may draw in another way. */
function wordsOf(name: string): string {
  return name.split(/[:,(]/u)[0] ?? name;
}

/** A roster of the demonstration's people and the crowd, as a file. */
export async function rosterWith(crowd: readonly Nudged[]): Promise<string> {
  const file = join(await newFolder(), 'roster.csv');
  await writeFile(file, await rosterText(crowd));
  return file;
}

async function rosterText(crowd: readonly Nudged[]): Promise<string> {
  const demo = await readFile(new URL('../../prisma/demo-roster.csv', import.meta.url), 'utf8');
  const lines = crowd.map(({ id, name, email }) => `${id},${name},${email},service_isso,,America/New_York`);
  return [demo.trim(), ...lines, ''].join('\n');
}

/** Fills the database: everybody is onboarded since six weeks, each in an engagement of their own, and may work. */
export async function fillNudged(where: Where, crowd: readonly Nudged[]): Promise<void> {
  const database =
    'DATA_DIR' in where
      ? ({ kind: 'embedded', dataDir: where.DATA_DIR } as const)
      : ({ kind: 'server', url: where.DATABASE_URL } as const);
  const store = await openStore({ database });
  try {
    const bot = await startBot(store, { now: BEGAN });
    await loadPeople(store, readRoster(await rosterText(crowd)).people, null, () => crypto.randomUUID());
    for (const person of crowd) await onboard(bot, person);
  } finally {
    await store.close();
  }
}

async function onboard(bot: Bot, { id, platform, account }: Nudged): Promise<void> {
  await bot.store.transaction((tx) => tx.people.linkPlatformUser(platform, account, id));
  const number = await heldKickoff(bot, `System of ${id}`);
  await putInto(bot, number, 'ONBOARDING', {
    ...NEW_COURSE,
    funding: { byId: 'cor', at: bot.clock.now() },
    term: { startOn: DAY_ZERO, endOn: '2027-12-31', hoursPerWeek: 20 },
    dayZeroOn: DAY_ZERO,
    serviceIssoId: id,
  });
  const engagement = await engagementOf(bot, number);
  const done = Object.fromEntries(MAY_WORK.map((key) => [key, doneOn('2027-01-08')]));
  await bot.store.transaction(async (tx) => {
    await tx.milestones.set({
      engagementId: engagement.id,
      personId: id,
      name: 'onboarding-began',
      on: DAY_ZERO,
    });
    const work = { tx, now: bot.clock.now(), programme: bot.programme };
    await keepCard(work, { engagement, personId: id }, aCard(DAY_ZERO, done));
  });
}
