/**
 * What the use cases need from the outside world, and what adapters may tell us.
 * Only shapes: who implements them is joined up in `src/app.ts`.
 */

import type { ChainEnd, ChainedRow } from './domain/audit.ts';
import type { Blocker } from './domain/blocker.ts';
import type { BurnDown } from './domain/burn-down.ts';
import type { HolidayRule } from './domain/cadence.ts';
import type { StandingKind } from './domain/card-forecast.ts';
import type { CheckIn } from './domain/check-in.ts';
import type { ContactSettings, Leave, Topic } from './domain/contact.ts';
import type { Mark } from './domain/course.ts';
import type { ListFilter, ListWish } from './domain/dashboard.ts';
import type { EngagementAndMeeting } from './domain/digest.ts';
import type { FlowStep } from './domain/digest-flow.ts';
import type { DigestMark } from './domain/digest-mark.ts';
import type { Engagement } from './domain/engagement.ts';
import type { EngagementState } from './domain/engagement-states.ts';
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
import type { Disposal, LegalHold } from './domain/legal-hold.ts';
import type { MailRequest } from './domain/mail-request.ts';
import type { MeasureScope, ProgrammeMeasures } from './domain/measures.ts';
import type { Meeting, MeetingState } from './domain/meeting.ts';
import type { MeetingKind } from './domain/meeting-kinds.ts';
import type { Milestone, MilestoneName } from './domain/milestone.ts';
import type { Pace } from './domain/pace.ts';
import type { Paper, PaperKind, PaperSubject } from './domain/paper.ts';
import type { Person, Role } from './domain/person.ts';
import type { Ageing, Attendance, Funnel, ProgrammePicture } from './domain/programme-pictures.ts';
import type { RecordPart } from './domain/record-parts.ts';
import type { RoleGrant, RoleWord } from './domain/role-grants.ts';
import type { CountedGroup, WaitingAnswer } from './domain/satisfaction.ts';
import type { StandIn } from './domain/stand-in.ts';
import type { Survey } from './domain/survey.ts';
import type { LocalDate } from './domain/time.ts';
import type { ButtonPress } from './messages/button.ts';
import type { BurnDownOf } from './messages/copy/burn-down.ts';
import type { TextDocument } from './messages/document.ts';
import type { DialogPage, Message } from './messages/message.ts';

// ---------------------------------------------------------------------------------------------- platforms

export type Platform = 'console' | 'slack' | 'teams';
/** What carries a message to its reader. */
export type Carrier = Platform | 'email';
/** Channels the programme writes to: the ISPG channel and the programme channel. */
export type Channel = 'ispg' | 'issoaas';

/** Who is speaking and where; `userId` is the platform's own. The roster decides who that is. */
export interface Speaker {
  readonly platform: Platform;
  readonly userId: string;
  /** The programme channel it was said in; `other` for a channel or group that is none of the programme's; null in a direct message. */
  readonly channel: Channel | 'other' | null;
}

/** What an adapter may tell us. `eventKey` is the platform's message and action, the same for every retry. */
export type Inbound =
  | {
      readonly kind: 'said';
      readonly from: Speaker;
      readonly eventKey: string;
      readonly text: string;
      /** In a channel: the platform says that the bot was called by its name, and nobody else was meant. */
      readonly calledByName?: boolean;
    }
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
  /** A dialog as it stands half filled: its person went on or closed it without sending. Nothing in it counts as checked. */
  | {
      readonly kind: 'drafted';
      readonly from: Speaker;
      readonly eventKey: string;
      readonly press: ButtonPress;
      readonly values: RawValues;
      /** The dialog is closed: its person goes on elsewhere. */
      readonly isClosed: boolean;
    }
  /** Somebody changed a message that they had written; `text` is how it reads now. */
  | { readonly kind: 'edited'; readonly from: Speaker; readonly eventKey: string; readonly text: string }
  | { readonly kind: 'joined'; readonly from: Speaker; readonly eventKey: string }
  /** They look at their own page of the bot, such as Slack's App Home. */
  | { readonly kind: 'opened-home'; readonly from: Speaker; readonly eventKey: string }
  /** What the platform knows of them has changed: address, zone, or whether they are still there. */
  | { readonly kind: 'profile-changed'; readonly from: Speaker; readonly eventKey: string };

/** Who a platform says that its user is. */
export interface Profile {
  /** A mailbox that the platform has verified; null when it knows of none. */
  readonly email: string | null;
  /** For show only: nobody is known by a name. */
  readonly name: string | null;
  /** IANA zone; null when the platform knows of none. */
  readonly timeZone: string | null;
  /** BCP 47 tag of the language they use the platform in, such as `en-US`; null when the platform knows of none. */
  readonly locale: string | null;
}

/** What a platform says of one of its users: who they are; that they are no person who may speak here; or nothing, now. */
export type FoundProfile =
  | { readonly kind: 'person'; readonly profile: Profile }
  /** A bot, or somebody who is no longer there. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unavailable' };

/**
 * How the one who just spoke is answered; the adapter decides by which call. `timeZone` is the IANA zone in which they read
 * times; an adapter that knows them may know it better.
 */
