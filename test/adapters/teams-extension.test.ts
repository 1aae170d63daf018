import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACTIONS, SEARCH, SEARCH_WORDS } from '../../adapters/teams/surface.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { buttonsOf, type Json, sentOf, textOf } from '../support/teams/cards.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { addStranger, channelIn, play, type Seat, seatOf } from '../support/teams/seat.ts';
import type { HttpAnswer } from '../support/teams/wire.ts';
import { addChat, ISPG_CHANNEL, saidIn, TENANT, type TeamsConversation } from '../support/teams/world.ts';

const WORDS = 'Our claims system has nobody who looks after <its> security & more.';
let stage: OnTeams;
beforeAll(async () => {
  stage = await startOnTeams('2026-12-01T10:00:00-05:00');
});
afterAll(() => stage.stop());
/** The owner has no dialog and no form open. */
beforeEach(async () => {
  const owner = seat('bo');
  owner.person.closes();
  for (const words of ['cancel', 'yes']) await owner.types(words);
});

const seat = (who: string): Seat => seatOf(stage, teamsUserOf(who));
const taskOf = ({ body }: HttpAnswer): Json => (body?.task as Json | undefined) ?? {};
/** A chat between people, in which the bot is not. */
function chatOf({ user }: Seat): TeamsConversation {
  const chat = addChat(stage.cloud.world, 'groupChat', [user, teamsUserOf('auditor')]);
  chat.hasBot = false;
  return chat;
}
const personOf = async ({ user }: Seat): Promise<unknown> => {
  const database = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await database.connect();
  const sql = "SELECT person_id FROM platform_user WHERE platform = 'teams' AND user_id = $1";
  const { rows } = await database.query(sql, [`${TENANT}/${user}`]);
  await database.end();
  return rows[0]?.person_id;
};

describe('“Make a request from this message”', () => {
  it('opens the form with the words of the message proposed, and sends nothing by itself', async () => {
    const owner = seat('bo');
    const chat = chatOf(owner);
    await owner.extension(ACTIONS.fromMessage, { in: chat.id, text: WORDS });
    expect(owner.standing().need_summary).toBe(WORDS);
    expect(textOf(owner.dialog().card)).toContain('words of the message');
    owner.person.closes();
    expect(saidIn(chat)).toEqual([]);
    expect(saidIn(channelIn(stage, ISPG_CHANNEL))).toHaveLength(1);
    expect(await owner.hears('status')).toContain('You have no requests yet');
  });

  it('offers the form that is open, which has the words when nothing stands there', async () => {
    const owner = seat('bo');
    for (const text of [WORDS, 'Other words.'])
      await owner.extension(ACTIONS.fromMessage, { in: chatOf(owner).id, text });
    const answer = await owner.extension(ACTIONS.fromMessage, {
      in: chatOf(owner).id,
      text: 'Still others.',
    });
    expect(taskOf(answer)).toMatchObject({ type: 'message' });
    expect(taskOf(answer).value).toContain('request in progress');
    expect(owner.last()).toContain('I left that as it is');
  });

  it('takes no words that look sensitive, and says so to their reader alone', async () => {
    const owner = seat('bo');
    const chat = chatOf(owner);
    const answer = await owner.extension(ACTIONS.fromMessage, { in: chat.id, text: 'It is 219-09-9999.' });
    expect(taskOf(answer)).toMatchObject({
      type: 'message',
      value: expect.stringMatching(/sensitive|Social/u),
    });
    expect(saidIn(chat)).toEqual([]);
  });

  it('of a message without words opens the form as it is', async () => {
    const owner = seat('bo');
    await owner.extension(ACTIONS.fromMessage, { in: chatOf(owner).id, text: '' });
    expect(owner.standing().need_summary).toBeNull();
    owner.person.closes();
  });
});

