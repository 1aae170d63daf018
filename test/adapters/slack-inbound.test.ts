import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBody, type SlackBody } from '../../adapters/slack/bodies.ts';
import type { SlackSettings } from '../../adapters/slack/config.ts';
import {
  type News,
  type Turn,
  turnOfAction,
  turnOfCommand,
  turnOfEvent,
  turnOfShortcut,
  turnOfView,
} from '../../adapters/slack/inbound.ts';

const folder = new URL('../fixtures/slack/', import.meta.url);
const names = readdirSync(folder).map((name) => name.replace('.json', ''));
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

const SETTINGS: SlackSettings = {
  cloud: 'commercial',
  apiUrl: 'https://slack.com/api/',
  transport: { kind: 'http', signingSecret: 'a-signing-secret' },
  access: { kind: 'token', botToken: 'xoxb-1' },
  channels: {
    ispg: { workspace: null, channel: 'C0ISPG' },
    issoaas: { workspace: null, channel: 'C0PROGRAM' },
  },
  trusted: null,
};

function turnOf(told: SlackBody): Turn | News | null {
  switch (told.kind) {
    case 'event':
      return turnOfEvent(SETTINGS, told.body);
    case 'action':
      return turnOfAction(SETTINGS, told.body);
    case 'view':
      return turnOfView(told.body);
    case 'shortcut':
      return turnOfShortcut(told.body);
    case 'command':
      return turnOfCommand(told.body);
    default:
      return told satisfies never;
  }
}

const heard = (name: string): Turn | News | null => {
  const told = readBody(fixture(name));
  if (!told) throw new Error(`${name} is not read`);
  return turnOf(told);
};
const turn = (name: string): Turn => {
  const found = heard(name);
  if (!found || !('where' in found)) throw new Error(`${name} is nobody's turn`);
  return found;
};

const BO = 'T0CMSDEMO/U0BEATRIZ';
const ISPG = 'T0CMSDEMO/U0IMANI';
const said = (name: string) => {
  const { event, where } = turn(name);
  return event.kind === 'said' ? { from: event.from, text: event.text, where } : null;
};

describe('what Slack sends', () => {
  it('is read, each kind of it', () => {
    for (const name of names.filter((each) => each !== 'url-verification'))
      expect(readBody(fixture(name)), name).not.toBeNull();
  });

  it('is nothing when it is of no kind, or not as Slack sends it', () => {
    const press = fixture('block-actions-press') as Record<string, unknown>;
    const bad = [null, [], 5, 'x', {}, { type: 'event_callback' }, { type: 'block_suggestion' }];
    const broken = [
      { ...press, actions: [] },
      { ...press, actions: 'x' },
      { ...press, user: null },
      { ...press, user: { id: '__proto__' } },
      { ...press, trigger_id: '' },
    ];
    for (const each of [...bad, ...broken]) expect(readBody(each), JSON.stringify(each)).toBeNull();
  });
});

describe('words', () => {
  it('in the direct conversation are said there, by the user in their workspace', () => {
    expect(said('message-im')).toEqual({
      from: { platform: 'slack', userId: BO, channel: null },
      text: 'I need an ISSO',
      where: { workspace: 'T0CMSDEMO', user: 'U0BEATRIZ', channel: 'D0BEATRIZ', thread: null },
    });
  });

  it('in a thread are answered in it', () => {
    expect(said('message-im-in-thread')?.where.thread).toBe('1796137200.000100');
  });

  it('are those that were typed, whatever Slack made of them', () => {
    expect(said('message-im-marked-up')?.text).toBe(
      'System <R&D> at example.gov/x, ask @U0IMANI in #ispg @here',
    );
  });

  it('in a channel are said to the bot by its name, and answered in a thread below', () => {
    expect(said('app-mention')).toMatchObject({
      from: { userId: ISPG, channel: 'ispg' },
      text: 'digest',
      where: { channel: 'C0ISPG', thread: '1796137210.001100' },
    });
    expect(said('app-mention-in-thread')?.where.thread).toBe('1796137210.001100');
  });

  it('in a channel that is none of the programme’s are known to be said elsewhere', () => {
    expect(said('app-mention-elsewhere')?.from.channel).toBe('other');
  });

  it('of an organisation’s workspace are known by the organisation', () => {
    expect(said('message-im-of-an-organisation')?.from.userId).toBe('E0CMS/W0ORG');
  });

  it('are one event for one message, by whichever event Slack tells of it', () => {
    const again = { ...(fixture('message-im') as object), event_id: 'Ev0ANOTHER', event_time: 1796137999 };
    const told = readBody(again);
    const other = told ? turnOf(told) : null;
    expect(other && 'event' in other ? other.event.eventKey : null).toBe(turn('message-im').event.eventKey);
  });

  it('that were changed are told as changed, unless only Slack changed how they look', () => {
    expect(turn('message-im-changed').event).toMatchObject({ kind: 'edited', text: 'I need two ISSOs' });
    expect(heard('message-im-unfurled')).toBeNull();
  });

  it.each([
    'message-im-deleted',
    'message-im-of-this-bot',
    'message-im-of-another-bot',
    'message-channel-joined',
    'message-channel-talk',
    'message-im-file',
  ])('are none for the bot: %s', (name) => {
    expect(heard(name)).toBeNull();
  });

  it('after the command are said in the direct conversation, wherever it was typed', () => {
    expect(turn('command')).toMatchObject({
      kind: 'command',
      where: { channel: 'D0BEATRIZ' },
      event: { kind: 'said', from: { userId: BO, channel: null }, text: 'status' },
    });
    expect(turn('command-in-channel')).toMatchObject({
      where: { channel: null },
      event: { from: { channel: null }, text: 'help' },
    });
  });
});

