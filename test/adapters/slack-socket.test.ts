import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socketReceiver } from '../../adapters/slack/socket-receiver.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { bareSlack, settingsFor } from '../support/slack/bare-slack.ts';
import { connectionOf, type Payload, socketWire, tellOn } from '../support/slack/by-socket.ts';
import { type FakeSlack, startFakeSlack, TAKEN } from '../support/slack/fake-slack.ts';
import { type OnSlack, slackSettings } from '../support/slack/on-slack.ts';
import { eventBody, inputsOf } from '../support/slack/person.ts';
import { settle } from '../support/slack/residents.ts';
import { play, type Seat, saidIn, seatOf } from '../support/slack/seat.ts';
import { slackDriver } from '../support/slack-driver.ts';

let slack: FakeSlack;
let app: RunningApp;
let stage: OnSlack;
let owner: Seat;
beforeAll(async () => {
  slack = await startFakeSlack();
  settle(slack);
  const { SLACK_SIGNING_SECRET: _none, ...settings } = slackSettings(slack);
  app = await startProgramme({
    ...settings,
    SLACK_APP_TOKEN: 'xapp-fake-app-token',
    CONSOLE_START_AT: '2026-12-01T10:00:00-05:00',
  });
  const wire = socketWire(slack);
  stage = { slack, app, wire, driver: slackDriver(app, wire), stop: () => app.stop() };
  owner = seatOf(stage, 'U0BO');
});
afterAll(async () => {
  await app.stop();
  await slack.stop();
});

const said = (text: string, ts = slack.world.nextTs()): Payload =>
  eventBody({ slack }, { type: 'message', channel_type: 'im', channel: 'D0BO2', user: 'U0BO2', text, ts });
const told = async (payload: Payload, socket?: Awaited<ReturnType<typeof connectionOf>>) =>
  tellOn(socket ?? (await connectionOf(slack)), 'events_api', payload, slack.world.nextId('E'));
const own = () => saidIn(slack.world.direct('U0BO2'));
/** Answers of the bot with those words. */
const answers = (words: string): number => own().filter(({ text }) => text.includes(words)).length;

describe('Socket Mode', () => {
  it('hears words and answers them, without any address of the bot', async () => {
    expect(await owner.hears('help')).toContain('What you can do here');
    expect((await fetch(`${app.url}/slack/events`, { method: 'POST' })).status).toBe(404);
  });

  it('answers a command within the acknowledgement', async () => {
    const { body } = await owner.command('status', 'C0ISPG');
    expect(body).toMatchObject({ response_type: 'ephemeral' });
  });

  it('says within the acknowledgement what is wrong in a dialog, and which page comes next', async () => {
    await owner.shortcut();
    const reason = inputsOf(owner.view().view.blocks).find(({ id }) => id === 'reason')?.input.block_id;
    const wrong = await owner.submits({ ...FIRST_PAGE, reason: [] });
    expect(wrong.body).toMatchObject({ response_action: 'errors' });
    expect(Object.keys((wrong.body?.errors ?? {}) as object)).toEqual([reason]);
    const next = await owner.submits(FIRST_PAGE);
    expect(next.body).toMatchObject({ response_action: 'update', view: { callback_id: 'dialog' } });
    expect(Object.keys(owner.standing())).toContain('urgency');
    await owner.closes();
    for (const words of ['cancel', 'yes']) await owner.types(words);
  });

  it('carries a request from its first question to its triage', async () => {
    await play(stage, 'follow request-claims-hub', 'ispg presses "Accept" in #ispg');
    expect(owner.said().map(({ text }) => text)).toContainEqual(expect.stringContaining('kickoff'));
  });

  it('is not harmed by what is no envelope', async () => {
    const socket = await connectionOf(slack);
    for (const frame of [
      '{',
      'null',
      '[]',
      '{"type":"events_api","envelope_id":"x"}',
      '{"type":"something"}',
      Buffer.from([0, 255, 1]),
    ])
      socket.send(frame);
    expect(await told(said('help'), socket)).toBeNull();
    await app.idle();
    expect(answers('What you can do here')).toBe(1);
  });
});

