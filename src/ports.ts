/**
 * What the use cases need from the outside world, and what adapters may tell us.
 * Only shapes: who implements them is joined up in `src/app.ts`.
 */
import type { Engagement, EngagementState } from './domain/engagement.ts';
import type { FieldErrors, RawValues } from './domain/field.ts';
import type {
  CardKey,
  ConversationId,
  DeliveryKey,
  EngagementId,
  MeetingId,
  PersonId,
  PlatformMessageId,
  RequestNumber,
} from './domain/ids.ts';
import type { Meeting, MeetingState } from './domain/meeting.ts';
import type { Person, Role } from './domain/person.ts';
import type { ButtonPress } from './messages/button.ts';
import type { DialogPage, Message } from './messages/message.ts';

// ---------------------------------------------------------------------------------------------- platforms

export type Platform = 'console' | 'slack' | 'teams';
/** Channels the programme writes to: the ISPG channel and the programme channel. */
export type Channel = 'ispg' | 'issoaas';

/** Who is speaking and where; `userId` is the platform's own. The roster decides who that is. */
export interface Speaker {
  readonly platform: Platform;
  readonly userId: string;
  /** The programme channel it was said in; null in a direct message. */
  readonly channel: Channel | null;
}

/** What an adapter may tell us. `eventKey` is the platform's message and action, the same for every retry. */
export type Inbound =
  | { readonly kind: 'said'; readonly from: Speaker; readonly eventKey: string; readonly text: string }
  | {
      readonly kind: 'pressed';
      readonly from: Speaker;
      readonly eventKey: string;
      readonly button: ButtonPress;
      readonly values: RawValues;
      /** The message whose button it was; null when the platform can't say. */
      readonly on: PlatformMessageId | null;
    }
  | {
      readonly kind: 'submitted';
      readonly from: Speaker;
      readonly eventKey: string;
      readonly press: ButtonPress;
      readonly values: RawValues;
    }
  | { readonly kind: 'joined'; readonly from: Speaker; readonly eventKey: string };

/** How the one who just spoke is answered; the adapter decides by which call. */
export interface Reply {
  say(message: Message): Promise<void>;
  openDialog(page: DialogPage): Promise<void>;
  rejectDialog(errors: FieldErrors): Promise<void>;
  /** Redraws the message whose button was pressed. */
  update(message: Message): Promise<void>;
}

/**
 * What became of an inbound event.
 * `accepted`: its row is committed; `heard` is the event as kept, sensitive text taken out; `done` settles when
 * the work and the deliveries it caused are done, and never rejects.
 * `duplicate`: it was accepted before. `not-saved`: the database did not answer in time; say so, nothing was kept.
 */
export type Receipt =
  | { readonly kind: 'accepted'; readonly heard: Inbound; readonly done: Promise<void> }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-saved' };

export type Receive = (event: Inbound, reply: Reply) => Promise<Receipt>;

/** Where a message goes on one platform: a person's direct conversation or a channel. */
export interface Address {
  readonly platform: Platform;
  /** The platform's own id of the conversation or user. */
  readonly id: string;
  /** IANA zone in which the reader reads times. */
  readonly timeZone: string;
}

export interface Delivered {
  readonly kind: 'delivered';
  readonly messageId: PlatformMessageId;
}

export type DeliveryFailure =
  | { readonly kind: 'rate-limited'; readonly retryAt: Date }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'forbidden'; readonly need: string };

/** One chat platform. */
export interface ChatAdapter {
  readonly platform: Platform;
  start(receive: Receive): Promise<void>;
  /** Posts `message`, or redraws `edits` where it names a message of ours. The same `key` is posted once where the platform can tell. */
  deliver(
    to: Address,
    message: Message,
    key: DeliveryKey,
    edits: PlatformMessageId | null,
  ): Promise<Delivered | DeliveryFailure>;
  stop(): Promise<void>;
}

// ---------------------------------------------------------------------------------------------- time and log

export interface Clock {
  now(): Date;
}

/** The console's control over the app's clock (never wired to a chat platform). */
export interface TimeControl {
  now(): Date;
  /** Moves the clock on to `to`, doing all that falls due on the way, in order. Refuses (throws RangeError) to go back. */
  advanceTo(to: Date): Promise<{ readonly now: Date; readonly ran: readonly JobRun[] }>;
}

export interface JobRun {
  readonly job: string;
  readonly at: Date;
}

