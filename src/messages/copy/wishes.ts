/** What a person reads about their own settings: when they are written to, when they are away, what they hear of. */
import type { BusinessHours } from '../../domain/calendar.ts';
import {
  type ContactSettings,
  type DayPart,
  type Leave,
  type Rhythm,
  TOPICS,
  type Topic,
} from '../../domain/contact.ts';
import { type LocalDate, sayLocalDate, zoneName } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { line } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  numbered,
  paragraph,
  say,
} from '../message.ts';
import { ALWAYS, daysWords, hoursWords, LEAVE_EXAMPLES, TOPIC_NAMES } from './wish-words.ts';

const TOPIC_MEANINGS: Readonly<Record<Topic, string>> = {
  'meeting-reminders': 'reminders before a meeting',
  'check-ins': 'questions before a meeting: what went well, what is in the way',
  surveys: 'satisfaction surveys',
  'follow-ups': 'reminders of what you agreed to do',
  requests: 'reminders about requests that wait for you',
};

/** Everything about one person's wishes that a message shows. */
export interface WishesShown {
  readonly settings: ContactSettings;
  readonly zone: string;
  /** As they hold for the person, theirs or the programme's. */
  readonly work: BusinessHours;
  readonly quiet: DayPart;
  /** By first day, not over yet. */
  readonly leaves: readonly Leave[];
  readonly rhythm: Rhythm;
}

const own = (verb: string, choice?: string) => ({
  verb,
  subject: 'own',
  ...(choice === undefined ? {} : { choice }),
});

const settingsButton = button('settings', 'My settings', own('wishes.show'), 'settings');
const muteListButton = button('mute-list', 'What I hear of', own('wishes.topics'), 'mute');
const addLeaveButton = button('leave-add', 'Add leave', own('wishes.ask-leave'), 'leave Dec 21 to Dec 31', {
  opensDialog: true,
});
const hoursButton = button('hours', 'Change hours', own('wishes.ask-hours'), 'quiet hours 6pm to 8am', {
  opensDialog: true,
});

/** All settings of a person, with the ways to change them. */
export const settingsCard = (shown: WishesShown): Message =>
  card(
    'Your settings',
    [
      settingsBlock(shown),
      paragraph('To change them, type for example:'),
      bullets([
        '`time zone Denver`',
        '`work hours 9 to 5:30`',
        '`quiet hours 6pm to 8am`',
        '`leave Dec 21 to Dec 31`',
        '`nudges weekly`',
        '`mute check-ins`',
      ]),
    ],
    [hoursButton, addLeaveButton, muteListButton],
  );

/** Hours and leave as they are, then each topic with the button that mutes it or brings it back, and the ways to change the rest. */
export const settingsOnPage = (
  shown: WishesShown,
): { readonly blocks: readonly Block[]; readonly buttons: readonly Button[] } => ({
  blocks: [settingsBlock(shown), topicsBlock(shown), note(ALWAYS)],
  buttons: [hoursButton, addLeaveButton],
});

function settingsBlock({ settings, zone, work, quiet, leaves, rhythm }: WishesShown): Block {
  const theirs = (set: unknown): string => (set === null ? " (the programme's)" : '');
  const muted = settings.muted.map((topic) => TOPIC_NAMES[topic]).join(', ');
  return facts([
    fact('Time zone', `${zoneName(zone)} (${zone})`),
    fact('Work hours', `${hoursWords(work)}${theirs(settings.workHours)}`, standardButton('work', settings)),
    fact(
      'Quiet hours',
      `${hoursWords(quiet)}${theirs(settings.quietHours)}`,
      standardButton('quiet', settings),
    ),
    fact('Leave', leaves.length === 0 ? 'none' : leaves.map(daysWords).join('; ')),
    fact(
      'Inauguration Day',
      settings.inaugurationDay ? 'a holiday for you' : 'a working day for you',
      inaugurationButton(settings.inaugurationDay),
    ),
    fact('Nudges', `${RHYTHM_WORDS[rhythm]}${theirs(settings.rhythm)}`, rhythmButton(rhythm)),
    fact('Muted', muted === '' ? 'nothing' : muted),
  ]);
}

function standardButton(of: 'work' | 'quiet', settings: ContactSettings): Button | undefined {
  const isOwn = of === 'work' ? settings.workHours !== null : settings.quietHours !== null;
  if (!isOwn) return undefined;
  return button(`${of}-default`, `Default ${of} hours`, own('wishes.default', of), `${of} hours default`);
}

const inaugurationButton = (isHoliday: boolean): Button => {
  const wanted = isHoliday ? 'off' : 'on';
  const label = isHoliday ? 'I work that day' : 'I am off that day';
  return button('inauguration', label, own('wishes.inauguration', wanted), `inauguration day ${wanted}`);
};

/** How often somebody is nudged; what is due soon is said in any case. */
const RHYTHM_WORDS: Readonly<Record<Rhythm, string>> = {
  daily: 'each business day',
  weekly: 'once a week, and whenever something is due',
};

function rhythmButton(rhythm: Rhythm): Button {
  const other = rhythm === 'daily' ? 'weekly' : 'daily';
  return button('rhythm', `Nudge me ${other}`, own('wishes.rhythm', other), `nudges ${other}`);
}

export const rhythmSet = (rhythm: Rhythm, isStandard: boolean): Message =>
  done(
    `I nudge you ${RHYTHM_WORDS[rhythm]}${isStandard ? ', as the programme has it' : ''}. Type \`nudges\` at any time to see what you have in hand.`,
  );

