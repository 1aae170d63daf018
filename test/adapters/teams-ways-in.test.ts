import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MENU } from '../../adapters/teams/surface.ts';
import { buttonsOf, inputsOf, type Json, textOf } from '../support/teams/cards.ts';
import { TAKEN } from '../support/teams/fake-cloud.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import {
  addRandomChannel,
  addStranger,
  channelIn,
  play,
  RANDOM_CHANNEL,
  type Seat,
  seatOf,
  wordsOf,
} from '../support/teams/seat.ts';
import {
  addChat,
  BOT_ID,
  cardFor,
  ISPG_CHANNEL,
  saidIn,
  type TeamsConversation,
  type TeamsMessage,
} from '../support/teams/world.ts';

let stage: OnTeams;
beforeAll(async () => {
  stage = await startOnTeams('2026-12-01T10:00:00-05:00');
  addRandomChannel(stage);
});
afterEach(() => {
  stage.cloud.fate = () => TAKEN;
});
afterAll(() => stage.stop());

const stranger = (): Seat => seatOf(stage, addStranger(stage));
const seat = (who: string): Seat => seatOf(stage, teamsUserOf(who));
/** Says it to the bot in that conversation; answers with what the bot said there. */
async function inPublic(one: Seat, id: string, text: string): Promise<TeamsMessage[]> {
  const place = channelIn(stage, id);
  const before = saidIn(place).length;
  await one.types(text, { in: id });
  await one.rest();
  return saidIn(place).slice(before);
}
const lastBy = ({ messages }: TeamsConversation, user: string): string =>
  messages.findLast(({ from }) => from === user)?.id ?? '';
const wordsIn = (messages: readonly TeamsMessage[]): string =>
  messages.map((each) => wordsOf(each, '')).join('\n');
/** A chat of that kind with somebody of the roster and the bot in it. */
const chatWith = (kind: 'groupChat' | 'meeting', { user }: Seat): string =>
  addChat(stage.cloud.world, kind, [user, teamsUserOf('auditor')]).id;

