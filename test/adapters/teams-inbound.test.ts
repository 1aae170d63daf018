import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readActivity } from '../../adapters/teams/bodies.ts';
import { type Look, type News, seenIn, type Turn, turnOf } from '../../adapters/teams/inbound.ts';
import { settingsFor } from '../support/teams/bare-teams.ts';
import type { Json } from '../support/teams/cards.ts';
import { type Door, openDoor } from '../support/teams/door.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { mutatedActivity } from '../support/teams/mutated.ts';
import { RECORDS, record } from '../support/teams/records.ts';
import { authorizationFor, resend } from '../support/teams/wire.ts';
import { BOT_ID, ISPG_CHANNEL, PROGRAM_CHANNEL, TEAM, TENANT } from '../support/teams/world.ts';

const SERVICE = 'https://smba.trafficmanager.net/teams';
const SETTINGS = settingsFor('', { standIn: null });
const BO = `${TENANT}/b0b0b0b0-1111-4222-8333-444455556666`;
const IMANI = `${TENANT}/1a1a1a1a-1111-4222-8333-444455556666`;
const DIRECT = (record('message-personal').conversation as Json).id as string;
const GROUP = '19:groupChatOfTheDemoTenant00000001@thread.v2';
const MEETING = '19:meeting_RGVtb01lZXRpbmdPZlRoZVRlbmFudDAwMDAwMDAwMDAwMDAwMDAw@thread.v2';
const THREAD = `${ISPG_CHANNEL};messageid=1796133610001`;
const CARD = '1:1cardToBeatriz000000000000000000000000000000';
const SAME_FILLED = expect.stringMatching(/^[\w-]{16}$/u);

const meaningOf = (activity: unknown): Turn | Look | News | 'other' | 'unreadable' | null => {
  const read = readActivity(activity);
  if (read === null) return 'unreadable';
  return read.kind === 'other' ? 'other' : turnOf(SETTINGS, read.activity, SERVICE);
};
/** What is told with the words that repeats of a press have in common taken apart: the last is what was filled in. */
function told(name: string, facts: Json = {}) {
  const meaning = meaningOf(record(name, facts));
  if (meaning === null || typeof meaning === 'string' || !('repeats' in meaning)) return meaning;
  return { ...meaning, repeats: meaning.repeats.split(':') };
}

const where = (user: string, conversation: string | null, isShared = false) => ({
  user,
  conversation,
  serviceUrl: SERVICE,
  isShared,
});
const from = (userId: string, channel: 'ispg' | 'issoaas' | 'other' | null = null) => ({
  platform: 'teams',
  userId,
  channel,
});
const said = (text: string, id: string) => ({
  kind: 'event',
  where: where(BO, DIRECT),
  event: { kind: 'said', from: from(BO), eventKey: `said:${DIRECT}:${id}`, text },
});
const calledIn = (
  user: string,
  channel: 'ispg' | 'issoaas' | 'other',
  conversation: string,
  id: string,
  text: string,
) => ({
  kind: 'event',
  where: where(user, conversation, true),
  event: {
    kind: 'said',
    from: from(user, channel),
    eventKey: `said:${conversation.split(';')[0]}:${id}`,
    text,
    calledByName: true,
  },
});
const START = { verb: 'intake.start', subject: 'issoaas' };
const DIALOG = { verb: 'intake.page', subject: 'c1', choice: 'system-1' };
const pressed = (button: object, values: object = {}, on: string | null = `${DIRECT}/${CARD}`) => ({
  kind: 'pressed',
  from: from(BO),
  eventKey: '',
  button,
  values,
  on,
});
const joined = {
  kind: 'event',
  where: where(BO, DIRECT),
  event: { kind: 'joined', from: from(BO), eventKey: `joined:${BO}` },
};
const SENT_AT = Date.parse('2026-12-01T14:00:00.448Z');
const requestId = (end: string): string => `f:0d0c1b1a-4b3e-2f8a-9c1d-0000000000${end}`;
const TEAM_LOST = { kind: 'team-lost', team: TEAM.id };
const TEAM_BACK = { kind: 'team-back', team: TEAM.id };
const ADDED_WORDS = 'Claims Hub has no <ISSO> and an audit is coming\n\nATO expires in May\nR&D moved';

