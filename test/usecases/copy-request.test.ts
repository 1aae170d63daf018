import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, INTAKE_ANSWERS, startBot } from '../support/bot.ts';
import { engagementOf } from '../support/leaving.ts';
import { openTestStore } from '../support/open-store.ts';

const ENDED = 'ISSO-2026-0001';
const COPY = 'ISSO-2026-0002';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  for (const words of [...INTAKE_ANSWERS, 'submit', 'I confirm']) await bot.say('bo', words);
  await bot.say('ispg', `decline ${ENDED} no_capacity`);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const copy = () => engagementOf(bot, COPY);
const count = (number: RequestNumber) =>
  bot.store.transaction(async (tx) => ((await tx.engagements.byNumber(number)) ? 1 : 0));

describe('a new request from an ended one', () => {
  it('is a draft with its own number and the old answers, opened for its Business Owner', async () => {
    const said = await told('bo', `copy ${ENDED}`);
    expect(said).toContain(`${COPY} is a new draft, made from ${ENDED}`);
    expect(await copy()).toMatchObject({
      state: 'DRAFT',
      version: 1,
      systemName: 'Claims Hub',
      requesterId: 'bo',
      submittedAt: null,
      course: { copyOf: ENDED },
    });
    expect(await engagementOf(bot, ENDED)).toMatchObject({ state: 'DECLINED' });
    expect(said).toContain('Claims Hub');
  });

  it('is not sent before its statements were agreed to again', async () => {
    await bot.say('bo', `copy ${ENDED}`);
    expect((await copy()).answers.filter(({ key }) => key.startsWith('attest'))).toEqual([]);
    expect(await told('bo', `confirm ${COPY}`)).toContain('agree to the statements first');
    expect((await copy()).state).toBe('DRAFT');
    for (const words of ['submit', 'I confirm']) await bot.say('bo', words);
    expect((await copy()).answers.filter(({ key }) => key.startsWith('attest'))).toHaveLength(2);
    await bot.say('bo', `confirm ${COPY}`);
    expect((await copy()).state).toBe('REQUESTED');
  });

  it('is made by its Business Owner alone, and from nothing that goes on', async () => {
    for (const who of ['ispg', 'gtl', 'cra', 'lead'])
      expect(await told(who, `copy ${ENDED}`), who).not.toContain('new draft');
    expect(await count(COPY)).toBe(0);
    await bot.press('bo', { verb: 'request.copy', subject: ENDED });
    expect(await count(COPY)).toBe(1);
    expect(await told('bo', `copy ${COPY}`)).toContain('Nothing was changed');
  });

  it('is made once while it is open', async () => {
    await bot.say('bo', `copy ${ENDED}`);
    expect(await told('bo', `copy ${ENDED}`)).toContain(`there is an open request for Claims Hub, ${COPY}`);
    expect(await count('ISSO-2026-0003')).toBe(0);
  });

  it('waits when another form is open', async () => {
    await bot.say('bo', 'I need an ISSO');
    expect(await told('bo', `copy ${ENDED}`)).toContain(`type \`amend ${COPY}\``);
    expect((await copy()).state).toBe('DRAFT');
  });
});
