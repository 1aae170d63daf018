import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEAMS } from '../../adapters/teams/limits.ts';
import { ACTIONS } from '../../adapters/teams/surface.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { ownTime } from '../support/own-time.ts';
import type { Json } from '../support/teams/cards.ts';
import { TAKEN } from '../support/teams/fake-cloud.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { addStranger, channelIn, type Seat, seatOf, wordsOf } from '../support/teams/seat.ts';
import type { HttpAnswer } from '../support/teams/wire.ts';
import { ISPG_CHANNEL, TENANT, type TeamsConversation } from '../support/teams/world.ts';

/** What Teams waits for: a turn, and a message extension (features reference 5.2). */
const TURN_MS = 10_000;
const EXTENSION_MS = 5_000;
/** Longer than any answer may take. */
const SLOW_MS = TEAMS.answerMs + 1_500;

let stage: OnTeams;
let database: pg.Client;
beforeAll(async () => {
  stage = await startOnTeams();
  database = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await database.connect();
});
afterEach(() => {
  stage.cloud.fate = () => TAKEN;
});
afterAll(async () => {
  await database.end();
  await stage.stop();
});

const seat = (who: string): Seat => seatOf(stage, teamsUserOf(who));
const roomOf = ({ user }: Seat): TeamsConversation => stage.cloud.world.personal(user);
const allSaid = (one: Seat): string =>
  one
    .said()
    .map((each) => wordsOf(each, one.user))
    .join('\n');
const taskOf = (answer: HttpAnswer | undefined): Json => (answer?.body?.task as Json | undefined) ?? {};
const kept = async (key = '%'): Promise<number> =>
  Number((await database.query('SELECT count(*) AS n FROM inbox_event WHERE key LIKE $1', [key])).rows[0].n);

/** Nothing can be kept while this goes on: the inbox belongs to somebody else. */
async function whileSilent<T>(work: () => Promise<T>): Promise<T> {
  await database.query('BEGIN');
  await database.query('LOCK TABLE inbox_event IN ACCESS EXCLUSIVE MODE');
  try {
    return await work();
  } finally {
    await database.query('ROLLBACK');
  }
}

/** The newest button of the chat that opens no dialog, with the message it stands in. */
function aPress(one: Seat, label: string): () => Promise<HttpAnswer> {
  const { message, button } = one.buttonIn(one.said(), label);
  return () => one.person.presses(roomOf(one), message, button);
}

/** All answers, by what was done, and how long each took. */
async function answersTo(
  done: Readonly<Record<string, () => Promise<HttpAnswer>>>,
): Promise<ReadonlyMap<string, HttpAnswer>> {
  return new Map(
    await Promise.all(Object.entries(done).map(async ([name, act]) => [name, await timed(act)] as const)),
  );
}

async function timed(act: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const tookMs = ownTime();
  return { ...(await act()), tookMs: tookMs() };
}

describe('while the database is silent', () => {
  it('everything is answered in time and says what is so, and nothing of it is kept', async () => {
    const [bo, other, ispg] = [seat('bo'), seat('bo2'), seat('ispg')];
    for (const each of [bo, other, ispg]) await each.types('hi');
    await bo.extension(ACTIONS.request);
    const dialog = bo.dialog();
    const press = aPress(bo, 'What else can I do?');
    const asOldClient = other.buttonIn(other.said(), 'What else can I do?');
    const before = await kept();
    const answers = await whileSilent(() =>
      answersTo({
        message: () => bo.person.types('status'),
        mention: () => ispg.person.types('help', { in: ISPG_CHANNEL }),
        press,
        old: () =>
          other.person.presses(
            roomOf(other),
            asOldClient.message,
            asOldClient.button,
            {},
            { asOldClient: true },
          ),
        submission: () => bo.person.submits(dialog, { ...FIRST_PAGE, reason: [] }),
        extension: () => ispg.person.extension(ACTIONS.request),
        search: () => ispg.person.searches('hub'),
      }),
    );
    for (const [name, { status, tookMs }] of answers) {
      const limit = name === 'extension' || name === 'search' ? EXTENSION_MS : TURN_MS;
      expect([name, status, tookMs < limit]).toEqual([name, 200, true]);
    }
    expect(allSaid(bo)).toContain('What you just wrote was not saved');
    expect(channelIn(stage, ISPG_CHANNEL).messages.at(-1)?.text).toContain('was not saved');
    expect(answers.get('press')?.body?.value).toContain('not saved');
    expect(allSaid(other)).toContain('What you just pressed was not saved');
    // The dialog stays with everything that was filled in.
    expect(taskOf(answers.get('submission')).type).toBe('continue');
    expect(JSON.stringify(answers.get('submission')?.body)).toContain('not saved');
    expect(bo.dialog().id).toBe(dialog.id);
    expect(bo.standing()).toMatchObject({ system_name: 'Claims Hub', tasks: 'categorization' });
    expect(taskOf(answers.get('extension'))).toMatchObject({ type: 'message' });
    expect(JSON.stringify(answers.get('search')?.body)).toMatch(
      /can't look at your requests now|None of your/u,
    );
    // All works again, and what was written too late is taken back: only this is kept.
    await ispg.types('help');
    await expect.poll(kept, { timeout: 60_000 }).toBe(before + 1);
    await bo.submits({ reason: ['surge'] });
    expect(bo.standing()).toHaveProperty('urgency');
    expect((await press()).body?.value).not.toContain('not saved');
  });
});

