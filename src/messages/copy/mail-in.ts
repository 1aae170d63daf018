/** What the bot says to ISPG about mail to the programme's address. */
import { type MailRequest, mailName } from '../../domain/mail-request.ts';
import type { People } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, text, theirs, time } from '../inline.ts';
import {
  bullets,
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
import { nameOf } from './people.ts';
import { DECLINE_REASONS, reasonWords } from './reasons.ts';

/** The most of a mail's words that a channel shows. */
const LONGEST_IN_CHANNEL = 300;

/** What is known of a mail only while it is taken in. */
export interface MailNews {
  /** What was taken out of it, such as "a Social Security number". */
  readonly kinds: readonly string[];
  /** It came through a mailing list, or answers a mail of the bot's: it is not acknowledged. */
  readonly isUnanswered: boolean;
  readonly isCut: boolean;
  readonly proof: 'proven' | 'forged' | 'unproven';
}

// ---------------------------------------------------------------------------------------------- to ISPG

/** The card in the ISPG channel that carries a mail until somebody has seen to it; redrawn in place. */
export function mailCard(mail: MailRequest, people: People, news: MailNews | null): Message {
  const name = mailName(mail.number);
  const isOpen = mail.state === 'open';
  return card(
    isOpen ? `New mail ${name}` : `Mail ${name}`,
    [
      paragraph(line`${senderOf(mail, people)} wrote to the programme's address.`),
      facts([
        ...factsOf(mail, people),
        ...(isOpen ? [fact('Words', shownWords(mail.words, LONGEST_IN_CHANNEL))] : []),
      ]),
      ...(isOpen && news ? newsLines(mail, news).map((words) => note(words)) : []),
    ],
    isOpen ? triageButtons(mail) : [showButton(mail)],
  );
}

/** One mail in full, for ISPG: with the address it says it came from. */
export const mailDetail = (mail: MailRequest, people: People): Message =>
  card(
    `Mail ${mailName(mail.number)}`,
    [
      facts([
        fact('Says it is from', mail.fromAddress ? line`${theirs(mail.fromAddress)}` : 'no readable address'),
        fact('On the roster', line`${senderOf(mail, people)}`),
        ...factsOf(mail, people),
      ]),
      paragraph(shownWords(mail.words, mail.words.length)),
      note('A sender in a mail is easily made up. Anything that matters is confirmed in chat.'),
    ],
    mail.state === 'open' ? triageButtons(mail) : [],
  );

const factsOf = (mail: MailRequest, people: People): readonly Fact[] => [
  fact('Subject', mail.subject ? line`${theirs(mail.subject)}` : 'none'),
  fact('Received', line`${time(mail.receivedAt)}`),
  ...(mail.attachments > 0 ? [fact('Left out', attachmentWords(mail.attachments))] : []),
  fact('Status', line`${stateLine(mail, people)}`),
];

const attachmentWords = (count: number): string =>
  count === 1 ? '1 attachment; it is in the mailbox' : `${count} attachments; they are in the mailbox`;

/** Who wrote, as far as the roster tells. */
const senderOf = ({ personId }: MailRequest, people: People): Inline =>
  personId === null ? text('Somebody the roster does not have') : nameOf(people, personId);

const shownWords = (words: string, longest: number): Line => {
  if (words === '') return line`none that I can read; look into the mailbox`;
  return words.length <= longest ? line`${theirs(words)}` : line`${theirs(`${words.slice(0, longest)} …`)}`;
};

function newsLines(mail: MailRequest, { kinds, isUnanswered, isCut, proof }: MailNews): readonly Line[] {
  const name = mailName(mail.number);
  return [
    ...(mail.personId === null
      ? [
          line`Nobody was answered: I write to no address that nobody has verified. Type \`mail ${name}\` to see it, and answer by hand.`,
        ]
      : []),
    ...(mail.personId !== null && isUnanswered
      ? [
          line`It was not acknowledged: it came through a mailing list, answers a mail of mine, or is one of many.`,
        ]
      : []),
    ...(proof === 'proven' ? [line`The mail server vouches for the sender's address.`] : []),
    ...(proof === 'forged' ? [line`The mail server says that the sender is made up. Be careful.`] : []),
    ...(kinds.length > 0
      ? [
          line`I left out what looked like ${kinds.join(' and ')}. It still stands in the mailbox: please see to it there.`,
        ]
      : []),
    ...(isCut ? [line`The mail is long, and I read its beginning only. The rest is in the mailbox.`] : []),
  ];
}

/** Where a mail stands, in words. */
function stateLine({ state, outcome }: MailRequest, people: People): Line {
  const who = nameOf(people, outcome?.byId ?? null);
  switch (state) {
    case 'open':
      return line`Waits for ISPG, or for its sender to go on in chat`;
    case 'begun':
      return line`${who} went on with it in chat`;
    case 'accepted':
      return line`Seen to by ${who}`;
    case 'declined':
      return line`Declined by ${who}: ${reasonWords(outcome?.reason ?? '')}`;
    default:
      return state satisfies never;
  }
}

/** What ISPG can do with a mail that waits. */
function triageButtons({ number, version, personId }: MailRequest): Button[] {
  const subject = mailName(number);
  return [
    button(
      'accept',
      personId === null ? 'I answer by hand' : 'Start a request for them',
      { verb: 'mail.accept', subject, version },
      `mail ${subject} accept`,
      { look: 'primary' },
    ),
    button(
      'decline',
      'Not for us',
      { verb: 'mail.decline', subject, version },
      `mail ${subject} decline reason`,
      { look: 'danger', opensDialog: true },
    ),
    showButton({ number }),
  ];
}

const showButton = ({ number }: Pick<MailRequest, 'number'>): Button =>
  button(
    'show',
    'Show it to me',
    { verb: 'mail.show', subject: mailName(number) },
    `mail ${mailName(number)}`,
  );

/** Mail that waits, oldest first. */
export const mailList = (mails: readonly MailRequest[], people: People, isMore: boolean): Message =>
  mails.length === 0
    ? say('No mail waits for ISPG.')
    : card('Mail that waits', [
        bullets(
          mails.map(
            (mail) =>
              line`${strong(mailName(mail.number))}, ${senderOf(mail, people)}: ${mail.subject ? theirs(mail.subject) : 'no subject'} (since ${time(mail.receivedAt, 'date')}; \`mail ${mailName(mail.number)}\`)`,
          ),
        ),
        ...(isMore ? [note('There is more. See to these first.')] : []),
      ]);

/** In the ISPG channel in place of a card each, when a lot of mail waits. */
export const manyMails = (shown: number): Message =>
  say(`More than ${shown} mails wait, so I show no card for each new one. Type \`mails\` for the list.`);

/** To the GTL when a mail has waited too long. */
export const mailOverdue = (mail: MailRequest): Message => {
  const name = mailName(mail.number);
  return say(
    line`The mail ${strong(name)} to the programme has waited since ${time(mail.receivedAt)}. Type \`mail ${name}\` to see it, \`mail ${name} accept\` or \`mail ${name} decline reason\`.`,
  );
};

export const mailAccepted = (mail: MailRequest, people: People): Message =>
  mail.personId === null
    ? say(
        line`${strong(mailName(mail.number))} is yours. Please answer by hand; \`mail ${mailName(mail.number)}\` shows the address.`,
      )
    : say(
        line`A request is begun for ${nameOf(people, mail.personId)} from ${strong(mailName(mail.number))}. They are told how to go on; you see it here again once they have sent it.`,
      );

export const mailDeclined = (mail: MailRequest): Message =>
  mail.personId === null
    ? say(line`${strong(mailName(mail.number))} is closed. Nobody is written to.`)
    : say(line`${strong(mailName(mail.number))} is declined. Its sender is told why.`);

/** Somebody has seen to it before. */
export const mailSettled = (mail: MailRequest, people: People): Message =>
  say(line`Nothing was changed. ${strong(mailName(mail.number))}: ${stateLine(mail, people)}.`);

/** Asks for the reason in chat; nothing has changed yet. */
export const mailReasonQuestion = ({ number }: MailRequest): Message =>
  say(
    `Why is ${mailName(number)} not for us? Nothing has changed yet. Type \`mail ${mailName(number)} decline out_of_scope\`, with a note behind it if you like. The codes:`,
    ...DECLINE_REASONS.map(({ id, label }) => `${id}: ${label}`),
  );

export const declineMailDialog = (mail: MailRequest): DialogPage => ({
  title: 'Not for us',
  intro: [
    mail.personId === null
      ? line`About ${strong(mailName(mail.number))}. Nobody is written to; the reason is kept.`
      : line`The sender of ${strong(mailName(mail.number))} reads the reason and your note.`,
  ],
  fields: [
    { id: 'reason', label: 'Why?', kind: 'choice', required: true, options: [...DECLINE_REASONS] },
    { id: 'note', label: 'What could help instead', kind: 'long-text', required: false, maxLength: 500 },
  ],
  sendLabel: 'Decline',
  press: { verb: 'mail.decline', subject: mailName(mail.number), version: mail.version },
});
