/** What is said from the start of onboarding to the start of work (domain reference 2.2: T12, T13; 4.4, 4.5, 5.1). */
import type { Engagement } from '../../domain/engagement.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import type { Person } from '../../domain/person.ts';
import { addDays, type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, link, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, numbered, paragraph, say } from '../message.ts';
import { alternativeButtons, coursesButton, type Feasible, feasibilityBlocks } from './course-feasibility.ts';
import { paperButton, paperWords } from './paper.ts';
import { showButton, title } from './request.ts';

/** Opens the card. */
export const cardButton = (number: string): Button =>
  button('card', 'Information Card', { verb: 'card.show', subject: number }, `card ${number}`);

const goalOf = (dayZeroOn: LocalDate): string => sayLocalDate(addDays(dayZeroOn, ONBOARDING_GOAL_DAYS));

/** To the contractor lead who started it. */
export function onboardingBegun(engagement: Engagement, issoName: Inline): Message {
  const { term, dayZeroOn } = engagement.course;
  const end = term?.endOn ?? null;
  return card(
    `Onboarding: ${engagement.number}`,
    [
      paragraph(
        line`Onboarding of ${issoName} for ${theirs(engagement.systemName)} starts on ${sayLocalDate(dayZeroOn ?? '')}. The goal is ${goalOf(dayZeroOn ?? '')}.`,
      ),
      paragraph(
        line`Agreed: ${String(term?.hoursPerWeek ?? 0)} hours a week, ${end === null ? 'ongoing' : `until ${sayLocalDate(end)}`}. The Information Card is made; the Business Owner has the preparation list, and ${issoName} has a welcome with the first five days. Times for the initial meeting come to the Business Owner.`,
      ),
      note(line`Say what happens to a line: \`item ${engagement.number} roster done\`.`),
    ],
    [cardButton(engagement.number)],
  );
}

/** To the Business Owner and those who prepare with them. */
export function preparationList(engagement: Engagement, issoName: Inline): Message {
  return card(
    `Please prepare: ${engagement.number}`,
    [
      paragraph(
        line`${issoName} is being onboarded as the Service ISSO for ${theirs(engagement.systemName)}. The preparation list says what your organization gets ready until the initial meeting.`,
      ),
      bullets([
        'Tell your organization who comes, when, and what for.',
        'Tell the Data Guardian, the Cyber Risk Advisor, and your present ISSO if there is one.',
        'Name who explains your business, and who explains its security.',
      ]),
      note(line`Or type \`preparation ${engagement.number}\`. Where you need help, say so in the list.`),
    ],
    [paperButton(engagement.number, paperWords('preparation')), showButton(engagement)],
  );
}

const HANDBOOK = link(
  'ISSO Handbook',
  'https://security.cms.gov/policy-guidance/cms-information-system-security-officer-isso-handbook',
);
const RULES_OF_SECURITY = link(
  'Acceptable Risk Safeguards',
  'https://security.cms.gov/policy-guidance/cms-acceptable-risk-safeguards-ars',
);
const MENTORS = link('ISSO Mentorship Program', 'https://security.cms.gov/learn/isso-mentorship-program');

/** The first days of the curriculum and of the card (domain reference 4.3 and 5.1; the order of the days is assumed). */
const FIRST_FIVE_DAYS: readonly Line[] = [
  line`Finish the contract paperwork, and read about the role and its responsibilities in the ${HANDBOOK}.`,
  line`Enter your access request with the contract's point of contact, and bookmark the contacts, acronyms and documents of the Handbook.`,
  line`Take the ISSO Scorecard self-assessment (ask ISSO@cms.hhs.gov for it), and begin the ISSO video series.`,
  line`Look through the ${RULES_OF_SECURITY}, and ask your lead when fingerprints are taken and the background questionnaire comes.`,
  line`Read what an ISSO does at CMS from day to day, and think about the ${MENTORS}. Tell your lead what is in your way.`,
];

