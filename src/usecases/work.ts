import type { BusinessHours, Calendar } from '../domain/calendar.ts';
import type { DayPart } from '../domain/contact.ts';
import type { FieldErrors } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { type LocalDate, localDate } from '../domain/time.ts';
import type { DialogPage, Message } from '../messages/message.ts';
import type { Catalogue } from '../offerings/catalogue.ts';
import type { Papermaker, Pictures, Speaker, Tx } from '../ports.ts';

/** What the programme has set: facts that are assumed rather than given live here, never in the rules. */
export interface Programme {
  /** What is on offer. */
  readonly catalogue: Catalogue;
  readonly timeZone: string;
  readonly businessHours: BusinessHours;
  /** When nobody is written to who has not set their own, on their own clock. */
  readonly quietHours: DayPart;
  /** As it is now: closures come and go while the bot runs. */
  readonly calendar: Calendar;
  readonly kickoffMinutes: number;
  /** Where a suspected incident is reported, as people read it; left out: the CMS IT Service Desk. */
  readonly incidentContact?: string;
  /** Local time of the digest, `HH:MM`. */
  readonly digestTime: string;
  /** Business days until ISPG should have triaged a request (domain reference 2.3). */
  readonly triageBusinessDays: number;
  /** Business days until an unanswered offer of kickoff times is reminded, and until the GTL is told. */
  readonly offerReminderBusinessDays: number;
  readonly offerEscalationBusinessDays: number;
  /** Kickoff times are looked for in this many business days. */
  readonly offerHorizonBusinessDays: number;
  /** People and engagements whose answers must stand together before their average is shown (features reference part 3, no. 20). */
  readonly smallestGroup: number;
  /** Where links in messages lead, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the dashboard's pages are there: without them nothing links to them. */
  readonly dashboardIsOn: boolean;
  /** Whether invitations can go out by mail. */
  readonly mailIsOn: boolean;
}

/** What every use case works with: one transaction, one instant, one person. */
export interface Work {
  readonly tx: Tx;
  readonly now: Date;
  readonly person: Person;
  readonly from: Speaker;
  readonly programme: Programme;
  /** Left out: nothing is drawn. */
  readonly pictures?: Pictures;
  /** Left out: no files are made. */
  readonly papermaker?: Papermaker;
  /** Collects who was told something in words of its own; left out: nobody asks. */
  readonly told?: Set<PersonId>;
  /** A new unique id. */
  newId(): string;
  /** A new unguessable token, for addresses that need no login. */
  newToken(): string;
}

/** What the one who just spoke is told. Everybody else is told through deliveries. */
export interface Answer {
  readonly say: readonly Message[];
  /** Replaces the card whose button was pressed. */
  readonly update: Message | null;
  readonly dialog: DialogPage | null;
  readonly errors: FieldErrors | null;
  /** For this person only: said in a direct message when they spoke in a channel. */
  readonly personal: boolean;
}

const NOTHING: Answer = { say: [], update: null, dialog: null, errors: null, personal: false };

/** Says these messages where the person spoke. */
export const answer = (...say: readonly Message[]): Answer => ({ ...NOTHING, say });
/** Says these messages to the person alone, wherever they spoke. */
export const answerPrivately = (...say: readonly Message[]): Answer => ({ ...NOTHING, say, personal: true });
/** Redraws the pressed card, then says the rest. */
export const answerWithUpdate = (update: Message, ...say: readonly Message[]): Answer => ({
  ...NOTHING,
  say,
  update,
});
/** Opens a dialog. */
export const answerWithDialog = (dialog: DialogPage): Answer => ({ ...NOTHING, dialog });
/** Shows errors beside the fields of the submitted dialog, every value kept. */
export const answerWithErrors = (errors: FieldErrors): Answer => ({ ...NOTHING, errors });

/** Today in the programme's zone: the day by which steps, papers and stand-ins count. */
export const programmeToday = ({ now, programme }: Pick<Work, 'now' | 'programme'>): LocalDate =>
  localDate(now, programme.timeZone);
