import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/messages/plain-text.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});
/** A request whose filing is in the record, as the intake writes it. */
async function file(systemName: string): Promise<void> {
  const number = await bot.fileRequest(systemName);
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    await tx.audit.append({
      at: bot.clock.now(),
      actorId: engagement?.requesterId ?? null,
      forId: null,
      role: 'business_owner',
      verb: 'request.file',
      engagementId: engagement?.id ?? null,
      from: null,
      to: 'REQUESTED',
      reason: null,
      platform: 'console',
      facts: {},
    });
  });
}

const texts = ({ said }: { readonly said: readonly string[] }): string => said.join('\n');
const asked = async (who: string, words: string) => texts(await bot.say(who, words));

describe('measures', () => {
  it('are shown to ISPG, oversight and nobody else', async () => {
    for (const who of ['ispg', 'gtl', 'cor', 'auditor'])
      expect(await asked(who, 'measures')).toContain('Measures of the programme');
    for (const who of ['bo', 'cra', 'lead', 'isso', 'admin']) {
      expect(await asked(who, 'measures')).not.toContain('Measures of the programme');
      expect(await asked(who, 'measures nonsense')).toBe(await asked(who, 'measures OIT'));
    }
  });

  it('count what was filed, in the last 90 days when nobody names a time', async () => {
    await file('Claims Hub');
    await file('Claims Portal');
    const shown = await asked('ispg', 'measures');
    expect(shown).toContain('the last 90 days (September 3, 2026 to December 1, 2026), all components');
    expect(shown).toContain('Requests: 2 requests filed, 0 accepted so far');
    expect(shown).toContain('Asked again: fewer than 3 Business Owners');
    expect(shown).toContain('Time to kickoff: none in this time');
    expect(shown).toContain('Satisfaction: not enough answers yet');
  });

  it('say what exactly is counted', async () => {
    const { messages } = await bot.say('ispg', 'measures');
    const [message] = messages;
    expect(message?.below).toBeDefined();
    const whole = message
      ? plainText({ ...message, blocks: message.below ?? [] }, { timeZone: 'America/New_York' })
      : '';
    for (const words of [
      'Requests filed in the time',
      'In business days; the same day is 0',
      'due back in the time',
    ])
      expect(whole).toContain(words);
  });

  it.each([
    ['measures OIT', 'all components', 'OIT'],
    ['measures last quarter', '', '2026 Q3 (July 1, 2026 to September 30, 2026)'],
    ['Measures OIT last quarter', '', '2026 Q3 (July 1, 2026 to September 30, 2026), OIT'],
    ['metrics 2026 Q4', '', '2026 Q4 (October 1, 2026 to December 1, 2026)'],
    ['measures for this year in CM', '', '2026 (January 1, 2026 to December 1, 2026), CM'],
    ['measures office of information technology', '', 'OIT'],
  ])('understand "%s"', async (words, not, expected) => {
    const [, scope = ''] = (await asked('gtl', words)).split('\n').filter((each) => each !== '');
    expect(scope).toContain(expected);
    if (not !== '') expect(scope).not.toContain(not);
  });

  it('of an offering count its engagements alone', async () => {
    await file('Claims Hub');
    const [main] = bot.programme.catalogue.offerings;
    expect(await asked('gtl', `measures ${main?.name}`)).toContain('1 request filed');
    expect(await asked('gtl', `measures ${main?.key} OIT`)).toContain(', OIT, ');
  });

  it('say what is not known, and that a time lies ahead', async () => {
    expect(await asked('gtl', 'measures Narnia')).toContain("I don't know Narnia as a component");
    expect(await asked('gtl', 'measures next quarter')).toContain('2027 Q1 lies ahead');
  });

  it('are answered in the ISPG channel, and privately in any other', async () => {
    expect(texts(await bot.say('ispg', 'measures', { channel: 'ispg' }))).toContain(
      'Measures of the programme',
    );
    expect(texts(await bot.say('ispg', 'measures', { channel: 'issoaas' }))).not.toContain('Measures');
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Measures of the programme');
  });

  it('leave alone what begins with the same word and means something else', async () => {
    for (const words of ['measures that protect the data of our users', 'measure the risk'])
      expect(await asked('ispg', words)).not.toMatch(/Measures of the programme|as a component/u);
  });
});