describe('what is said', () => {
  it('in their own chat is answered there, and in no thread', async () => {
    const one = stranger();
    await one.types('status');
    expect(one.said().map(({ root }) => root)).toEqual([null]);
    expect(one.last()).toContain('You have no requests yet');
  });

  it('to the bot in the ISPG channel is answered in its thread, and personal things in their own chat', async () => {
    const ispg = seat('ispg');
    const channel = channelIn(stage, ISPG_CHANNEL);
    const digest = await inPublic(ispg, ISPG_CHANNEL, 'digest');
    expect(digest.map(({ root }) => root)).toEqual([lastBy(channel, ispg.user)]);
    expect(wordsIn(digest)).toContain('Digest');
    // Below a message of somebody else it is answered in that thread.
    const root = String(digest[0]?.root);
    await ispg.types('help', { in: ISPG_CHANNEL, thread: root });
    expect(saidIn(channel).at(-1)).toMatchObject({ root });
    const personal = await inPublic(ispg, ISPG_CHANNEL, 'home');
    expect(personal).toHaveLength(1);
    expect(wordsIn(personal)).not.toContain('Only you see this page');
    expect(ispg.last()).toContain('Only you see this page');
  });

  it.each(['groupChat', 'meeting'] as const)(
    'to the bot in a %s is answered there as far as the programme goes, and all else in their own chat',
    async (kind) => {
      const owner = seat('bo2');
      const chat = chatWith(kind, owner);
      expect(wordsIn(await inPublic(owner, chat, 'how long does onboarding take'))).toContain('60 days');
      for (const [words, answer] of [
        ['status', 'You have no requests yet'],
        ['home', 'Only you see this page'],
        ['I need an ISSO', kind === 'groupChat' ? 'Question 1' : 'in progress'],
      ] as const) {
        const there = await inPublic(owner, chat, words);
        expect(there).toHaveLength(1);
        expect(wordsIn(there)).toContain('direct message');
        expect(wordsIn(there)).not.toContain(answer);
        expect(
          owner
            .said()
            .slice(-3)
            .map((each) => wordsOf(each, owner.user))
            .join('\n'),
        ).toContain(answer);
      }
    },
  );

  it('to the bot by its name alone is answered with what it can do', async () => {
    const chat = chatWith('groupChat', seat('lead'));
    expect(wordsIn(await inPublic(seat('lead'), chat, ''))).not.toBe('');
    const known = await inPublic(seat('ispg'), ISPG_CHANNEL, 'what is for lunch');
    expect(wordsIn(known)).toContain('write to me in a direct message');
  });

  it('by people to each other, and by other bots, is not heard', async () => {
    const one = stranger();
    const chat = chatWith('groupChat', one);
    await one.types('how long does onboarding take', { in: chat });
    const from = stage.cloud.asked.length;
    for (const place of [chat, RANDOM_CHANNEL, ISPG_CHANNEL])
      await one.types('how long does onboarding take', { in: place, mention: false });
    const mention = { type: 'mention', text: '<at>Other</at>', mentioned: { id: '29:other', name: 'Other' } };
    await one.tells({ type: 'message', text: '<at>Other</at> help', entities: [mention] }, { in: chat });
    const { objectId } = one.person.user;
    for (const who of [
      { id: '28:another-bot', name: 'Other bot' },
      { id: '28:another-bot', name: 'Other bot', aadObjectId: objectId },
      { id: '29:1bot', name: 'Bot', aadObjectId: objectId, role: 'bot' },
      { id: BOT_ID, name: 'ISSO As A Service' },
    ])
      await one.tells({ type: 'message', text: 'I need an ISSO', from: who });
    expect(stage.cloud.asked.slice(from)).toEqual([]);
  });

  it('and marked or deleted changes nothing, and is not answered', async () => {
    const one = stranger();
    await one.types('I need an ISSO');
    const before = one.said().length;
    await one.person.reacts(one.said().at(-1)?.id ?? '');
    await one.person.deletes(lastBy(stage.cloud.world.personal(one.user), one.user));
    await stage.app.idle();
    expect(one.said()).toHaveLength(before);
    expect(await one.hears('resume')).toContain('Question 1');
  });

  it('and changed afterwards changes nothing; how to change an answer is said once', async () => {
    const one = stranger();
    await one.types('I need an ISSO');
    await one.types('OIT');
    const before = one.said().length;
    const id = lastBy(stage.cloud.world.personal(one.user), one.user);
    for (const text of ['CMCS', 'CMCS, please']) {
      await one.person.edits(id, text);
      await stage.app.idle();
      await one.rest();
    }
    expect(one.said()).toHaveLength(before + 1);
    expect(one.last()).toContain('I do not read changes to messages');
    const review = await one.hears('review');
    expect(review).toMatch(/CMS component\s.*OIT/u);
    expect(review).not.toContain('CMCS');
  });

  it('when the app is added is a greeting, once and for all', async () => {
    const one = stranger();
    await one.installs();
    expect(one.said()).toHaveLength(1);
    expect(one.last()).toContain('I am the bot of');
    await one.installs();
    expect(one.said()).toHaveLength(1);
  });
});

describe('the menu', () => {
  const NOT_KNOWN = /did not understand|could not find|can't find|Question \d/u;
  it.each(MENU.personal.map(({ title }) => title))(
    'says “%s”, which is understood in a chat',
    async (title) => {
      const one = stranger();
      await one.types('hi');
      const answer = await one.hears(title);
      expect(answer).not.toBe('');
      if (title !== 'Start a request') expect(answer).not.toMatch(NOT_KNOWN);
      else expect(answer).toContain('Question 1');
    },
  );

  it.each([...new Set([...MENU.team, ...MENU.groupChat].map(({ title }) => title))])(
    'says “%s” with the bot’s name before it where several read it',
    async (title) => {
      const one = stranger();
      await one.types('hi');
      const there = wordsIn(await inPublic(one, RANDOM_CHANNEL, title));
      const all = `${there}\n${one.last()}`;
      expect(there).not.toBe('');
      if (title === 'Start a request') expect(all).toContain('Question 1');
      else expect(all).not.toMatch(NOT_KNOWN);
    },
  );
});

