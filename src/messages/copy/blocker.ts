/** What is said about a blocker and a request for change, from its raising to its answer. */
import {
  type Blocker,
  type BlockerRefusal,
  blockerName,
  type HeldTime,
  heldTimes,
  holderOf,
} from '../../domain/blocker.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { People } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, theirs, time } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { nameOf } from './people.ts';

/** What the reader may do with it. */
export interface BlockerPowers {
  readonly mayAnswer: boolean;
  readonly mayHand: boolean;
  readonly mayClose: boolean;
  readonly mayReturn: boolean;
}

/** Whose part it is to remove what stands in the way. */
export type BlockerRemover = 'gtl' | 'ispg_team';
const REMOVERS: Readonly<Record<BlockerRemover, string>> = {
  gtl: 'The Government Task Lead',
  ispg_team: 'ISPG',
};

export interface BlockerView {
  readonly blocker: Blocker;
  readonly engagement: Pick<Engagement, 'number' | 'systemName'> | null;
  readonly people: People;
  readonly remover: BlockerRemover;
  readonly now: Date;
}

const KIND = { blocker: 'Blocker', change: 'Request for change' } as const;
const STATE = { open: 'Open', answered: 'Answered; waits for whoever raised it', closed: 'Closed' } as const;

/** The whole of it, for those in it: what stops whom, who has the ball, how long each had it, what was said. */
export function blockerCard(
  { blocker, engagement, people, remover, now }: BlockerView,
  powers: BlockerPowers,
): Message {
  const name = blockerName(blocker);
  return card(
    `${KIND[blocker.kind]} ${name}`,
    [
      paragraph(line`${theirs(blocker.words)}`),
      facts([
        fact('Status', line`${strong(STATE[blocker.state])}`),
        ...(engagement
          ? [fact('About', line`${strong(engagement.number)} (${theirs(engagement.systemName)})`)]
          : []),
        fact('Raised', line`by ${nameOf(people, blocker.raisedById)}, ${time(blocker.raisedAt)}`),
        fact('Has the ball', holderLine(blocker, people, remover)),
      ]),
      ...replies(blocker, people),
      bullets(
        heldTimes(blocker, now).map(
          (held) => line`${heldBy(held, people, remover)} had it for ${duration(held.ms)}`,
        ),
      ),
    ],
    blockerButtons(blocker, powers),
  );
}

function holderLine(blocker: Blocker, people: People, remover: BlockerRemover): Line {
  const holder = holderOf(blocker);
  if (!holder) return line`Nobody: it is closed.`;
  return line`${holder.who === 'gtl' ? REMOVERS[remover] : nameOf(people, holder.personId)}, since ${time(holder.since)}`;
}

const heldBy = ({ who, personId }: HeldTime, people: People, remover: BlockerRemover): Inline | string =>
  who === 'gtl' ? REMOVERS[remover] : nameOf(people, personId);

const replies = ({ replies: said }: Blocker, people: People): readonly Block[] =>
  said.length === 0
    ? []
    : [
        bullets(
          said.map(({ byId, at, words }) => line`${nameOf(people, byId)}, ${time(at)}: ${theirs(words)}`),
        ),
      ];

/** "3 days 4 hours", "2 hours", "5 minutes": no finer than anybody needs. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(minutes / 1_440), 'day'],
    [Math.floor((minutes % 1_440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  if (shown.length === 0) return 'less than a minute';
  return shown.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ');
}

function blockerButtons(blocker: Blocker, powers: BlockerPowers): readonly Button[] {
  const name = blockerName(blocker);
  const { version } = blocker;
  const press = (verb: string) => ({ verb, subject: name, version });
  return [
    ...(powers.mayAnswer
      ? [
          button('answer', 'Answer', press('blocker.answer'), `answer ${name} your words`, {
            look: 'primary',
            opensDialog: true,
          }),
        ]
      : []),
    ...(powers.mayHand
      ? [
          button('hand', 'Hand to somebody', press('blocker.hand'), `hand ${name} to Leila Haddad`, {
            opensDialog: true,
          }),
        ]
      : []),
    ...(powers.mayReturn
      ? [
          button('return', 'Not solved', press('blocker.return'), `not solved ${name} your words`, {
            opensDialog: true,
          }),
        ]
      : []),
    ...(powers.mayClose ? [button('close', 'Solved', press('blocker.close'), `solved ${name}`)] : []),
  ];
}

/** `told`: who has it now. */
export const blockerRaised = (blocker: Blocker, told: BlockerRemover | 'self' | 'nobody'): Message =>
  say(
    line`${toldWords(told)} It is ${strong(blockerName(blocker))}: type \`blocker ${blockerName(blocker)}\` to see who has the ball, and \`solved ${blockerName(blocker)}\` when it is over.`,
  );

function toldWords(told: BlockerRemover | 'self' | 'nobody'): string {
  switch (told) {
    case 'gtl':
      return 'I have told the Government Task Lead.';
    case 'ispg_team':
      return 'Nobody is Government Task Lead now, so I have told ISPG.';
    case 'self':
      return 'It is yours to answer, so nobody else was told.';
    case 'nobody':
      return 'It is kept, but nobody is named who could take it: please write to ISSO@cms.hhs.gov as well.';
    default:
      return told satisfies never;
  }
}

