/** The Slack adapter alone, without the program around it, on a made-up Slack. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { SlackSettings } from '../../../adapters/slack/config.ts';
import { createSlack, type Slack } from '../../../adapters/slack/index.ts';
import type { Address, Clock, InstallationStore, Trouble } from '../../../src/ports.ts';
import { keepingLog, type LogLine } from '../fakes.ts';
import { type FakeSlack, type Fate, TAKEN } from './fake-slack.ts';
import type { Wire } from './person.ts';
import type { SlackConversation, SlackMessage } from './world.ts';

export const BOT_TOKEN = 'xoxb-fake-bot-token';
const SIGNING_SECRET = 'a-signing-secret-of-a-test';
const MACHINE: Clock = { now: () => new Date() };

/** A bot of one workspace, told of by HTTP. */
export const settingsFor = (apiUrl: string, facts: Partial<SlackSettings> = {}): SlackSettings => ({
  cloud: 'commercial',
  apiUrl,
  transport: { kind: 'http', signingSecret: SIGNING_SECRET },
  access: { kind: 'token', botToken: BOT_TOKEN },
  trusted: null,
  channels: {
    ispg: { workspace: null, channel: 'C0ISPG' },
    issoaas: { workspace: null, channel: 'C0PROGRAM' },
  },
  ...facts,
});

/** Keeps installations until the test ends. */
export function installationsInMemory(): InstallationStore {
  const kept = new Map<string, Parameters<InstallationStore['put']>[0]>();
  return {
    put: async (installation) => void kept.set(installation.id, installation),
    get: async (_platform, id) => kept.get(id) ?? null,
    list: async () => [...kept.values()],
    remove: async (_platform, id) => void kept.delete(id),
  };
}

export interface BareSlack {
  readonly adapter: Slack;
  /** What the administrator was told. */
  readonly troubles: readonly Trouble[];
  readonly lines: readonly LogLine[];
}

export interface BareOptions {
  readonly settings: SlackSettings;
  readonly clock?: Clock;
  readonly callMs?: number;
  readonly report?: (trouble: Trouble) => Promise<void>;
}

export function bareSlack({ settings, clock = MACHINE, callMs = 60_000, report }: BareOptions): BareSlack {
  const troubles: Trouble[] = [];
  const log = keepingLog();
  const adapter = createSlack({
    settings,
    publicUrl: 'https://isso-bot.example.gov',
    clock,
    system: MACHINE,
    log,
    installations: installationsInMemory(),
    channelTimeZone: 'America/New_York',
    callMs,
    async report(trouble) {
      troubles.push(trouble);
      await report?.(trouble);
    },
  });
  return { adapter, troubles, lines: log.lines };
}

/** Where a person of the made-up workspace is written to. */
export const addressOf = (slack: FakeSlack, user: string): Address => ({
  platform: 'slack',
  id: `${slack.world.team}/${user}`,
  timeZone: 'America/New_York',
});

/** The messages below one. */
export const threadOf = ({ messages }: SlackConversation, ts: string | undefined): SlackMessage[] =>
  messages.filter(({ threadTs }) => ts !== undefined && threadTs === ts);

/** The `nth` request of that method meets `fate`, all others the truth. */
export function atRequest(slack: FakeSlack, method: string, nth: number, fate: Fate): void {
  let count = 0;
  slack.fate = (asked) => {
    if (asked.method !== method) return TAKEN;
    count += 1;
    return count === nth ? fate : TAKEN;
  };
}

/** Everything asked of a method is answered so, and has no effect. */
export function refuseAll(slack: FakeSlack, method: string, answers: Fate['answers']): void {
  slack.fate = (asked) => (asked.method === method ? { lands: null, answers } : TAKEN);
}

/** The adapter on a server of its own, and the way that Slack's requests reach it. */
export async function heardFrom(
  slack: FakeSlack,
  { router }: Slack,
): Promise<{ readonly wire: Wire; close(): Promise<void> }> {
  const server = createServer(express().use('/slack', router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    wire: {
      slack,
      botUrl: () => `http://127.0.0.1:${port}`,
      signingSecret: SIGNING_SECRET,
      now: () => Date.now(),
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
