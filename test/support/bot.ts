/** The whole floor of use cases on a real database, without any platform: events go in by hand, deliveries come out in a list. */
import { readFileSync } from 'node:fs';
import { createDispatch, type Dispatch, WITHOUT_PLATFORM } from '../../src/dispatch.ts';
import { BUSINESS_HOURS, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { QUIET_HOURS } from '../../src/domain/contact.ts';
import { fileRequest } from '../../src/domain/engagement.ts';
import type { FieldErrors, RawValues } from '../../src/domain/field.ts';
import type { PersonId, RequestNumber } from '../../src/domain/ids.ts';
import { requestNumber } from '../../src/domain/ids.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { DialogPage, Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import {
  type Channel,
  type Inbound,
  type Papermaker,
  type Pictures,
  type Platform,
  type Receipt,
  type Reply,
  type Speaker,
  type Store,
  UNMEASURED,
} from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import type { DeliverDeps } from '../../src/usecases/delivery-run.ts';
import { finishAccepted } from '../../src/usecases/finish-accepted.ts';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { planMeetings, schedulePlanning } from '../../src/usecases/plan-meetings.ts';
import { readRoster } from '../../src/usecases/read-roster.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import type { Programme } from '../../src/usecases/work.ts';
import { keepingLog, type RecordingAdapter, recordingAdapter, standingClock, TUESDAY } from './fakes.ts';

const READER = { timeZone: 'America/New_York' };

export const PROGRAMME: Programme = {
  catalogue: CATALOGUE,
  timeZone: 'America/New_York',
  businessHours: BUSINESS_HOURS,
  quietHours: QUIET_HOURS,
  calendar: FEDERAL_CALENDAR,
  kickoffMinutes: 60,
  digestTime: '09:00',
  triageBusinessDays: 2,
  offerReminderBusinessDays: 2,
  offerEscalationBusinessDays: 3,
  offerHorizonBusinessDays: 10,
  smallestGroup: 3,
  dashboardIsOn: true,
  publicUrl: 'https://bot.example.gov',
  mailIsOn: false,
};

/** What the one who spoke was answered. */
export interface Heard {
  readonly receipt: Receipt['kind'];
  readonly said: readonly string[];
  readonly messages: readonly Message[];
  readonly updates: readonly string[];
  readonly dialog: DialogPage | null;
  readonly errors: FieldErrors | null;
}

export interface Spoken {
  readonly channel?: Channel;
  readonly eventKey?: string;
  readonly platform?: Platform;
}

export interface Bot {
  readonly store: Store;
  readonly clock: ReturnType<typeof standingClock>;
  readonly adapter: RecordingAdapter;
  readonly log: ReturnType<typeof keepingLog>;
  readonly dispatch: Dispatch;
  /** What the sending of deliveries takes. */
  readonly delivering: DeliverDeps;
  readonly programme: Programme;
  receive(event: Inbound): Promise<Heard>;
  say(who: string, text: string, spoken?: Spoken): Promise<Heard>;
  press(who: string, button: ButtonPress, values?: RawValues, spoken?: Spoken): Promise<Heard>;
  submit(who: string, press: ButtonPress, values: RawValues, spoken?: Spoken): Promise<Heard>;
  /** Sends what is due; answers how many were handled. */
  deliver(): Promise<number>;
  /** Writes the default cadences and plans, as start and the job do; `programme` changes what is set, such as closures. */
  planMeetings(programme?: Partial<Programme>): Promise<number>;
  /** What a restart does first: works on what a crash left, and says it; answers how many events. */
  finishLeft(): Promise<number>;
  /** Texts standing with a person (`bo`) or in a channel (`#ispg`). */
  standing(place: string): string[];
  /** A request as filed by its owner, waiting for triage. */
  fileRequest(systemName?: string, ownerId?: PersonId): Promise<RequestNumber>;
}

let events = 0;
const speaker = (who: string, spoken: Spoken): Speaker => ({
  platform: spoken.platform ?? 'console',
  userId: who,
  channel: spoken.channel ?? null,
});
const keyOf = (spoken: Spoken): string => {
  events += 1;
  return spoken.eventKey ?? `event-${events}`;
};

export const said = (who: string, text: string, spoken: Spoken = {}): Inbound => ({
  kind: 'said',
  from: speaker(who, spoken),
  eventKey: keyOf(spoken),
  text,
});
export const pressed = (
  who: string,
  button: ButtonPress,
  values: RawValues = {},
  spoken: Spoken = {},
): Inbound => ({
  kind: 'pressed',
  from: speaker(who, spoken),
  eventKey: keyOf(spoken),
  button,
  values,
  on: null,
});
export const submitted = (
  who: string,
  press: ButtonPress,
  values: RawValues,
  spoken: Spoken = {},
): Inbound => ({
  kind: 'submitted',
  from: speaker(who, spoken),
  eventKey: keyOf(spoken),
  press,
  values,
});

