import { beforeEach, describe, expect, it } from 'vitest';
import { MILESTONES } from '../../src/domain/milestone.ts';
import { localDate } from '../../src/domain/time.ts';
import type { Button } from '../../src/messages/button.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Store } from '../../src/ports.ts';
import { composeHome } from '../../src/usecases/show-home.ts';
import { aMeeting } from '../support/a-meeting.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store);
}, 60_000);

const homeOf = (who: string): Promise<Message> =>
  store.transaction(async (tx) => {
    const person = await tx.people.get(who);
    if (!person) throw new Error(`nobody is called ${who}`);
    return composeHome({ tx, now: bot.clock.now(), person, programme: bot.programme });
  });
const textOf = async (who: string): Promise<string> =>
  plainText(await homeOf(who), { timeZone: 'America/New_York' });
const inBlock = (block: Block): readonly Button[] =>
  block.kind === 'facts' ? block.rows.flatMap(({ button }) => button ?? []) : [];
const buttonsOf = ({ blocks, buttons }: Message): readonly Button[] => [
  ...buttons,
  ...blocks.flatMap(inBlock),
];
const typedOn = async (who: string): Promise<readonly string[]> =>
  buttonsOf(await homeOf(who)).map(({ typed }) => typed);

describe('somebody’s own page', () => {
  it('says when nothing waits, and how to begin', async () => {
    const said = await textOf('bo2');
    for (const words of [
      'Nothing waits for you',
      'You have no requests yet',
      'You have no meetings coming up',
      'Nothing is recorded yet',
      'Subscribe to your programme meetings',
      'Pacific Time',
    ])
      expect(said).toContain(words);
    expect(await typedOn('bo2')).toContain('I need an ISSO');
  });

  it('offers the form that is open or paused, and no second one', async () => {
    await bot.say('bo', 'I need an ISSO');
    await bot.say('bo', 'Claims Hub');
    expect(await textOf('bo')).toMatch(/in progress, not sent yet: \d+ of \d+ questions/u);
    await bot.say('bo', 'pause');
    expect(await textOf('bo')).toContain('paused, not sent yet');
    const typed = await typedOn('bo');
    expect(typed).toEqual(expect.arrayContaining(['resume', 'form']));
    expect(typed).not.toContain('I need an ISSO');
    expect(await textOf('cra')).not.toContain('A request you began');
  });

  it('shows each request with its state, its next move and a button, and whose step it is', async () => {
    const number = await bot.fileRequest();
    expect(await textOf('bo')).toContain('Request received. Next: ISPG looks at the request');
    expect(await textOf('ispg')).toContain('Claims Hub waits for triage');
    expect(await textOf('cor')).not.toContain('waits for triage');
    await bot.say('ispg', `ask ${number} Which release?`);
    expect(await textOf('bo')).toContain('ISPG asks about Claims Hub: Which release?');
    await bot.say('bo', `answer ${number} The spring release`);
    expect(await textOf('bo')).not.toContain('Which release?');
    await bot.say('ispg', `accept ${number}`);
    expect(await typedOn('bo')).toContain(`choose 2 for ${number}`);
    expect(await textOf('bo')).toContain('Next: Beatriz Okafor chooses a time for the kickoff');
    await bot.say('bo', `choose 2 for ${number}`);
    expect(await typedOn('bo')).not.toContain(`choose 2 for ${number}`);
    expect(await textOf('bo')).toContain(`Kickoff for ${number} (Claims Hub)`);
    expect(await textOf('bo')).toContain('Kickoff booked. Next: The kickoff is on ');
    expect(await textOf('ispg')).not.toContain('waits for triage');
  });

  it('a request shown to whoever triages it can be triaged there', async () => {
    const number = await bot.fileRequest();
    const { messages } = await bot.press('ispg', { verb: 'request.show', subject: number });
    expect(messages[0]?.buttons.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['accept', 'ask', 'decline']),
    );
    const own = await bot.press('bo', { verb: 'request.show', subject: number });
    expect(own.messages[0]?.buttons.map(({ id }) => id)).not.toContain('accept');
  });

  it('is about nobody else', async () => {
    await bot.fileRequest('Claims Hub', 'bo');
    await bot.say('bo', 'I need an ISSO');
    await heldKickoff(bot, 'Payments Ledger');
    for (const who of ['bo2', 'isso', 'guardian', 'admin'])
      expect(await textOf(who)).not.toMatch(/ISSO-\d|Claims Hub|Payments Ledger|A request you began/u);
  });

  it('is bounded, and says how much more there is', async () => {
    for (let count = 1; count <= 13; count += 1) await bot.fileRequest(`System ${count}`, 'bo');
    const own = await textOf('bo');
    expect(own.match(/Request received/gu)).toHaveLength(10);
    expect(own).toContain('and 3 more');
    const triage = await textOf('ispg');
    expect(triage.match(/waits for triage/gu)).toHaveLength(5);
    expect(triage).toContain('and 8 more');
  });

  it('shows five meetings, and what was agreed to be done', async () => {
    const day = (at: number) => ({
      startsAt: new Date(Date.UTC(2026, 11, 2 + at, 15)),
      endsAt: new Date(Date.UTC(2026, 11, 2 + at, 16)),
    });
    await store.transaction(async (tx) => {
      for (let at = 0; at < 7; at += 1) {
        const id = `weekly-${at}`;
        const names = { id, uid: id, token: id, plannedFor: `2026-12-0${2 + at}T10:00` };
        await tx.meetings.insert(aMeeting({ ...names, bookedFor: day(at) }));
      }
      const followUps = [
        { text: 'Send the roster', ownerId: 'issolead', dueOn: '2026-12-10', doneAt: null },
        { text: 'Not theirs', ownerId: 'ispg', dueOn: null, doneAt: null },
        { text: 'Long done', ownerId: 'issolead', dueOn: null, doneAt: new Date('2026-11-25T15:00:00Z') },
      ];
      await tx.meetings.insert(
        aMeeting({
          id: 'held',
          uid: 'held',
          token: 'held',
          plannedFor: '2026-11-24T10:00',
          state: 'held',
          bookedFor: { startsAt: new Date('2026-11-24T15:00:00Z'), endsAt: new Date('2026-11-24T15:30:00Z') },
          heldOn: '2026-11-24',
          minutes: { notes: '', decisions: [], followUps },
        }),
      );
    });
    const said = await textOf('issolead');
    expect(said.match(/`weekly Dec \d+`/gu)).toHaveLength(5);
    expect(said).toContain('and 2 more');
    expect(said).toContain('Send the roster, by Thu, Dec 10');
    expect(said).not.toMatch(/Not theirs|Long done/u);
    const done = (await typedOn('issolead')).find((typed) => typed.startsWith('done'));
    expect((await bot.say('issolead', done ?? '')).said.join()).toContain('Send the roster');
    expect(await textOf('issolead')).not.toContain('Send the roster');
  });

  it('shows how they are written to, each topic with its way out and back', async () => {
    await bot.say('bo', 'mute surveys');
    await bot.say('bo', 'leave Dec 24');
    const typed = await typedOn('bo');
    expect(typed).toEqual(expect.arrayContaining(['unmute surveys', 'mute check-ins', 'settings']));
    expect(await textOf('bo')).toContain('December 24');
  });

  it('has for each button, told apart from all others, words that are understood', async () => {
    const number = await bot.fileRequest();
    await heldKickoff(bot, 'Payments Ledger');
    await bot.say('ispg', `accept ${number}`);
    await bot.fileRequest('Third System');
    for (const who of ['bo', 'ispg', 'cra']) {
      const buttons = buttonsOf(await homeOf(who));
      expect(new Set(buttons.map(({ id }) => id)).size).toBe(buttons.length);
      for (const { typed } of buttons) {
        expect(typed).not.toBe('');
        const said = (await bot.say(who, typed)).said.join('\n');
        expect(said, typed).not.toMatch(/did not understand|not open to you|do not have access/u);
        if (typed === 'I need an ISSO') for (const words of ['cancel', 'yes']) await bot.say(who, words);
      }
    }
  });

  it('is said in chat for "home", to the one who asks', async () => {
    const { said } = await bot.say('bo', 'home', { channel: 'ispg' });
    expect(said).toEqual(['I have answered you in a direct message.']);
    expect((await bot.say('bo', 'home')).said.join()).toContain('What waits for you');
  });
});

