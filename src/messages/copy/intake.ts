/** What the bot says while somebody fills in a form in conversation. */
import type { Field } from '../../domain/field.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, text, theirs } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';

/** A question as the form's engine hands it over, ready to be asked. */
export interface Asking {
  /** The open form, for buttons. */
  readonly conversation: string;
  readonly question: string;
  readonly number: number;
  readonly of: number;
  readonly optional: boolean;
  /** True while one answer is changed on the way, outside the order. */
  readonly changing: boolean;
  /** The answer it has already, as people read it. */
  readonly current: string | null;
  readonly field: Field;
  /** Sentences to say first: dropped answers, warnings, an explanation, a refusal. */
  readonly before: readonly Line[];
}

/** One question. Kinds that are picked rather than written are drawn as an input; every one can be typed. */
export function askMessage(asking: Asking): Message {
  const { field, conversation } = asking;
  const picked =
    field.kind === 'choice' || field.kind === 'choices' || field.kind === 'yes-no' || field.kind === 'date';
  const progress = asking.changing
    ? `Changing: ${field.label}`
    : `Question ${asking.number} of ${asking.of}${asking.optional ? ' (you may skip it)' : ''}`;
  const blocks: Block[] = [
    ...asking.before.map((each) => paragraph(each)),
    note(progress),
    ...(asking.current === null
      ? []
      : [paragraph(line`Your answer so far: ${theirs(asking.current)}. Type \`skip\` to keep it.`)]),
    picked
      ? pickBlock({ ...field, label: asking.question }, conversation)
      : paragraph(line`${strong(asking.question)}`),
  ];
  const skip = button(
    'skip',
    'Skip',
    { verb: 'intake.skip', subject: conversation, choice: field.id },
    'skip',
  );
  return { blocks, buttons: asking.optional ? [skip] : [] };
}

function pickBlock(field: Field, conversation: string): Block {
  return {
    kind: 'fields',
    fields: [{ ...field, hint: hintFor(field) }],
    send: button(
      'answer',
      'Answer',
      { verb: 'intake.answer', subject: conversation, choice: field.id },
      typedFor(field),
      {
        look: 'primary',
      },
    ),
  };
}

function hintFor(field: Field): string {
  if (field.kind === 'choices') {
    const all = field.options?.length ?? 0;
    return (field.max ?? all) < all ? `Pick up to ${field.max}.` : 'Pick all that fit.';
  }
  if (field.kind === 'date')
    return 'A date, such as 2027-01-15; typed words such as next Monday or Dec 3 do too.';
  return 'Pick one.';
}

function typedFor(field: Field): string {
  if (field.kind === 'choices') return '1, 3';
  if (field.kind === 'date') return 'Dec 3';
  return field.kind === 'yes-no' ? 'yes' : '1';
}

/** What an input becomes when it is answered: no second answer from an old card. */
export const answeredQuestion = (label: string, shown: string): Message =>
  say(line`${label}: ${strong('answered')}. ${theirs(shown)}`);

/** Answers were changed after the review card was drawn. */
export const answersChanged = (): Line =>
  line`Your answers have changed since that card, so nothing was sent. This is how they stand now:`;

/** The first words of a form: what it is for, how long it takes, what may be typed. */
export function introduction(
  conversation: string,
  { title, questions }: { readonly title: string; readonly questions: number },
): Message {
  return card(
    title,
    [
      paragraph(
        `I will ask you about ${questions} short questions about a Service ISSO (Information System Security Officer). It takes about five minutes, and you see everything again before it is sent to ISPG, the Information Security and Privacy Group.`,
      ),
      paragraph(
        'Please do not type personal, health or tax data. I keep each answer as you give it, so you can stop and go on at any time.',
      ),
      note(
        'At any point: `back`, `change 3`, `why`, `skip`, `status`, `pause`, `cancel`, `help` or `talk to a person`.',
      ),
    ],
    [
      button('form', 'Fill it in as a form', { verb: 'intake.form', subject: conversation }, 'form', {
        opensDialog: true,
      }),
    ],
  );
}

export interface ReviewRow {
  readonly n: number;
  readonly key: string;
  readonly label: string;
  readonly shown: string | null;
}

