import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { startFakeSlack } from '../support/slack/fake-slack.ts';
import { settle, slackSettings } from '../support/slack/on-slack.ts';
import { eventBody } from '../support/slack/person.ts';

type Fake = Awaited<ReturnType<typeof startFakeSlack>>;
let slack: Fake;
let app: RunningApp;
beforeAll(async () => {
  slack = await startFakeSlack();
  settle(slack);
  const { SLACK_SIGNING_SECRET: _none, ...settings } = slackSettings(slack);
  app = await startProgramme({ ...settings, SLACK_APP_TOKEN: 'xapp-fake-app-token' });
});
afterAll(async () => {
  await app.stop();
  await slack.stop();
});

/** The connection that is open, once there is one. */
async function connection(except: WebSocket | null = null): Promise<WebSocket> {
  for (;;) {
    const found = [...slack.sockets].find((each) => each !== except);
    if (found) return found;
    await slack.changed();
  }
}

/** Sends an envelope and answers with the payload of its acknowledgement. */
async function tell(type: string, payload: object, socket?: WebSocket): Promise<Record<string, unknown>> {
  const on = socket ?? (await connection());
  const id = slack.world.nextId('E');
  const acknowledged = new Promise<Record<string, unknown>>((resolve) => {
    const hear = (data: unknown): void => {
      const told = JSON.parse(String(data)) as { envelope_id: string; payload?: Record<string, unknown> };
      if (told.envelope_id !== id) return;
      on.off('message', hear);
      resolve(told.payload ?? {});
    };
    on.on('message', hear);
  });
  on.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true }));
  return acknowledged;
}

const said = (text: string, ts = slack.world.nextTs()) =>
  eventBody({ slack }, { type: 'message', channel_type: 'im', channel: 'D0BO', user: 'U0BO', text, ts });
const own = () => slack.world.direct('U0BO').messages.filter(({ user }) => user === 'U0ISSOBOT');

describe('Socket Mode', () => {
  it('hears words and answers them, without any address of the bot', async () => {
    expect(await tell('events_api', said('help'))).toEqual({});
    await app.idle();
    expect(own().at(-1)?.text).toContain('What you can do here');
    expect((await fetch(`${app.url}/slack/events`, { method: 'POST' })).status).toBe(404);
  });

  it('answers a command and a dialog within the acknowledgement', async () => {
    const command = {
      command: '/isso',
      text: 'status',
      team_id: slack.world.team,
      channel_id: 'C0RANDOM',
      user_id: 'U0BO',
      trigger_id: '1.1',
    };
    expect(await tell('slash_commands', command)).toMatchObject({ response_type: 'ephemeral' });
    await app.idle();
  });

  it('goes on after Slack asks for another connection, and after one breaks; what is told twice has one effect', async () => {
    const first = await connection();
    const ts = slack.world.nextTs();
    await tell('events_api', said('meetings', ts), first);
    first.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    const second = await connection(first);
    await tell('events_api', said('meetings', ts), second);
    await app.idle();
    expect(own().filter(({ text }) => text.includes('meetings coming up')).length).toBe(1);
    second.terminate();
    const third = await connection(second);
    await tell('events_api', said('settings'), third);
    await app.idle();
    expect(own().at(-1)?.text).toContain('Your settings');
  });

  it('is tried again when it can not be opened', async () => {
    const before = await connection();
    let refused = 0;
    slack.fate = ({ method }) => {
      if (method !== 'apps.connections.open' || refused === 2) return { lands: 0, answers: 'truth' };
      refused += 1;
      return { lands: null, answers: refused === 1 ? 'reset' : { status: 503 } };
    };
    before.terminate();
    const after = await connection(before);
    slack.fate = () => ({ lands: 0, answers: 'truth' });
    expect(refused).toBe(2);
    expect(await tell('events_api', said('help'), after)).toEqual({});
    await app.idle();
  });

  it('is not harmed by what is no envelope', async () => {
    const socket = await connection();
    for (const frame of [
      '{',
      'null',
      '[]',
      '{"type":"events_api","envelope_id":"x"}',
      '{"type":"something"}',
    ])
      socket.send(frame);
    expect(await tell('events_api', said('help'))).toEqual({});
    await app.idle();
  });
});
