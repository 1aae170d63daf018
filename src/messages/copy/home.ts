/** A person's own page: what waits for them, their requests, meetings and card, and how they are written to. */
import type { Engagement } from '../../domain/engagement.ts';
import type { FollowUp, Meeting } from '../../domain/meeting.ts';
import type { People, Person } from '../../domain/person.ts';
import { sayShortDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, theirs, time } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
} from '../message.ts';
import { type CheckInMeeting, checkInButton } from './check-in.ts';
import { type CardShown, cardBlocks, noCardWords } from './information-card.ts';
import { slotButtons } from './kickoff.ts';
import { doneButton } from './meeting-record.ts';
import { type HomeDay, homeDayBlocks } from './my-home.ts';
import { nextMove, showButton, stateWords, stepButton, title } from './request.ts';
import { surveyButton } from './survey.ts';
import { startButton } from './welcome.ts';
import { settingsOnPage, type WishesShown } from './wishes.ts';

/** So many at most of what is shown, and how many there are beyond. */
export interface Shown<T> {
  readonly shown: readonly T[];
  readonly left: number;
}

export interface RequestShown {
  readonly engagement: Engagement;
  readonly meeting: Meeting | null;
}

/** Something the page's owner agreed to do: its place in its meeting from 0, the meeting's name, and how it is typed. */
export interface FollowUpShown {
  readonly followUp: FollowUp;
  readonly index: number;
  readonly meeting: Meeting;
  readonly name: Line;
  readonly typed: string;
}

/** Everything that one person's page says. */
export interface HomeFacts {
  readonly person: Person;
  /** When it stands as it does. */
  readonly now: Date;
  readonly people: People;
  /** The open or paused form. */
  readonly form: {
    readonly conversation: string;
    readonly isPaused: boolean;
    readonly answered: number;
    readonly of: number;
    readonly amends: string | null;
  } | null;
  /** Requests whose next step is this person's. */
  readonly steps: Shown<RequestShown>;
  /** Requests that wait for triage, for those who do it. */
  readonly triage: Shown<Engagement>;
  readonly checkIn: CheckInMeeting | null;
  readonly survey: { readonly engagement: Engagement; readonly surveyId: string } | null;
  readonly followUps: Shown<FollowUpShown>;
  /** Null for somebody who is not in onboarding. */
  readonly day: HomeDay | null;
  readonly requests: Shown<RequestShown>;
  readonly meetings: Shown<{ readonly name: Line; readonly when: Line; readonly typed: string }>;
  readonly feed: string;
  readonly cards: Shown<CardShown>;
  readonly recordsDates: boolean;
  readonly wishes: WishesShown;
}

/** The whole page. */
export function homePage(home: HomeFacts): Message {
  const settings = settingsOnPage(home.wishes);
  return card(
    'ISSO As A Service',
    [
      paragraph(
        line`Hello ${theirs(home.person.name)}. This is what I have for you. Only you see this page.`,
      ),
      ...section('What waits for you', waitingBlocks(home)),
      ...(home.day ? section('Your onboarding', homeDayBlocks(home.day)) : []),
      ...section('Your requests', requestBlocks(home)),
      ...section('Your meetings', meetingBlocks(home)),
      ...section('Your Information Card', homeCardBlocks(home)),
      ...section('How I write to you', settings.blocks),
    ],
    [
      ...(home.form ? [] : [startButton]),
      ...settings.buttons,
      button('settings', 'My settings', { verb: 'wishes.show', subject: 'own' }, 'settings'),
      button('help', 'What else can I do?', { verb: 'help.show', subject: 'all' }, 'help'),
    ],
  );
}

const section = (name: string, blocks: readonly Block[]): readonly Block[] => [
  paragraph([strong(name)]),
  ...blocks,
];

const beyond = (left: number, how: string): readonly Block[] =>
  left > 0 ? [note(`\u2026 and ${left} more. ${how}`)] : [];

/** Buttons of several records stand on one page, so each carries its record's name. */
const of = (record: string, made: Button): Button => ({ ...made, id: `${made.id}-${record}` });