describe('a card', () => {
  /** A Service ISSO 12 days into onboarding. */
  async function onboarded(): Promise<string> {
    const number = await heldKickoff(bot);
    await store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      if (!engagement) throw new Error('no request');
      const days = {
        'onboarding-began': '2026-11-19',
        'training-done': '2026-11-25',
        'training-due': '2027-11-25',
      };
      for (const name of MILESTONES) {
        const on = (days as Readonly<Record<string, string>>)[name];
        if (on) await tx.milestones.set({ engagementId: engagement.id, name, personId: 'isso', on });
      }
    });
    return number;
  }
  const cardOf = async (who: string): Promise<string> => (await bot.say(who, 'card')).said.join('\n');

  it('shows the Service ISSO every date, and the day of sixty', async () => {
    const number = await onboarded();
    expect(localDate(bot.clock.now(), bot.programme.timeZone)).toBe('2026-12-01');
    const said = await cardOf('isso');
    for (const words of [
      number,
      'Ines Sorensen',
      'day 12 of 60',
      'Role-based training done',
      'November 25, 2026',
    ])
      expect(said).toContain(words);
    expect(await textOf('isso')).toContain('day 12 of 60');
  });

  it('shows the requesting side and its advisor how far it is, and no more', async () => {
    await onboarded();
    for (const who of ['bo', 'cra']) {
      const said = await cardOf(who);
      expect(said).toContain('day 12 of 60; expected to be ready by');
      expect(said).not.toMatch(/training|November 19/iu);
      expect(await textOf(who)).not.toContain('Role-based training done');
    }
  });

  it('shows nobody else anything, and says when there will be one', async () => {
    const number = await onboarded();
    for (const who of ['isso2', 'bo2', 'guardian', 'admin']) {
      const said = await cardOf(who);
      expect(said).not.toContain(number);
      expect(said).toContain('the onboarding of a Service ISSO begins');
    }
    expect(await cardOf('lead')).toContain('milestones ISSO-2026-0001');
  });
});
