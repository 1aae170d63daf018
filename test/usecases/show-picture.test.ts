import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDrawing } from '../../src/drawing.ts';
import { programmePng } from '../../src/pictures/programme.ts';
import { scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { enqueueDigests } from '../../src/usecases/enqueue-digests.ts';
import { pictureFacts } from '../../src/usecases/measures.ts';
import { freshRefreshMemory, refreshDigests } from '../../src/usecases/refresh-digests.ts';
import { digestPicture } from '../../src/usecases/show-picture.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const { pictures, stop } = createDrawing();
afterAll(stop);

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { pictures });
  for (const name of ['Claims Hub', 'Other Hub']) await filed(bot, name);
});

/** A request that the record knows of, which figures are counted from. */
async function filed(at: Bot, systemName: string): Promise<void> {
  const number = await at.fileRequest(systemName);
  await at.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    await tx.audit.append({
      at: at.clock.now(),
      engagementId: engagement?.id ?? null,
      actorId: 'bo',
      forId: null,
      role: 'business_owner',
      verb: 'request.file',
      from: null,
      to: 'REQUESTED',
      reason: null,
      platform: 'console',
      facts: {},
    });
  });
}

const say = async (who: string, text: string, channel?: 'ispg' | 'issoaas'): Promise<string> =>
  (await bot.say(who, text, channel ? { channel } : {})).said.join('\n');

/** What stands there with a picture, after everything that is due was sent. */
async function picturesAt(place: string) {
  await bot.deliver();
  const standing = [...bot.adapter.standing.values()].filter(({ to }) => to.id === place);
  const rows = await Promise.all(standing.map(({ key }) => bot.store.deliveries.find(key)));
  return rows.flatMap((row) => (row?.attachment?.type === 'image/png' ? [row.attachment] : []));
}

describe('a picture that is asked for', () => {
  it('is said in numbers at once, and follows with the same numbers as its alternative text', async () => {
    const said = await say('ispg', 'picture funnel');
    expect(said).toContain('Funnel: how far requests came');
    expect(said).toContain('Request filed: 2.');
    expect(said).toContain('The picture comes in a message of its own.');
    const [picture, ...others] = await picturesAt('ispg');
    expect(others).toEqual([]);
    expect(picture).toMatchObject({ name: 'funnel.png', encoding: 'base64' });
    expect(picture?.altText).toContain('Request filed: 2. Accepted: 0 (0%).');
    const deps = { programme: bot.programme, now: bot.clock.now() };
    const facts = await bot.store.transaction((tx) => pictureFacts({ ...deps, tx }, 'funnel'));
    expect(Buffer.from(picture?.content ?? '', 'base64').equals(Buffer.from(programmePng(facts)))).toBe(true);
  });

  it('is of the component and the time that are named', async () => {
    expect(await say('gtl', 'picture ageing in OIT')).toContain('in their state, OIT');
    expect(await say('gtl', 'picture ageing CCSQ')).toContain('No engagement is open.');
    expect(await say('gtl', 'picture funnel last month')).toMatch(
      /from November 1, 2026 to November 30, 2026/u,
    );
    expect(await say('gtl', 'picture attendance')).toContain('No meetings were held in this time.');
    expect(await say('gtl', 'picture burn-down last month')).toContain('makes no difference');
    // Where there is nothing to see, no picture follows.
    expect((await picturesAt('gtl')).map(({ name }) => name)).toEqual(['ageing-OIT.png']);
  });

  it('says what it could not read, and what to type instead', async () => {
    expect(await say('ispg', 'picture ageing the moon')).toContain('I could not read “the moon”');
    expect(await say('ispg', 'picture budget')).toContain('I have no picture of “budget”');
    expect(await say('ispg', 'picture funnel January 2031')).toContain('it has not begun');
    expect(await say('ispg', 'picture funnel 123-45-6789')).not.toContain('123-45-6789');
    expect(await picturesAt('ispg')).toEqual([]);
  });

  it('is listed with what each shows, and every button does what its words do', async () => {
    const { said, messages } = await bot.say('ispg', 'pictures');
    for (const kind of ['funnel', 'burn-down', 'ageing', 'satisfaction', 'attendance'])
      expect(said.join('\n')).toContain(`picture ${kind}`);
    const buttons = messages.flatMap((message) => message.buttons);
    expect(buttons).toHaveLength(5);
    for (const button of buttons)
      expect((await bot.press('ispg', button.press)).said).toEqual(
        (await bot.say('ispg', button.typed)).said,
      );
    const [shown] = (await bot.say('ispg', 'picture ageing')).messages;
    const [back] = shown?.buttons ?? [];
    expect(back && (await bot.press('ispg', back.press)).said).toEqual(said);
  });
});