describe('buttons', () => {
  it('say what they were drawn with, where they stand', () => {
    expect(turn('block-actions-press')).toMatchObject({
      kind: 'press',
      where: { channel: 'D0BEATRIZ', thread: null },
      event: {
        kind: 'pressed',
        from: { userId: BO, channel: null },
        button: { verb: 'intake.start', subject: 'issoaas' },
        on: 'T0CMSDEMO/D0BEATRIZ/1796137205.000700',
      },
    });
    expect(turn('block-actions-press-in-channel')).toMatchObject({
      where: { channel: 'C0ISPG', thread: '1796137206.000900' },
      event: { from: { channel: 'ispg' }, button: { version: 2 } },
    });
  });

  it('that want a dialog bring the trigger along', () => {
    expect(turn('block-actions-open')).toMatchObject({ kind: 'open', inView: null });
  });

  it('come with what was filled in beside them', () => {
    const { event } = turn('block-actions-with-values');
    expect(event.kind === 'pressed' ? { ...event.values } : null).toEqual({ component: 'OIT' });
  });

  it('of the home page are answered in the direct conversation', () => {
    expect(turn('block-actions-home')).toMatchObject({
      kind: 'press',
      where: { user: 'U0BEATRIZ', channel: null },
      event: { button: { verb: 'wishes.show' }, on: null },
    });
  });

  it('that say nothing the bot has drawn are nothing', () => {
    const press = fixture('block-actions-press') as { actions: Record<string, unknown>[] };
    for (const value of ['', '{', '[]', '{"verb":""}', '{"verb":"a","subject":"b","more":1}', null]) {
      const told = readBody({ ...press, actions: [{ ...press.actions[0], value }] });
      expect(told ? turnOf(told) : null, String(value)).toBeNull();
    }
    const strange = readBody({ ...press, actions: [{ ...press.actions[0], action_id: 'other:start' }] });
    expect(strange ? turnOf(strange) : null).toBeNull();
  });
});

describe('dialogs', () => {
  it('that are sent say what opened them, with what was filled in', () => {
    const { event } = turn('view-submission');
    expect(event).toMatchObject({
      kind: 'submitted',
      from: { userId: BO, channel: null },
      press: { verb: 'intake.page', subject: 'c1', choice: 'system-1' },
    });
    expect(event.kind === 'submitted' ? { ...event.values } : null).toEqual({ system_name: 'Claims Hub' });
  });

  it('that are being filled, or closed, are drafts', () => {
    expect(turn('block-actions-input-in-view')).toMatchObject({ kind: 'draft', isClosed: false });
    expect(turn('view-closed')).toMatchObject({ kind: 'draft', isClosed: true, view: 'V0DIALOG' });
  });

  it('are begun by shortcuts, one of them with the words of a message', () => {
    expect(turn('shortcut-global')).toMatchObject({
      kind: 'open',
      event: { button: { verb: 'intake.start-form' }, values: {} },
    });
    expect(turn('shortcut-message')).toMatchObject({
      kind: 'open',
      event: {
        button: { verb: 'intake.start-from' },
        values: { words: 'Claims Hub has no <ISSO> and an audit is coming' },
      },
    });
  });
});

describe('news', () => {
  it('of somebody’s page and profile are theirs', () => {
    expect(turn('app-home-opened').event.kind).toBe('opened-home');
    expect(turn('app-home-messages').event.kind).toBe('joined');
    expect(turn('user-change').event).toMatchObject({ kind: 'profile-changed', from: { userId: BO } });
    expect(turn('user-change-deactivated').event.kind).toBe('profile-changed');
    expect(heard('user-change-bot')).toBeNull();
  });

  it('of channels and workspaces are the administrator’s', () => {
    expect(heard('channel-left')).toMatchObject({ kind: 'channel-lost', channel: 'C0ISPG', how: 'left' });
    expect(heard('group-left')).toMatchObject({ kind: 'channel-lost', how: 'left' });
    expect(heard('channel-archive')).toMatchObject({ kind: 'channel-lost', how: 'archived' });
    expect(heard('group-archive')).toMatchObject({ kind: 'channel-lost', how: 'archived' });
    expect(heard('app-uninstalled')).toEqual({ kind: 'bot-removed', workspace: 'T0CMSDEMO' });
    expect(heard('tokens-revoked')).toEqual({ kind: 'bot-removed', workspace: 'T0CMSDEMO' });
    expect(heard('tokens-revoked-of-users')).toBeNull();
  });
});

it('no two things that people do are taken for one', () => {
  const keys = names
    .filter((name) => name !== 'url-verification')
    .map(heard)
    .flatMap((found) => (found && 'where' in found ? [found.event.eventKey] : []));
  expect(new Set(keys).size).toBe(keys.length);
});
