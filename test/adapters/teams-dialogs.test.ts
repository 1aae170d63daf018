import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../adapters/teams/surface.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { buttonsOf, inputsOf, type Json, textOf } from '../support/teams/cards.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { channelIn, type Seat, seatOf, wordsOf } from '../support/teams/seat.ts';
import { cardFor, ISPG_CHANNEL, saidIn, type TeamsMessage } from '../support/teams/world.ts';

let stage: OnTeams;
let owner: Seat;
beforeAll(async () => {
  stage = await startOnTeams('2026-12-01T10:00:00-05:00');
  owner = seatOf(stage, teamsUserOf('bo'));
});
afterAll(() => stage.stop());

const EFFORT = {
  urgency: 'routine',
  level_of_effort: 'half',
  engagement_kind: 'defined',
  start_wanted: '2027-03-01',
};
/** What stands in the dialog when the first page is filled in: lists as clients send them. */
const STANDING = { ...FIRST_PAGE, reason: 'surge', tasks: 'categorization' };
const OPEN = ACTIONS.request;
const allSaid = (seat: Seat): string[] => seat.said().map((each) => wordsOf(each, seat.user));
/** How the bot answered a dialog: with another one, with words, or by closing it. */
const answerOf = ({ body }: { readonly body: Json | null }): unknown =>
  (body?.task as Json | undefined)?.type ?? 'closes';
/** No form is open, and no dialog. */
async function afresh(seat: Seat): Promise<void> {
  seat.person.closes();
  for (const words of ['cancel', 'yes']) await seat.types(words);
}

describe('a dialog', () => {
  beforeEach(() => afresh(owner));

  it('is the answer to the press that wants it, and nothing is said beside it', async () => {
    await owner.types('I need an ISSO');
    await owner.types('form');
    const before = owner.said().length;
    const answer = await owner.presses('Open the form');
    expect(answerOf(answer)).toBe('continue');
    expect(owner.dialog().title).toContain('System and need');
    expect(textOf(owner.dialog().card)).toContain('System');
    expect(owner.said()).toHaveLength(before);
  });

  it('says what is wrong beside the field, and everything filled in stands', async () => {
    await owner.extension(OPEN);
    const answer = await owner.submits({ ...FIRST_PAGE, reason: [] });
    expect(answerOf(answer)).toBe('continue');
    expect(Object.keys(owner.errors())).toEqual(['reason']);
    expect(owner.standing()).toMatchObject({ ...STANDING, reason: null });
    // However often it is refused, and whatever is wrong then.
    await owner.submits({ reason: ['surge'], need_summary: 'Help' });
    expect(Object.keys(owner.errors())).toEqual(['need_summary']);
    expect(owner.standing()).toMatchObject({ ...STANDING, need_summary: 'Help' });
    await owner.submits({ need_summary: FIRST_PAGE.need_summary });
    expect(owner.standing()).toHaveProperty('urgency');
  });

  it('that was refused is there with all that was typed when it is opened again, also after a restart', async () => {
    await owner.extension(OPEN);
    await owner.submits({ ...FIRST_PAGE, reason: [] });
    owner.person.closes();
    await stage.app.restart();
    await owner.extension(OPEN);
    expect(owner.standing()).toMatchObject({ ...STANDING, reason: null });
  });

  it('that was refused has its words in the chat, and later pages keep theirs', async () => {
    await owner.extension(OPEN);
    await owner.submits(FIRST_PAGE);
    await owner.submits({ ...EFFORT, start_wanted: null, urgency: null });
    expect(Object.keys(owner.errors())).toContain('urgency');
    owner.person.closes();
    const asked = await owner.hears('resume');
    expect(asked).toMatch(/urgen/iu);
    const review = await owner.hears('review');
    expect(review).toContain(FIRST_PAGE.need_summary);
    await owner.types('form');
    await owner.presses('Open the form');
    const standing = owner.standing();
    expect(standing).toMatchObject({ level_of_effort: 'half', engagement_kind: 'defined', urgency: null });
  });

  it('and the conversation are one form, at every point of it', async () => {
    await owner.types('I need an ISSO');
    const answers = ['Claims Hub', '1', 'no trained isso', 'none'];
    const fields = ['system_name', 'system_count', 'reason', 'current_isso_state'];
    for (const [place, answer] of answers.entries()) {
      expect(owner.last()).toContain(`Question ${place + 1}`);
      await owner.types(answer);
      await owner.types('form');
      await owner.presses('Open the form');
      const standing = owner.standing();
      const isFilled = fields.map((field) => standing[field] !== null);
      expect(isFilled).toEqual(fields.map((_field, index) => index <= place));
      owner.person.closes();
      await owner.types('resume');
    }
    expect(owner.last()).toContain('Question 5');
  });

  it('opened twice is one form: the one that is sent last finds what the other has kept', async () => {
    await owner.extension(OPEN);
    const first = owner.dialog();
    await owner.extension(OPEN);
    const second = owner.dialog();
    await owner.person.submits(second, FIRST_PAGE);
    await stage.app.idle();
    expect(owner.standing()).toHaveProperty('urgency');
    await owner.person.submits(first, { ...FIRST_PAGE, system_name: 'Data Vault' });
    await stage.app.idle();
    owner.person.closes();
    const review = await owner.hears('review');
    expect(review).toContain('Data Vault');
    expect(review).not.toContain('Claims Hub');
  });

  it('that is left untouched leaves nothing to be cleared away', async () => {
    await owner.extension(OPEN);
    owner.person.closes();
    const before = owner.said().length;
    await owner.rest();
    expect(owner.said()).toHaveLength(before);
  });

  it('whose form is closed meanwhile says so, and nothing is kept of it', async () => {
    await owner.extension(OPEN);
    for (const words of ['cancel', 'yes']) await owner.types(words);
    const answer = await owner.submits(FIRST_PAGE);
    expect(answerOf(answer)).toBe('message');
    expect(owner.person.openDialog()).toBeNull();
    expect(await owner.hears('review')).not.toContain('Claims Hub');
  });

  it('of another version of the bot is answered in words', async () => {
    await owner.extension(OPEN);
    const spoilt = { ...owner.dialog(), card: dialogWithout(owner.dialog().card) };
    const answer = await owner.person.submits(spoilt, FIRST_PAGE);
    expect(answer.status).toBe(200);
    expect(answerOf(answer)).toBe('message');
    expect(owner.lastWords()).toContain('type help');
  });
});