/** To the new Service ISSO. `feasible`: what their 60 days have room for; null where it is not known. */
export function welcomeIsso(
  engagement: Engagement,
  reader: Person,
  feasible: Feasible | null = null,
): Message {
  const { dayZeroOn } = engagement.course;
  return card(
    `Welcome: ${engagement.number}`,
    [
      paragraph(
        line`Welcome, ${theirs(reader.name)}. You are the Service ISSO for ${theirs(engagement.systemName)} (${engagement.component}). Your onboarding starts on ${sayLocalDate(dayZeroOn ?? '')} and aims to be done by ${goalOf(dayZeroOn ?? '')}.`,
      ),
      paragraph(line`${strong('Your first five days')}`),
      numbered(FIRST_FIVE_DAYS),
      paragraph(
        line`Be quick to answer, and say at once when something is stuck. Your Information Card shows every line; you say yourself what you have done: \`item ${engagement.number} fingerprinting done ref TICKET-1\`. A reference is the number of a ticket, never a document.`,
      ),
      ...(feasible ? feasibilityBlocks(feasible) : []),
      note('Nothing of this goes to a channel.'),
    ],
    [
      cardButton(engagement.number),
      ...(feasible?.bootcamp.is === 'cannot' ? alternativeButtons() : [coursesButton()]),
      showButton(engagement),
    ],
  );
}

/** To the Service ISSO when it is time for the letter. */
export const letterTime = (engagement: Engagement): Message =>
  card(
    `Appointment letter: ${engagement.number}`,
    [
      paragraph(
        line`It is time to sign the ISSO Appointment Letter for ${theirs(engagement.systemName)}. You sign first, then the Business Owner, then the CISO. Without all three nobody may start on the system.`,
      ),
      note(line`When you have signed, type \`sign letter ${engagement.number}\`.`),
    ],
    [showButton(engagement), cardButton(engagement.number)],
  );

/** To whoever noted a signature. */
export function letterSigned(engagement: Engagement): Message {
  const { businessOwner, ciso } = engagement.course.letter;
  const next =
    ciso !== null
      ? 'All three have signed. The Government Task Lead confirms the start of work once the rest holds.'
      : businessOwner !== null
        ? `Next: the CISO signs. The Business Owner or ISPG notes it with \`ciso signed letter ${engagement.number} 2/3/2027\`.`
        : 'Next: the Business Owner signs.';
  return say(line`Noted: the ISSO Appointment Letter of ${title(engagement)} is signed. ${next}`);
}

/** What does not hold, to the GTL who wanted to confirm. `open` says which and who has it in hand. */
export const gateRefused = (engagement: Engagement, open: readonly string[], mayPass: boolean): Message => ({
  blocks: [
    paragraph(line`Nothing was changed: work on ${title(engagement)} can't start yet.`),
    bullets(open.map((words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`)),
    paragraph(
      mayPass
        ? line`You can let this pass with a reason, which is recorded: \`activate ${engagement.number} CFACTS access is granted on Monday.\``
        : line`The appointment letter comes first, and nobody can let it pass. Type \`show ${engagement.number}\` to see who has the next move.`,
    ),
  ],
  buttons: [cardButton(engagement.number)],
});

/** To the GTL who confirmed. */
export const activated = (
  engagement: Engagement,
  passed: readonly string[],
  isTrainingAhead: boolean,
): Message =>
  say(
    line`Confirmed: work on ${title(engagement)} has started. The Business Owner, the advisor and the Data Guardians are told, and the Business Owner tells the CISO within 30 days.`,
    ...(passed.length > 0 ? [line`Let pass, with your reason in the record: ${passed.join('; ')}.`] : []),
    ...(isTrainingAhead
      ? ['Please note: role-based training is dated and not done. Policy wants it before access or duties.']
      : []),
  );

/** To the Data Guardians of the component and the contractor. */
export const workBegan = (engagement: Engagement, issoName: Inline): Message =>
  say(
    line`${issoName} has started work as the Service ISSO for ${title(engagement)}, ${engagement.component}.`,
  );