/** What can be muted, what is, and what always comes. */
export const muteList = (shown: WishesShown): Message =>
  card('What I send you', [topicsBlock(shown), note(ALWAYS)], [settingsButton]);

function topicsBlock({ settings }: WishesShown): Block {
  const rows = TOPICS.map((topic) => {
    const isMuted = settings.muted.includes(topic);
    const name = TOPIC_NAMES[topic];
    const verb = isMuted ? 'unmute' : 'mute';
    const label = `${isMuted ? 'Unmute' : 'Mute'} ${name}`;
    return fact(
      name,
      `${TOPIC_MEANINGS[topic]}: ${isMuted ? 'muted' : 'you get them'}`,
      button(`${verb}-${topic}`, label, own(`wishes.${verb}`, topic), `${verb} ${name}`),
    );
  });
  return facts(rows);
}

/** Leave that is on or to come, by number, each with its way out. */
export function leaveList({ leaves }: WishesShown): Message {
  if (leaves.length === 0)
    return { ...say('You have no leave set.', LEAVE_EXAMPLES), buttons: [addLeaveButton] };
  return card(
    'Your leave',
    [numbered(leaves.map(daysWords)), note('To drop one, type for example: `cancel leave 1`.')],
    [
      ...leaves.map((leave, index) =>
        button(
          `leave-cancel-${index + 1}`,
          `Cancel leave ${index + 1}`,
          { verb: 'wishes.cancel-leave', subject: leave.id },
          `cancel leave ${index + 1}`,
        ),
      ),
      addLeaveButton,
    ],
  );
}

const done = (words: string): Message => ({ ...say(words), buttons: [settingsButton] });

export const hoursSet = (of: 'work' | 'quiet', hours: DayPart, zone: string, isStandard: boolean): Message =>
  done(
    of === 'work'
      ? `Your work hours are ${hoursWords(hours)} ${zoneName(zone)}${isStandard ? ', as in the programme' : ''}.`
      : `I am quiet from ${hoursWords(hours)} ${zoneName(zone)}${isStandard ? ', as in the programme' : ''}. Your own steps are still answered at once.`,
  );

export const zoneSet = (zone: string): Message =>
  done(
    `Your time zone is ${zoneName(zone)} (${zone}). Times are shown, and hours are meant, in it from now on.`,
  );

export const inaugurationSet = (isHoliday: boolean): Message =>
  done(
    isHoliday
      ? 'Inauguration Day counts as a holiday for you: January 20 after each presidential election, or the Monday after a Sunday.'
      : 'Inauguration Day counts as a working day for you.',
  );

export const topicMuted = (topic: Topic): Message => ({
  ...say(`Muted: ${TOPIC_NAMES[topic]}. Type \`unmute ${TOPIC_NAMES[topic]}\` to get them again.`, ALWAYS),
  buttons: [muteListButton],
});
export const topicUnmuted = (topic: Topic): Message => ({
  ...say(`You get ${TOPIC_NAMES[topic]} again.`),
  buttons: [muteListButton],
});

/** `businessDays` of the leave; `backOn` is the first business day after it. */
export function leaveSet(
  days: Pick<Leave, 'fromOn' | 'toOn'>,
  facts: { readonly businessDays: number; readonly backOn: LocalDate; readonly isJoined: boolean },
): Message {
  const count = `${facts.businessDays} business ${facts.businessDays === 1 ? 'day' : 'days'}`;
  const joined = facts.isJoined ? ' It joins the leave you had set.' : '';
  return {
    ...say(
      `Leave is set: ${daysWords(days)} (${count}).${joined}`,
      `Messages that can wait come when you are back, on ${sayLocalDate(facts.backOn)}.`,
    ),
    buttons: [button('leave-list', 'My leave', own('wishes.leaves'), 'leave'), settingsButton],
  };
}

export const leaveKnown = (days: Pick<Leave, 'fromOn' | 'toOn'>): Message =>
  done(`You have that leave already: ${daysWords(days)}. Nothing was changed.`);

export const leaveCancelled = (days: Pick<Leave, 'fromOn' | 'toOn'>): Message =>
  done(`Leave is cancelled: ${daysWords(days)}. I count these days as usual again.`);

export const noSuchLeave = (): Message =>
  say('You have no leave of that number, so nothing was changed. Type `leave` to see yours.');

/** The dialog for hours and zone, filled with how they are. */
export const hoursDialog = ({ work, quiet, zone }: WishesShown): DialogPage => ({
  title: 'Change your hours',
  intro: [line`Write two times, such as 9 AM to 5:30 PM, or \`default\` for the programme's hours.`],
  fields: [
    { id: 'work', label: 'Work hours', kind: 'text', required: true, value: hoursWords(work), maxLength: 60 },
    {
      id: 'quiet',
      label: 'Quiet hours',
      kind: 'text',
      required: true,
      value: hoursWords(quiet),
      maxLength: 60,
    },
    { id: 'zone', label: 'Time zone', kind: 'text', required: true, value: zone, maxLength: 60 },
  ],
  sendLabel: 'Save',
  press: own('wishes.save-hours'),
});

/** The dialog for leave. */
export const leaveDialog = (): DialogPage => ({
  title: 'Add leave',
  intro: [line`Give the first and the last day on which you are away.`],
  fields: [
    { id: 'fromOn', label: 'First day', kind: 'date', required: true },
    { id: 'toOn', label: 'Last day', kind: 'date', required: false, hint: 'Leave empty for a single day.' },
  ],
  sendLabel: 'Save',
  press: own('wishes.save-leave'),
});

export const GIVE_DAY = 'Please give a day as year-month-day, such as 2026-12-24.';