describe('a button', () => {
  /** Somebody at the question with choices, and its card. */
  async function atChoices(): Promise<{ readonly one: Seat; readonly card: TeamsMessage }> {
    const one = stranger();
    for (const words of ['I need an ISSO', 'OIT', 'Hub', '1']) await one.types(words);
    const { message } = one.buttonIn(one.said(), 'Answer');
    return { one, card: message };
  }

  it.each([
    ['a Universal Action', false],
    ['a plain submission, by an older client', true],
  ])('counts as %s, and its card is redrawn where it stands', async (_how, asOldClient) => {
    const { one, card } = await atChoices();
    const before = one.said().length;
    const reason = inputsOf(cardFor(card, one.user)).find(({ id }) => id === 'reason');
    expect(reason).toBeDefined();
    await one.presses('Answer', undefined, { reason: ['surge'] }, { asOldClient });
    expect(card.edits).toBe(1);
    expect(buttonsOf(cardFor(card, one.user)).map(({ label }) => label)).not.toContain('Answer');
    expect(wordsOf(card, one.user)).toContain('more work than our ISSOs can handle');
    expect(one.said()).toHaveLength(before + 1);
    expect(one.last()).toContain('Question 5');
  });

  it('is answered with the card itself, so that nobody waits for it', async () => {
    const { one } = await atChoices();
    const { body } = await one.presses('Answer', undefined, { reason: ['surge'] });
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(textOf(body?.value as Json)).toContain('more work than our ISSOs can handle');
  });

  it('that stands below words is answered by words that say where', async () => {
    const one = stranger();
    await one.types('hi');
    const { body } = await one.presses('What else can I do?');
    expect(body?.value).toBe('I have answered you below.');
    expect(one.last()).toContain('What you can do here');
  });

  it('of a card of another version of the bot does nothing, and says so', async () => {
    const one = stranger();
    await one.types('hi');
    const { message, button } = one.buttonIn(one.said(), 'What else can I do?');
    const before = one.said().length;
    const action = { ...button.action, data: { version: 0 } };
    await one.person.presses(stage.cloud.world.personal(one.user), message, { ...button, action, data: {} });
    await stage.app.idle();
    expect(one.lastWords()).toContain('type help');
    expect(one.said()).toHaveLength(before);
  });
});

describe('a card that was delivered', () => {
  it('is redrawn where it stands, and never posted again', async () => {
    await play(stage, 'follow request-claims-hub', 'ispg presses "Accept" in #ispg');
    const owner = seat('bo');
    const status = owner
      .said()
      .filter((each) => wordsOf(each, owner.user).includes('Request ISSO-2026-0001'));
    expect(status).toHaveLength(1);
    expect(wordsOf(status[0], owner.user)).toContain('Kickoff being scheduled');
    const triage = saidIn(channelIn(stage, ISPG_CHANNEL)).filter((each) =>
      wordsIn([each]).includes('Accepted by'),
    );
    expect(triage.map(({ edits }) => edits > 0)).toEqual([true]);
    expect(wordsIn(triage)).toContain('Imani Spencer');
  });

  it('draws itself anew for its reader, again and again, also where Teams did not take the change', async () => {
    const owner = seat('bo');
    const room = stage.cloud.world.personal(owner.user);
    const { message } = owner.buttonIn(owner.said(), 'Withdraw');
    expect(wordsOf(message, owner.user)).toContain('Kickoff being scheduled');
    stage.cloud.fate = ({ what }) =>
      what === 'update' ? { lands: null, answers: { status: 429, retryAfter: '600' } } : TAKEN;
    await owner.types('choose 2');
    expect(wordsOf(message, owner.user)).toContain('Kickoff being scheduled');
    for (let time = 0; time < 2; time += 1) {
      await owner.person.refreshes(room, message);
      expect(wordsOf(message, owner.user)).toContain('Kickoff booked');
    }
  });

  it('is drawn anew for nobody else', async () => {
    const owner = seat('bo');
    const { message } = owner.buttonIn(owner.said(), 'Withdraw');
    const refresh = cardFor(message, owner.user)?.refresh as Json;
    const other = seat('bo2');
    const answer = await other.tells({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: refresh.action, trigger: 'automatic' },
      replyToId: message.id,
      conversation: {
        id: stage.cloud.world.personal(owner.user).id,
        conversationType: 'personal',
        tenantId: other.person.user.tenantId,
      },
    });
    expect(answer.body).toBeNull();
  });

  it('that is out of date changes nothing, and is answered with what is current', async () => {
    const owner = seat('bo');
    const { message, button } = owner.buttonIn(owner.said(), 'Choose 1');
    const before = owner.said().length;
    await owner.person.presses(stage.cloud.world.personal(owner.user), message, button);
    await stage.app.idle();
    await owner.rest();
    const told = owner
      .said()
      .slice(before)
      .map((each) => wordsOf(each, owner.user))
      .join('\n');
    expect(told).toContain('out of date, so nothing was changed');
    expect(told).toContain('Kickoff booked');
    expect(await owner.hears('status ISSO-2026-0001')).toContain('Monday, December 7, 2026 at 2:00 PM');
  });
});

it('Teams took everything that was drawn', () => {
  expect(stage.cloud.faults).toEqual([]);
});