/** Whom the bot must ask about anew: with the connector slow, their work takes long. */
async function unknownAgain({ user }: Seat): Promise<void> {
  await database.query('UPDATE platform_user SET verified_at = NULL WHERE user_id = $1', [
    `${TENANT}/${user}`,
  ]);
}
/** Opens the form as a dialog, at the page of the system. */
async function opensForm(one: Seat): Promise<void> {
  await one.extension(ACTIONS.request);
  if ('component' in one.standing()) await one.submits({ component: 'OIT' });
}
/** Looking up who somebody is takes so long; posting does not. */
const slowRoster = (ms: number): void => {
  stage.cloud.fate = ({ what }) => (what === 'member' ? { lands: ms, answers: 'truth' } : TAKEN);
};

describe('while work takes longer than Teams waits', () => {
  it('each is told that it is kept, and the answer comes into the chat', async () => {
    const [press, fetch, sends, refused] = ['cra', 'lead', 'isso', 'gtl'].map(seat) as [
      Seat,
      Seat,
      Seat,
      Seat,
    ];
    for (const each of [press, fetch, sends, refused]) await each.types('hi');
    await fetch.types('I need an ISSO');
    await fetch.types('form');
    const { message, button } = fetch.buttonIn(fetch.said(), 'Open the form');
    for (const each of [sends, refused]) await opensForm(each);
    for (const each of [press, fetch, sends, refused]) await unknownAgain(each);
    slowRoster(SLOW_MS);
    const before = [press, fetch, sends, refused].map(allSaid);
    const answers = await answersTo({
      message: () => seatOf(stage, addStranger(stage)).person.types('help'),
      press: aPress(press, 'What else can I do?'),
      fetch: () => fetch.person.presses(roomOf(fetch), message, button),
      extension: () => sends.person.submits(sends.dialog(), FIRST_PAGE),
      refused: () => refused.person.submits(refused.dialog(), { ...FIRST_PAGE, reason: [] }),
    });
    for (const [name, { status, tookMs }] of answers) {
      const limit = name === 'extension' || name === 'refused' ? EXTENSION_MS : TURN_MS;
      expect([name, status, tookMs < limit]).toEqual([name, 200, true]);
    }
    expect(answers.get('message')?.tookMs).toBeLessThan(2_000);
    const words = [
      answers.get('press')?.body?.value,
      ...['fetch', 'extension', 'refused'].map((name) => taskOf(answers.get(name)).value),
    ];
    for (const each of words) expect(each).toMatch(/is saved.*comes into our conversation/u);
    await stage.app.idle();
    const after = [press, fetch, sends, refused].map((each, place) =>
      allSaid(each).slice(before[place]?.length),
    );
    expect(after[0]).toContain('What you can do here');
    // A dialog can't be opened any more: its button waits in the chat.
    expect(after[1]).toContain('Open the form');
    expect(after[2]).toContain('Open the form');
    expect(after[3]).toContain('could not be taken yet');
    await refused.types('form');
    await refused.presses('Open the form');
    expect(refused.standing()).toMatchObject({ system_name: 'Claims Hub', reason: null });
  });

  it('a slow database is no different', async () => {
    const owner = seat('issolead');
    await opensForm(owner);
    await database.query(`
      CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(${(TEAMS.extensionAnswerMs + 500) / 1_000}); RETURN NEW; END';
      CREATE TRIGGER take_long BEFORE UPDATE ON conversation FOR EACH ROW EXECUTE FUNCTION take_long()`);
    const answer = await timed(() => owner.person.submits(owner.dialog(), FIRST_PAGE));
    expect([answer.status, answer.tookMs < EXTENSION_MS]).toEqual([200, true]);
    expect(taskOf(answer).value).toMatch(/is saved/u);
    await stage.app.idle();
    await database.query('DROP TRIGGER take_long ON conversation');
    expect(owner.last()).toContain('Open the form');
    await owner.presses('Open the form');
    expect(owner.standing()).toHaveProperty('urgency');
  });
});

describe('while Teams’ own methods are slow', () => {
  it('nothing that Teams tells waits for them', async () => {
    const [auditor, cor, lead] = ['auditor', 'cor', 'lead'].map(seat) as [Seat, Seat, Seat];
    for (const each of [auditor, cor]) await each.types('hi');
    const press = aPress(cor, 'What else can I do?');
    stage.cloud.fate = ({ what }) =>
      what === 'post' || what === 'update' ? { lands: 3_000, answers: 'truth' } : TAKEN;
    const answers = await answersTo({
      words: () => auditor.person.types('help'),
      press,
      search: () => auditor.person.searches(''),
      extension: () => lead.person.extension(ACTIONS.request),
    });
    for (const [name, { status, tookMs }] of answers)
      expect([name, status, tookMs < 3_000]).toEqual([name, 200, true]);
    stage.cloud.fate = () => TAKEN;
    await stage.app.idle();
    for (const each of [auditor, cor]) expect(allSaid(each)).toContain('What you can do here');
  });
});

it('Teams took everything that was drawn', () => {
  expect(stage.cloud.faults).toEqual([]);
});
