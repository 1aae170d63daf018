/** What ISPG reads and is asked while a request waits for triage. */
import type { Engagement } from '../../domain/engagement.ts';
import type { Meeting } from '../../domain/meeting.ts';
import type { People } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { line, strong, theirs, time } from '../inline.ts';
import { card, type DialogPage, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { nameOf } from './people.ts';
import { DECLINE_REASONS } from './reasons.ts';
import { answersBlock, nextMove, showButton, stateWords } from './request.ts';

/** The card in the ISPG channel that carries a request from arrival to its kickoff, as it stands at `now`; redrawn in place. */
export function triageCard(
  engagement: Engagement,
  meeting: Meeting | null,
  people: People,
  notices: readonly string[],
  now: Date,
): Message {
  const waiting = engagement.state === 'REQUESTED';
  const asked = engagement.askedBack;
  return card(
    waiting ? `New request ${engagement.number}` : `Request ${engagement.number}`,
    [
      paragraph(
        line`${nameOf(people, engagement.businessOwnerId)} (${engagement.component}) asks for a Service ISSO for ${theirs(engagement.systemName)}.`,
      ),
      facts([
        fact('Status', line`${strong(stateWords(engagement, meeting))}`),
        fact('Next move', nextMove(engagement, meeting, people, now)),
        ...(engagement.triagedById ? [fact('Accepted by', [nameOf(people, engagement.triagedById)])] : []),
        ...(meeting?.state === 'booked' && meeting.bookedFor
          ? [fact('Kickoff', line`${time(meeting.bookedFor.startsAt)}`)]
          : []),
      ]),
      ...(waiting
        ? [answersBlock(withoutAttestations(engagement)), ...notices.map((words) => paragraph(words))]
        : []),
      ...(waiting && asked ? [paragraph(line`Asked back: ${theirs(asked.question)}`)] : []),
      ...(waiting && asked?.answer ? [paragraph(line`Answer: ${theirs(asked.answer)}`)] : []),
    ],
    waiting ? triageButtons(engagement) : [showButton(engagement)],
  );
}

/** What was confirmed goes without saying here: a request without it is never filed. */
const withoutAttestations = ({ answers }: Engagement) =>
  answers.filter(({ key }) => !key.startsWith('attest_'));

/** What ISPG can do with a request that waits for triage. */
export function triageButtons({ number, version }: Engagement): Button[] {
  return [
    button('accept', 'Accept', { verb: 'triage.accept', subject: number, version }, `accept ${number}`, {
      look: 'primary',
    }),
    button(
      'ask',
      'Ask back',
      { verb: 'triage.ask', subject: number, version },
      `ask ${number} your question`,
      {
        opensDialog: true,
      },
    ),
    button(
      'decline',
      'Decline',
      { verb: 'triage.decline', subject: number, version },
      `decline ${number} reason`,
      {
        look: 'danger',
        opensDialog: true,
      },
    ),
  ];
}

export const accepted = (engagement: Engagement, people: People): Message =>
  say(
    line`${strong(engagement.number)} is accepted. ${nameOf(people, engagement.businessOwnerId)} has been offered kickoff times.`,
  );

export const acceptedWithoutSlots = (engagement: Engagement): Message =>
  say(
    line`${strong(engagement.number)} is accepted, but there is no free time in the next ten business days. Type \`offer ${engagement.number}\` when the calendars have room.`,
  );

/** To the requester: ISPG wants to know something first. */
export function askedBackCard(engagement: Engagement): Message {
  const { number, version } = engagement;
  return card(
    `A question about ${number}`,
    [
      paragraph(
        line`ISPG asks about your request for ${theirs(engagement.systemName)}: ${theirs(engagement.askedBack?.question ?? '')}`,
      ),
      note('Please do not put personal, health or tax data in the answer.'),
    ],
    [
      button(
        'answer',
        'Answer',
        { verb: 'request.answer', subject: number, version },
        `answer ${number} your words`,
        {
          look: 'primary',
          opensDialog: true,
        },
      ),
    ],
  );
}

export const askedBackDone = (engagement: Engagement, people: People): Message =>
  say(line`Sent to ${nameOf(people, engagement.requesterId)}. The answer will appear here and on the card.`);

/** One line in the ISPG channel when the requester has answered. */
export const answeredNotice = (engagement: Engagement, people: People): Message =>
  say(
    line`${nameOf(people, engagement.requesterId)} answered the question about ${strong(engagement.number)}: ${theirs(engagement.askedBack?.answer ?? '')}`,
  );

export const declined = (engagement: Engagement): Message =>
  say(
    line`${strong(engagement.number)} is declined. The Business Owner and the Cyber Risk Advisor are told why.`,
  );

/** One line in the ISPG channel when the owner withdrew. */
export const withdrawnLine = (engagement: Engagement, people: People): Message =>
  say(
    line`${nameOf(people, engagement.ending?.byId ?? null)} withdrew ${strong(engagement.number)} (${theirs(engagement.systemName)}).`,
  );

/** To the GTL when a request has waited for triage too long. */
export const triageOverdue = (engagement: Engagement): Message =>
  say(
    line`${strong(engagement.number)} (${theirs(engagement.systemName)}) has waited for triage since ${time(engagement.submittedAt ?? engagement.createdAt)}. Type \`accept ${engagement.number}\`, \`ask ${engagement.number} …\` or \`decline ${engagement.number} …\`.`,
  );

export function askDialog(engagement: Engagement): DialogPage {
  return {
    title: 'Ask the requester',
    intro: [line`About ${strong(engagement.number)} (${theirs(engagement.systemName)}).`],
    fields: [{ id: 'question', label: 'Your question', kind: 'long-text', required: true, maxLength: 1000 }],
    sendLabel: 'Send question',
    press: { verb: 'triage.ask', subject: engagement.number, version: engagement.version },
  };
}

export function declineDialog(engagement: Engagement): DialogPage {
  return {
    title: 'Decline request',
    intro: [line`The Business Owner of ${strong(engagement.number)} reads the reason and your note.`],
    fields: [
      { id: 'reason', label: 'Why?', kind: 'choice', required: true, options: [...DECLINE_REASONS] },
      { id: 'note', label: 'What could help instead', kind: 'long-text', required: false, maxLength: 500 },
    ],
    sendLabel: 'Decline',
    press: { verb: 'triage.decline', subject: engagement.number, version: engagement.version },
  };
}
