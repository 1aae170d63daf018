/** Joins the parts by plain calls. The only floor that knows all of them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createConsole } from '../adapters/console/index.ts';
import { createEmail } from '../adapters/email/index.ts';
import { fillDemo, seedDemo } from '../prisma/seed.ts';
import { type MovableClock, movableClock, systemClock } from './clock.ts';
import { type ClosuresFile, openClosures } from './closures.ts';
import type { Config } from './config.ts';
import { createDispatch } from './dispatch.ts';
import { businessDayStartAfter } from './domain/calendar.ts';
import { createDrawing, type Drawing } from './drawing.ts';
import { endpointsOf, gatherHealth, lookAtClosures } from './health.ts';
import { calendarRoutes } from './http/calendar-routes.ts';
import { openDashboard } from './http/dashboard/open.ts';
import { doctorRoutes } from './http/doctor-routes.ts';
import { goOnRoutes } from './http/go-on-routes.ts';
import { metricsRoutes } from './http/metrics-routes.ts';
import { createHttp } from './http/server.ts';
import { isFromThisMachine } from './http/this-machine.ts';
import { oneAtATime } from './jobs/one-at-a-time.ts';
import { createRunner } from './jobs/runner.ts';
import { accountsJob, closuresJob, type Job, jobs } from './jobs/schedule.ts';
import { createTimeControl } from './jobs/time-control.ts';
import { openMailIntake, waysIn } from './mailbox.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Catalogue } from './offerings/catalogue.ts';
import { CATALOGUE } from './offerings/index.ts';
import type {
  Address,
  Channel,
  ChatAdapter,
  Clock,
  DeliveryAdapter,
  Log,
  Store,
  TimeControl,
  Trouble,
} from './ports.ts';
import type { DataDirectoryLock } from './store/data-directory-lock.ts';
import { openStore } from './store/index.ts';
import { checkHealth } from './usecases/check-health.ts';
import { replanDigests, scheduleDigests } from './usecases/digest-schedule.ts';
import { finishAccepted } from './usecases/finish-accepted.ts';
import { createHomes } from './usecases/homes.ts';
import { loadPeople } from './usecases/load-people.ts';
import { nameFirstAdministrators } from './usecases/name-first-administrators.ts';
import { schedulePlanning } from './usecases/plan-meetings.ts';
import { createOwnView } from './usecases/read-own.ts';
import { readRoster } from './usecases/read-roster.ts';
import { tellAdmin } from './usecases/tell-admin.ts';
import { createTraffic } from './usecases/traffic.ts';
import type { Programme } from './usecases/work.ts';

export interface App {
  /** Where the server listens, such as `http://127.0.0.1:3978`. */
  readonly url: string;
  readonly consoleIsOn: boolean;
  /** Settles when nothing that was heard is in hand, and all it led to is sent. */
  idle(): Promise<void>;
  /** Why the closures file can't be used as it stands; null when all is well. For the operator. */
  closuresTrouble(): string | null;
  /** Takes no more work, finishes what is in hand, closes the database. Safe to call twice. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** The embedded database ended by itself: nothing can be kept any more. */
  readonly onLost?: (error: Error) => void;
  readonly system?: Clock;
  /** The data directory's lock, where the caller has taken it before anything heavy was loaded. */
  readonly lock?: DataDirectoryLock;
  /** What is on offer; left out: the programme's own catalogue. */
  readonly catalogue?: Catalogue;
  /** What makes pictures and papers, where several share one; whoever hands it over ends it. */
  readonly drawing?: Drawing;
}

/** A roster that can't be used as it stands: every bad line with its mend. */
export class BadRoster extends Error {
  override readonly name = 'BadRoster';
}

const newToken = (): string => randomBytes(24).toString('base64url');

