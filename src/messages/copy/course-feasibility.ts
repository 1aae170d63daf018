/** Whether the live courses fit into the 60 days, in words (domain reference 5.3; features reference part 3, no. 3). */
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import type { Feasibility } from '../../domain/training-feasibility.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong } from '../inline.ts';
import { type Block, bullets, card, type Message, note, paragraph } from '../message.ts';

/** What an onboarding of 60 days has room for. */
export interface Feasible {
  readonly bootcamp: Feasibility;
  /** The next forum within the 60 days; null when none is in the calendar. */
  readonly forumOn: LocalDate | null;
}

/** One line for the boot camp. */
export function bootcampLine(feasibility: Feasibility): Line {
  switch (feasibility.is) {
    case 'no-dates':
      return line`${strong('ISSO Bootcamp')}: I know no dates yet. It is held each quarter, and I tell you when I know.`;
    case 'fits':
      return line`${strong('ISSO Bootcamp')}: the next one begins on ${sayLocalDate(feasibility.on)}, within the 60 days.`;
    case 'cannot': {
      const { next, missed } = feasibility;
      const later =
        next === null
          ? 'no later one is known'
          : `the next one you can attend begins on ${sayLocalDate(next.on)}, ${next.days} days after day 0`;
      const leave = missed.length === 0 ? '' : ` ${missed.map(sayLocalDate).join(' and ')} falls into leave.`;
      return line`${strong('ISSO Bootcamp')}: it cannot be met by schedule. None begins within the 60 days;${leave === '' ? '' : `${leave} Otherwise`} ${later}.`;
    }
    default:
      return feasibility satisfies never;
  }
}

const forumLine = (forumOn: LocalDate | null): Line =>
  forumOn === null
    ? line`${strong('Cybersecurity Community Forum')}: none is in the calendar yet; CMS sets the day, each month.`
    : line`${strong('Cybersecurity Community Forum')}: the next one is on ${sayLocalDate(forumOn)}.`;

/** What can be done instead; each can be typed. */
const INSTEAD: readonly Line[] = [
  line`Take self-paced courses of the CMS and HHS catalog, the videos and CFACTS training meanwhile: \`courses\`.`,
  line`Join the mentorship program: \`course mentorship yes\`.`,
  line`Take the next cohort: \`course bootcamp later\`.`,
  line`A contract lead or the Government Task Lead can drop it with a reason: \`course bootcamp of NAME not needed because …\`.`,
];

export const alternativeButtons = (): readonly Button[] => [
  coursesButton(),
  button(
    'next-cohort',
    'Next cohort',
    { verb: 'course.choose', subject: 'bootcamp', choice: 'later' },
    'course bootcamp later',
  ),
  button(
    'mentorship',
    'Mentorship: yes',
    { verb: 'course.choose', subject: 'mentorship', choice: 'yes' },
    'course mentorship yes',
  ),
];

/** Opens the reader's own training record. */
export const coursesButton = (): Button =>
  button('courses', 'My training', { verb: 'course.list', subject: 'own' }, 'courses');

/** For the welcome of a new Service ISSO. */
export const feasibilityBlocks = ({ bootcamp, forumOn }: Feasible): readonly Block[] => [
  paragraph(line`${strong('Training on set days')}`),
  bullets([bootcampLine(bootcamp), forumLine(forumOn)]),
  ...(bootcamp.is === 'cannot'
    ? [paragraph('The boot camp is no requirement. Instead:'), bullets(INSTEAD)]
    : []),
];

/** When it has changed: other dates, another day 0, leave. `isso`: whose onboarding it is; null for the reader's own. */
export const feasibilityChanged = (number: string, { bootcamp }: Feasible, isso: Inline | null): Message =>
  card(
    `Training on set days: ${number}`,
    [
      paragraph(
        isso === null ? line`This has changed for your onboarding:` : line`For the onboarding of ${isso}:`,
      ),
      bullets([bootcampLine(bootcamp)]),
      ...(bootcamp.is === 'cannot' ? [paragraph('It is no requirement. Instead:'), bullets(INSTEAD)] : []),
      note('Type `course dates` for all dates that I know.'),
    ],
    isso === null && bootcamp.is === 'cannot' ? alternativeButtons() : [],
  );