export const blockerDone = (
  blocker: Blocker,
  what: 'answered' | 'handed' | 'returned' | 'closed',
  remover: BlockerRemover,
): Message => {
  const words = {
    answered: 'The answer is sent. Whoever raised it says whether it is solved',
    handed: 'They are told, and have the ball now',
    returned: `${REMOVERS[remover]} has the ball again`,
    closed: 'It is closed. Those in it are told',
  };
  return say(line`${strong(blockerName(blocker))}: ${words[what]}.`);
};

/** To the others in it, when it is over. */
export const blockerClosed = ({ blocker, people }: BlockerView, byId: string): Message =>
  say(line`${strong(blockerName(blocker))} is solved, says ${nameOf(people, byId)}.`);

export function blockerRefusal(blocker: Blocker, refusal: BlockerRefusal): Message {
  const name = blockerName(blocker);
  switch (refusal.code) {
    case 'closed':
      return say(
        line`Nothing was changed: ${strong(name)} is closed. When it has come up again, type \`not solved ${name} what happened\`.`,
      );
    case 'not-closed':
      return say(
        line`Nothing was changed: ${strong(name)} is open already. Type \`blocker ${name}\` to see who has the ball.`,
      );
    case 'holds-it':
      return say(line`Nothing was changed: they have the ball for ${strong(name)} already.`);
    default:
      return refusal satisfies never;
  }
}

/** The same for one that is not there and one that is not this person's to see. */
export const noSuchBlocker = (name: string): Message =>
  say(
    line`I can't show or change ${strong(name)} for you: it does not exist, or you do not have access. \`blockers\` lists yours.`,
  );

export const notYourBlockerStep = (name: string): Message =>
  say(
    line`That step for ${strong(name)} is not open to you, so nothing was changed. \`blocker ${name}\` says who has the ball.`,
  );

export function blockerList(views: readonly BlockerView[]): Message {
  if (views.length === 0)
    return say('No blocker is open. When something stops you, type `stuck` and what it is.');
  return card('Open blockers and requests for change', [
    bullets(
      views.map(
        ({ blocker, engagement, people, remover }) =>
          line`${strong(blockerName(blocker))}${engagement ? ` for ${engagement.number}` : ''}, raised ${time(blocker.raisedAt, 'date')}: ${holderLine(blocker, people, remover)}`,
      ),
    ),
    note('`blocker B-17` shows one.'),
  ]);
}

/** How to raise one by typing. */
export const howToRaise = (): Message => ({
  ...say(
    'What stops you? Press the button, or type `stuck` and behind it, in the same message, what it is: `stuck My fingerprints were taken three weeks ago and nothing has come back.` If it is about one engagement, put its number in front: `stuck ISSO-2026-0042 ...`.',
    'The Government Task Lead gets it and answers. Please leave out personal, health and tax data.',
  ),
  buttons: [raiseButton],
});

/** Opens the dialog in which a blocker is raised. */
export const raiseButton = button(
  'stuck',
  "I'm stuck",
  { verb: 'blocker.ask', subject: 'new' },
  'stuck what stops you',
  {
    opensDialog: true,
  },
);

const WORDS = { id: 'words', kind: 'long-text', required: true, maxLength: 1000 } as const;

export const raiseDialog = (
  engagements: readonly Pick<Engagement, 'number' | 'systemName'>[],
): DialogPage => ({
  title: "I'm stuck",
  intro: [
    line`The Government Task Lead gets it and answers. Please leave out personal, health and tax data.`,
  ],
  fields: [
    { ...WORDS, label: 'What stops you?' },
    ...(engagements.length > 0
      ? [
          {
            id: 'about',
            label: 'Which engagement is it about?',
            kind: 'choice' as const,
            required: false,
            options: engagements.map(({ number, systemName }) => ({
              id: number,
              label: `${number} ${systemName}`,
            })),
          },
        ]
      : []),
  ],
  sendLabel: 'Send',
  press: { verb: 'blocker.raise', subject: 'new' },
});

export function blockerDialog(blocker: Blocker, what: 'answer' | 'hand' | 'return'): DialogPage {
  const name = blockerName(blocker);
  const titles = { answer: 'Answer', hand: 'Hand to somebody', return: 'Not solved' };
  const field =
    what === 'hand'
      ? ({ id: 'words', label: 'To whom?', kind: 'person', required: true } as const)
      : { ...WORDS, label: what === 'answer' ? 'Your answer' : 'What is still wrong?' };
  return {
    title: titles[what],
    intro: [line`About ${strong(name)}.`],
    fields: [field],
    sendLabel: titles[what],
    press: { verb: `blocker.${what}`, subject: name, version: blocker.version },
  };
}

/** To the Government Task Lead when nobody has answered: the words stay out of it. */
export const blockerOverdue = (blocker: Blocker, engagement: Pick<Engagement, 'number'> | null): Message =>
  say(
    line`${strong(blockerName(blocker))}${engagement ? ` for ${engagement.number}` : ''} waits for an answer since ${time(blocker.raisedAt)}. Type \`blocker ${blockerName(blocker)}\` to see it.`,
  );
