import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { addGuest, play, type Seat, saidIn, seatOf } from '../support/slack/seat.ts';
import { addUser, type SlackUser } from '../support/slack/world.ts';

let stage: OnSlack;
beforeAll(async () => {
  stage = await startOnSlack('2026-12-01T10:00:00-05:00');
});
afterAll(() => stage.stop());

const guest = (facts: Partial<SlackUser> = {}): Seat => seatOf(stage, addGuest(stage, facts));
const userOf = ({ user }: Seat): SlackUser => {
  const found = stage.slack.world.users.get(user);
  if (!found) throw new Error(`there is no user ${user}`);
  return found;
};
let changes = 0;
/** Slack tells that the user's account has changed. */
const changed = (seat: Seat) => {
  changes += 1;
  return seat.tells({
    type: 'user_change',
    user: { id: seat.user, updated: changes },
    event_ts: `${changes}.1`,
  });
};
const query = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};
const userInfoFails = (): void => {
  stage.slack.fate = ({ method }) =>
    method === 'users.info' ? { lands: null, answers: { status: 500 } } : { lands: 0, answers: 'truth' };
};
const slackIsWell = (): void => {
  stage.slack.fate = () => ({ lands: 0, answers: 'truth' });
};
/** Only those who read the programme are shown it. */
const readsProgramme = async (seat: Seat): Promise<boolean> =>
  (await seat.hears('digest')).includes('Digest');

describe('people of the roster', () => {
  it('are written to in Slack before they ever speak there, found by their mailbox', async () => {
    await play(stage, 'follow request-claims-hub');
    const asked = stage.slack.asked.filter(({ method }) => method === 'users.lookupByEmail');
    expect(asked.map(({ args }) => args.email)).toContain('carla.reyes@demo.cms.example');
    const told = saidIn(stage.slack.world.direct('U0CRA')).map(({ text }) => text);
    expect(told.join('\n')).toContain('Beatriz Okafor asked for a Service ISSO');
  });

  it('are who their verified mailbox says, with their roles', async () => {
    expect(await readsProgramme(seatOf(stage, 'U0GTL'))).toBe(true);
    const elsewhere = guest({ name: 'Somebody', email: 'Grace.TanLopez@demo.cms.example' });
    expect(await readsProgramme(elsewhere)).toBe(true);
  });

  it('are the same person wherever they are linked from', async () => {
    await query(
      "INSERT INTO platform_user (platform, user_id, person_id, verified_at) VALUES ('teams', '29:auditor', 'auditor', now())",
    );
    const auditor = seatOf(stage, 'U0AUDITOR');
    expect(await readsProgramme(auditor)).toBe(true);
    const links = await query(
      "SELECT platform, user_id FROM platform_user WHERE person_id = 'auditor' AND platform IN ('slack', 'teams') ORDER BY platform",
    );
    expect(links).toEqual([
      { platform: 'slack', user_id: 'T0CMSDEMO/U0AUDITOR' },
      { platform: 'teams', user_id: '29:auditor' },
    ]);
    expect(
      await query("SELECT 1 FROM person WHERE lower(email) = 'audra.whitfield@demo.cms.example'"),
    ).toHaveLength(1);
  });
});

describe('a guest', () => {
  it.each<[string, Partial<SlackUser>]>([
    ['whose mailbox is not confirmed', { email: 'grace.tanlopez@demo.cms.example', isEmailConfirmed: false }],
    ['who has no mailbox', { name: 'Grace Tan-Lopez', email: null }],
    ['who only bears the name', { name: 'Grace Tan-Lopez', email: 'grace@elsewhere.example' }],
  ])('is nobody of the roster: %s', async (_who, facts) => {
    const seat = guest(facts);
    expect(await readsProgramme(seat)).toBe(false);
    expect(await seat.hears('status')).toContain('You have no requests yet');
    const [row] = await query(
      'SELECT roles FROM person JOIN platform_user ON person_id = id WHERE user_id = $1',
      [`T0CMSDEMO/${seat.user}`],
    );
    expect(row).toEqual({ roles: [] });
  });

  it('that Slack could not speak of is linked with the next event, with what they began', async () => {
    addUser(stage.slack.world, { id: 'U0LATE', name: 'Late', email: 'ivan.soto@demo.cms.example' });
    const late = seatOf(stage, 'U0LATE');
    userInfoFails();
    expect(await late.hears('I need an ISSO')).toContain('Question 1');
    const personOf = async () =>
      (await query("SELECT person_id FROM platform_user WHERE user_id = 'T0CMSDEMO/U0LATE'"))[0]?.person_id;
    expect(await personOf()).not.toBe('isso2');
    slackIsWell();
    expect(await late.hears('Claims Vault')).toContain('Question 2');
    expect(await personOf()).toBe('isso2');
    expect(await query("SELECT person_id FROM conversation WHERE status = 'open'")).toEqual([
      { person_id: 'isso2' },
    ]);
  });
});