/** What each record means to the bot. */
const MEANINGS: Readonly<Record<string, unknown>> = {
  'message-personal': said('I need an ISSO', '1796133600448'),
  'message-personal-formatted': said('My system is R&D <alpha>', '1796133601448'),
  'message-personal-file': null,
  'message-channel-mention': calledIn(IMANI, 'ispg', THREAD, '1796133610001', 'queue'),
  'message-channel-reply': calledIn(IMANI, 'ispg', THREAD, '1796133620001', 'status ISSO-2026-0001'),
  'message-channel-mention-alone': calledIn(
    BO,
    'issoaas',
    `${PROGRAM_CHANNEL};messageid=1796133630001`,
    '1796133630001',
    'help',
  ),
  'message-channel-talk': null,
  'message-group-chat': calledIn(BO, 'other', GROUP, '1796133650001', 'what must I prepare?'),
  'message-meeting-chat': calledIn(BO, 'other', MEETING, '1796133660001', 'Please help'),
  'message-submitted': {
    kind: 'press',
    isAwaited: false,
    where: where(BO, DIRECT),
    event: pressed(START),
    repeats: [BO, 'Zx81Qm-Tok0n', 'start', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'message-submitted-with-inputs': {
    kind: 'press',
    isAwaited: false,
    where: where(BO, DIRECT),
    event: pressed(
      { verb: 'request.note', subject: 'ISSO-2026-0001', version: 3 },
      { note: 'The audit is in May.', urgent: 'true' },
    ),
    repeats: [BO, 'Zx81Qm-Tok0n', 'note', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'message-submitted-elsewhere': null,
  'adaptive-card-action-manual': {
    kind: 'press',
    isAwaited: true,
    where: where(BO, DIRECT),
    event: pressed(START, { component: 'OIT' }),
    repeats: [BO, 'Zx81Qm-Tok0n', 'start', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'adaptive-card-action-automatic': { kind: 'refresh', user: BO, on: `${DIRECT}/${CARD}` },
  'adaptive-card-action-in-channel': {
    kind: 'press',
    isAwaited: true,
    where: where(IMANI, THREAD, true),
    event: {
      ...pressed({ verb: 'request.accept', subject: 'ISSO-2026-0001', version: 2 }),
      from: from(IMANI, 'ispg'),
      on: `${THREAD}/1796133611000`,
    },
    repeats: [IMANI, 'Ch4nnel_T0ken', 'accept', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'task-fetch': {
    kind: 'fetch',
    isExtension: false,
    where: where(BO, DIRECT),
    event: pressed({ verb: 'intake.form', subject: 'c1' }, { component: 'OIT' }),
    origin: { on: `${DIRECT}/${CARD}`, in: null },
    repeats: [BO, 'open', ...requestId('21').split(':')],
    sentAt: SENT_AT,
  },
  'task-fetch-in-channel': {
    kind: 'fetch',
    isExtension: false,
    where: where(IMANI, THREAD, true),
    event: {
      ...pressed({ verb: 'request.decline', subject: 'ISSO-2026-0001', version: 2 }),
      from: from(IMANI, 'ispg'),
      on: `${THREAD}/1796133611000`,
    },
    origin: { on: `${THREAD}/1796133611000`, in: 'ispg' },
    repeats: [IMANI, 'open', ...requestId('22').split(':')],
    sentAt: SENT_AT,
  },
  'task-submit': {
    kind: 'submit',
    isExtension: false,
    where: where(BO, DIRECT),
    event: {
      kind: 'submitted',
      from: from(BO),
      eventKey: '',
      press: DIALOG,
      values: { system_name: 'Claims Hub' },
    },
    carried: { action: 'send', press: DIALOG, token: 'D1alog_T0ken', on: `${DIRECT}/${CARD}` },
    values: { system_name: 'Claims Hub' },
    repeats: [BO, 'D1alog_T0ken', 'send', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'task-submit-from-channel': {
    kind: 'submit',
    isExtension: false,
    // Answered in their own conversation, wherever it is.
    where: where(IMANI, null),
    event: {
      kind: 'submitted',
      from: from(IMANI, 'ispg'),
      eventKey: '',
      press: { verb: 'request.decline', subject: 'ISSO-2026-0001', version: 2 },
      values: { reason: 'No funding this year.' },
    },
    carried: {
      action: 'send',
      press: { verb: 'request.decline', subject: 'ISSO-2026-0001', version: 2 },
      token: 'D1alog_T0ken',
      on: `${THREAD}/1796133611000`,
      in: 'ispg',
    },
    values: { reason: 'No funding this year.' },
    repeats: [IMANI, 'D1alog_T0ken', 'send', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'compose-fetch-task-message': {
    kind: 'fetch',
    isExtension: true,
    where: where(BO, null),
    event: pressed({ verb: 'intake.start-from', subject: 'issoaas' }, { words: ADDED_WORDS }, null),
    origin: { on: null, in: null },
    repeats: [BO, 'extension', ...requestId('41').split(':')],
    sentAt: SENT_AT,
  },
  'compose-fetch-task-compose': {
    kind: 'fetch',
    isExtension: true,
    where: where(IMANI, null),
    event: { ...pressed({ verb: 'intake.start-form', subject: 'issoaas' }, {}, null), from: from(IMANI) },
    origin: { on: null, in: null },
    repeats: [IMANI, 'extension', ...requestId('42').split(':')],
    sentAt: SENT_AT,
  },
  'compose-submit-action': {
    kind: 'submit',
    isExtension: true,
    where: where(BO, null),
    event: {
      kind: 'submitted',
      from: from(BO),
      eventKey: '',
      press: DIALOG,
      values: { system_name: 'Claims Hub' },
    },
    carried: { action: 'send', press: DIALOG, token: 'C0mpose_T0ken' },
    values: { system_name: 'Claims Hub' },
    repeats: [BO, 'C0mpose_T0ken', 'send', SAME_FILLED],
    sentAt: SENT_AT,
  },
  'compose-query-initial': { kind: 'search', user: BO, words: '' },
  'compose-query-words': { kind: 'search', user: BO, words: 'claims' },
  'message-update-edit': {
    kind: 'event',
    where: where(BO, DIRECT),
    event: {
      kind: 'edited',
      from: from(BO),
      eventKey: `edited:${DIRECT}:1796133600448:2026-12-01T14:02:11.9041234Z`,
      text: 'I need two ISSOs',
    },
  },
  'message-update-undelete': null,
  'message-delete': 'other',
  'message-reaction': 'other',
  'conversation-update-personal-add': joined,
  'conversation-update-team-add': null,
  'conversation-update-group-chat-add': null,
  'conversation-update-member-added': null,
  'conversation-update-member-removed': null,
  'conversation-update-bot-removed': TEAM_LOST,
  'conversation-update-channel-created': null,
  'conversation-update-channel-deleted': { kind: 'channel-lost', channel: ISPG_CHANNEL },
  'conversation-update-channel-restored': { kind: 'channel-back', channel: ISPG_CHANNEL },
  'conversation-update-channel-renamed': null,
  'conversation-update-team-archived': TEAM_LOST,
  'conversation-update-team-unarchived': TEAM_BACK,
  'conversation-update-team-renamed': null,
  'conversation-update-team-deleted': TEAM_LOST,
  'conversation-update-team-hard-deleted': TEAM_LOST,
  'conversation-update-team-restored': TEAM_BACK,
  'installation-update-personal-add': joined,
  'installation-update-personal-add-upgrade': joined,
  'installation-update-personal-remove': { kind: 'person-removed', user: BO },
  'installation-update-team-add': TEAM_BACK,
  'installation-update-team-remove': TEAM_LOST,
  'installation-update-group-chat-remove': { kind: 'channel-lost', channel: GROUP },
  typing: 'other',
  'event-meeting-start': 'other',
  'invoke-unknown': null,
  'message-of-another-bot': null,
  'message-of-anonymous': null,
  // Read like any other: who belongs to the tenant is looked at before.
  'message-of-another-tenant': {
    kind: 'event',
    where: where(
      '99990000-1111-4222-8333-444455556666/5a5a5a5a-1111-4222-8333-444455556666',
      'a:1somebodyOfAnotherTenant000000000000000000000000000',
    ),
    event: {
      kind: 'said',
      from: from('99990000-1111-4222-8333-444455556666/5a5a5a5a-1111-4222-8333-444455556666'),
      eventKey: 'said:a:1somebodyOfAnotherTenant000000000000000000000000000:1796133690001',
      text: 'help',
    },
  },
};

describe('what Teams sends', () => {
  it.each(RECORDS)('means one thing: %s', (name) => {
    expect(told(name)).toEqual(MEANINGS[name]);
  });

  it('is recorded in each kind, with what it means', () => {
    expect(Object.keys(MEANINGS).sort()).toEqual(RECORDS);
  });

  it('is nothing when it is of no kind, or not as Teams sends it', () => {
    const message = record('message-personal');
    const bad = [
      ...[null, [], [message], 5, 'x', '', true, {}, { type: 'message' }],
      ...[null, 5, '', [], {}, 'x'.repeat(101)].map((type) => ({ ...message, type })),
      ...[null, 5, [], {}, 'x'.repeat(501)].map((serviceUrl) => ({ ...message, serviceUrl })),
      ...[null, 5, '', 'webchat', 'MSTEAMS'].map((channelId) => ({ ...message, channelId })),
      ...[null, 5, 'x', [], {}, { id: '' }, { id: 'a b' }, { id: 'a/b' }, { id: 'a\0' }].map(
        (conversation) => ({ ...message, conversation }),
      ),
      { ...record('invoke-unknown'), name: null },
      { ...record('installation-update-personal-add'), action: 1 },
    ];
    for (const each of bad) expect(meaningOf(each), JSON.stringify(each)).toMatch(/^(?:unreadable|other)$/u);
    expect(meaningOf({ ...message, type: 'somethingNew' })).toBe('other');
  });
});

describe('words', () => {
  it('in a channel or chat are for the bot only where it is called by its name', () => {
    for (const name of ['message-channel-mention', 'message-group-chat', 'message-meeting-chat']) {
      expect(told(name, { entities: [] }), name).toBeNull();
      expect(told(name, { entities: null }), name).toBeNull();
    }
    const other = { id: '28:another-bot', name: 'Polls' };
    const mention = { type: 'mention', text: '<at>Polls</at>', mentioned: other };
    expect(told('message-group-chat', { entities: [mention] })).toBeNull();
    const itself = { ...mention, mentioned: { id: BOT_ID, name: 'ISSO As A Service' } };
    expect(
      told('message-group-chat', { text: '<at>Polls</at> vs bot', entities: [mention, itself] }),
    ).toMatchObject({ event: { text: 'vs bot' } });
  });

  it('of nobody who has an account of the tenant are not heard', () => {
    const { from: sender } = record('message-personal') as { readonly from: Json };
    for (const change of [
      { aadObjectId: null },
      { aadObjectId: 'not-a-guid' },
      { aadObjectId: '__proto__' },
      { role: 'bot' },
      { id: BOT_ID },
    ])
      expect(told('message-personal', { from: { ...sender, ...change } }), JSON.stringify(change)).toBeNull();
    expect(told('message-personal', { from: null })).toBeNull();
  });

  it('without a name of their own are not heard, because nobody could tell a repeat', () => {
    for (const id of [null, '', 'a b', 'x'.repeat(301), 5])
      expect(told('message-personal', { id })).toBeNull();
  });

  it('know the user whatever the case of their ids', () => {
    const { from: sender, conversation } = record('message-personal') as Record<string, Json>;
    const loud = {
      from: { ...sender, aadObjectId: String(sender?.aadObjectId).toUpperCase() },
      conversation: { ...conversation, tenantId: TENANT.toUpperCase() },
    };
    expect(told('message-personal', loud)).toEqual(MEANINGS['message-personal']);
  });
});

describe('presses', () => {
  const press = record('adaptive-card-action-manual');
  const withData = (data: unknown): Json => ({
    ...press,
    value: { action: { type: 'Action.Execute', verb: 'press', data }, trigger: 'manual' },
  });
  const carried = { action: 'start', press: START, token: 'Zx81Qm-Tok0n' };

  it('that say nothing the bot has drawn are nothing', () => {
    for (const data of [
      ...[null, 5, 'x', [], {}, { isso: null }, { isso: [] }, { isso: { ...carried, token: 'short' } }],
      { isso: { ...carried, more: 1 } },
      { isso: { ...carried, press: { verb: '', subject: 'x' } } },
      { isso: { ...carried, press: { ...START, subject: '\0' } } },
      { isso: { ...carried, press: { ...START, choice: '\ud800' } } },
      { isso: { ...carried, press: { ...START, version: '3' } } },
      { isso: { ...carried, on: 'nowhere' } },
      { isso: { ...carried, in: 'ISPG' } },
    ])
      expect(meaningOf(withData(data)), JSON.stringify(data)).toBeNull();
    for (const value of [null, 5, [], {}, { action: null }, { action: { data: [] } }])
      expect(meaningOf({ ...press, value })).toBeNull();
  });

  it('come with what was filled in, and nothing else', () => {
    const data = JSON.parse(
      '{"note":"a\\u0000b\\ud800","done":true,"count":3,"nothing":null,"list":["x"],"constructor":"c","__proto__":"p","msteams":{}}',
    ) as Json;
    const meaning = meaningOf(withData({ ...data, isso: carried }));
    expect(meaning).toMatchObject({
      event: { values: { note: 'ab\ufffd', done: 'true', count: '3', constructor: 'c' } },
    });
    const { values } = (meaning as Extract<Turn, { kind: 'press' }>).event as { readonly values: Json };
    expect(Object.keys(values).sort()).toEqual(['constructor', 'count', 'done', 'note']);
  });

  it('are the same press again only by the same person, drawing, button and what was filled in', () => {
    const repeats = (data: Json, facts: Json = {}): string =>
      (meaningOf({ ...withData(data), ...facts }) as { readonly repeats: string }).repeats;
    const own = repeats({ isso: carried, note: 'x' });
    expect(repeats({ note: 'x', isso: carried }, { id: 'f:another', timestamp: null })).toBe(own);
    const others = [
      repeats({ isso: { ...carried, token: 'another-T0ken' }, note: 'x' }),
      repeats({ isso: { ...carried, action: 'other' }, note: 'x' }),
      repeats({ isso: carried, note: 'y' }),
      repeats({ isso: carried }),
      repeats({ isso: carried, note: 'x' }, { from: record('adaptive-card-action-in-channel').from }),
    ];
    expect(new Set([own, ...others]).size).toBe(6);
  });
});

it('a search that goes on after the results shown says so', () => {
  const { value } = record('compose-query-words') as { readonly value: Json };
  const further = (skip: unknown) =>
    told('compose-query-words', { value: { ...value, queryOptions: { skip } } });
  expect(further(25)).toEqual({ kind: 'search', user: BO, words: 'claims', isFurther: true });
  for (const skip of [0, -1, '25', null]) expect(further(skip)).toEqual(MEANINGS['compose-query-words']);
  const parameters = [{ name: 'words', value: 'x'.repeat(500) }];
  expect(told('compose-query-words', { value: { ...value, parameters } })).toMatchObject({
    words: 'x'.repeat(200),
  });
});

describe('what is written down of where people are', () => {
  const seen = (name: string) => {
    const read = readActivity(record(name));
    return read?.kind === 'activity' ? seenIn(read.activity, SERVICE) : null;
  };
  const member = (name: string): string => (record(name).from as Json).id as string;

  it('is their conversation, zone and language', () => {
    expect(seen('message-personal')).toEqual({
      user: BO,
      member: member('message-personal'),
      serviceUrl: SERVICE,
      conversation: DIRECT,
      isShared: false,
      team: null,
      timeZone: 'America/New_York',
      locale: 'en-US',
      isNews: false,
    });
  });

  it('is the channel itself, not the thread, and the team it is in', () => {
    expect(seen('message-channel-reply')).toMatchObject({
      user: IMANI,
      conversation: ISPG_CHANNEL,
      isShared: true,
      team: TEAM.id,
    });
  });

  it('is news when the app was added just now', () => {
    expect(seen('installation-update-team-add')).toMatchObject({ conversation: ISPG_CHANNEL, isNews: true });
    expect(seen('conversation-update-personal-add')).toMatchObject({ user: BO, isNews: true, locale: null });
  });
});

it('no two things that people do are taken for one', () => {
  const keys = RECORDS.map((name) => meaningOf(record(name))).flatMap((meaning) => {
    if (meaning === null || typeof meaning === 'string' || !('where' in meaning)) return [];
    return meaning.kind === 'event' ? meaning.event.eventKey : `${meaning.kind} ${meaning.repeats}`;
  });
  // The app is added in two ways and upgraded: one greeting.
  const joins = keys.filter((key) => key.startsWith('joined:'));
  expect(joins).toHaveLength(3);
  expect(new Set(keys).size).toBe(keys.length - 2);
});

const SEED = 20261201;
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);

describe('activities with something wrong in them', () => {
  const untouched = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

  it('never break the reading, and never tell more than a database can keep', () => {
    fc.assert(
      fc.property(mutatedActivity, (activity) => {
        const read = readActivity(activity);
        if (read?.kind !== 'activity') return;
        const meaning = turnOf(SETTINGS, read.activity, SERVICE);
        const seen = seenIn(read.activity, SERVICE);
        if (seen.user !== null) expect(seen.user).toMatch(/^[0-9a-f-]{36,37}\/[0-9a-f-]{36,37}$/u);
        if (meaning === null || !('where' in meaning)) return;
        const { event } = meaning;
        expect(event.from).toMatchObject({ platform: 'teams', userId: seen.user });
        expect(isStorable(event.eventKey)).toBe(true);
        if ('text' in event) expect(isStorable(event.text) && event.text.length <= 20_000).toBe(true);
        if ('values' in event)
          for (const [name, value] of Object.entries(event.values))
            expect(isStorable(name) && isStorable(String(value))).toBe(true);
      }),
      { numRuns: 10_000, seed: SEED },
    );
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(untouched);
    expect(Object.keys({})).toEqual([]);
  });

  describe('over the wire', () => {
    let cloud: FakeCloud;
    let door: Door;
    beforeAll(async () => {
      cloud = await startFakeCloud();
      door = await openDoor({ cloud, settings: settingsFor(cloud.url) });
    });
    afterAll(async () => {
      await door.close();
      await cloud.stop();
    });

    it('are answered, and change nothing where they mean nothing to the bot', async () => {
      const own = record('message-personal').serviceUrl;
      for (const made of fc.sample(mutatedActivity, { numRuns: 300, seed: SEED })) {
        const activity = made.serviceUrl === own ? { ...made, serviceUrl: cloud.serviceUrl } : made;
        const text = JSON.stringify(activity);
        const header = String(activity.serviceUrl).length < 500 ? activity : { serviceUrl: cloud.serviceUrl };
        const before = door.effects();
        const asked = cloud.asked.length;
        const { status } = await resend(door.wire, {
          authorization: authorizationFor(door.wire, header),
          text,
        });
        await door.bot.adapter.idle();
        expect(status, text).toBeLessThan(500);
        const meaning = status === 200 ? meaningOf(JSON.parse(text)) : null;
        const changed = { ...door.effects(), asked: cloud.asked.slice(asked).map(({ what }) => what) };
        if (meaning === null || meaning === 'other' || meaning === 'unreadable')
          expect(changed.events, text).toBe(before.events);
        if (status !== 200 || meaning === 'other') expect(changed.kept, text).toEqual(before.kept);
        // Nobody is answered of himself: events alone lead to messages, and these have none.
        expect(
          changed.asked.filter((what) => !['token', 'openid', 'keys'].includes(what)),
          text,
        ).toEqual([]);
      }
      expect(door.events.length).toBeGreaterThan(10);
      for (const { from: speaker } of door.events) expect(speaker.userId.startsWith(`${TENANT}/`)).toBe(true);
      expect(door.bot.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });
});
