/** First words, help, and what to say when nothing fits. */

import { mayEver } from '../../domain/access.ts';
import type { Person } from '../../domain/person.ts';
import { button } from '../button.ts';
import { type Line, line, link, strong, theirs } from '../inline.ts';
import { type Block, bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { engagementHelp } from './help-engagement.ts';
import { DECLINE_REASONS } from './reasons.ts';

/** Starts a request. */
export const startButton = button(
  'start',
  'Request a Service ISSO',
  { verb: 'intake.start', subject: 'issoaas' },
  'I need an ISSO',
  { look: 'primary' },
);
const statusButton = button(
  'status',
  'Status of my requests',
  { verb: 'requests.list', subject: 'own' },
  'status',
);
const helpButton = button('help', 'What else can I do?', { verb: 'help.show', subject: 'all' }, 'help');

/** To somebody who says hello: who is speaking, what it is for, what to do. */
export function welcome(person: Person): Message {
  return card(
    'ISSO As A Service',
    [
      paragraph(
        line`Hello ${theirs(person.name)}. I am the bot of ISSO As A Service, the CMS (Centers for Medicare & Medicaid Services) programme that provides Information System Security Officers, ISSOs for short. I am a program, not a person.`,
      ),
      paragraph(
        'I take requests for a Service ISSO, arrange the kickoff, remind everybody and answer questions about the programme.',
      ),
      note(
        'What you type here is kept as a record of the programme. Please leave out personal, health and tax data.',
      ),
    ],
    [startButton, statusButton, helpButton],
  );
}

/** To somebody with open requests who says hello again. */
export const welcomeBack = (person: Person): Message => ({
  ...say(line`Hello ${theirs(person.name)}. This is where your requests stand:`),
  buttons: [startButton, helpButton],
});

/** The dates that meetings and prompts count from. */
const DATES = [
  '`begin onboarding ISSO-2026-0001 Ines Sorensen on Dec 15`: a Service ISSO begins, and times for the initial meeting are offered',
  '`work began ISSO-2026-0001 Ines Sorensen on Dec 15`, `work ended \u2026`: surveys and satisfaction sessions count from it',
  '`training done ISSO-2026-0001 Ines Sorensen on Dec 15`, `training due \u2026 on Jan 20`: role-based training, done or due',
  '`milestones ISSO-2026-0001`: the dates recorded so far',
  '`ask for training review`: ask for a review of role-based training',
];

/** What this person may type: every day, then about engagements and people. */
export function help(person: Person): readonly Message[] {
  const more = engagementHelp(person);
  return [everydayHelp(person), ...(more ? [more] : [])];
}

function everydayHelp(person: Person): Message {
  const everybody = [
    '`request`, or `I need an ISSO`: start a request; `form`: fill in the one you began page by page',
    '`catalogue`, `help me choose`: the services there are, and which of them fits; `compare issoaas and surge`, `phases`',
    '`home`: what waits for you, your requests, meetings and settings on one page',
    '`status`, or `status ISSO-2026-0001`: where your requests stand',
    '`amend ISSO-2026-0001`: correct a request',
    '`withdraw ISSO-2026-0001`: take a request back',
    '`confirm ISSO-2026-0001`: confirm a request filed for you',
    '`answer ISSO-2026-0001 your words`: answer a question from ISPG',
    '`choose 1 for ISSO-2026-0001`: pick a kickoff time',
    '`propose ISSO-2026-0001 Tue Dec 8 2pm`: propose another',
    '`reschedule ISSO-2026-0001`, `cancel kickoff ISSO-2026-0001`: move or cancel the kickoff',
    '`meetings`: your programme meetings, how to name them, and your calendar feed',
    '`card`, `card Ines Sorensen`: how far the onboarding of a Service ISSO is',
    '`accept weekly`, `decline weekly Dec 8`, `propose weekly Wed Dec 9 2pm`: answer an invitation',
    '`minutes weekly`, `done follow-up 1 weekly`: what was agreed, and what you have done',
    ...(mayEver(person, 'satisfaction.ask-some')
      ? ['`ask for satisfaction ISSO-2026-0001`: ask for a satisfaction session']
      : []),
    '`settings`: your time zone, work and quiet hours, leave and what you hear of',
    '`leave Dec 21 to Dec 31`: say when you are away',
    '`nudges daily`, `nudges weekly`, `nudges default`: how often I say what you have in hand',
    '`cadences`, or `cadence weekly`: when the recurring meetings are',
    '`survey ISSO-2026-0001`: say how satisfied you are, or see what you said',
    '`check in`, or `checkin`: your check-in before the next weekly or monthly meeting',
    ...(mayEver(person, 'survey.read-aggregate')
      ? ['`satisfaction`: how satisfied the Business Owners are, on average']
      : []),
    '`snooze 1`, `snooze 3`, `snooze 5`: have my message of the day again in so many business days',
    '`waiting`: what waits for you; `whoami`: who you are to me',
    '`stuck`, with what stops you: tell the Government Task Lead',
    '`talk to a person`: who can help you',
    'Any question about the programme, such as `What must I prepare?`, or `ask` with your question',
    '`unlink`: have me forget the account you write from; `link` undoes it',
  ];
  const ispg = [
    '`accept ISSO-2026-0001`: accept a request and offer kickoff times',
    '`ask ISSO-2026-0001 your question`: ask the requester something first',
    `\`decline ISSO-2026-0001 reason\`: decline; the reasons are ${DECLINE_REASONS.map(({ id }) => id).join(', ')}`,
    '`offer ISSO-2026-0001`: offer kickoff times again',
    '`take 1 for ISSO-2026-0001`: take a time the Business Owner proposed',
    '`held ISSO-2026-0001`: record the kickoff',
    '`reschedule weekly to Thu Dec 10 2pm`, `skip weekly Dec 29`, `held weekly: decision: …`: move, leave out or record a meeting',
    '`give follow-up 1 weekly to Leila`: say who has something to do, or give it to somebody else',
    '`offer initial ISSO-2026-0001`, `offer satisfaction ISSO-2026-0001`, `offer training`: offer times for such a meeting, first or anew',
    '`cadence weekly every Tuesday at 10:00`, `cadence weekly off`: change when a meeting recurs',
    '`import forum 2026-12-17 1pm`: put the forum into the calendars, or correct its date',
    '`check ins`: what people wrote ahead of the next weekly and monthly meetings',
    '`digest`, `digest weekly`, `digest onboarding`: the state of the programme now',
    '`mails`, `mail M-12`, `mail M-12 accept`, `mail M-12 decline out_of_scope`: see to mail that asks for something',
  ];
  const blocks: Block[] = [bullets(everybody)];
  if (mayEver(person, 'milestone.record-some'))
    blocks.push(paragraph(line`${strong('For contract leads and ISPG')}`), bullets(DATES));
  if (mayEver(person, 'programme.read')) blocks.push(paragraph(line`${strong('For ISPG')}`), bullets(ispg));
  return card(
    'What you can do here',
    [...blocks, note(line`A person reads ${link('ISSO@cms.hhs.gov', 'mailto:ISSO@cms.hhs.gov')}.`)],
    [startButton, statusButton],
  );
}

/** Nothing fitted what was typed. */
export function notUnderstood(): Message {
  return {
    ...say(
      'I did not understand that. You can start a request, see your requests, or ask a question about the programme.',
      'Type `help` for everything you can do, or `talk to a person`.',
    ),
    buttons: [startButton, statusButton, helpButton],
  };
}

/** In a channel: the rest is said privately. */
export const saidPrivately = (): Message => say('I have answered you in a direct message.');

/** Somebody speaks to the bot in a channel about what belongs in a direct message. */
export const askMeDirectly = (): Message =>
  say(
    'Please write to me in a direct message for that; here I only take what concerns the whole channel. `help` says what that is.',
  );

/** The person's meetings with the way to their calendar. */
export function meetingList(
  rows: readonly { readonly name: Line; readonly when: Line; readonly typed: string }[],
  feed: string,
): Message {
  const subscribe = note(
    line`${link('Subscribe to your programme meetings', feed)} in your calendar; keep the address to yourself.`,
  );
  if (rows.length === 0)
    return {
      ...say('You have no meetings coming up.'),
      blocks: [paragraph('You have no meetings coming up.'), subscribe],
    };
  return card('Your meetings', [
    bullets(rows.map(({ name, when, typed }) => line`${name}: ${when} (\`${typed}\`)`)),
    subscribe,
  ]);
}

/** The first line in a channel: what will appear there. */
export const channelWelcome = (channel: 'ispg' | 'issoaas'): Message =>
  channel === 'ispg'
    ? say(
        'This is the ISPG channel of ISSO As A Service. New requests, kickoffs and the daily digest appear here. Type `help` for what you can do.',
      )
    : say(
        'This is the channel of the ISSO As A Service programme. Ask me about the programme here; personal things I answer in a direct message.',
      );
