/** Service ISSO profiles filled in by typed words and confirmed, and engagements that look for one, as people would bring them there. */
import type { Engagement } from '../../src/domain/engagement.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { TASKS } from '../../src/offerings/isso-tasks.ts';
import type { Bot } from './bot.ts';
import { fillContext, fillForm } from './filled-papers.ts';
import { heldKickoff } from './held-kickoff.ts';

const AREAS = ['standards', 'it', 'disciplines', 'program', 'risk', 'leadership'];

/** Somebody who has done all of it, full time and remote; `changes` replaces answers by the key of their question. */
const everything = (): Record<string, string> => ({
  ...Object.fromEntries(TASKS.map(({ id }) => [`rate ${id.replaceAll('_', ' ')}`, 'alone'])),
  ...Object.fromEntries(AREAS.map((area) => [`q ${area}`, '4'])),
  certifications: 'cissp',
  'experience years': '8',
  'full ato': 'yes',
  'led fisma': 'yes',
  screening: 'complete',
  'capacity hours': '40',
  location: 'every day',
  'overlap hours': '8',
  'data kinds': 'pii',
  'fti experience': 'no',
  'fips highest': 'high',
  hva: 'no',
  mef: 'no',
  hosting: 'cms aws',
});

/** Fills in the whole profile of `who`; a change to `none` leaves an answer out. */
export async function fillProfile(
  bot: Bot,
  who: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const answers = Object.entries({ ...everything(), ...changes });
  const { said } = await bot.say(
    who,
    `profile ${answers.map(([key, value]) => `${key}: ${value}`).join('; ')}`,
  );
  const refusal = said.find((text) => text.includes('Not saved'));
  if (refusal) throw new Error(refusal);
}

/** The same, confirmed by the Service ISSO Lead. */
export async function confirmedProfile(
  bot: Bot,
  who: string,
  name: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<void> {
  await fillProfile(bot, who, changes);
  const { said } = await bot.say('issolead', `confirm profile ${name}`);
  if (!said.some((text) => text.includes('You have confirmed'))) throw new Error(said.join('\n'));
}

/** An engagement in MATCHING, brought there by typed words; it needs 20 hours a week from March 1, 2027, remote. */
export async function searching(bot: Bot, systemName?: string): Promise<RequestNumber> {
  const number = await heldKickoff(bot, systemName);
  await fillForm(bot, number);
  await bot.say('ispg', `lock form ${number}`);
  await fillContext(bot, number);
  await bot.say('ispg', `confirm context ${number}`);
  await bot.say('lead', `confirm context ${number}`);
  const { said } = await bot.say('lead', `settle skills ${number}`);
  if (!said.join().includes('the search has begun')) throw new Error(said.join('\n'));
  return number;
}

/** The engagement as it is stored. */
export async function stored(bot: Bot, number: RequestNumber): Promise<Engagement> {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error(`no ${number}`);
  return found;
}
