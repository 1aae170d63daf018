/** Hours, days and topics of a person's own settings in words, and why a wish was not taken. */
import {
  type DayPart,
  type HoursRefusal,
  LEAST_OPEN_MINUTES,
  type Leave,
  type LeaveRefusal,
  MOST_LEAVES,
  TOPICS,
  type Topic,
} from '../../domain/contact.ts';
import { sayLocalDate, sayLocalTime } from '../../domain/time.ts';

/** Plain names of what can be muted, as they are typed and shown. */
export const TOPIC_NAMES: Readonly<Record<Topic, string>> = {
  'meeting-reminders': 'meeting reminders',
  'check-ins': 'check-ins',
  surveys: 'surveys',
  'follow-ups': 'follow-ups',
  requests: 'request reminders',
};
export const ALWAYS =
  'Some messages always come: invitations and changes of your meetings, questions to you, and decisions about your requests.';
const HOURS_EXAMPLES = {
  work: 'For example: `work hours 9 to 5:30`, or `work hours default`.',
  quiet: 'For example: `quiet hours 6pm to 8am`, or `quiet hours default`.',
} as const;
const ZONE_EXAMPLES =
  'For example: `time zone Mountain`, `time zone Denver` or `time zone America/Denver`. I know Eastern, Central, Mountain, Arizona, Pacific, Alaska and Hawaii, larger cities and IANA names.';
export const LEAVE_EXAMPLES = 'For example: `leave Dec 24`, or `leave Dec 21 to Jan 4`.';

export const hoursWords = ({ from, to }: DayPart): string => `${sayLocalTime(from)} to ${sayLocalTime(to)}`;
export const daysWords = ({ fromOn, toOn }: Pick<Leave, 'fromOn' | 'toOn'>): string =>
  fromOn === toOn ? sayLocalDate(fromOn) : `${sayLocalDate(fromOn)} to ${sayLocalDate(toOn)}`;

/** Why hours were not taken. `work` and `quiet` are the hours as they would be. */
export function hoursRefused(
  of: 'work' | 'quiet',
  refusal: HoursRefusal,
  { work, quiet }: { readonly work: DayPart; readonly quiet: DayPart },
): string {
  switch (refusal.code) {
    case 'ends-before':
      return of === 'work'
        ? `I read ${hoursWords(work)}: work hours must end later on the same day than they begin. ${HOURS_EXAMPLES.work}`
        : `I read ${hoursWords(quiet)}: quiet hours must end at another time than they begin. ${HOURS_EXAMPLES.quiet}`;
    case 'too-little-open': {
      const left = refusal.minutes === 0 ? 'no time' : `only ${lengthWords(refusal.minutes)}`;
      const other =
        of === 'work' ? 'Change your quiet hours first, or choose other work hours.' : HOURS_EXAMPLES.quiet;
      return `Work hours of ${hoursWords(work)} and quiet hours of ${hoursWords(quiet)} leave ${left} of a working day to reach you. I need ${lengthWords(LEAST_OPEN_MINUTES)} or more. ${other}`;
    }
    default:
      return refusal satisfies never;
  }
}

function lengthWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    ...(hours > 0 ? [`${hours} ${hours === 1 ? 'hour' : 'hours'}`] : []),
    ...(rest > 0 ? [`${rest} ${rest === 1 ? 'minute' : 'minutes'}`] : []),
  ];
  return parts.join(' and ');
}

/** Why leave was not taken. */
export function leaveRefused(days: Pick<Leave, 'fromOn' | 'toOn'>, refusal: LeaveRefusal): string {
  switch (refusal.code) {
    case 'ends-before-start':
      return `I read ${daysWords(days)}: the last day comes before the first. ${LEAVE_EXAMPLES}`;
    case 'past':
      return `I read ${daysWords(days)}: that is over. ${LEAVE_EXAMPLES}`;
    case 'too-far':
      return `I read ${daysWords(days)}. I keep leave up to a year ahead, until ${sayLocalDate(refusal.latestOn)}. Please tell me the rest later.`;
    case 'too-many':
      return `You have ${MOST_LEAVES} leaves set, which is as many as I keep. Type \`leave\` to see them and cancel one.`;
    default:
      return refusal satisfies never;
  }
}

/** It is clear what the wish is about, and not what is wanted. */
export function unreadWish(about: 'work' | 'quiet' | 'zone' | 'leave' | 'mute' | 'rhythm'): string {
  switch (about) {
    case 'work':
    case 'quiet':
      return `I can't read two times of day in that. ${HOURS_EXAMPLES[about]}`;
    case 'zone':
      return `I don't know that time zone. ${ZONE_EXAMPLES}`;
    case 'leave':
      return `I can't read in that when you are away. ${LEAVE_EXAMPLES}`;
    case 'mute':
      return `I can't mute that. You can mute ${TOPICS.map((topic) => TOPIC_NAMES[topic]).join(', ')}. ${ALWAYS}`;
    case 'rhythm':
      return 'I nudge you daily or weekly: type `nudges daily`, `nudges weekly` or `nudges default`. `nudges` alone shows what you have in hand.';
    default:
      return about satisfies never;
  }
}