/** All answers with a way to change each, and the way on. */
export function reviewCard(review: {
  readonly conversation: string;
  /** The form's version, so that an old card does not send newer answers. */
  readonly version: number;
  readonly rows: readonly ReviewRow[];
  readonly before: readonly Line[];
  readonly amends: string | null;
  readonly open: string | null;
}): Message {
  const { conversation, rows, amends, open } = review;
  const rowFacts = rows.map(({ n, key, label, shown }) =>
    fact(
      `${n}. ${label}`,
      shown === null ? [text('not given')] : [theirs(shown)],
      button(
        `change-${n}`,
        shown === null ? `Add ${label}` : `Change ${label}`,
        { verb: 'intake.change', subject: conversation, choice: key },
        `change ${n}`,
      ),
    ),
  );
  const send = amends ? `Save changes to ${amends}` : 'Submit request';
  return card(
    amends ? `Changes to ${amends}` : 'Please check your request',
    [
      ...review.before.map((each) => paragraph(each)),
      facts(rowFacts),
      open === null
        ? note('If all is right, submit it. Nothing is sent before that.')
        : paragraph(line`Still to answer: ${strong(open)}`),
    ],
    open === null
      ? [
          button(
            'submit',
            send,
            { verb: 'intake.submit', subject: conversation, version: review.version },
            'submit',
            {
              look: 'primary',
            },
          ),
          button('pause', 'Pause', { verb: 'intake.pause', subject: conversation }, 'pause'),
          button('discard', 'Cancel', { verb: 'intake.cancel', subject: conversation }, 'cancel', {
            look: 'danger',
          }),
        ]
      : [],
  );
}

/** The statements to confirm before anything is sent. */
export function confirmMessage(
  conversation: string,
  fields: readonly Field[],
  before: readonly Line[],
): Message {
  return card('One last step', [
    ...before.map((each) => paragraph(each)),
    paragraph('Please confirm these statements. Your request goes out when you do.'),
    {
      kind: 'fields',
      fields,
      send: button(
        'confirm',
        'Confirm and send',
        { verb: 'intake.confirm', subject: conversation },
        'I confirm',
        {
          look: 'primary',
        },
      ),
    },
  ]);
}

/** What the review card becomes when it has done its work. */
export const reviewSent = (number: string): Message =>
  card('Your request', [paragraph(line`Sent as ${strong(number)}.`)]);

export const droppedLine = (labels: readonly string[]): Line =>
  line`Because of that change I removed the answer to: ${labels.join(', ')}.`;

export const whyLine = (why: string): Line => line`Why I ask: ${why}`;

export const refusedLine = (words: string): Line => [theirs(words)];

/** After three answers that could not be used. */
export const offerPersonLine = (): Line =>
  line`This one seems hard to answer here. Type \`talk to a person\` for help, \`why\` to see what it is for, or \`pause\` to come back later.`;

export const notOptionalLine = (): Line =>
  line`This one is needed, so it can't be skipped. If you don't know, \`pause\` keeps everything until you do.`;

export const atStartLine = (): Line => line`This is the first question; there is nothing to go back to.`;

export function noSuchRowLine(rows: readonly ReviewRow[], several: boolean): Line {
  const names = rows.map(({ n, label }) => `${n} ${label}`).join('; ');
  return several
    ? line`Which one do you mean? ${names}.`
    : line`I found no such row. The rows are: ${names}. Type, for example, \`change 1\`.`;
}

export const incompleteLine = (labels: readonly string[]): Line =>
  line`Not sent yet. Still needed: ${labels.join(', ')}.`;

/** Help that fits while a form is open. */
export const formHelp = (): Message =>
  card('While you fill in the request', [
    bullets([
      '`back`: the question before. `change 3`: another answer to row 3, or `change system name`.',
      '`why`: what a question is for. `skip`: leave an optional one out.',
      '`review`: all answers so far. `form`: fill in the rest in a dialog.',
      '`status`: where you are. `pause` and `resume`: stop and go on, now or another day.',
      '`cancel`: throw the answers away. `talk to a person`: who can help you.',
      'You can also ask about the programme, such as `How long does onboarding take?`',
    ]),
  ]);

export const progressLine = (answered: number, of: number): Message =>
  say(`Your request is not sent yet: ${answered} of ${of} questions are answered.`);

/** The person named can't be filed for. */
export const ownerLine = (name: string): Line =>
  line`I can't take ${theirs(name)} as the Business Owner: you may file for yourself, and a Cyber Risk Advisor or component representative for somebody who holds that role. If they should hold it, ask ISSO@cms.hhs.gov.`;

export const paused = (): Message =>
  say('Paused. Your answers are kept. Type `resume` when you want to go on.');

