import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  answerBlocker,
  type Blocker,
  closeBlocker,
  handBlocker,
  heldTimes,
  raiseBlocker,
  returnBlocker,
} from '../../src/domain/blocker.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n---\n');
};

describe('somebody who is stuck', () => {
  it('says so, is answered by the Government Task Lead, and says that it is solved', async () => {
    const number = await heldKickoff(bot);
    expect(await told('bo', `stuck ${number} Nobody answers about the laptop.`)).toContain('B-1');
    expect(await standing('gtl')).toContain('Nobody answers about the laptop.');
    expect(await told('gtl', 'answer B-1 ISPG sends one tomorrow.')).toContain('B-1');
    expect(await standing('bo')).toContain('ISPG sends one tomorrow.');
    expect(await told('bo', 'solved B-1')).toContain('closed');
    expect(await standing('gtl')).toContain('is solved, says Beatriz Okafor');
    expect(await told('bo', 'blockers')).toContain('No blocker is open');
  });

  it('sends it back when it is not solved, also after it was closed', async () => {
    await told('bo', 'stuck The badge office is closed.');
    await told('gtl', 'answer B-1 It opens on Monday.');
    expect(await told('bo', 'not solved B-1 It did not open.')).toContain('has the ball again');
    await told('gtl', 'answer B-1 It opens on Tuesday.');
    await told('bo', 'solved B-1');
    expect(await told('bo', 'answer B-1 more')).toContain('is closed');
    expect(await told('bo', 'not solved B-1 Closed again.')).toContain('has the ball again');
  });

  it('is handed to whoever can answer, and nobody else sees it', async () => {
    await told('bo', 'stuck The contract paper is missing.');
    expect(await told('lead', 'blocker B-1')).toContain('does not exist, or you do not have access');
    expect(await told('gtl', 'hand B-1 to Leila Haddad')).toContain('have the ball now');
    expect(await standing('lead')).toContain('The contract paper is missing.');
    expect(await told('lead', 'answer B-1 It is on its way.')).toContain('answer is sent');
    expect(await told('cra', 'blocker B-1')).toBe(await told('cra', 'blocker B-1'));
    expect(await told('cra', 'blocker B-99')).toContain('does not exist, or you do not have access');
    expect(await standing('#ispg')).not.toContain('contract paper');
  });

  it('works by buttons and dialogs alike', async () => {
    const asked = await bot.press('bo', { verb: 'blocker.ask', subject: 'new' });
    const empty = await bot.submit('bo', asked.dialog?.press ?? { verb: '', subject: '' }, {});
    expect(Object.keys(empty.errors ?? {})).toEqual(['words']);
    await bot.submit('bo', asked.dialog?.press ?? { verb: '', subject: '' }, {
      words: 'No room for the kickoff.',
    });
    const opened = await bot.press('gtl', { verb: 'blocker.answer', subject: 'B-1', version: 1 });
    await bot.submit('gtl', opened.dialog?.press ?? { verb: '', subject: '' }, { words: 'Room 12.' });
    const stale = await bot.press('gtl', { verb: 'blocker.close', subject: 'B-1', version: 1 });
    expect(stale.said.join()).toContain('Answered');
    expect(await told('bo', 'solved B-1')).toContain('closed');
  });

  it('keeps nothing that looks like personal data', async () => {
    expect(await told('bo', 'stuck my SSN is 123-45-6789')).toContain('Social Security');
    expect(await told('gtl', 'blockers')).toContain('No blocker is open');
  });

  it('is not forgotten: the Government Task Lead hears again, and no more once it is answered', async () => {
    await told('bo', 'stuck The badge office is closed.');
    bot.clock.set(new Date(bot.clock.now().getTime() + 3 * 86_400_000));
    expect(await standing('gtl')).toContain('waits for an answer since');
    await told('gtl', 'answer B-1 On Monday.');
    bot.clock.set(new Date(bot.clock.now().getTime() + 20 * 86_400_000));
    const reminders = (await standing('gtl')).split('waits for an answer since').length - 1;
    expect(reminders).toBe(1);
  });
});

describe('a request for change', () => {
  it('is asked of an engagement that has its Service ISSO, and followed like a blocker', async () => {
    const number = await heldKickoff(bot);
    expect(await told('bo', `ask change ${number} We need 30 hours a week.`)).toContain(
      'Nothing was changed',
    );
  });
});

describe('the clock of whoever has the ball', () => {
  it('adds up to the time since it was raised', () => {
    const at = (minute: number): Date => new Date(Date.UTC(2026, 11, 1, 9, minute));
    const steps = fc.array(
      fc.record({
        what: fc.constantFrom('answer', 'hand', 'return', 'close'),
        minutes: fc.integer({ min: 0, max: 500 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 500 }), (made, last) => {
        let minute = 0;
        let blocker: Blocker = {
          ...raiseBlocker(
            { id: 'b', kind: 'blocker', engagementId: null, raisedById: 'bo', words: 'w' },
            at(0),
          ),
          number: 1,
        };
        for (const { what, minutes } of made) {
          if (blocker.state === 'closed') break;
          minute += minutes;
          const now = at(minute);
          const next =
            what === 'answer'
              ? answerBlocker(blocker, 'w', 'gtl', now)
              : what === 'hand'
                ? handBlocker(blocker, 'lead', now)
                : what === 'return'
                  ? returnBlocker(blocker, 'w', 'bo', now)
                  : closeBlocker(blocker, now);
          if (next.ok) blocker = next.value;
        }
        const end = blocker.closedAt ?? at(minute + last);
        const sum = heldTimes(blocker, at(minute + last)).reduce((total, { ms }) => total + ms, 0);
        expect(sum).toBe(end.getTime() - at(0).getTime());
      }),
    );
  });
});
