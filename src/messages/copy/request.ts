/** What the bot says about a request: its receipt, its status card, its news to the people in it. */
import { may } from '../../domain/access.ts';
import { type Engagement, isAmendable, type StoredAnswer } from '../../domain/engagement.ts';
import { type EngagementState, isPastKickoff, WITHDRAWABLE_STATES } from '../../domain/engagement-states.ts';
import { kickoffNow } from '../../domain/kickoff-stands.ts';
import type { Meeting } from '../../domain/meeting.ts';
import type { People, Person } from '../../domain/person.ts';
import { phaseOf } from '../../domain/phase.ts';
import { type Button, button } from '../button.ts';
import type { Inline, Line } from '../inline.ts';
import { line, strong, theirs, time } from '../inline.ts';
import {
  card,
  type DialogPage,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { courseFacts, KICKOFF_BOOKED, nextMoveLine, STATE_LABELS } from './engagement-words.ts';
import { askForSatisfactionButton } from './meeting-verbs.ts';
import { moveButtons } from './moves.ts';
import { paperButtons } from './paper.ts';
import { nameOf } from './people.ts';
import { phaseWords } from './phase.ts';
import { reasonWords, WITHDRAW_REASONS } from './reasons.ts';

/** The number and the system's name, as every message about a request begins. */
export function title(engagement: Pick<Engagement, 'number' | 'systemName'>): Line {
  return line`${strong(engagement.number)} (${theirs(engagement.systemName)})`;
}

/** Where the request stands, in words. A booked kickoff is said before the state's own label. */
export function stateWords(engagement: Engagement, meeting: Meeting | null): string {
  switch (engagement.state) {
    case 'DRAFT':
      return 'Draft, waiting for the Business Owner';
    case 'REQUESTED':
      return engagement.askedBack && engagement.askedBack.answer === null
        ? 'Request received; ISPG asked a question'
        : 'Request received';
    case 'KICKOFF_PENDING':
      return meeting?.state === 'booked' ? KICKOFF_BOOKED : STATE_LABELS.KICKOFF_PENDING;
    default:
      return STATE_LABELS[engagement.state];
  }
}

/** Who has the next move at `now`, and which. */
export function nextMove(engagement: Engagement, meeting: Meeting | null, people: People, now: Date): Line {
  switch (engagement.state) {
    case 'DRAFT':
      return line`${nameOf(people, engagement.businessOwnerId)} confirms the request.`;
    case 'REQUESTED':
      return engagement.askedBack && engagement.askedBack.answer === null
        ? line`${nameOf(people, engagement.requesterId)} answers the question from ISPG.`
        : line`ISPG looks at the request within two business days.`;
    default:
      return nextMoveLine(engagement, kickoffNow({ engagement, meeting }, now), people);
  }
}

/** The one card per reader that follows a request through its life, as it stands at `now`; redrawn in place. */
export function statusCard(
  engagement: Engagement,
  meeting: Meeting | null,
  people: People,
  reader: Person,
  now: Date,
): Message {
  const rows: Fact[] = [
    fact('Status', line`${strong(stateWords(engagement, meeting))}`),
    fact('Next move', nextMove(engagement, meeting, people, now)),
    ...phaseRow(engagement),
    ...(meeting?.state === 'booked' && meeting.bookedFor
      ? [fact('Kickoff', line`${time(meeting.bookedFor.startsAt)}`)]
      : []),
    fact('Component', engagement.component),
    fact('Business Owner', [nameOf(people, engagement.businessOwnerId)]),
    ...(engagement.requesterId === engagement.businessOwnerId
      ? []
      : [fact('Filed by', [nameOf(people, engagement.requesterId)])]),
    fact('Cyber Risk Advisor', [nameOf(people, engagement.craId)]),
    ...courseFacts(engagement, people),
    ...(engagement.ending ? [fact('Reason', reasonWords(engagement.ending.reason))] : []),
    ...(engagement.ending?.note ? [fact('Note', [theirs(engagement.ending.note)])] : []),
  ];
  return card(
    `Request ${engagement.number}`,
    [
      paragraph(line`Service ISSO for ${theirs(engagement.systemName)}`),
      facts(rows),
      ...openQuestion(engagement),
    ],
    statusButtons(engagement, reader),
  );
}

/** Which phase of the move to the service it is in; none once it has ended. */
function phaseRow({ state }: Engagement): readonly Fact[] {
  const phase = phaseOf(state);
  return phase === null ? [] : [fact('Phase', phaseWords(phase))];
}

function openQuestion(engagement: Engagement) {
  const asked = engagement.state === 'REQUESTED' ? engagement.askedBack : null;
  if (!asked || asked.answer !== null) return [];
  return [paragraph(line`ISPG asks: ${theirs(asked.question)}`)];
}

/** The button for the step that waits for this reader alone: to confirm a draft, to answer ISPG; null for none. */
export function stepButton(engagement: Engagement, reader: Person): Button | null {
  const { number, version, state } = engagement;
  const press = (verb: string) => ({ verb, subject: number, version });
  if (state === 'DRAFT' && may(reader, 'request.confirm', engagement)) {
    return button('confirm', 'Confirm and send', press('request.confirm'), `confirm ${number}`, {
      look: 'primary',
    });
  }
  const isAsked = state === 'REQUESTED' && engagement.askedBack?.answer === null;
  if (!isAsked || !may(reader, 'request.answer', engagement)) return null;
  return button('answer', 'Answer ISPG', press('request.answer'), `answer ${number} your words`, {
    look: 'primary',
    opensDialog: true,
  });
}

/** Brings back the status card. */
export const showButton = ({ number }: Pick<Engagement, 'number'>): Button =>
  button('show', 'Show the request', { verb: 'request.show', subject: number }, `status ${number}`);

function statusButtons(engagement: Engagement, reader: Person): Button[] {
  const { number, version } = engagement;
  const moves = moveButtons(engagement, reader);
  if (engagement.ending) return [...moves];
  const press = (verb: string) => ({ verb, subject: number, version });
  const step = stepButton(engagement, reader);
  const made: Button[] = [...(step ? [step] : []), ...moves, ...paperButtons(engagement, reader)];
  if (isAmendable(engagement) && may(reader, 'request.amend', engagement)) {
    made.push(button('amend', 'Amend', press('request.amend'), `amend ${number}`));
  }
  if (isPastKickoff(engagement.state) && may(reader, 'satisfaction.ask', engagement)) {
    made.push(askForSatisfactionButton(number));
  }
  if (isWithdrawable(engagement) && may(reader, 'request.withdraw', engagement)) {
    made.push(
      button('withdraw', 'Withdraw', press('request.withdraw'), `withdraw ${number}`, {
        look: 'danger',
        opensDialog: true,
      }),
    );
  }
  return made;
}

const isWithdrawable = ({ state }: Engagement): boolean =>
  (WITHDRAWABLE_STATES as readonly EngagementState[]).includes(state);

/** The receipt to whoever sent the request. */
export function receipt(engagement: Engagement, people: People): Message {
  if (engagement.state === 'DRAFT') {
    return say(
      line`Saved as ${strong(engagement.number)}. I have asked ${nameOf(people, engagement.businessOwnerId)} to confirm it; it goes to ISPG when they do.`,
      'You can follow it in the status card, or type `status` at any time.',
    );
  }
  return say(
    line`Thank you. ISPG has your request. Its number is ${strong(engagement.number)}.`,
    'What happens next: ISPG looks at it within two business days and offers you kickoff times. The status card shows where it stands; `status` brings it back.',
  );
}

/** What a second send of the same form is told. */
export const alreadyReceived = (number: string): Message =>
  say(line`This request was already received as ${strong(number)}. Nothing was sent twice.`);

/** The card that asks a Business Owner to confirm what somebody filed for them. */
export function confirmCard(engagement: Engagement, people: People): Message {
  const { number, version } = engagement;
  return card(
    `Please confirm request ${number}`,
    [
      paragraph(
        line`${nameOf(people, engagement.requesterId)} has prepared a request for a Service ISSO (Information System Security Officer) for ${theirs(engagement.systemName)}, with you as the Business Owner. It goes to ISPG once you confirm it.`,
      ),
      answersBlock(engagement.answers),
      note(
        'By confirming, you say that you are the Business Owner and that there is no personal, health or tax data in it.',
      ),
    ],
    [
      button(
        'confirm',
        'Confirm and send',
        { verb: 'request.confirm', subject: number, version },
        `confirm ${number}`,
        {
          look: 'primary',
        },
      ),
      button(
        'withdraw',
        'Do not send',
        { verb: 'request.withdraw', subject: number, version },
        `withdraw ${number}`,
        {
          look: 'danger',
          opensDialog: true,
        },
      ),
    ],
  );
}

/** What was answered, row by row. */
export function answersBlock(answers: readonly StoredAnswer[]) {
  return facts(answers.map((each) => fact(each.label, [theirs(each.shown)])));
}

/** Everything about one request, for somebody who may read it. */
export function requestDetail(
  engagement: Engagement,
  meeting: Meeting | null,
  people: People,
  reader: Person,
  now: Date,
): Message {
  const status = statusCard(engagement, meeting, people, reader, now);
  if (!may(reader, 'request.read-answers', engagement)) return status;
  return { ...status, blocks: [...status.blocks, answersBlock(engagement.answers)] };
}

/** One line for each request, newest first. */
export function requestList(
  requests: readonly { readonly engagement: Engagement; readonly meeting: Meeting | null }[],
  people: People,
  now: Date,
): Message {
  if (requests.length === 0) {
    return say('You have no requests yet. Type `I need an ISSO` to start one.');
  }
  const items = requests.map(
    ({ engagement, meeting }) =>
      line`${title(engagement)}: ${stateWords(engagement, meeting)}. Next: ${nextMove(engagement, meeting, people, now)}`,
  );
  return card('Your requests', [
    { kind: 'list', ordered: false, items },
    note('Type `status` with a number, such as `status ISSO-2026-0001`, to see one.'),
  ]);
}

export const confirmed = (engagement: Engagement): Message =>
  say(line`Confirmed. ${title(engagement)} is now with ISPG.`);

/** To whoever prepared a request that its owner has now confirmed. */
export const confirmedNotice = (engagement: Engagement, people: People): Message =>
  say(
    line`${nameOf(people, engagement.businessOwnerId)} confirmed ${strong(engagement.number)}. It is with ISPG now.`,
  );

/** To the Cyber Risk Advisor when a request of their component arrives. */
export const advisorNotice = (engagement: Engagement, people: People): Message =>
  say(
    line`${nameOf(people, engagement.businessOwnerId)} asked for a Service ISSO for ${theirs(engagement.systemName)}: ${strong(engagement.number)}. You are named as the Cyber Risk Advisor; \`status ${engagement.number}\` shows it.`,
  );

/** To others in the request when it was changed. */
export const amendedNotice = (engagement: Engagement, byName: Inline): Message =>
  say(
    line`${byName} amended ${strong(engagement.number)} (${theirs(engagement.systemName)}). \`status ${engagement.number}\` shows it as it is now.`,
  );

export const amended = (engagement: Engagement): Message =>
  say(line`Saved. ${strong(engagement.number)} now has your changes, and those who work on it are told.`);

/** Another owner would have to confirm the request anew. */
export const ownerStays = (number: string): Message =>
  say(
    line`The Business Owner of ${strong(number)} can't be changed once it is filed, so nothing was saved yet. Put the former name back with \`change Business Owner\`, or withdraw the request and file a new one.`,
  );

export const joined = (engagement: Engagement): Message =>
  say(
    line`You have joined ${strong(engagement.number)} (${theirs(engagement.systemName)}). You are invited to its kickoff and see its status; your own form is closed.`,
  );

export const joinedNotice = (engagement: Engagement, byName: Inline): Message =>
  say(
    line`${byName} has the same need and joined ${strong(engagement.number)} (${theirs(engagement.systemName)}).`,
  );

/** To everybody in a request that ended. */
export function endedNotice(engagement: Engagement, people: People): Message {
  const ending = engagement.ending;
  const reason = ending ? reasonWords(ending.reason) : '';
  const first =
    engagement.state === 'DECLINED'
      ? line`ISPG can't take on ${strong(engagement.number)} (${theirs(engagement.systemName)}). Reason: ${reason}.`
      : line`${nameOf(people, ending?.byId ?? null)} withdrew ${strong(engagement.number)} (${theirs(engagement.systemName)}). Reason: ${reason}.`;
  const last =
    engagement.state === 'DECLINED'
      ? 'Your Cyber Risk Advisor and ISSO@cms.hhs.gov can tell you what else could help. You can file a new request at any time: type `I need an ISSO`.'
      : 'Nothing more will be sent about it, and its meetings are cancelled.';
  return say(first, ...(ending?.note ? [line`Note: ${theirs(ending.note)}`] : []), last);
}

export const withdrawn = (engagement: Engagement): Message =>
  say(
    line`${strong(engagement.number)} is withdrawn. Its meetings and reminders are cancelled, and everybody in it is told.`,
  );

/** The dialog that asks why a request is withdrawn. */
export function withdrawDialog(engagement: Engagement): DialogPage {
  return {
    title: 'Withdraw request',
    intro: [line`You are about to withdraw ${strong(engagement.number)} (${theirs(engagement.systemName)}).`],
    fields: [
      { id: 'reason', label: 'Why?', kind: 'choice', required: true, options: [...WITHDRAW_REASONS] },
      { id: 'note', label: 'Anything to add', kind: 'long-text', required: false, maxLength: 500 },
    ],
    sendLabel: 'Withdraw',
    press: { verb: 'request.withdraw', subject: engagement.number, version: engagement.version },
  };
}

/** The dialog in which the requester answers ISPG's question. */
export function answerDialog(engagement: Engagement): DialogPage {
  return {
    title: 'Answer ISPG',
    intro: [line`ISPG asks: ${theirs(engagement.askedBack?.question ?? '')}`],
    fields: [{ id: 'answer', label: 'Your answer', kind: 'long-text', required: true, maxLength: 1500 }],
    sendLabel: 'Send answer',
    press: { verb: 'request.answer', subject: engagement.number, version: engagement.version },
  };
}

export const answered = (engagement: Engagement): Message =>
  say(line`Sent. ISPG has your answer to the question about ${strong(engagement.number)}.`);