export const nothingPaused = (): Message =>
  say('There is nothing to resume. Type `I need an ISSO` to start a request.');

export const resumed = (): Line => line`Welcome back. We go on where you stopped.`;

/** Asked before answers are thrown away. */
export const cancelQuestion = (conversation: string): Message =>
  card(
    'Cancel this request?',
    [paragraph('Your answers would be thrown away. Nothing has been sent.')],
    [
      button('discard', 'Yes, cancel it', { verb: 'intake.discard', subject: conversation }, 'yes', {
        look: 'danger',
      }),
      button('keep', 'No, go on', { verb: 'intake.resume', subject: conversation }, 'no'),
    ],
  );

export const discarded = (): Message =>
  say('Cancelled. The answers are gone and nothing was sent. Type `I need an ISSO` to start again.');

export const kept = (): Line => line`Good, nothing was thrown away.`;

/** Somebody starts a request while one is open. */
export const alreadyOpen = (conversation: string, isPaused: boolean): Message =>
  card(
    isPaused ? 'You have a paused request' : 'You have a request in progress',
    [paragraph('One request can be filled in at a time. Go on with it, or cancel it to start a new one.')],
    [
      button('resume', 'Go on', { verb: 'intake.resume', subject: conversation }, 'resume', {
        look: 'primary',
      }),
      button('discard', 'Cancel it', { verb: 'intake.cancel', subject: conversation }, 'cancel', {
        look: 'danger',
      }),
    ],
  );

/** A form of an older version can't go on. */
export const startedAfresh = (): Line =>
  line`The form has changed since you began, so I had to start afresh with what could be kept.`;

/** The same system has an open request: join it, amend it, or say that another system is meant. */
export function duplicateCard(
  conversation: string,
  open: {
    readonly number: string;
    readonly systemName: string;
    readonly mayAmend: boolean;
    readonly mayJoin: boolean;
  },
): Message {
  const buttons: Button[] = [];
  if (open.mayAmend) {
    buttons.push(
      button(
        'amend',
        `Amend ${open.number}`,
        { verb: 'intake.amend', subject: conversation, choice: open.number },
        'amend',
        { look: 'primary' },
      ),
    );
  }
  if (open.mayJoin) {
    buttons.push(
      button(
        'join',
        `Join ${open.number}`,
        { verb: 'intake.join', subject: conversation, choice: open.number },
        'join',
        { look: 'primary' },
      ),
    );
  }
  buttons.push(
    button('rename', 'It is another system', { verb: 'intake.rename', subject: conversation }, 'rename'),
  );
  return card(
    'There is already an open request for this system',
    [
      paragraph(
        line`${strong(open.number)} is open for ${theirs(open.systemName)}. A second request for the same system would only slow both down.`,
      ),
      paragraph(duplicateWayOut(open)),
    ],
    buttons,
  );
}

function duplicateWayOut(open: { readonly mayAmend: boolean; readonly mayJoin: boolean }): string {
  if (open.mayAmend) return 'You can amend it. Or, if you mean another system, give me its name.';
  if (open.mayJoin) {
    return 'You can join it: you then see its status and are invited to its kickoff. Or, if you mean another system, give me its name.';
  }
  return 'If you mean another system, give me its name. To have a say in that request, write to ISSO@cms.hhs.gov.';
}

/** The open request that stood in the way can't be joined or amended any more. */
export const otherEnded = (): Line =>
  line`That request can't be joined or amended any more, so we go on with yours. Nothing you answered is lost.`;

/** Whom to turn to. */
export function personContact(
  advisor: { readonly name: string; readonly email: string | null } | null,
): Message {
  return say(
    advisor
      ? line`Your Cyber Risk Advisor is ${theirs(advisor.name)}${advisor.email ? line` (${link(advisor.email, `mailto:${advisor.email}`)})` : ''}.`
      : line`Your component's Cyber Risk Advisor can help; the programme office knows who that is.`,
    line`The ISSO As A Service team reads ${link('ISSO@cms.hhs.gov', 'mailto:ISSO@cms.hhs.gov')}. Your answers here are kept.`,
  );
}

/** A button of a form that has ended since. */
export const formClosed = (): Message =>
  say(
    'That form is closed: it was sent or cancelled. Type `status` for your requests, or `I need an ISSO` to start one.',
  );

export const nothingToSend = (): Message =>
  say('There is no open form to send. Type `status` for your requests, or `I need an ISSO` to start one.');