describe('who is no person', () => {
  it.each<[string, Partial<SlackUser>]>([
    ['a bot', { isBot: true }],
    ['an account that is closed', { isDeleted: true }],
  ])('is not answered: %s', async (_who, facts) => {
    const seat = guest(facts);
    const from = stage.slack.asked.length;
    await seat.types('hi');
    await seat.types('I need an ISSO');
    expect([...new Set(stage.slack.asked.slice(from).map(({ method }) => method))]).toEqual(['users.info']);
    expect(seat.said()).toEqual([]);
  });

  it('any more is no address, and one again once they are back and link it', async () => {
    const seat = guest();
    await seat.types('hi');
    userOf(seat).isDeleted = true;
    await changed(seat);
    userOf(seat).isDeleted = false;
    expect(await seat.hears('status')).toContain('type `link`');
    expect(await seat.hears('link')).toContain('linked to you again');
    expect(await seat.hears('status')).toContain('You have no requests yet');
  });
});

describe('times', () => {
  it('are read in the zone of the profile, and in the new one when that changes', async () => {
    const seat = guest({ timeZone: 'America/Denver' });
    expect(await seat.hears('settings')).toContain('Mountain Time');
    userOf(seat).timeZone = 'America/Los_Angeles';
    await changed(seat);
    expect(await seat.hears('settings')).toContain('Pacific Time');
  });

  it('stay in the zone that somebody has set themselves', async () => {
    const seat = guest({ timeZone: 'America/Denver' });
    await seat.types('time zone Central');
    expect(await seat.hears('settings')).toContain('Central Time');
    userOf(seat).timeZone = 'America/Los_Angeles';
    await changed(seat);
    const settings = await seat.hears('settings');
    expect(settings).toContain('Central Time');
    expect(settings).not.toContain('Pacific Time');
  });
});

describe('an account that is unlinked', () => {
  it('hears nothing any more but how to link it, and everything again afterwards', async () => {
    const owner = seatOf(stage, 'U0BO');
    expect(await owner.hears('unlink')).toContain('To undo that, type `link`');
    const before = owner.said().map(({ ts, edits }) => [ts, edits]);
    await play(stage, 'ispg presses "Accept" in #ispg');
    await owner.rest();
    expect(owner.said().map(({ ts, edits }) => [ts, edits])).toEqual(before);
    for (const words of ['status', 'I need an ISSO', 'Claims Hub'])
      expect(await owner.hears(words)).toContain('To link it again, type `link`');
    expect(await owner.hears('link')).toContain('linked to you again');
    const status = await owner.hears('status');
    expect(status).toContain('Kickoff being scheduled');
  });

  it('and linked again is written to, in the zone of its reader', async () => {
    const owner = seatOf(stage, 'U0BO');
    userOf(owner).timeZone = 'America/Chicago';
    await changed(owner);
    const number = /ISSO-\d{4}-\d{4}/u.exec(await owner.hears('status'))?.[0] ?? '';
    expect(await owner.hears(`choose 1 for ${number}`)).toContain('Booked');
    const before = owner.said().length;
    await stage.driver.advance({ to: '2026-12-02T12:00:00-05:00' });
    const told = owner
      .said()
      .slice(before)
      .map(({ text }) => text)
      .join('\n');
    expect(told).toContain('Reminder: the kickoff');
    expect(told).toContain('Central Time');
    expect(told).not.toContain('Eastern Time');
  });
});

it('Slack took everything that was drawn for them', () => {
  expect(stage.slack.faults).toEqual([]);
});