describe('who sees a picture', () => {
  it('is whoever may read measures', async () => {
    for (const who of ['ispg', 'gtl', 'cor', 'auditor'])
      expect(await say(who, 'picture funnel')).toContain('Request filed: 2.');
    for (const who of ['bo', 'lead', 'isso', 'admin']) {
      expect(await say(who, 'picture funnel')).toContain('That action is not open to you');
      expect(await say(who, 'pictures')).toContain('That action is not open to you');
      expect(await picturesAt(who)).toEqual([]);
    }
    const { messages } = await bot.say('ispg', 'pictures');
    for (const button of messages.flatMap((message) => message.buttons))
      expect((await bot.press('bo', button.press)).said.join('\n')).toContain(
        'That action is not open to you',
      );
  });

  it('is the whole ISPG channel where nothing in it is of a person', async () => {
    expect(await say('ispg', 'picture ageing', 'ispg')).toContain('Request received: 2, 0, 0, 0, 0.');
    const [picture] = await picturesAt('#ispg');
    expect(picture).toMatchObject({
      name: 'ageing.png',
      altText: expect.stringContaining('Request received: 2'),
    });
    expect(await picturesAt('ispg')).toEqual([]);
  });

  it('is the one who asked alone in any other channel', async () => {
    await bot.say('ispg', 'picture funnel', { channel: 'issoaas' });
    expect(await picturesAt('ispg')).toHaveLength(1);
    expect(await picturesAt('#ispg')).toEqual([]);
    expect(await picturesAt('#issoaas')).toEqual([]);
  });

  it('takes no words from a form that is open, nor from people who talk in a channel', async () => {
    await bot.say('bo', 'I need an ISSO');
    expect(await say('bo', 'Picture Archive')).not.toContain('not open to you');
    expect(await say('bo2', 'picture budget', 'ispg')).toBe('');
  });
});

describe('the picture of the weekly digest', () => {
  it('is the funnel, with its alternative text; nothing where nothing is drawn', async () => {
    const deps = { programme: bot.programme, now: bot.clock.now() };
    const made = await bot.store.transaction((tx) => digestPicture({ ...deps, tx, pictures }));
    expect(made).toMatchObject({ name: 'funnel.png', type: 'image/png' });
    expect(made?.altText).toContain('Request filed: 2.');
    expect(await bot.store.transaction((tx) => digestPicture({ ...deps, tx }))).toBeNull();
  });

  it('goes with it into the channel, and stays when the digest is brought up to date', async () => {
    const drawn = { store: bot.store, programme: bot.programme, pictures };
    await scheduleDigests(drawn, bot.clock.now());
    bot.clock.set(new Date('2026-12-07T09:00:00-05:00'));
    expect(await enqueueDigests(drawn, bot.clock.now())).toBeGreaterThan(0);
    expect((await picturesAt('#ispg')).map(({ name }) => name)).toEqual(['funnel.png']);
    bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
    await filed(bot, 'Third Hub');
    expect(await refreshDigests(drawn, bot.clock.now(), freshRefreshMemory())).toBeGreaterThan(0);
    const [picture, ...others] = await picturesAt('#ispg');
    expect(others).toEqual([]);
    expect(picture?.altText).toContain('Request filed: 3.');
  });

  it('is said in words alone where nothing draws', async () => {
    const plain = await startBot(await openTestStore());
    await filed(plain, 'Claims Hub');
    const said = (await plain.say('ispg', 'picture funnel')).said.join('\n');
    expect(said).toContain('Request filed: 1.');
    expect(said).not.toContain('The picture comes');
  });
});