function waitingBlocks(home: HomeFacts): readonly Block[] {
  const rows: readonly Fact[] = [
    ...formRows(home),
    ...home.steps.shown.flatMap((each) => stepRows(each, home.person)),
    ...home.triage.shown.map((engagement) =>
      fact(
        engagement.number,
        line`${theirs(engagement.systemName)} waits for triage since ${time(engagement.submittedAt ?? engagement.createdAt, 'date')}`,
        of(`triage-${engagement.number}`, showButton(engagement)),
      ),
    ),
    ...checkInRows(home),
    ...surveyRows(home),
    ...home.followUps.shown.map(followUpRow),
  ];
  if (rows.length === 0) return [paragraph('Nothing waits for you.')];
  return [
    facts(rows),
    ...beyond(home.steps.left + home.triage.left, 'Type `status` for all requests.'),
    ...beyond(
      home.followUps.left,
      'Type `minutes` with a meeting, such as `minutes weekly`, for its follow-ups.',
    ),
  ];
}

function formRows({ form }: HomeFacts): readonly Fact[] {
  if (!form) return [];
  const { conversation, isPaused, answered, of: all, amends } = form;
  const name = amends ? `Changes to ${amends}` : 'A request you began';
  return [
    fact(
      name,
      `${isPaused ? 'paused' : 'in progress'}, not sent yet: ${answered} of ${all} questions are answered`,
      button('resume', 'Resume', { verb: 'intake.resume', subject: conversation }, 'resume', {
        look: 'primary',
      }),
    ),
    fact(
      'The same, page by page',
      'as a form to fill in',
      button('form', 'Open as a form', { verb: 'intake.form', subject: conversation }, 'form', {
        opensDialog: true,
      }),
    ),
  ];
}

function stepRows({ engagement, meeting }: RequestShown, person: Person): readonly Fact[] {
  const { number, systemName, askedBack } = engagement;
  const step = stepButton(engagement, person);
  if (step) {
    const what =
      engagement.state === 'DRAFT'
        ? line`${theirs(systemName)} waits for you to confirm it`
        : line`ISPG asks about ${theirs(systemName)}: ${theirs(askedBack?.question ?? '')}`;
    return [fact(number, what, of(number, step))];
  }
  if (!meeting) return [];
  return slotButtons(engagement, meeting, person).map((choose, index) =>
    fact(`${number}, kickoff time ${index + 1}`, slotLine(meeting, index), of(number, choose)),
  );
}

const slotLine = ({ offered }: Meeting, index: number): Line => {
  const slot = offered[index];
  return slot ? [time(slot.startsAt)] : [];
};

const checkInRows = ({ checkIn }: HomeFacts): readonly Fact[] =>
  checkIn
    ? [
        fact(
          'Your check-in',
          line`before the ${checkIn.word} meeting on ${time(checkIn.startsAt)}`,
          checkInButton(checkIn, 'Write my check-in'),
        ),
      ]
    : [];

const surveyRows = ({ survey }: HomeFacts): readonly Fact[] =>
  survey
    ? [
        fact(
          'How satisfied are you?',
          title(survey.engagement),
          surveyButton(survey.engagement, survey.surveyId, 'Answer the survey'),
        ),
      ]
    : [];

function followUpRow({ followUp, index, meeting, name, typed }: FollowUpShown): Fact {
  const due = followUp.dueOn ? `, by ${sayShortDate(followUp.dueOn)}` : '';
  return fact(
    'To do',
    line`${theirs(followUp.text)}${due} (${name})`,
    of(meeting.id, doneButton({ meeting, typed }, index)),
  );
}

function requestBlocks({ requests, people, now }: HomeFacts): readonly Block[] {
  if (requests.shown.length === 0) return [paragraph('You have no requests yet.')];
  const rows = requests.shown.map(({ engagement, meeting }) =>
    fact(
      engagement.number,
      line`${theirs(engagement.systemName)}: ${strong(stateWords(engagement, meeting))}. Next: ${nextMove(engagement, meeting, people, now)}`,
      of(engagement.number, showButton(engagement)),
    ),
  );
  return [facts(rows), ...beyond(requests.left, 'Type `status` for all of them.')];
}

function meetingBlocks({ meetings, feed }: HomeFacts): readonly Block[] {
  const rows = meetings.shown.map(({ name, when, typed }) => line`${name}: ${when} (\`${typed}\`)`);
  return [
    rows.length > 0 ? bullets(rows) : paragraph('You have no meetings coming up.'),
    ...beyond(meetings.left, 'Type `meetings` for all of them.'),
    note(
      line`${link('Subscribe to your programme meetings', feed)} in your calendar; keep the address to yourself.`,
    ),
  ];
}

const homeCardBlocks = ({ cards, recordsDates }: HomeFacts): readonly Block[] =>
  cards.shown.length > 0 ? cardBlocks(cards.shown, cards.left) : [paragraph(noCardWords(recordsDates))];