/** The demo programme's people on `store`, reachable in the console under their own ids. */
export async function startBot(
  store: Store,
  options: {
    readonly now?: Date;
    readonly programme?: Partial<Programme>;
    readonly pictures?: Pictures;
    readonly papermaker?: Papermaker;
  } = {},
): Promise<Bot> {
  const programme = { ...PROGRAMME, ...options.programme };
  const clock = standingClock(options.now ?? TUESDAY);
  const adapter = recordingAdapter();
  const log = keepingLog();
  const roster = readRoster(readFileSync(new URL('../../prisma/demo-roster.csv', import.meta.url), 'utf8'));
  await loadPeople(store, roster.people, 'console', () => crypto.randomUUID());
  const dispatch = createDispatch({
    ...WITHOUT_PLATFORM,
    store,
    clock,
    programme,
    log,
    wake: async () => undefined,
    ...(options.pictures ? { pictures: options.pictures } : {}),
    ...(options.papermaker ? { papermaker: options.papermaker } : {}),
  });
  const delivering: DeliverDeps = {
    store,
    adapters: [adapter],
    log,
    measures: UNMEASURED,
    courtesy: programme,
    traffic: createTraffic(),
    random: () => 0.5,
    stopwatch: () => 0,
    channelAddresses: (channel: Channel) => [
      { platform: 'console', id: `#${channel}`, timeZone: READER.timeZone } as const,
    ],
  };
  const receive = (event: Inbound) => hear(dispatch, event);
  return {
    store,
    clock,
    adapter,
    log,
    dispatch,
    delivering,
    programme,
    receive,
    say: (who, text, spoken) => receive(said(who, text, spoken)),
    press: (who, button, values, spoken) => receive(pressed(who, button, values, spoken)),
    submit: (who, press, values, spoken) => receive(submitted(who, press, values, spoken)),
    deliver: () => deliverPending(delivering, clock.now()),
    planMeetings: async (changed) => {
      const planning = { store, programme: { ...programme, ...changed } };
      await schedulePlanning(planning, clock.now());
      return planMeetings(planning, clock.now());
    },
    finishLeft: async () => {
      const finished = await finishAccepted(
        {
          store,
          log,
          isInHand: dispatch.isInHand,
          finish: dispatch.finish,
        },
        clock.now(),
        new Date(clock.now().getTime() + 1),
      );
      await deliverPending(delivering, clock.now());
      return finished;
    },
    standing: (place) =>
      [...adapter.standing.values()].filter(({ to }) => to.id === place).map(({ text }) => text),
    fileRequest: (systemName, ownerId) =>
      putRequest(store, clock.now(), systemName ?? 'Claims Hub', ownerId ?? 'bo'),
  };
}

async function hear(dispatch: Dispatch, event: Inbound): Promise<Heard> {
  const heard = {
    messages: [] as Message[],
    updates: [] as string[],
    dialog: null as DialogPage | null,
    errors: null as FieldErrors | null,
  };
  const reply: Reply = {
    say: async (message) => {
      heard.messages.push(message);
    },
    update: async (message) => {
      heard.updates.push(plainText(message, READER));
    },
    openDialog: async (page) => {
      heard.dialog = page;
    },
    rejectDialog: async (errors) => {
      heard.errors = errors;
    },
  };
  const receipt = await dispatch.receive(event, reply);
  if (receipt.kind === 'accepted') await receipt.done;
  return {
    ...heard,
    receipt: receipt.kind,
    said: heard.messages.map((message) => plainText(message, READER)),
  };
}

/** A request as filed by its owner on that store, waiting for triage; answers its number. */
export async function putRequest(
  store: Store,
  now: Date,
  systemName: string,
  ownerId: PersonId,
): Promise<RequestNumber> {
  return store.transaction(async (tx) => {
    const number = requestNumber('ISSO', 2026, await tx.engagements.nextNumber('ISSO', 2026));
    const { engagement } = fileRequest(
      {
        id: crypto.randomUUID(),
        number,
        offering: 'issoaas',
        formVersion: 1,
        component: 'OIT',
        systemName,
        answers: [
          {
            key: 'system_name',
            label: 'System name',
            asked: 'What is the system called?',
            value: systemName,
            shown: systemName,
          },
        ],
        requesterId: ownerId,
        businessOwnerId: ownerId,
        craId: 'cra',
      },
      now,
    );
    await tx.engagements.insert(engagement);
    return number;
  });
}

/** What a Business Owner answers to have everything but the confirmation done. */
export const INTAKE_ANSWERS = [
  'I need an ISSO',
  'Claims Hub',
  '1',
  'no trained isso',
  'none',
  '1, 3 and 4',
  'We run a claims system with no trained security officer and an audit is coming.',
  'routine',
  'half',
  'continuous',
  'March 1, 2027',
] as const;