describe('what could not be kept', () => {
  it('is not acknowledged, and has one effect once Slack tells it again', async () => {
    const silencer = new pg.Client({ connectionString: await app.databaseUrl() });
    await silencer.connect();
    const ts = slack.world.nextTs();
    const socket = await connectionOf(slack);
    let isAcknowledged = false;
    const words = said('form', ts);
    await silencer.query('BEGIN');
    await silencer.query('LOCK TABLE inbox_event IN ACCESS EXCLUSIVE MODE');
    try {
      void tellOn(socket, 'events_api', words, 'E0FIRST').then(() => {
        isAcknowledged = true;
      });
      // Whoever waits for an answer is told in time that nothing was saved.
      const { body } = await owner.person.command('status', 'C0ISPG');
      expect(JSON.stringify(body)).toContain('not saved');
      expect(isAcknowledged).toBe(false);
    } finally {
      await silencer.query('ROLLBACK');
      await silencer.end();
    }
    await app.idle();
    expect(await told({ ...words, retry_attempt: 1 }, socket)).toBeNull();
    await app.idle();
    expect(isAcknowledged).toBe(false);
    expect(answers('nothing to resume')).toBe(1);
  });
});

describe('the connection', () => {
  it('is opened anew when Slack asks for that, and after it breaks; what is told twice has one effect', async () => {
    const first = await connectionOf(slack);
    const ts = slack.world.nextTs();
    await told(said('meetings', ts), first);
    first.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    const second = await connectionOf(slack, first);
    await told(said('meetings', ts), second);
    await app.idle();
    expect(answers('meetings coming up')).toBe(1);
    second.terminate();
    const third = await connectionOf(slack, second);
    await told(said('settings'), third);
    await app.idle();
    expect(answers('Your settings')).toBe(1);
    third.close(1000);
    expect(await told(said('help'), await connectionOf(slack, third))).toBeNull();
  });

  it('is tried again when it can not be opened', async () => {
    const before = await connectionOf(slack);
    let refused = 0;
    slack.fate = ({ method }) => {
      if (method !== 'apps.connections.open' || refused === 2) return TAKEN;
      refused += 1;
      return { lands: null, answers: refused === 1 ? 'reset' : { status: 503 } };
    };
    before.terminate();
    const after = await connectionOf(slack, before);
    slack.fate = () => TAKEN;
    expect(refused).toBe(2);
    expect(await told(said('help'), after)).toBeNull();
    await app.idle();
  });

  it('with a token that will not do is told to the administrator once, however often it is tried', async () => {
    const settings = settingsFor(slack.apiUrl, {
      transport: { kind: 'socket', appToken: 'xapp-wrong-token' },
    });
    const { adapter, troubles, lines } = bareSlack({ settings });
    const tries = () => slack.asked.filter(({ token }) => token === 'xapp-wrong-token').length;
    let noticed: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      noticed = resolve;
    });
    slack.fate = () => {
      if (tries() === 2) noticed();
      return TAKEN;
    };
    await adapter.start(async () => ({ kind: 'not-saved' }));
    await second;
    await adapter.stop();
    slack.fate = () => TAKEN;
    expect(troubles.filter(({ code }) => code === 'invalid_auth')).toHaveLength(1);
    expect(JSON.stringify([troubles, lines])).not.toContain('xapp-');
  });

  it('ends when the bot stops, and so does every further attempt', async () => {
    const waiting = new Set<() => void>();
    let tried: () => void = () => undefined;
    const isWaiting = new Promise<void>((resolve) => {
      tried = resolve;
    });
    const receiver = socketReceiver({
      appToken: 'xapp-wrong-token',
      apiUrl: slack.apiUrl,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      hear: async () => null,
      isOwn: () => true,
      trouble: () => undefined,
      after: (ms, then) => {
        waiting.add(then);
        if (ms === 500) tried();
        return () => waiting.delete(then);
      },
    });
    receiver.start();
    await isWaiting;
    const [attempt] = [...waiting].slice(-1);
    const stopping = receiver.stop();
    expect(waiting.has(attempt as () => void)).toBe(false);
    await stopping;
  });
});

it('stopping the bot closes its connection', async () => {
  const socket = await connectionOf(slack);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const restarting = app.restart();
  await closed;
  await restarting;
  expect(await connectionOf(slack, socket)).not.toBe(socket);
});
