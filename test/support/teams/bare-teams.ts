/** The Teams adapter alone, without the program around it, on a made-up Microsoft cloud. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { TeamsSettings } from '../../../adapters/teams/config.ts';
import { createTeams, type Teams } from '../../../adapters/teams/index.ts';
import { isFromThisMachine } from '../../../src/http/this-machine.ts';
import type {
  Address,
  Clock,
  Inbound,
  InstallationStore,
  OwnView,
  Receive,
  Reply,
  Trouble,
} from '../../../src/ports.ts';
import { keepingLog, type LogLine } from '../fakes.ts';
import { APP_PASSWORD, type FakeCloud, type Fate, TAKEN } from './fake-cloud.ts';
import type { What } from './routes.ts';
import type { Wire } from './wire.ts';
import { APP_ID, ISPG_CHANNEL, PROGRAM_CHANNEL, TENANT } from './world.ts';

const MACHINE: Clock = { now: () => new Date() };

/** A bot of the made-up tenant with both channels of the programme. */
export const settingsFor = (standIn: string, facts: Partial<TeamsSettings> = {}): TeamsSettings => ({
  cloud: 'public',
  app: { id: APP_ID, tenantId: TENANT, credential: { kind: 'password', password: APP_PASSWORD } },
  channels: { ispg: ISPG_CHANNEL, issoaas: PROGRAM_CHANNEL },
  standIn,
  ...facts,
});

type Kept = Parameters<InstallationStore['put']>[0];

/** Keeps what is known of people and channels until the test ends; `rows` are what is kept, by id. */
export function installationsInMemory(): InstallationStore & { readonly rows: Map<string, Kept> } {
  const rows = new Map<string, Kept>();
  return {
    rows,
    put: async (installation) => void rows.set(installation.id, installation),
    get: async (_platform, id) => rows.get(id) ?? null,
    list: async () => [...rows.values()],
    remove: async (_platform, id) => void rows.delete(id),
  };
}

/** Nobody has anything of their own. */
const NOTHING_OWN: OwnView = {
  home: async () => null,
  requests: async () => [],
  card: async () => null,
};

export interface BareTeams {
  readonly adapter: Teams;
  readonly installations: ReturnType<typeof installationsInMemory>;
  /** What the administrator was told. */
  readonly troubles: readonly Trouble[];
  readonly lines: readonly LogLine[];
}

export interface BareOptions {
  readonly settings: TeamsSettings;
  readonly clock?: Clock;
  readonly callMs?: number;
  readonly report?: (trouble: Trouble) => Promise<void>;
  /** Left out: an empty store of its own. */
  readonly installations?: ReturnType<typeof installationsInMemory>;
}

export function bareTeams({
  settings,
  clock = MACHINE,
  callMs = 60_000,
  report,
  installations = installationsInMemory(),
}: BareOptions): BareTeams {
  const troubles: Trouble[] = [];
  const log = keepingLog();
  const adapter = createTeams({
    isFromThisMachine,
    settings,
    publicUrl: 'https://isso-bot.example.gov',
    clock,
    system: MACHINE,
    log,
    installations,
    own: NOTHING_OWN,
    channelTimeZone: 'America/New_York',
    callMs,
    async report(trouble) {
      troubles.push(trouble);
      await report?.(trouble);
    },
  });
  return { adapter, installations, troubles, lines: log.lines };
}

/** Where a person of the made-up tenant is written to. */
export const addressOf = (objectId: string): Address => ({
  platform: 'teams',
  id: `${TENANT}/${objectId}`,
  timeZone: 'America/New_York',
});

/** The ISPG channel, as deliveries name it. */
export const TO_ISPG: Address = { platform: 'teams', id: '#ispg', timeZone: 'America/New_York' };

/** The `nth` request of that kind meets `fate`, all others the truth. */
export function atRequest(cloud: FakeCloud, what: What, nth: number, fate: Fate): void {
  let count = 0;
  cloud.fate = (asked) => {
    if (asked.what !== what) return TAKEN;
    count += 1;
    return count === nth ? fate : TAKEN;
  };
}

/** Everything asked of that kind is answered so, and has no effect. */
export function refuseAll(cloud: FakeCloud, what: What, answers: Fate['answers']): void {
  cloud.fate = (asked) => (asked.what === what ? { lands: null, answers } : TAKEN);
}

export interface Heard {
  readonly wire: Wire;
  /** What the adapter has handed on, oldest first. */
  readonly events: readonly Inbound[];
  close(): Promise<void>;
}

/** The adapter on a server of its own, and the way that activities reach it. `answer` is what becomes of each event; left out, nothing. */
export async function heardFrom(
  cloud: FakeCloud,
  { messages, start }: Pick<Teams, 'messages' | 'start'>,
  answer: (event: Inbound, reply: Reply) => Promise<void> = async () => undefined,
): Promise<Heard> {
  const events: Inbound[] = [];
  const receive: Receive = async (event, reply) => {
    events.push(event);
    return { kind: 'accepted', heard: event, done: answer(event, reply) };
  };
  await start(receive);
  const server = createServer(express().use('/api', messages));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    wire: { cloud, botUrl: () => `http://127.0.0.1:${port}`, now: () => Date.now() },
    events,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