export interface Reply {
  say(message: Message, timeZone: string): Promise<void>;
  openDialog(page: DialogPage, timeZone: string): Promise<void>;
  rejectDialog(errors: FieldErrors): Promise<void>;
  /** Redraws the message whose button was pressed. */
  update(message: Message, timeZone: string): Promise<void>;
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

/** Where a message goes: a person's direct conversation or a channel on one platform, or a mailbox. */
export interface Address {
  readonly platform: Carrier;
  /** The platform's own id of the conversation or user. */
  readonly id: string;
  /** IANA zone in which the reader reads times. */
  readonly timeZone: string;
}

export interface Delivered {
  readonly kind: 'delivered';
  readonly messageId: PlatformMessageId;
}

/**
 * Why a message was not taken.
 * `rate-limited`: come back at `retryAt`; for this conversation alone, or for the whole workspace.
 * `unavailable`: the platform did not get it. `unknown`: it may have got it, and did not say so: a broken connection, no
 * answer in time, a server error, an answer that could not be read. `gone`: there is no such conversation any more.
 * `forbidden`: it is refused for good; `need` says what is missing.
 */
export type DeliveryFailure =
  | { readonly kind: 'rate-limited'; readonly retryAt: Date; readonly scope: 'conversation' | 'workspace' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'forbidden'; readonly need: string };

/** Whether a message whose outcome is unknown stands on the platform. */
export type FoundPost =
  | { readonly kind: 'posted'; readonly messageId: PlatformMessageId }
  /** It stands, but not all that belongs to it: delivering it as an edit of that message completes it. */
  | { readonly kind: 'partly-posted'; readonly messageId: PlatformMessageId }
  | { readonly kind: 'not-posted' }
  /** The platform can't be read back. */
  | { readonly kind: 'cannot-tell' }
  /** It can, but not now. */
  | { readonly kind: 'unavailable' };

/** A file that goes with a message. */
export interface Attachment {
  readonly name: string;
  /** Media type with its parameters: `text/calendar; charset=utf-8; method=REQUEST`. */
  readonly type: string;
  readonly content: string;
  /** How `content` stands for the file's bytes; left out: as UTF-8 text. */
  readonly encoding?: 'base64';
  /** What a picture shows, for whoever can't see it. */
  readonly altText?: string;
}

/** Makes files for people to keep. The same words give the same bytes. */
export interface Papermaker {
  /** A PDF that can be read aloud, in base64. */
  pdf(document: TextDocument): Promise<string>;
  /** The same as a Word document, in base64. */
  docx(document: TextDocument): Promise<string>;
  /** A table whose first row names the columns; nothing in it is a formula. */
  csv(rows: readonly (readonly string[])[]): string;
  /** A workbook, in base64; of each sheet the first row names the columns; nothing in it is a formula. */
  xlsx(sheets: readonly Sheet[]): Promise<string>;
}

/** One sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Draws what is easier seen than read. */
export interface Pictures {
  /** A PNG, in base64, of how many lines are open; the same facts give the same picture. */
  burnDown(of: BurnDownOf, burnDown: BurnDown): Promise<string>;
  /** A PNG, in base64, of the programme; its alternative text is `pictureAltText`. */
  programme(picture: ProgrammePicture): Promise<string>;
}

/** What carries messages to their readers. It never retries by itself. */
export interface DeliveryAdapter {
  readonly platform: Carrier;
  /** How fast it may be given messages. */
  readonly pace: Pace;
  /** Posts `message`, or redraws `edits` where it names a message of ours. The same `key` is posted once where the platform can tell. */
  deliver(
    to: Address,
    message: Message,
    key: DeliveryKey,
    edits: PlatformMessageId | null,
    attachment?: Attachment | null,
  ): Promise<Delivered | DeliveryFailure>;
  /** Looks whether the message with this key was posted at `since` or later. */
  findPosted(to: Address, key: DeliveryKey, since: Date): Promise<FoundPost>;
  stop(): Promise<void>;
}

/** One chat platform. */
export interface ChatAdapter extends DeliveryAdapter {
  readonly platform: Platform;
  start(receive: Receive): Promise<void>;
  /** Whether that channel of the programme is on this platform. */
  hasChannel(channel: Channel): boolean;
  /** Whether people have a page of their own there. */
  readonly hasHome: boolean;
  /** Whether people can be found there by their mailbox. */
  readonly findsByEmail: boolean;
  /** Who the platform says that its user is. Never rejects. */
  profile(userId: string): Promise<FoundProfile>;
  /** The user id of the one person with that verified mailbox; null when there is none, or it can't be told now. Never rejects. */
  userWithEmail(email: string): Promise<string | null>;
  /** Shows somebody their own page; nothing on a platform that has no such page. Rejects when it could not be shown. */
  showHome(to: Address, home: Message): Promise<void>;
}

/** For a platform whose people the roster names itself and that has no pages of theirs, such as the console. */
export const ROSTER_ALONE: Pick<
  ChatAdapter,
  'hasChannel' | 'hasHome' | 'findsByEmail' | 'profile' | 'userWithEmail' | 'showHome'
> = {
  hasChannel: () => true,
  hasHome: false,
  findsByEmail: false,
  profile: async () => ({ kind: 'unavailable' }),
  userWithEmail: async () => null,
  showHome: async () => undefined,
};

/** What somebody may see of their own outside of any conversation, such as on a page inside the platform. Reads only. */
export interface OwnView {
  /** Their page; null for an account that speaks for nobody: one that never wrote to the bot, or that was unlinked. */
  home(platform: Platform, userId: string): Promise<OwnPage | null>;
  /** Their requests that fit the words (all for none), newest first, at most `most`; empty for an account that speaks for nobody. */
  requests(platform: Platform, userId: string, words: string, most: number): Promise<readonly FoundRequest[]>;
  /** What a card that was delivered to them says by now; null for a message that is no card of theirs. */
  card(platform: Platform, userId: string, messageId: PlatformMessageId): Promise<OwnPage | null>;
}

export interface OwnPage {
  readonly message: Message;
  /** IANA zone in which its reader reads times. */
  readonly timeZone: string;
}

export interface FoundRequest extends OwnPage {
  /** Number and system, such as `ISSO-2026-0042 Claims Hub`. */
  readonly title: string;
  /** Where it stands, in one short line. */
  readonly state: string;
}

/** Something about a platform that its administrator must mend: one line for them. */
export interface Trouble {
  readonly platform: Platform;
  /** The platform's own word for it, such as `missing_scope`. */
  readonly code: string;
  /** What is missing or wrong, and what to do, in words of ours; no address, name or secret. */
  readonly mend: string;
}

// ---------------------------------------------------------------------------------------------- mail that comes in

/** A mail as it was read, before anything of it is kept: texts as they came, sensitive parts and all. */
export interface MailIn {
  /** Its own Message-ID, or a digest of it. */
  readonly messageId: string;
  /** The bare address it says it is from, in small letters; empty when it has none that can be read. No proof of anything. */
  readonly from: string;
  readonly subject: string;
  /** What its sender wrote themselves: without quotes and signature. */
  readonly text: string;
  /** How many it came with; at least so many when it is cut. */
  readonly attachments: number;
  /** When the mail server took it. */
  readonly receivedAt: Date;
  /** It was too long, and only its beginning was read. */
  readonly isCut: boolean;
  /**
   * `automatic`: sent by a program, such as an out-of-office note, a bounce, or the bot itself. `list`: it came through a
   * mailing list. `reply`: it answers a mail of the bot's. None of these is ever answered.
   */
  readonly kind: 'personal' | 'reply' | 'list' | 'automatic';
  /** What the trusted mail server says of its sender; `unproven` when none is trusted. */
  readonly proof: 'proven' | 'forged' | 'unproven';
}

/** A mail that can't be read; `ref` is the same for the same mail. */
export interface UnreadableMail {
  readonly ref: string;
  readonly kind: 'unreadable';
}

/**
 * What became of a mail, once that is committed. `taken`: it goes out of the way. `passed-over`: it stays, as read.
 * `unreadable`: it stays unread with a flag, and is not handed over again while that stands.
 */
export type TakenMail = 'taken' | 'passed-over' | 'unreadable';

/**
 * Why a mailbox can't be used. `refused`: user or password. `insecure`: no TLS, or a certificate nobody vouches for.
 * `folder`: no such folder, or it may not be changed. `done-folder`: mail can't be moved there. `away`: no answer, or a broken one.
 */
export type MailboxTrouble = 'refused' | 'insecure' | 'folder' | 'done-folder' | 'away';

/** Where mail to the programme arrives. It keeps nothing and decides nothing. */
export interface Mailbox {
  /**
   * Hands over unread mail, oldest first, one after the other and a limited number at a time, and marks each by what `take`
   * answers. A mail whose mark was lost is handed over again. Answers why it could not, if so. Rejects with what `take`
   * rejects with; that mail and those after it stay unread.
   */
  read(take: (mail: MailIn | UnreadableMail) => Promise<TakenMail>): Promise<MailboxTrouble | null>;
  /** Whether it could be read now. */
  check(): Promise<MailboxTrouble | null>;
  /** Breaks off. */
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

/** What sending counts for the operator: platforms, kinds and times, never who, where or what. */
export interface Measures {
  /** A platform took a message; a bundle counts once for each urgency it holds. */
  sent(platform: Carrier, urgency: Urgency): void;
  /** An attempt was not taken, and why. */
  failed(platform: Carrier, kind: DeliveryFailure['kind']): void;
  /** How long a platform took to answer an attempt, whatever it answered. */
  took(platform: Carrier, ms: number): void;
  /** A delivery came to its end in this process. */
  ended(state: EndState, urgency: Urgency): void;
}

/** Counts nothing, for whoever does not measure. */
export const UNMEASURED: Measures = {
  sent: () => undefined,
  failed: () => undefined,
  took: () => undefined,
  ended: () => undefined,
};

// ---------------------------------------------------------------------------------------------- store

export type Recipient =
  | { readonly kind: 'person'; readonly personId: PersonId }
  /** A person's mailbox, for invitations that calendars take in. */
  | { readonly kind: 'mailbox'; readonly personId: PersonId }
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
    }
  /** It has the time that the message speaks of, or is called off as the message says: its iCalendar SEQUENCE is the same. */
  | {
      readonly kind: 'meeting-time';
      readonly meetingId: MeetingId;
      readonly state: MeetingState;
      readonly sequence: number;
    }
  /** They have not answered, and the meeting still stands at the time that the message names: its SEQUENCE is the same. */
  | {
      readonly kind: 'check-in-open';
      readonly meetingId: MeetingId;
      readonly personId: PersonId;
      /** Null: at any time. */
      readonly sequence: number | null;
    }
  | { readonly kind: 'survey-open'; readonly surveyId: string }
  /** That line of the Information Card is open, and was not opened again since. */
  | {
      readonly kind: 'item-open';
      readonly engagementId: EngagementId;
      readonly personId: PersonId;
      readonly item: string;
      readonly reopened: number;
    }
  /** The latest version of the paper says as its `state` one of these. */
  | {
      readonly kind: 'paper-in';
      readonly paper: PaperKind;
      readonly subject: PaperSubject;
      readonly states: readonly string[];
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
/** The states that nothing follows. */
export type EndState = Exclude<DeliveryState, 'pending' | 'leased'>;

export const DELIVERY_KINDS = [
  'answer',
  'card',
  'notice',
  'reminder',
  'nudge',
  'escalation',
  'digest',
  'invitation',
] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/**
 * How a message may come to a person (channels and mailboxes get all at once).
 * `asked`: follows from what they did themselves; at once. `told`: from what somebody else did; in their open hours.
 * `routine`: nobody asked for it; one message a business day, the rest bundled into it. `urgent`: can't wait for the next
 * day's, such as a meeting within the hour; beside the daily one, in open hours. `security`: at any hour.
 */
export const URGENCIES = ['asked', 'told', 'routine', 'urgent', 'security'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A message on its way to somebody other than the person who just spoke. */
export interface NewDelivery {
  readonly key: DeliveryKey;
  readonly to: Recipient;
  readonly kind: DeliveryKind;
  readonly urgency: Urgency;
  /** What a person may choose not to hear of; null: mandatory. */
  readonly topic: Topic | null;
  readonly message: Message;
  readonly attachment: Attachment | null;
  /** The platform it goes by where the recipient is on it, such as the one they spoke on; null: their first. */
  readonly via: Platform | null;
  readonly dueAt: Date;
  /** After this instant it is `expired`, unsent. */
  readonly expiresAt: Date | null;
  readonly stillTrue: StillTrue | null;
  /** Set for a card that is edited in place: the newest pending one wins, older pending ones are suppressed. */
  readonly card: CardKey | null;
  /**
   * The key of a delivery whose message it takes the place of, the whole message of the day where that was part of it. Where there
   * is no such message it is not sent at all. Left out: it is a message of its own.
   */
  readonly redraws?: DeliveryKey | null;
  /** What it is about, to suppress all that is pending at once: `engagement:<id>`, `meeting:<id>`. */
  readonly about: string | null;
}

export interface Delivery extends NewDelivery {
  /** Rising number: order of writing. */
  readonly sequence: bigint;
  readonly redraws: DeliveryKey | null;
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
  /** When it was due before a platform's trouble first put it off; null while there was none. */
  readonly firstDueAt: Date | null;
  /** Since when it is not known whether the platform took it; null when it is known. */
  readonly unsettledSince: Date | null;
  /** It was sent again without knowing whether it had come before. */
  readonly mayRepeat: boolean;
  /** Platforms that won't take it for this recipient. */
  readonly tried: readonly Carrier[];
  /** The delivery whose message it is part of; its own key for that one. */
  readonly bundle: DeliveryKey | null;
  readonly platform: Carrier | null;
  readonly platformMessageId: PlatformMessageId | null;
}

/** A claim on a delivery. It is lost as soon as somebody else claims the row, which the number of attempts tells. */
export type Lease = Pick<Delivery, 'key' | 'attempts'>;

/**
 * Why a delivery is to be tried again, and when.
 * `failed`: an attempt that counts. `asked-to-wait`: the platform's wish or its outage; counts by time. `unknown`: it may
 * have been taken; looked up before the next attempt. `held`: not the hour for it, or the day's message was sent; nothing
 * was tried, and it holds nobody up. `paced`: the platform takes no more for now, or an earlier message of the recipient waits;
 * nothing was tried, and later ones wait behind it. `moved-on`: this platform will not take it, another may.
 */
export interface PutOff {
  readonly kind: 'failed' | 'asked-to-wait' | 'unknown' | 'held' | 'paced' | 'moved-on';
  readonly dueAt: Date;
  readonly reason: string;
  /** When the attempt was made. */
  readonly at: Date;
  /** For `moved-on`: the platform that will not take it. */
  readonly platform?: Carrier;
  /** It was found out that the platform has not taken it. */
  readonly isSettled?: boolean;
}

/** What a claimed delivery's sending depends on, read shortly before. */
export interface DeliveryFacts {
  /** False: the lease is lost or the row was taken back; nothing may be sent. */
  readonly isOurs: boolean;
  /** State of the engagement its condition names; null when there is none. */
  readonly engagementState: EngagementState | null;
  readonly meeting: {
    readonly state: MeetingState;
    readonly version: number;
    readonly sequence: number;
  } | null;
  /** Answered check-in or survey its condition names. */
  readonly isAnswered: boolean;
  /** The `state` of the paper that its condition names; null when there is none. */
  readonly paperState: string | null;
  /** The line of a card that its condition names; null when there is none. */
  readonly item: { readonly state: string; readonly reopened: number } | null;
  readonly posted: PostedCard | null;
  /** A person's addresses on chat platforms, preferred first, or their mailbox; empty for a channel. */
  readonly addresses: readonly Address[];
  readonly reader: ReaderFacts | null;
}

/** When a person may be written to. */
export interface ReaderFacts {
  readonly timeZone: string;
  readonly settings: Omit<ContactSettings, 'rhythm'>;
  readonly leaves: readonly Leave[];
  /** The delivery that was the last day's message, and its business day in the reader's zone. */
  readonly lastDaily: { readonly day: LocalDate; readonly key: DeliveryKey } | null;
}

/** A platform's user and who that is. */
export interface PlatformLink {
  readonly person: Person;
  /** When the platform last said who they are; null when it could not be asked yet. */
  readonly verifiedAt: Date | null;
  /** Since when they do not want to be known there, or are no longer there; null while they are. */
  readonly unlinkedAt: Date | null;
  /** When they first opened their own page. */
  readonly homeOpenedAt: Date | null;
  readonly locale: string | null;
}

/** A message that somebody got and that stands there, with what it was sent with. */
export interface StandingMessage {
  readonly platform: Carrier;
  readonly addressId: string;
  readonly messageId: PlatformMessageId;
  /** The delivery it was sent as. */
  readonly leader: DeliveryKey;
  /** It was the message of the day. */
  readonly isDaily: boolean;
  /** In order of writing, each with the last words it was given. */
  readonly parts: readonly Delivery[];
}

/** Where a card stands on a platform. */
export interface PostedCard {
  readonly card: CardKey;
  readonly platform: Carrier;
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
  /** Where it was done: in a chat, on the pages of the dashboard, or by the bot itself. */
  readonly platform: Platform | 'dashboard' | 'bot';
  /** Facts of the change by name; ids and codes, never free text a person typed. */
  readonly facts: Readonly<Record<string, string>>;
}

/** What recurs: a digest, or a meeting of so many minutes. */
export type CadencePurpose =
  /** Null: it goes to people. Which digest it is, its key says. */
  | { readonly kind: 'digest'; readonly channel: Channel | null }
  | {
      readonly kind: 'meeting';
      readonly meeting: MeetingKind;
      /** Null for a meeting of the programme as a whole. */
      readonly engagementId: EngagementId | null;
      readonly minutes: number;
    };

export interface Cadence {
  readonly key: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly holidayRule: HolidayRule;
  readonly purpose: CadencePurpose;
  /** When its job is to look at it next: the digest's next instant, or when the next meeting is to be planned; null when switched off. */
  readonly nextAt: Date | null;
}

/** The next instant at which a message, or a cadence of each kind, is due; null where none waits. */
export type NextDues = Readonly<Record<'delivery' | CadencePurpose['kind'], Date | null>>;

/** The last run of a job that one process does for all. */
export interface JobTick {
  readonly job: string;
  readonly slotAt: Date;
  /** Null while the run is in hand. */
  readonly endedAt: Date | null;
}

export interface AcceptedEvent {
  readonly key: string;
  readonly event: Inbound;
  readonly receivedAt: Date;
}

/** What somebody may do on a day beside their own: for whom they stand in, and whose delegate they are. */
export interface Acting extends Pick<Person, 'roles' | 'components'> {
  /** The last day on which they spoke with the bot, in the programme's zone; null for never. */
  readonly lastSpokeOn: LocalDate | null;
  readonly standsInFor: readonly Pick<Person, 'id' | 'roles' | 'components'>[];
  readonly delegateOf: readonly PersonId[];
}

/** Which engagements a list shows. */
export interface EngagementFilter {
  readonly states?: readonly EngagementState[];
  readonly component?: string;
  /** Where they are requester, Business Owner, advisor, member or assigned. */
  readonly ofPersonId?: PersonId;
  readonly after?: RequestNumber;
  readonly limit: number;
}

/** What became of a delivery that was to get other words. */
export type Reworded = 'reworded' | 'in-hand' | 'sent' | 'not-there';

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
    /** Those of these ids that there are, in no order. */
    some(ids: readonly PersonId[]): Promise<Person[]>;
    list(): Promise<Person[]>;
    withRole(role: Role): Promise<Person[]>;
    /** Those who have any of these roles, by id. */
    withAnyRole(roles: readonly Role[]): Promise<Person[]>;
    /** Whoever is on the roster first. */
    byEmail(email: string): Promise<Person | null>;
    /** Who the platform's user is, if known. */
    byPlatformUser(platform: Platform, userId: string): Promise<Person | null>;
    /** What is known of the platform's user; null when they have never been heard of. */
    link(platform: Platform, userId: string): Promise<PlatformLink | null>;
    /** Notes what the platform said of its user, or what they wish; nothing when there is no such link. */
    changeLink(
      platform: Platform,
      userId: string,
      change: Partial<Pick<PlatformLink, 'verifiedAt' | 'unlinkedAt' | 'homeOpenedAt' | 'locale'>>,
    ): Promise<void>;
    /** Addresses at which the person has opened their own page. */
    homes(id: PersonId): Promise<Address[]>;
    /** Those of whom a platform has said who they are. */
    verified(): Promise<PersonId[]>;
    /**
     * Makes one of two people that are the same: what the first is part of, and where they are reached, is the second's from
     * then on. The record of what was done keeps its names.
     */
    merge(from: PersonId, into: PersonId): Promise<void>;
    /** People with a mailbox and a role who have no link on the platform; at most `limit`, by id after `after`. */
    withoutLink(platform: Platform, after: PersonId, limit: number): Promise<Person[]>;
    /** Inserts or updates by id; people missing from `people` are kept as they are. */
    save(people: readonly Person[]): Promise<void>;
    /** The account they spoke from last is where they are reached first. */
    linkPlatformUser(platform: Platform, userId: string, personId: PersonId): Promise<void>;
    /** An account that was found for them and that they have not spoken from: reached after all others. */
    linkFoundUser(platform: Platform, userId: string, personId: PersonId): Promise<void>;
    /** Addresses of a person, preferred first; the console comes last. */
    addresses(id: PersonId): Promise<Address[]>;
    byCalendarToken(token: string): Promise<Person | null>;
    /** Notes the day on which the person spoke last. */
    noteSpoke(id: PersonId, on: LocalDate): Promise<void>;
    /** The days on which those who have a role spoke last; whoever never did is left out. */
    lastSpoke(): Promise<ReadonlyMap<PersonId, LocalDate>>;
  };
  readonly roleGrants: {
    /** All in force, in order of giving. */
    held(): Promise<RoleGrant[]>;
    heldBy(personId: PersonId): Promise<RoleGrant[]>;
    /** Of each person and role the grant that ended last. */
    lastEnded(): Promise<RoleGrant[]>;
    /** Fails for a role that the person holds by a grant in force. */
    insert(grants: readonly RoleGrant[]): Promise<void>;
    /** Ends those of these that are in force; answers how many. */
    end(ids: readonly string[], by: Mark): Promise<number>;
    /** What people have said about roles, in order. */
    words(): Promise<RoleWord[]>;
    say(word: RoleWord): Promise<void>;
    /** Forgets what was said about the role of the person; answers how many words. */
    unsay(personId: PersonId, role: Role): Promise<number>;
  };
  readonly standIns: {
    /** What these people may do on that day for others; whoever there is not is left out. */
    acting(ids: readonly PersonId[], on: LocalDate): Promise<ReadonlyMap<PersonId, Acting>>;
    insert(standIn: StandIn): Promise<void>;
    /** False when there is none, or it has ended. */
    end(id: string, at: Date): Promise<boolean>;
    /** One that has not ended; null when there is none. */
    get(id: string): Promise<StandIn | null>;
    /** Those that have not ended, that the person acts in or is acted for in, on `since` or later; by first day. */
    ofPerson(id: PersonId, since: LocalDate): Promise<StandIn[]>;
    /** Who stands in on that day for anybody, by first day. */
    ofDay(on: LocalDate): Promise<StandIn[]>;
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
    /** All in which the person takes part now, by a role in the engagement or as its Service ISSO. */
    assignedTo(id: PersonId): Promise<Engagement[]>;
    /** Those that fit all that is named, by number after `after`; at most `limit`. */
    find(wanted: EngagementFilter): Promise<Engagement[]>;
  };
  readonly meetings: {
    insert(meeting: Meeting): Promise<void>;
    update(meeting: Meeting): Promise<boolean>;
    get(id: MeetingId): Promise<Meeting | null>;
    forChange(id: MeetingId): Promise<Meeting | null>;
    /** The latest meeting of that kind of the engagement; null for the programme's. */
    ofEngagement(id: EngagementId | null, kind: Meeting['kind']): Promise<Meeting | null>;
    /** The latest kickoff of each of these engagements; one without any is left out. Asks nothing of the database for none. */
    kickoffsOf(ids: readonly EngagementId[]): Promise<ReadonlyMap<EngagementId, Meeting>>;
    /** Booked meetings that overlap the span and have any of these attendees. */
    bookedBetween(from: Date, to: Date, attendeeIds: readonly PersonId[]): Promise<Meeting[]>;
    byToken(token: string): Promise<Meeting | null>;
    /** The cadence's occurrences that stand for the local time `from` (`2026-12-08T10:00`) or later, in order. */
    ofCadence(cadenceKey: string, from: string): Promise<Meeting[]>;
    occurrence(cadenceKey: string, plannedFor: string): Promise<Meeting | null>;
    /** The last `limit` held before `before` of that kind, engagement and cadence, newest first: where "last time" is. */
    heldBefore(
      kind: MeetingKind,
      engagementId: EngagementId | null,
      cadenceKey: string | null,
      before: Date,
      limit: number,
    ): Promise<Meeting[]>;
    /** The last one held before `before` of that kind and engagement, by the cadence or by none; of two at one time the one by none. */
    lastHeld(
      kind: MeetingKind,
      engagementId: EngagementId | null,
      cadenceKey: string,
      before: Date,
    ): Promise<Meeting | null>;
    /** Booked meetings of a kind that begin in `[from, to)`. */
    bookedOf(kind: MeetingKind, from: Date, to: Date): Promise<Meeting[]>;
    /** As `bookedOf`, of each of these kinds, in their order. */
    bookedOfEach(kinds: readonly MeetingKind[], from: Date, to: Date): Promise<Meeting[]>;
    /** Held meetings of a kind that began in `[from, to)`. */
    heldOf(kind: MeetingKind, from: Date, to: Date): Promise<Meeting[]>;
    /** Meetings the person attends with a booked time, or one released since, that end after `since`; at most 200. */
    ofPerson(id: PersonId, since: Date): Promise<Meeting[]>;
    inStates(states: readonly MeetingState[], limit: number): Promise<Meeting[]>;
    /** Those that wait for somebody, but for kickoffs and the forum: on offer, or booked and over at `now`; newest first. */
    unsettled(now: Date, limit: number): Promise<Meeting[]>;
  };
  readonly deliveries: {
    /** Inserts; a key that exists already is left as it is (answers false). A card supersedes its older pending ones. */
    enqueue(delivery: NewDelivery): Promise<boolean>;
    /**
     * Gives a delivery other words, and locks it. `reworded`: it goes out with them. `in-hand`: it is going out or may have gone out
     * with the old ones at this moment, so that it has to be redrawn as well; if it goes out later, it has the new ones. `sent`:
     * nothing was changed. `not-there`: neither, for there is none, or it was taken back or given up.
     */
    reword(key: DeliveryKey, message: Message): Promise<Reworded>;
    /**
     * Suppresses all that is pending about `about`, keeping the reason; answers how many. `kinds` narrows.
     * What is leased is not tried again: `renew`, `later` and `finish` end it with this reason. So it is with older cards.
     */
    suppress(about: string, reason: string, kinds?: readonly DeliveryKind[]): Promise<number>;
    postedCard(card: CardKey): Promise<PostedCard | null>;
    /** The key of the row that was written last for a card, whatever became of it; null when there is none. */
    lastOfCard(card: CardKey): Promise<DeliveryKey | null>;
    /** What was written last to the person for the card that stands in the platform's message; null when it is no card of theirs. */
    cardIn(platform: Platform, messageId: PlatformMessageId, personId: PersonId): Promise<Delivery | null>;
    /** What needs somebody's eye: given up as blocked or unreachable at `since` or after. */
    undelivered(since: Date): Promise<Delivery[]>;
    /** What the person got in the message that was sent with `key`, in order of writing; empty when they got no such message. */
    bundledWith(key: DeliveryKey, personId: PersonId): Promise<Delivery[]>;
    /** What the person's latest daily message was sent with; null when they got none. */
    lastDaily(personId: PersonId): Promise<DeliveryKey | null>;
  };
  readonly blockers: {
    /** Gives it its number. */
    insert(blocker: Omit<Blocker, 'number'>): Promise<Blocker>;
    /** False when the stored version is not `blocker.version - 1`. */
    update(blocker: Blocker): Promise<boolean>;
    forChange(number: number): Promise<Blocker | null>;
    /** Not closed, by number. */
    open(limit: number): Promise<Blocker[]>;
    ofEngagement(id: EngagementId): Promise<Blocker[]>;
  };
  readonly papers: {
    /** False when that version is there already. */
    insert(paper: Paper): Promise<boolean>;
    /** Many at once; versions that are there already stay as they are. Answers how many were new. */
    insertAll(papers: readonly Paper[]): Promise<number>;
    latest(kind: PaperKind, subject: PaperSubject): Promise<Paper | null>;
    /** As it was at that instant. */
    asOf(kind: PaperKind, subject: PaperSubject, at: Date): Promise<Paper | null>;
    /** Oldest first. */
    versions(kind: PaperKind, subject: PaperSubject): Promise<Paper[]>;
    /** The latest of each of these subjects, or of all, by subject. */
    latestOf(kind: PaperKind, subjects: readonly PaperSubject[] | 'all'): Promise<Paper[]>;
  };
  readonly audit: {
    /** What is appended is written, and chained, as the last thing before the commit. */
    append(entry: AuditEntry): Promise<void>;
    /** In order, with what this transaction has appended. */
    ofEngagement(id: EngagementId): Promise<AuditEntry[]>;
    /** What the person did, newest first, with what this transaction has appended; at most `limit`. */
    ofActor(id: PersonId, limit: number): Promise<AuditEntry[]>;
    /** The newest entry with that verb; null when there is none. Looks back through all entries since. */
    lastOf(verb: string): Promise<AuditEntry | null>;
    /** Rows of the chain as they are committed, by place after `after` (null: from the first on); at most `limit`. */
    page(after: number | null, limit: number): Promise<ChainedRow[]>;
    /** Where the committed chain ends; null when its end is not there, which only tampering can do. */
    head(): Promise<ChainEnd | null>;
  };
  readonly cadences: {
    /** Inserts or changes; keeps `nextAt` when all the rest is unchanged. */
    set(cadence: Cadence): Promise<void>;
    /** Locked for a change. One that can't be read counts as absent, here and in the list: it can be set anew. */
    get(key: string): Promise<Cadence | null>;
    list(): Promise<Cadence[]>;
    /**
     * Cadences of that purpose due at `now`, locked and skipped by other replicas; at most `limit`. `onUnreadable` is
     * told of each that can't be read: it is put off by an hour and holds up none of the others.
     */
    claimDue(
      now: Date,
      purpose: CadencePurpose['kind'],
      limit: number,
      onUnreadable: (key: string) => void,
    ): Promise<Cadence[]>;
    advance(key: string, nextAt: Date | null): Promise<void>;
  };
  readonly contact: {
    /** Of those who have set something. */
    settings(ids: readonly PersonId[]): Promise<ContactSettings[]>;
    save(settings: ContactSettings): Promise<void>;
    /** Leaves of these people that end on `since` or later, by first day. */
    leaves(ids: readonly PersonId[], since: LocalDate): Promise<Leave[]>;
    /** As `settings` and `leaves`, read together. */
    days(
      ids: readonly PersonId[],
      since: LocalDate,
    ): Promise<{ readonly settings: readonly ContactSettings[]; readonly leaves: readonly Leave[] }>;
    addLeave(leave: Leave): Promise<void>;
    /** False when the person has no such leave. */
    removeLeave(personId: PersonId, id: string): Promise<boolean>;
  };
  readonly milestones: {
    /** Inserts, or moves the day. */
    set(milestone: Milestone): Promise<void>;
    ofEngagement(id: EngagementId): Promise<Milestone[]>;
    named(names: readonly MilestoneName[]): Promise<Milestone[]>;
  };
  readonly checkIns: {
    /** Notes that the person was asked; false when they were before. */
    ask(meetingId: MeetingId, personId: PersonId, askedAt: Date): Promise<boolean>;
    /** Inserts or changes the answers. */
    answer(checkIn: CheckIn): Promise<void>;
    get(meetingId: MeetingId, personId: PersonId): Promise<CheckIn | null>;
    /** Those of several meetings: of each in the order in which they were answered. */
    ofMeetings(meetingIds: readonly MeetingId[]): Promise<CheckIn[]>;
  };
  readonly surveys: {
    /** False when this occasion of the engagement was asked for before. */
    insert(survey: Survey): Promise<boolean>;
    /** False when the stored version is not `survey.version - 1`. */
    update(survey: Survey): Promise<boolean>;
    forChange(id: string): Promise<Survey | null>;
    /** Oldest first. */
    ofEngagement(id: EngagementId): Promise<Survey[]>;
    /** Of several engagements, oldest first. */
    ofEngagements(ids: readonly EngagementId[]): Promise<Survey[]>;
    /** Newest first. */
    ofPerson(id: PersonId): Promise<Survey[]>;
    answeredBetween(from: Date, to: Date): Promise<Survey[]>;
    /** Answered, and in no average yet; oldest answer first. */
    waiting(): Promise<WaitingAnswer[]>;
    /** What stands in averages, by the day and the component of its group. */
    countedGroups(): Promise<CountedGroup[]>;
  };
  readonly mailRequests: {
    /** Gives it its number; null when that mail was taken in before. */
    insert(mail: Omit<MailRequest, 'number'>): Promise<MailRequest | null>;
    /** Locked for a change. */
    forChange(number: number): Promise<MailRequest | null>;
    /** False when the stored version is not `mail.version - 1`. */
    update(mail: MailRequest): Promise<boolean>;
    /** Those that nobody has seen to, oldest first; at most `limit`. */
    open(limit: number): Promise<MailRequest[]>;
  };
  /** Figures over the whole programme, each computed by the database. */
  readonly measures: {
    /** `businessDays`: all business days there are between the first request and the last day of the scope, in order. */
    of(scope: MeasureScope, rules: MeasureRules): Promise<ProgrammeMeasures>;
    funnel(scope: MeasureScope, rules: MeasureRules): Promise<Funnel>;
    ageing(scope: MeasureScope, rules: MeasureRules): Promise<Ageing>;
    attendance(scope: MeasureScope, rules: MeasureRules): Promise<Attendance>;
    /** The day on which the first engagement was written; null when there is none. */
    firstOn(timeZone: string): Promise<LocalDate | null>;
  };
  readonly referrals: {
    /** How often the way to each service was shown from `from` on and before `before`; a service that nobody asked for is left out. */
    counts(from: Date, before: Date): Promise<ReadonlyMap<string, number>>;
  };
  readonly digestMarks: {
    /** Inserts, or takes the place of the one of that digest and day. */
    set(mark: DigestMark): Promise<void>;
    get(digest: string, day: LocalDate): Promise<DigestMark | null>;
    /** The newest of that digest for a day before `day`. */
    before(digest: string, day: LocalDate): Promise<DigestMark | null>;
    /** Of that day, locked for a change. */
    ofDay(day: LocalDate): Promise<DigestMark[]>;
  };
  /** What digests and answers about the programme are made of; each is one statement, however many engagements there are. */
  readonly digestFacts: {
    /** Open engagements with their kickoff and what was said of their onboarding, by number; of these components or of all; at most `limit`. */
    open(components: readonly string[] | 'all', limit: number): Promise<EngagementAndMeeting[]>;
    /** The steps that the record has after place `after`, up to and with place `until`, in order. */
    steps(after: number, until: number, components: readonly string[] | 'all'): Promise<FlowStep[]>;
    /** The last place in the record that is older than `at`; 0 when none is. */
    placeBefore(at: Date): Promise<number>;
    /**
     * Since when the newest survey answers of an engagement, given in `[from, until)`, ask for attention: any line at or under
     * `lowest`, and no session held since.
     */
    attention(from: Date, until: Date, lowest: number): Promise<ReadonlyMap<EngagementId, Date>>;
    /** What a delivery and what was drawn over it came to; null when there is none. */
    told(key: DeliveryKey): Promise<ToldDigest | null>;
  };
  readonly legalHolds: {
    insert(hold: LegalHold): Promise<void>;
    /** False when it is not there or released already. `because` is kept behind the reason. */
    release(id: string, byId: PersonId, at: Date, because?: string): Promise<boolean>;
    /** All, oldest first. */
    list(): Promise<LegalHold[]>;
  };
  readonly disposals: {
    insert(disposal: Disposal): Promise<void>;
    /** Newest first. */
    list(limit: number): Promise<Disposal[]>;
  };
  /** Rows for exports: each page is handed over and forgotten; answers how many rows there were. One after the other. */
  readonly exports: {
    /** By number. */
    engagements(onPage: (rows: readonly ExportedEngagement[]) => Promise<void>): Promise<number>;
    /** The newest version of each Information Card, by number of its engagement. */
    cards(onPage: (rows: readonly ExportedCard[]) => Promise<void>): Promise<number>;
    /** In order of writing, without their words. */
    deliveries(onPage: (rows: readonly ExportedDelivery[]) => Promise<void>): Promise<number>;
    /** In order; of `onlyOf` what concerns engagements and what that person did themselves, null for everything. */
    audit(
      onlyOf: PersonId | null,
      onPage: (rows: readonly ExportedEntry[]) => Promise<void>,
    ): Promise<number>;
  };
  readonly records: {
    /** How the rows of a part stand; null: the part is kept for good, and nothing is due. */
    standing(part: RecordPart, before: Date | null): Promise<RecordStanding>;
    /** Hands over the rows as JSON texts in a fixed order, page by page; answers how many. One part after the other. */
    each(
      part: RecordPart,
      scope: RecordScope,
      onRows: (rows: readonly string[]) => Promise<void>,
    ): Promise<number>;
    /** How many rows that are, counted by a statement of its own. */
    count(part: RecordPart, scope: RecordScope): Promise<number>;
    /** Deletes for good what is due; answers how many rows. */
    remove(part: RecordPart, before: Date): Promise<number>;
    /** What the record notes of exports of the class whose manifest's hash begins so, newest first; at most two. */
    exports(recordClass: string, manifest: string): Promise<Pick<AuditEntry, 'at' | 'facts'>[]>;
  };
  /** What the dashboard lists, a page at a time. */
  readonly dashboard: {
    count(filter: ListFilter): Promise<number>;
    list(wish: ListWish): Promise<ListedEngagement[]>;
    /** Meetings of the engagement, the newest first, at most `limit`. */
    meetingsOf(id: EngagementId, limit: number): Promise<ListedMeeting[]>;
    /** Whether the record says that the person looked there since. */
    hasLooked(
      personId: PersonId,
      at: { readonly verb: string; readonly page: string; readonly engagementId: EngagementId | null },
      since: Date,
    ): Promise<boolean>;
  };
}

/** `standing`: what was said last of its onboarding; null where nothing was. */
export interface ListedEngagement {
  readonly engagement: Engagement;
  readonly standing: StandingKind | null;
}

/** A meeting as far as a list needs it. */
export interface ListedMeeting extends Pick<Meeting, 'kind' | 'title' | 'state'> {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** A digest that was written. */
export interface ToldDigest {
  /** It, or what took its place, was sent. */
  readonly isSent: boolean;
  /** The words that it was given last. */
  readonly message: Message;
}

/** Which rows of a class: all made in the time, `until` excluded, or those that are due for disposition, having ended before an instant. */
export type RecordScope =
  | { readonly kind: 'all'; readonly from: Date | null; readonly until: Date | null }
  | { readonly kind: 'due'; readonly before: Date };

export interface RecordStanding {
  readonly rows: number;
  readonly due: number;
  /** Rows that would be due, and that a legal hold keeps. */
  readonly held: number;
  /** When the first and the last of what is due were made; null for none. */
  readonly oldestAt: Date | null;
  readonly newestAt: Date | null;
}

/** Names are null where nobody has the part. */
export interface ExportedEngagement {
  readonly number: RequestNumber;
  readonly offering: string;
  readonly systemName: string;
  readonly component: string;
  readonly state: EngagementState;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly stateSinceAt: Date;
  readonly businessOwner: string | null;
  readonly advisor: string | null;
  readonly triagedBy: string | null;
  readonly serviceIsso: string | null;
  readonly kickoffOn: string | null;
  readonly dayZeroOn: string | null;
  readonly activeSinceOn: string | null;
  readonly endOn: string | null;
  readonly reason: string | null;
}

export interface ExportedCard {
  readonly number: RequestNumber;
  readonly offering: string;
  readonly systemName: string;
  readonly component: string;
  readonly state: EngagementState;
  readonly serviceIsso: string | null;
  readonly at: Date;
  /** The paper's answers. */
  readonly answers: Readonly<Record<string, unknown>>;
}

export interface ExportedDelivery {
  readonly sequence: number;
  readonly kind: string;
  readonly urgency: string;
  readonly topic: string | null;
  readonly recipientKind: string;
  /** A person's name, or a channel. */
  readonly recipient: string;
  readonly number: RequestNumber | null;
  readonly dueAt: Date;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly mayRepeat: boolean;
  readonly platform: string | null;
  readonly sentAt: Date | null;
}

export interface ExportedEntry {
  readonly position: number;
  readonly at: Date;
  readonly actor: string | null;
  readonly actedFor: string | null;
  readonly role: string | null;
  readonly verb: string;
  readonly number: RequestNumber | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly platform: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** What measures are counted by. */
export interface MeasureRules {
  readonly timeZone: string;
  /** Every business day from the first engagement's day to the last day of the scope, in order. */
  readonly businessDays: readonly LocalDate[];
}

/** The database. */
export interface Store {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * How often this process has changed anything but messages, the record and cadences since it began: while the number stays the
   * same, so does what was read of the rest, as long as no other process writes.
   */
  changes(): number;
  readonly people: {
    /** `listen` hears when this process has changed what is known of people, once it is committed. */
    onSaved(listen: () => void): void;
  };
  /** What a platform lets the bot do in each workspace or organisation it was installed into; sealed by its adapter. */
  readonly installations: InstallationStore;
  /** Sessions of the dashboard that were ended before their time, for all processes. */
  readonly endedSessions: EndedSessions;
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
    /**
     * Leases due rows of recipients of whom nothing is in hand elsewhere, at most `limit`, what was begun before what was
     * not, sorted so that each recipient's come in order. What waits behind an attempt in vain is left.
     */
    claimDue(options: {
      readonly now: Date;
      readonly limit: number;
      readonly leaseMs: number;
      /** Told of each row that could not be read; it has come to its end as unreachable. */
      readonly onUnreadable?: (key: DeliveryKey) => void;
      /** Told what a row's sending depends on, as of its claim: not of rows that need another look. */
      readonly onFacts?: (row: Delivery, facts: DeliveryFacts) => void;
    }): Promise<Delivery[]>;
    /** Leases the person's routine rows that are due before `before`, to go into a message that is about to be sent. */
    claimForBundle(options: {
      readonly personId: PersonId;
      readonly before: Date;
      readonly limit: number;
      readonly leaseUntil: Date;
      readonly onUnreadable?: (key: DeliveryKey) => void;
    }): Promise<Delivery[]>;
    /**
     * Holds the rows until `until` ahead of sending them, and reads what that depends on; in the order given. Null where
     * that could not be read.
     */
    check(leases: readonly Lease[], until: Date): Promise<readonly (DeliveryFacts | null)[]>;
    /** Notes that these and no others go out as one message, the leader's; and that it is the person's message of `day`, if one is named. */
    bundle(
      leader: Lease,
      parts: readonly Lease[],
      daily: { readonly personId: PersonId; readonly day: LocalDate } | null,
    ): Promise<void>;
    /**
     * Needs no lease: what was posted is posted, and whoever took the row over has nothing left to send. `messageId` is
     * null for a card that went out within another message and can't be redrawn there.
     */
    sent(
      key: DeliveryKey,
      to: Address,
      messageId: PlatformMessageId | null,
      at: Date,
      mayRepeat?: boolean,
    ): Promise<void>;
    /** The message that the person got the delivery in; null when they did not get it, or where it stands is not known. */
    standing(key: DeliveryKey, personId: PersonId): Promise<StandingMessage | null>;
    /** Puts it off; changes nothing when the lease is lost. */
    later(lease: Lease, putOff: PutOff): Promise<void>;
    /** Ends it unsent; changes nothing when the lease is lost. */
    finish(
      lease: Lease,
      state: 'suppressed' | 'blocked' | 'unreachable' | 'expired',
      reason: string,
      at: Date,
    ): Promise<void>;
    /** Platforms that take nothing at present, and until when. */
    pauses(now: Date): Promise<ReadonlyMap<Carrier, Date>>;
    /** Pauses a platform for all processes; an earlier end is kept when it is later. */
    pause(platform: Carrier, until: Date): Promise<void>;
    /** The earliest instant any pending or leased delivery wants attention; null when there is none. */
    nextDueAt(): Promise<Date | null>;
    find(key: DeliveryKey): Promise<Delivery | null>;
    /** For the operator. */
    measures(now: Date): Promise<DeliveryMeasures>;
    /** `listen` hears of each message that a change took back before it was sent, once the change is committed. */
    onTakenBack(listen: (urgency: Urgency) => void): void;
    /** `listen` hears whom a change of this process wrote messages to, once it is committed. */
    onWritten(listen: (personId: PersonId) => void): void;
  };
  /** When each kind of what waits in rows for its time is due next, all of them in one look. */
  nextDues(): Promise<NextDues>;
  readonly jobs: {
    /** True when this process is to do the job's run of `slotAt`: nobody has done it, and nobody has it in hand. */
    claimRun(job: string, slotAt: Date, holder: string, leaseMs: number): Promise<boolean>;
    endRun(job: string, slotAt: Date, holder: string, at: Date): Promise<void>;
    lastTicks(): Promise<JobTick[]>;
  };
  /** Names of migrations that were applied, and of those this program has. */
  migrations(): Promise<{ readonly applied: readonly string[]; readonly known: readonly string[] }>;
  /** The database's own clock. */
  clock(): Promise<Date>;
  readonly console: ConsoleLedger;
  /** Reasons why the store can't work now; empty when it can. Answers within 2 s. */
  troubles(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Installation {
  readonly platform: Platform;
  /** The workspace or organisation. */
  readonly id: string;
  /** Opaque: only the adapter can open it. */
  readonly sealed: string;
}

export interface InstallationStore {
  /** Inserts, or takes the place of the earlier one. */
  put(installation: Installation, at: Date): Promise<void>;
  get(platform: Platform, id: string): Promise<Installation | null>;
  /** By id. */
  list(platform: Platform): Promise<Installation[]>;
  remove(platform: Platform, id: string): Promise<void>;
}

/** A session is known here by a hash of its id, which opens nothing. */
export interface EndedSessions {
  /** Notes that it is over, until `until`; what is past its time at `now` is removed. Done twice, the later end counts. */
  add(hash: string, until: Date, now: Date): Promise<void>;
  has(hash: string): Promise<boolean>;
}

/** The state of the queue: rows that wait or are in hand, and those that were given up. */
export interface DeliveryMeasures {
  readonly byState: ReadonlyMap<'pending' | 'leased' | 'blocked' | 'unreachable', number>;
  /** Of the waiting ones, how many are due. */
  readonly due: number;
  /** When the oldest row that is due should have gone; null when none is. */
  readonly oldestDueAt: Date | null;
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
  byDeliveryKey(key: DeliveryKey): Promise<ConsolePost | null>;
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