describe('a form that the extension has opened', () => {
  it('is answered in their own chat with the bot, page by page, wherever it was opened', async () => {
    const owner = seat('bo');
    const chat = chatOf(owner);
    await owner.extension(ACTIONS.fromMessage, { in: chat.id, text: WORDS });
    const sends = async (values: Json): Promise<HttpAnswer> => {
      const dialog = owner.dialog();
      const button = buttonsOf(dialog.card).at(-1);
      const context = dialog.origin.kind === 'extension' ? dialog.origin.context : {};
      const data = { ...button?.data, ...sentOf(dialog.card, values) };
      const name = 'composeExtension/submitAction';
      return owner.tells({ type: 'invoke', name, value: { ...context, data } }, { in: chat.id });
    };
    expect(taskOf(await owner.submits(FIRST_PAGE)).type).toBe('continue');
    const effort = { urgency: 'routine', level_of_effort: 'half', engagement_kind: 'continuous' };
    const last = await sends({ ...effort, start_wanted: '2027-03-01' });
    expect(taskOf(last)).toMatchObject({ type: 'message', value: expect.stringContaining('our chat') });
    expect(owner.last()).toContain('Please check your request');
    expect(saidIn(chat)).toEqual([]);
  });

  it('is the form of whoever they are, though the bot has never met them', async () => {
    // Of the roster, with the app, and in no conversation that the bot knows.
    const one = seatOf(stage, addStranger(stage, { email: 'audra.whitfield@demo.cms.example' }));
    await one.extension(ACTIONS.request, { in: chatOf(one).id, text: '' });
    expect(one.person.openDialog()).not.toBeNull();
    expect(await personOf(one)).toBe('auditor');
    expect(one.said()).toEqual([]);
  });

  it('is also for somebody whom nobody knows, and who has not even the app', async () => {
    const one = seatOf(stage, addStranger(stage, { installed: false }));
    await one.extension(ACTIONS.request, { in: chatOf(one).id, text: '' });
    expect(one.person.openDialog()).not.toBeNull();
    await one.submits({ component: 'OIT' });
    expect(one.standing()).toHaveProperty('system_name');
  });
});

const resultsOf = ({ body }: HttpAnswer): readonly Json[] =>
  ((body?.composeExtension as Json | undefined)?.attachments as readonly Json[] | undefined) ?? [];
const titlesOf = (answer: HttpAnswer): string[] =>
  resultsOf(answer).map(({ preview }) => String(((preview as Json).content as Json).title));
const wordsFound = ({ body }: HttpAnswer): unknown => (body?.composeExtension as Json | undefined)?.text;

describe('the search', () => {
  it('finds somebody’s own requests and nobody else’s, by number, system and state', async () => {
    await play(stage, 'follow request-claims-hub');
    const owner = seat('bo');
    for (const words of ['', 'claims', 'ISSO-2026-0001', 'hub received'])
      expect(titlesOf(await owner.searches(words))).toEqual(['ISSO-2026-0001 Claims Hub']);
    expect(wordsFound(await owner.searches('vault'))).toContain('None of your requests fits');
    expect(wordsFound(await seat('bo2').searches(''))).toContain('None of your requests fits');
    const stranger = seatOf(stage, addStranger(stage));
    expect(wordsFound(await stranger.searches(''))).toContain('None of your requests fits');
  });

  it('shows what can be put into another chat: how it stands, and no button that others would press', async () => {
    const [found] = resultsOf(await seat('bo').searches('claims'));
    const card = found?.content as Json;
    expect(textOf(card)).toContain('ISSO-2026-0001');
    expect(buttonsOf(card)).toEqual([]);
    expect(card.refresh).toBeUndefined();
    expect(found?.preview).toMatchObject({ content: { text: expect.stringMatching(/\w/u) } });
  });

  it('gives all it has at once: scrolling on finds no more', async () => {
    expect(resultsOf(await seat('bo').person.searches('claims', { skip: 25 }))).toEqual([]);
  });

  it('keeps nothing of what was looked for, and reads no more than a line of it', async () => {
    const owner = seat('bo');
    const before = owner.said().length;
    expect(wordsFound(await owner.searches('x'.repeat(5_000)))).toContain('None of your requests fits');
    for (const typed of [null, 7, { a: 1 }]) {
      const parameters = [{ name: SEARCH_WORDS, value: typed }];
      const value = { commandId: SEARCH, parameters, queryOptions: { skip: 0, count: 25 } };
      const answer = await owner.tells({ type: 'invoke', name: 'composeExtension/query', value });
      expect(titlesOf(answer)).toEqual(['ISSO-2026-0001 Claims Hub']);
    }
    expect(owner.said()).toHaveLength(before);
  });
});

it('a command that the bot does not have is answered in words', async () => {
  const answer = await seat('bo').extension('nothingLikeIt');
  expect(taskOf(answer)).toMatchObject({ type: 'message', value: expect.stringContaining('type help') });
});

it('Teams took everything that was drawn', () => {
  expect(stage.cloud.faults).toEqual([]);
});