/** Structured log. Never a message body, a secret or personal data: ids, kinds and counts. */
export interface Log {
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields & { readonly error?: unknown }, event: string): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

// ---------------------------------------------------------------------------------------------- store

export type Recipient =
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'channel'; readonly channel: Channel };

/** Asked again when a delivery is claimed; no longer true means suppressed, with the reason kept. */
export type StillTrue =
  | {
      readonly kind: 'engagement-in';
      readonly engagementId: EngagementId;
      readonly states: readonly EngagementState[];
    }
  | {
      readonly kind: 'meeting-in';
      readonly meetingId: MeetingId;
      readonly states: readonly MeetingState[];
      /** The meeting's version the message speaks of; any later change makes it untrue. Null: any. */
      readonly version: number | null;
    };

export const DELIVERY_STATES = [
  'pending',
  'leased',
  'sent',
  'suppressed',
  'blocked',
  'unreachable',
  'expired',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type DeliveryKind = 'answer' | 'card' | 'notice' | 'reminder' | 'escalation' | 'digest';

/** A message on its way to somebody other than the person who just spoke. */
export interface NewDelivery {
  readonly key: DeliveryKey;
  readonly to: Recipient;
  readonly kind: DeliveryKind;
  readonly message: Message;
  readonly dueAt: Date;
  /** After this instant it is `expired`, unsent. */
  readonly expiresAt: Date | null;
  readonly stillTrue: StillTrue | null;
  /** Set for a card that is edited in place: the newest pending one wins, older pending ones are suppressed. */
  readonly card: CardKey | null;
  /** What it is about, to suppress all that is pending at once: `engagement:<id>`, `meeting:<id>`. */
  readonly about: string | null;
}

export interface Delivery extends NewDelivery {
  /** Rising number: order of writing. */
  readonly sequence: bigint;
  readonly state: DeliveryState;
  /** How often it was claimed. */
  readonly attempts: number;
  /** Attempts that failed; being asked to wait is no failure. */
  readonly failures: number;
  /** When a platform first asked to wait. */
  readonly waitingSince: Date | null;
  /** Why it is in its final state, or what the last attempt answered. */
  readonly reason: string | null;
  readonly sentAt: Date | null;
  readonly platform: Platform | null;
  readonly platformMessageId: PlatformMessageId | null;
}

/** A claim on a delivery. It is lost as soon as somebody else claims the row, which the number of attempts tells. */
export type Lease = Pick<Delivery, 'key' | 'attempts'>;

/** Why a delivery is to be tried again, and when. */
export interface PutOff {
  readonly kind: 'failed' | 'asked-to-wait';
  readonly dueAt: Date;
  readonly reason: string;
  /** When the attempt was made. */
  readonly at: Date;
}

/** Where a card stands on a platform. */
export interface PostedCard {
  readonly card: CardKey;
  readonly platform: Platform;
  readonly addressId: string;
  readonly messageId: PlatformMessageId;
}

/** An open form with one person. At most one is open or paused for a person at a time (unique in the database). */
export interface ConversationRecord {
  readonly id: ConversationId;
  readonly personId: PersonId;
  readonly offering: string;
  readonly formVersion: number;
  readonly status: 'open' | 'paused' | 'finished' | 'cancelled';
  /** Compare-and-set: saving with an older version fails. */
  readonly version: number;
  /** Versioned JSON of the form's conversation; its shape belongs to `src/forms/conversation.ts` and the intake use cases. */
  readonly state: unknown;
  /** The request being amended; null for a new one. */
  readonly amends: EngagementId | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

/** One line of the append-only record (domain reference 2.5: actor, role used, time, old and new state, reason, channel). */
export interface AuditEntry {
  readonly at: Date;
  readonly actorId: PersonId | null;
  /** Whom the actor acted for. */
  readonly forId: PersonId | null;
  readonly role: Role | 'requester' | 'bot' | null;
  readonly verb: string;
  readonly engagementId: EngagementId | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly platform: Platform | 'bot';
  /** Facts of the change by name; ids and codes, never free text a person typed. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface Cadence {
  readonly key: string;
  readonly cron: string;
  readonly timeZone: string;
  /** The next instant it fires; null when switched off. */
  readonly nextAt: Date | null;
}

export interface AcceptedEvent {
  readonly key: string;
  readonly event: Inbound;
  readonly receivedAt: Date;
}

/** Inside one database transaction: all of it or nothing. Loads made for a change lock their row until the end. */
export interface Tx {
  /** Serialises everything done for `name` (such as `person:bo`) until the transaction ends. */
  lock(name: string): Promise<void>;

  readonly inbox: {
    /** Marks the event done in this transaction, with the answers still to be said. False when it was done already. */
    finish(key: string, answers: readonly Message[], at: Date): Promise<boolean>;
  };
  readonly people: {
    get(id: PersonId): Promise<Person | null>;
    list(): Promise<Person[]>;
    withRole(role: Role): Promise<Person[]>;
    byEmail(email: string): Promise<Person | null>;
    /** Who the platform's user is, if known. */
    byPlatformUser(platform: Platform, userId: string): Promise<Person | null>;
    /** Inserts or updates by id; people missing from `people` are kept as they are. */
    save(people: readonly Person[]): Promise<void>;
    linkPlatformUser(platform: Platform, userId: string, personId: PersonId): Promise<void>;
    /** Addresses of a person, preferred first. */
    addresses(id: PersonId): Promise<Address[]>;
    byCalendarToken(token: string): Promise<Person | null>;
  };
  readonly conversations: {
    /** The person's open or paused conversation, locked. */
    current(personId: PersonId): Promise<ConversationRecord | null>;
    get(id: ConversationId): Promise<ConversationRecord | null>;
    insert(record: ConversationRecord): Promise<void>;
    /** False when the stored version is not `record.version - 1`. */
    update(record: ConversationRecord): Promise<boolean>;
  };
  readonly engagements: {
    /** Next running number for prefix and year, never given twice. */
    nextNumber(prefix: string, year: number): Promise<number>;
    insert(engagement: Engagement): Promise<void>;
    /** Saves all fields; false when the stored version is not `engagement.version - 1`. */
    update(engagement: Engagement): Promise<boolean>;
    get(id: EngagementId): Promise<Engagement | null>;
    /** As get/byNumber, with the row locked for a change. */
    forChange(number: RequestNumber): Promise<Engagement | null>;
    byNumber(number: RequestNumber): Promise<Engagement | null>;
    /** The open request of the offering for this system, if any; locks the system's name for the transaction. */
    openForSystem(offering: string, systemKey: string): Promise<Engagement | null>;
    /** Where the person is requester, Business Owner, Cyber Risk Advisor or member; newest first, at most 50. */
    ofPerson(id: PersonId): Promise<Engagement[]>;
    /** In any of `states`, by number; at most `limit`. */
    inStates(states: readonly EngagementState[], limit: number): Promise<Engagement[]>;
    countByState(): Promise<ReadonlyMap<EngagementState, number>>;
  };
  readonly meetings: {
    insert(meeting: Meeting): Promise<void>;
    update(meeting: Meeting): Promise<boolean>;
    get(id: MeetingId): Promise<Meeting | null>;
    forChange(id: MeetingId): Promise<Meeting | null>;
    /** The latest meeting of that kind of the engagement. */
    ofEngagement(id: EngagementId, kind: Meeting['kind']): Promise<Meeting | null>;
    /** Booked meetings that overlap the span and have any of these attendees. */
    bookedBetween(from: Date, to: Date, attendeeIds: readonly PersonId[]): Promise<Meeting[]>;
    byToken(token: string): Promise<Meeting | null>;
    /** Meetings the person attends with a booked time, or one released since, that end after `since`; at most 200. */
    ofPerson(id: PersonId, since: Date): Promise<Meeting[]>;
    inStates(states: readonly MeetingState[], limit: number): Promise<Meeting[]>;
  };
  readonly deliveries: {
    /** Inserts; a key that exists already is left as it is (answers false). A card supersedes its older pending ones. */
    enqueue(delivery: NewDelivery): Promise<boolean>;
    /**
     * Suppresses all that is pending about `about`, keeping the reason; answers how many. `kinds` narrows.
     * What is leased is not tried again: `renew`, `later` and `finish` end it with this reason. So it is with older cards.
     */
    suppress(about: string, reason: string, kinds?: readonly DeliveryKind[]): Promise<number>;
    postedCard(card: CardKey): Promise<PostedCard | null>;
    /** What needs somebody's eye: given up as blocked or unreachable at `since` or after. */
    undelivered(since: Date): Promise<Delivery[]>;
    /** When the last digest that the channel got was written; null when it got none. */
    lastDigestAt(channel: Channel): Promise<Date | null>;
  };
  readonly audit: {
    append(entry: AuditEntry): Promise<void>;
    ofEngagement(id: EngagementId): Promise<AuditEntry[]>;
  };
  readonly cadences: {
    /** Inserts or changes cron and zone; keeps `nextAt` when both are unchanged. */
    set(cadence: Cadence): Promise<void>;
    get(key: string): Promise<Cadence | null>;
    /** Cadences due at `now`, locked and skipped by other replicas. */
    claimDue(now: Date): Promise<Cadence[]>;
    advance(key: string, nextAt: Date | null): Promise<void>;
  };
}

/** The database. */
export interface Store {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  readonly inbox: {
    /** Commits the event's row, within 2 s or `not-saved`. */
    accept(event: AcceptedEvent): Promise<'accepted' | 'duplicate' | 'not-saved'>;
    /** Accepted before `before` and not done: after a crash, to be processed again; oldest first, at most `limit`. */
    unfinished(before: Date, limit: number): Promise<AcceptedEvent[]>;
    /** The answers were said to the speaker. */
    markSaid(key: string): Promise<void>;
    /** Done before `before`, answers not known to be said. */
    unsaid(
      before: Date,
      limit: number,
    ): Promise<{ readonly accepted: AcceptedEvent; readonly answers: readonly Message[] }[]>;
  };
  readonly deliveries: {
    /** Leases up to `limit` due rows, in order, one per recipient at a time; skips rows leased by others. */
    claimDue(options: {
      readonly now: Date;
      readonly limit: number;
      readonly leaseMs: number;
    }): Promise<Delivery[]>;
    /** Holds the row until `until`, ahead of sending it. False: the lease is lost or the row taken back; send nothing. */
    renew(lease: Lease, until: Date): Promise<boolean>;
    /** Needs no lease: what was posted is posted, and whoever took the row over has nothing left to send. */
    sent(key: DeliveryKey, to: Address, messageId: PlatformMessageId, at: Date): Promise<void>;
    /** Puts it off; changes nothing when the lease is lost. */
    later(lease: Lease, putOff: PutOff): Promise<void>;
    /** Ends it unsent; changes nothing when the lease is lost. */
    finish(
      lease: Lease,
      state: 'suppressed' | 'blocked' | 'unreachable' | 'expired',
      reason: string,
      at: Date,
    ): Promise<void>;
    /** The earliest instant any pending or leased delivery wants attention; null when there is none. */
    nextDueAt(): Promise<Date | null>;
    find(key: DeliveryKey): Promise<Delivery | null>;
  };
  readonly cadences: {
    nextDueAt(): Promise<Date | null>;
  };
  readonly console: ConsoleLedger;
  /** Reasons why the store can't work now; empty when it can. Answers within 2 s. */
  troubles(): Promise<string[]>;
  close(): Promise<void>;
}

/** What stands in the console's conversations, and its clock: the console's own memory, as Slack's would be Slack's. */
export interface ConsoleLedger {
  /** Adds a post; `deliveryKey` makes it once only (the earlier post is answered). */
  add(post: NewConsolePost): Promise<ConsolePost>;
  edit(
    id: string,
    change: Pick<NewConsolePost, 'text' | 'card' | 'actions'>,
    at: Date,
  ): Promise<ConsolePost | null>;
  get(id: string): Promise<ConsolePost | null>;
  /** Of one conversation, oldest first. */
  list(to: string, sinceSequence: number): Promise<ConsolePost[]>;
  /** How far the person has read, by conversation. */
  readMarks(personId: PersonId): Promise<ReadonlyMap<string, number>>;
  markRead(personId: PersonId, to: string, sequence: number): Promise<void>;
  /** Last sequence of each conversation. */
  latest(): Promise<ReadonlyMap<string, number>>;
  clockOffsetMs(): Promise<number | null>;
  saveClockOffsetMs(offsetMs: number): Promise<void>;
}

export interface NewConsolePost {
  /** Conversation: a person id (`bo`) or a channel (`#ispg`). */
  readonly to: string;
  /** `bot` or a person id. */
  readonly from: string;
  readonly at: Date;
  readonly text: string;
  /** The Adaptive Card, as JSON; null for plain text. */
  readonly card: unknown;
  readonly actions: readonly ConsoleAction[];
  readonly deliveryKey: string | null;
}
export interface ConsoleAction {
  readonly id: string;
  readonly label: string;
  readonly press: ButtonPress;
  readonly opensDialog: boolean;
}
export interface ConsolePost extends NewConsolePost {
  readonly sequence: number;
  readonly id: string;
  readonly editedAt: Date | null;
}
