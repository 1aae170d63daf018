/** Papers filled in by typed words, as people would. */
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Bot } from './bot.ts';

const FORM = [
  'business owner: Beatriz Okafor; cms component: OIT',
  'number of systems: 1; why you need help: no trained isso; isso work today: none; how soon: routine',
  'tasks: 1, 3 and 5; the need in your words: We run a claims system with no trained security officer.',
  'current authorization: ongoing; open poa&ms: 12',
  'level of effort: half; set time or ongoing: continuous; wanted start: March 1, 2027; place of work: remote; equipment: laptop',
  'funding: expected',
  'no sensitive data: yes; authority to ask: yes',
];

const CONTEXT = [
  'confidentiality impact: moderate; integrity impact: moderate; availability impact: low',
  'mission essential function: no; high value asset (hva): no; sensitive data: pii; users outside cms: no',
  'target life cycle phase: operate; hosting: cms aws; login data only: no',
  'system complexity: medium',
];

/** Everything the Request Form needs, typed by ISPG. */
export const fillForm = (bot: Bot, number: RequestNumber): Promise<void> => type(bot, 'form', number, FORM);

/** Everything the context assessment needs, typed by ISPG. */
export const fillContext = (bot: Bot, number: RequestNumber): Promise<void> =>
  type(bot, 'context', number, CONTEXT);

async function type(bot: Bot, word: string, number: RequestNumber, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { said } = await bot.say('ispg', `${word} ${number} ${line}`);
    const refusal = said.find((text) => text.includes('Not saved'));
    if (refusal) throw new Error(refusal);
  }
}