/** Opens the database, brings everything up and begins to listen and to tick. */
export async function startApp({
  config,
  log,
  lock,
  onLost,
  system = systemClock,
  catalogue = CATALOGUE,
  drawing,
}: AppOptions): Promise<App> {
  const database =
    lock && config.database.kind === 'embedded' ? { ...config.database, lock } : config.database;
  const store = await openStore({ database, ...(onLost ? { onLost } : {}) });
  try {
    return await startOn(store, config, { log, system, catalogue, ...(drawing ? { drawing } : {}) });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Options = Required<Pick<AppOptions, 'log' | 'system' | 'catalogue'>> & Pick<AppOptions, 'drawing'>;

async function startOn(
  store: Store,
  config: Config,
  { log, system, catalogue, drawing }: Options,
): Promise<App> {
  const clock = await clockFor(store, config, system);
  let serving = false;
  const http = createHttp({
    log,
    ready: async () => [...(serving ? [] : ['still starting']), ...(await store.troubles())],
  });
  const listening = await http.listen({ host: config.host, port: config.port });
  try {
    const url = `http://${listening.host.includes(':') ? `[${listening.host}]` : listening.host}:${listening.port}`;
    const closures = await openClosures(config.closuresFile, log);
    const programme = programmeOf(config, closures, config.publicUrl ?? url, catalogue);
    const metrics = createMetrics(store, clock);
    const parts = await wire(store, config, log, clock, programme, {
      closures,
      metrics,
      system,
      ...(drawing ? { drawing } : {}),
    });
    http.mount('/', metricsRoutes({ token: config.metricsToken, read: metrics.read }));
    http.mount('/', doctorRoutes(doctorOf(store, config, clock, system, parts.jobs), dataDirOf(config)));
    for (const adapter of parts.adapters) await adapter.start(parts.dispatch.receive);
    if (parts.slack) http.mount('/slack', parts.slack.router);
    if (parts.teams) {
      http.mount('/api', parts.teams.messages);
      http.mount('/teams', parts.teams.pages);
    }
    if (parts.console) http.mount('/', parts.console.router);
    if (parts.mailbox) http.mount('/go-on', goOnRoutes(waysIn(config, programme.publicUrl)));
    const { pictures, papermaker } = parts.drawing;
    const dashboard = await openDashboard({
      deps: { store, clock, programme },
      signIn: config.signIn,
      withConsole: config.console.on,
      system,
      log,
      pictures,
      papermaker,
    });
    if (dashboard) http.mount('/dashboard', dashboard);
    http.mount('/calendar', calendarRoutes(store, clock, programme.publicUrl));
    await catchUp(parts, config, clock);
    parts.runner.start();
    serving = true;
    const stop = async (): Promise<void> => {
      serving = false;
      await http.close();
      await parts.idle();
      await parts.mailbox?.stop();
      await parts.runner.stop();
      for (const adapter of parts.adapters) await adapter.stop();
      await parts.mail?.stop();
      if (!drawing) await parts.drawing.stop();
      await store.close();
    };
    let stopping: Promise<void> | null = null;
    return {
      url,
      consoleIsOn: parts.console !== null,
      idle: parts.idle,
      closuresTrouble: () => closures.trouble(),
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await http.close();
    throw error;
  }
}

/** What the settings say about the programme. */
export function programmeOf(
  config: Config,
  closures: ClosuresFile,
  publicUrl: string,
  catalogue: Catalogue = CATALOGUE,
): Programme {
  return {
    catalogue,
    timeZone: config.timeZone,
    businessHours: { ...config.businessHours, zone: config.timeZone },
    quietHours: config.quietHours,
    // Asked each time, never copied: closures come and go while the bot runs.
    get calendar() {
      return closures.calendar();
    },
    kickoffMinutes: config.kickoffMinutes,
    incidentContact: config.incidentContact,
    digestTime: config.digestTime,
    triageBusinessDays: 2,
    offerReminderBusinessDays: 2,
    offerEscalationBusinessDays: 3,
    offerHorizonBusinessDays: 10,
    publicUrl,
    // As its door is: by signing in, or from the console.
    dashboardIsOn: config.signIn !== null || config.console.on,
    mailIsOn: config.mail !== null,
    smallestGroup: 3,
  };
}

/** The console's clock goes on from where it stood, or from the instant set if that is later; without console, real time. */
async function clockFor(store: Store, config: Config, system: Clock): Promise<MovableClock> {
  if (!config.console.on) return movableClock(0, system);
  const clock = movableClock((await store.console.clockOffsetMs()) ?? startOffsetMs(config, system), system);
  const startAt = config.console.startAt;
  if (startAt && startAt > clock.now()) clock.moveTo(startAt);
  await store.console.saveClockOffsetMs(clock.offsetMs());
  return clock;
}

const startOffsetMs = (config: Config, system: Clock): number =>
  config.console.startAt ? config.console.startAt.getTime() - system.now().getTime() : 0;

type Parts = Awaited<ReturnType<typeof wire>>;

/** What `GET /doctor` looks at. */
function doctorOf(
  store: Store,
  config: Config,
  app: Clock,
  system: Clock,
  jobNames: readonly string[],
): Parameters<typeof doctorRoutes>[0] {
  return async () => {
    const closures = await lookAtClosures(config.closuresFile);
    const endpoints = endpointsOf(config);
    return checkHealth(
      await gatherHealth({ config, store, app, system, jobs: jobNames, endpoints, closures }),
    );
  };
}

const dataDirOf = ({ database }: Config): string | null =>
  database.kind === 'embedded' ? resolve(database.dataDir) : null;

interface Wiring {
  readonly closures: ClosuresFile;
  readonly metrics: Metrics;
  /** The machine's own clock, for what other machines sign with theirs. */
  readonly system?: Clock;
  /** What carries messages in place of every adapter. */
  readonly recorders?: readonly ChatAdapter[] | null;
  readonly drawing?: Drawing;
}

/**
 * Joins store, use cases, jobs and adapters, and loads the people; listens, ticks and sends nothing yet. A simulation puts
 * recorders in place of every adapter.
 */
export async function wire(
  store: Store,
  config: Config,
  log: Log,
  clock: MovableClock,
  programme: Programme,
  { closures, metrics, system = systemClock, recorders = null, drawing = createDrawing() }: Wiring,
) {
  const adapters: ChatAdapter[] = [];
  /** The chat platforms, and what carries mail. */
  const carriers: DeliveryAdapter[] = [];
  const table: Job[] = [];
  const runner = () => running;
  const homes = createHomes({ store, clock, log, programme, adapters });
  store.deliveries.onWritten(homes.changed);
  const dispatch = createDispatch({
    store,
    clock,
    programme,
    log,
    wake: () => runner().wake('deliver-pending'),
    pictures: drawing.pictures,
    papermaker: drawing.papermaker,
    whoIs: async ({ platform, userId }) =>
      (await adapters.find((each) => each.platform === platform)?.profile(userId)) ?? { kind: 'unavailable' },
    changed: homes.changed,
    opened: homes.opened,
  });
  const channelAddresses = (channel: Channel): readonly Address[] =>
    adapters
      .filter((each) => each.hasChannel(channel))
      .map(({ platform }) => ({ platform, id: `#${channel}`, timeZone: programme.timeZone }));
  const finish = {
    store,
    log,
    finish: dispatch.finish,
    isInHand: dispatch.isInHand,
  };
  const mailIntake = recorders
    ? null
    : await openMailIntake(config.mailbox, { store, programme, log, system });
  table.push(
    ...oneAtATime([
      closuresJob({ store, programme }, closures.refresh),
      accountsJob({ store, adapters }),
      ...(mailIntake ? [mailIntake.job] : []),
      ...jobs({
        ...finish,
        carriers,
        channelAddresses,
        programme,
        pictures: drawing.pictures,
        courtesy: programme,
        measures: metrics.measures,
        traffic: createTraffic(),
        random: Math.random,
        stopwatch: () => performance.now(),
      }),
    ]),
  );
  const running = createRunner(table, { clock, log, store, holder: randomUUID(), ticked: metrics.ticked });
  const control = createTimeControl(table, clock, (offsetMs) => store.console.saveClockOffsetMs(offsetMs));
  const time: TimeControl = {
    now: control.now,
    async advanceTo(to) {
      // Other days may be closed since: what falls due on the way goes by that.
      const now = control.now();
      if (await closures.refresh(now, true)) await replanDigests({ store, programme }, now);
      const moved = await control.advanceTo(to);
      // The timers were set by where the clock stood before.
      void running.wake('deliver-pending');
      return moved;
    },
  };
  // Each is loaded only where it is used: it brings its platform's whole SDK along.
  const slack = config.slack
    ? (await import('../adapters/slack/index.ts')).createSlack({
        settings: config.slack,
        publicUrl: programme.publicUrl,
        clock,
        system,
        log,
        installations: store.installations,
        channelTimeZone: programme.timeZone,
        report: (trouble) => reportTrouble(store, log, clock, trouble),
      })
    : null;
  if (slack) adapters.push(slack);
  const teams = config.teams
    ? (await import('../adapters/teams/index.ts')).createTeams({
        settings: config.teams,
        publicUrl: programme.publicUrl,
        clock,
        system,
        log,
        installations: store.installations,
        own: createOwnView({ store, clock, programme }),
        isFromThisMachine,
        channelTimeZone: programme.timeZone,
        report: (trouble) => reportTrouble(store, log, clock, trouble),
      })
    : null;
  if (teams) adapters.push(teams);
  const chatConsole = config.console.on
    ? createConsole({
        ledger: store.console,
        time,
        directory: () => directory(store),
        onDirectoryChange: (listen) => store.people.onSaved(listen),
        log,
        channelTimeZone: programme.timeZone,
        nextBusinessDay: (after) => businessDayStartAfter(after, programme.businessHours, programme.calendar),
      })
    : null;
  if (chatConsole) adapters.push(chatConsole);
  const mail = config.mail ? createEmail({ settings: config.mail, clock }) : null;
  carriers.push(...adapters, ...(mail ? [mail] : []));
  await loadRoster(store, config, clock, chatConsole !== null);
  if (config.demoProgramme && chatConsole !== null && recorders === null)
    await fillDemo({ store, programme, log, newToken }, clock.now());
  await nameAdministrators(store, config, clock, log);
  await scheduleDigests({ store, programme }, clock.now());
  await schedulePlanning({ store, programme }, clock.now());
  if (recorders) {
    adapters.splice(0, adapters.length, ...recorders);
    carriers.splice(0, carriers.length, ...recorders);
  }
  const jobNames = table.map(({ name }) => name);
  const idle = async (): Promise<void> => {
    await dispatch.idle();
    await slack?.idle();
    await teams?.idle();
    await homes.idle();
  };
  return {
    adapters,
    dispatch,
    runner: running,
    time,
    console: chatConsole,
    slack,
    teams,
    mail,
    mailbox: mailIntake?.mailbox ?? null,
    drawing,
    finish,
    jobs: jobNames,
    idle,
  };
}

/** What an administrator must mend: one line in the log, and one message to them. */
async function reportTrouble(store: Store, log: Log, clock: Clock, trouble: Trouble): Promise<void> {
  log.error({ ...trouble }, 'a platform needs its administrator');
  await tellAdmin(store, trouble, clock.now()).catch((error: unknown) => {
    log.error({ error }, 'the administrator could not be told');
  });
}

/** What was left by a crash and what fell due meanwhile is done before anything new is taken. */
export async function catchUp(
  parts: Parts,
  config: Pick<Config, 'database' | 'console'>,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  // Whoever has the embedded database or the console is alone; on a server others may have events in hand.
  const isAlone = config.database.kind === 'embedded' || config.console.on;
  await finishAccepted(parts.finish, now, isAlone ? now : undefined);
  await parts.runner.catchUp();
}

async function loadRoster(store: Store, config: Config, clock: Clock, withConsole: boolean): Promise<void> {
  if (config.rosterFile === null) {
    if (withConsole) await seedDemo(store, clock.now(), newToken, config.demoProgramme);
    return;
  }
  const { people, problems } = readRoster(await readFile(config.rosterFile, 'utf8'));
  if (problems.length > 0) {
    throw new BadRoster(problems.map(({ line, mend }) => `line ${line}: ${mend}`).join('\n'));
  }
  await loadPeople(store, people, withConsole ? 'console' : null, newToken, {
    at: clock.now(),
    by: 'start',
    newId: randomUUID,
  });
}

/** Whoever could not be made administrator is named in the log: only the operator can mend it. */
async function nameAdministrators(store: Store, config: Config, clock: Clock, log: Log): Promise<void> {
  const refused = await nameFirstAdministrators(store, config.firstAdministrators, {
    now: clock.now(),
    timeZone: config.timeZone,
    newId: randomUUID,
    newToken,
  });
  for (const each of refused)
    log.warn({ ...each }, 'somebody named in FIRST_ADMINISTRATORS was not made administrator');
}

async function directory(store: Store) {
  const people = await store.transaction((tx) => tx.people.list());
  return {
    people: people
      .filter(({ roles }) => roles.length > 0)
      .map(({ id, name, roles, timeZone }) => ({ id, name, roles, timeZone })),
    channels: [
      { id: 'ispg', name: 'ISPG' },
      { id: 'issoaas', name: 'ISSO As A Service' },
    ],
  };
}