/** The card with a button that is none of ours. */
const dialogWithout = (card: Json): Json =>
  JSON.parse(JSON.stringify(card).replaceAll('"isso"', '"other"')) as Json;

/** What the ISPG channel shows of the request for that system. */
const triageOf = (system: string): TeamsMessage[] =>
  saidIn(channelIn(stage, ISPG_CHANNEL)).filter(
    (each) => each.root === each.id && textOf(each.card).includes(system),
  );
/** The kickoff times that the Business Owner was offered. */
const offers = (): string[] => allSaid(owner).filter((words) => words.includes('Pick a kickoff time'));

/** Fills in the whole form as a dialog of the chat. */
async function fillIn(system: string): Promise<void> {
  await afresh(owner);
  await owner.types('I need an ISSO');
  await owner.types('form');
  await owner.presses('Open the form');
  const { id } = owner.dialog();
  for (const values of [{ ...FIRST_PAGE, system_name: system }, EFFORT]) {
    expect(answerOf(await owner.submits(values))).toBe('continue');
    expect(owner.dialog().id).toBe(id);
  }
  expect(answerOf(await owner.submits({ duration_months: '6' }))).toBe('closes');
  expect(owner.person.openDialog()).toBeNull();
  expect(owner.last()).toContain('Please check your request');
}

describe('a request', () => {
  it('is filled in page by page, and sent once however often it is pressed', async () => {
    await fillIn('Claims Hub');
    await owner.presses('Submit request');
    const message = owner.said().at(-1);
    const button = buttonsOf(message ? cardFor(message, owner.user) : null)[0];
    if (!message || !button) throw new Error('there is nothing to confirm');
    const ticked = Object.fromEntries(inputsOf(message.card).map(({ id }) => [id, true]));
    const room = stage.cloud.world.personal(owner.user);
    await Promise.all([1, 2, 3].map(() => owner.person.presses(room, message, button, ticked)));
    await owner.rest();
    expect(allSaid(owner).filter((words) => words.includes('ISPG has your request'))).toHaveLength(1);
    expect(triageOf('Claims Hub')).toHaveLength(1);
    expect(await owner.hears('status')).toContain('ISSO-2026-0001');
    expect(owner.last()).not.toContain('ISSO-2026-0002');
  });

  it('that two people accept at the same instant is accepted once, and the other is shown how it stands', async () => {
    const people = ['ispg', 'gtl'].map((who) => seatOf(stage, teamsUserOf(who)));
    const [ispg] = people as [Seat];
    const channel = channelIn(stage, ISPG_CHANNEL);
    const { message, button } = ispg.buttonIn(saidIn(channel), 'Accept');
    await Promise.all(people.map(({ person }) => person.presses(channel, message, button)));
    await owner.rest();
    expect(offers()).toHaveLength(1);
    const inChannel = saidIn(channel).map((each) => wordsOf(each, ispg.user));
    expect(inChannel.filter((words) => words.includes('is accepted'))).toHaveLength(1);
    const direct = people.flatMap(allSaid).join('\n');
    expect(direct.match(/out of date, so nothing was changed/gu)).toHaveLength(1);
    expect(direct.match(/Kickoff being scheduled/gu)).toHaveLength(1);
    expect(triageOf('Claims Hub')).toHaveLength(1);
    expect(textOf(message.card)).toContain('Accepted by');
  });

  it('is declined in a dialog of the channel that asks for the reason', async () => {
    await fillIn('Data Vault');
    await owner.types('submit');
    await owner.types('I confirm');
    await owner.rest();
    const ispg = seatOf(stage, teamsUserOf('ispg'));
    const channel = channelIn(stage, ISPG_CHANNEL);
    const inPublic = saidIn(channel).length;
    await ispg.presses('Decline', channel);
    expect(inputsOf(ispg.dialog().card).map(({ id }) => id)).toEqual(['reason', 'note']);
    await ispg.submits({});
    expect(Object.keys(ispg.errors())).toContain('reason');
    const before = ispg.said().length;
    const sent = await ispg.submits({ reason: 'no_capacity', note: 'Please try again in the summer.' });
    // The answer is for them alone: it stands in their own chat, and the dialog says where.
    expect(answerOf(sent)).toBe('message');
    expect(ispg.lastWords()).toContain('our chat');
    await owner.rest();
    expect(ispg.said().length).toBeGreaterThan(before);
    expect(allSaid(owner).join('\n')).toContain('Please try again in the summer.');
    const cards = triageOf('Data Vault');
    expect(cards.map(({ edits }) => edits > 0)).toEqual([true]);
    expect(textOf(cards[0]?.card ?? null)).toContain('Not accepted');
    expect(buttonsOf(cards[0]?.card ?? null).map(({ label }) => label)).not.toContain('Decline');
    expect(
      saidIn(channel)
        .slice(inPublic)
        .map((each) => wordsOf(each, ispg.user))
        .join('\n'),
    ).not.toContain('Please try again in the summer.');
  });
});

it('Teams took everything that was drawn', () => {
  expect(stage.cloud.faults).toEqual([]);
});
