import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { MOVES } from '../../src/messages/copy/moves.ts';
import { PAPERS } from '../../src/messages/copy/paper.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

const MISSING = 'ISSO-2026-9876';
/** Of the roster, and in no relation to the engagement. */
const STRANGERS = ['guardian', 'isso2', 'admin', 'bo2'] as const;

let bot: Bot;
let number: RequestNumber;
beforeAll(async () => {
  bot = await startBot(await openTestStore());
  number = await heldKickoff(bot);
});

/** All that came of it, with one name for both numbers. */
const seen = ({ receipt, said, updates, dialog, errors }: Heard) =>
  JSON.stringify({ receipt, said, updates, dialog, errors }).replaceAll(number, 'N').replaceAll(MISSING, 'N');

const TYPED = [
  ...new Set(MOVES.map(({ typed, example }) => `${typed} N ${example}`.trim())),
  ...PAPERS.map(({ typed }) => `${typed} N`),
  ...PAPERS.map(({ typed }) => `correct ${typed} N poam open: 1; reason: miscounted`),
  'show N',
  'status N',
  'history N',
  'accept N',
  'decline N out_of_scope',
  'withdraw N funding_lost',
  'amend N',
  'reschedule N',
  'answer N yes',
  'survey N',
];

const PRESSED = [
  ...new Set(MOVES.map(({ verb }) => verb)),
  'request.status',
  'request.accept',
  'request.decline',
  'request.withdraw',
  'request.confirm',
];

describe('whoever has nothing to do with an engagement learns nothing of it', () => {
  it.each(TYPED)('by typing `%s`: the answer is the one for a number that does not exist', async (typed) => {
    for (const who of STRANGERS) {
      const forbidden = await bot.say(who, typed.replace('N', number));
      const missing = await bot.say(who, typed.replace('N', MISSING));
      expect([who, seen(forbidden)]).toEqual([who, seen(missing)]);
      expect(seen(forbidden)).not.toContain('Claims Hub');
    }
  });

  it.each(PRESSED)('by pressing a button for `%s` that was never shown to them', async (verb) => {
    for (const who of STRANGERS) {
      const press = (subject: string) => bot.press(who, { verb, subject, version: 4 });
      const submit = (subject: string) => bot.submit(who, { verb, subject, version: 4 }, { reason: 'other' });
      expect([who, seen(await press(number))]).toEqual([who, seen(await press(MISSING))]);
      expect([who, seen(await submit(number))]).toEqual([who, seen(await submit(MISSING))]);
    }
  });

  it.each(PAPERS.map(({ kind }) => kind))('by pressing for a page of the %s', async (kind) => {
    for (const who of STRANGERS)
      for (const verb of ['paper.show', 'paper.page'])
        for (const choice of [kind, `${kind}/effort-1`]) {
          const press = (subject: string) => bot.press(who, { verb, subject, choice });
          expect([who, seen(await press(number))]).toEqual([who, seen(await press(MISSING))]);
        }
  });

  it('and nothing of all that changed it', async () => {
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
    expect(engagement).toMatchObject({ state: 'KICKOFF_HELD', version: 3, memberships: [] });
  });
});
