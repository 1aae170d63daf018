/**
 * What whoever wrote a mail is told, by mail and in chat, and what whoever runs the bot is told about the mailbox. Nothing of the
 * mail itself is said to its sender: a made-up sender must not make the bot carry somebody else's words to its people.
 */
import { type MailRequest, mailName } from '../../domain/mail-request.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, theirs, time } from '../inline.ts';
import { card, type Message, note, paragraph, say } from '../message.ts';
import { reasonWords } from './reasons.ts';
import { startButton } from './welcome.ts';

const ISPG_MAILBOX = link('ISSO@cms.hhs.gov', 'mailto:ISSO@cms.hhs.gov');
/** What helps when data was mailed that must not be. */
const REPORT_IT = 'If such data was sent by mistake, report it to the CMS IT Service Desk within one hour.';

/** How a mail is answered. */
export interface MailAnswer {
  /** Where the way into the chat is shown. */
  readonly goOnUrl: string;
  /** Business days until ISPG should have seen to it. */
  readonly triageBusinessDays: number;
  /** What was taken out, such as "a Social Security number". */
  readonly kinds: readonly string[];
}

// ---------------------------------------------------------------------------------------------- by mail

/** By mail, once: it has come, what happens next, and how to go on in chat. */
export function mailAcknowledgement(mail: MailRequest, of: MailAnswer): Message {
  const name = mailName(mail.number);
  return {
    heading: `We have your mail (${name})`,
    blocks: [
      paragraph(
        line`Your mail came to ISSO As A Service on ${time(mail.receivedAt)}. It is noted as ${name}, and ISPG looks at it within ${of.triageBusinessDays} business days.`,
      ),
      paragraph(
        line`It is no request yet, because a mail does not prove who wrote it. To make it one, ${goOnByMail(name, of.goOnUrl)}`,
      ),
      ...asides(mail, of.kinds).map(paragraph),
      note(line`If you did not write to us, you need not do anything; please tell ISPG: ${ISPG_MAILBOX}.`),
    ],
    buttons: [],
  };
}

/** By mail: ISPG has begun a request for them. */
export const acceptedByMail = (mail: MailRequest, goOnUrl: string): Message => {
  const name = mailName(mail.number);
  return {
    heading: `ISPG has begun a request for you (${name})`,
    blocks: [
      paragraph(
        line`ISPG has read your mail ${name} and begun a request for a Service ISSO for you. Nothing is sent yet. To check and send it, ${goOnByMail(name, goOnUrl)}`,
      ),
      note(line`If you did not write to us, please tell ISPG: ${ISPG_MAILBOX}.`),
    ],
    buttons: [],
  };
};

/** By mail and in chat: it is not for the programme. */
export const declinedForSender = (mail: MailRequest): Message => {
  const name = mailName(mail.number);
  const { reason, note: words } = mail.outcome ?? { reason: null, note: null };
  return {
    heading: `About your mail (${name})`,
    blocks: [
      paragraph(
        line`ISPG has read your mail ${name} of ${time(mail.receivedAt, 'date')} and does not take it up: ${reasonWords(reason ?? 'other')}.`,
      ),
      ...(words === null ? [] : [paragraph(line`ISPG adds: ${theirs(words)}`)]),
      note(
        line`A person reads ${ISPG_MAILBOX}. You can still ask for a Service ISSO in chat: send me \`request\`.`,
      ),
    ],
    buttons: [],
  };
};

const goOnByMail = (name: string, url: string): Line =>
  line`go on in chat: ${link(url, url)}. Send me \`mail ${name} go on\` there; what you wrote is filled in.`;

function asides({ attachments }: MailRequest, kinds: readonly string[]): readonly Line[] {
  return [
    ...(attachments > 0
      ? [line`I take no attachments, so yours were left out. Please keep them; ISPG asks for what it needs.`]
      : []),
    ...(kinds.length > 0
      ? [
          line`I left out what looked like ${kinds.join(' and ')}; it still stands in the mail itself. ${REPORT_IT}`,
        ]
      : []),
  ];
}

// ---------------------------------------------------------------------------------------------- in chat

/** The card for whoever wrote, in their direct conversation; redrawn in place. */
export function mailChatCard(mail: MailRequest, kinds: readonly string[] = []): Message {
  const name = mailName(mail.number);
  switch (mail.state) {
    case 'open':
      return card(
        `Your mail ${name}`,
        [
          paragraph(
            line`A mail from your address came to ISSO As A Service on ${time(mail.receivedAt)}. ISPG looks at it. If you want a Service ISSO, go on here: what you wrote is filled in, and nothing is sent before you submit it.`,
          ),
          ...asides(mail, kinds).map(note),
          note(line`If you did not write to us, leave this as it is and tell ISPG: ${ISPG_MAILBOX}.`),
        ],
        [goOnButton(mail)],
      );
    case 'accepted':
      return card(
        `Your mail ${name}`,
        [
          paragraph(
            'ISPG has read your mail and begun a request for you. Please check it, and send it when it is right.',
          ),
        ],
        [goOnButton(mail)],
      );
    case 'begun':
      return card(`Your mail ${name}`, [paragraph('You have gone on with it here.')], [goOnButton(mail)]);
    case 'declined':
      return { ...declinedForSender(mail), buttons: [startButton] };
    default:
      return mail.state satisfies never;
  }
}

const goOnButton = ({ number }: MailRequest): Button =>
  button(
    'go-on',
    'Go on with my request',
    { verb: 'mail.go-on', subject: mailName(number) },
    `mail ${mailName(number)} go on`,
    { look: 'primary', opensDialog: true },
  );

// ---------------------------------------------------------------------------------------------- on the page of the link

/** The page that mails lead to: how to find the bot. It says nothing of any mail. */
export const GO_ON_PAGE = {
  title: 'Go on in chat',
  words:
    'Open a direct message with ISSO As A Service and send it the words from your mail, such as “mail M-12 go on”. What you wrote is filled in there, and nothing is sent before you submit it.',
  slack: 'Open Slack',
  teams: 'Open Microsoft Teams',
  console: 'Open the console',
} as const;

// ---------------------------------------------------------------------------------------------- to the administrator

const TROUBLES: Readonly<Record<'refused' | 'insecure' | 'folder' | 'done-folder' | 'away', string>> = {
  refused:
    'it refuses the user or the password. Check IMAP_URL and IMAP_PASSWORD, and start the bot again. I try again in an hour.',
  insecure:
    'the connection can’t be made secure: the server offers no TLS, or nobody I trust vouches for its certificate. Use an imaps:// address and a certificate that is valid for its name. I try again in an hour.',
  folder:
    'the folder can’t be opened, or its mail can’t be marked as read. Check IMAP_FOLDER and what the user may do there. I try again in an hour.',
  'done-folder':
    'mail that was taken in can’t be moved out of the way. It is marked as read and nothing is lost. Check IMAP_DONE_FOLDER, or unset it.',
  away: 'its server has not answered for an hour. Check the address and the network. No mail is lost; I read it as soon as the server is back.',
};

/** To the administrator: the mailbox can't be used as it is. */
export const mailboxTrouble = (code: keyof typeof TROUBLES): Message => ({
  blocks: [
    paragraph(line`${strong('The mailbox')} of the programme needs your attention: ${TROUBLES[code]}`),
    note('While it lasts I remind you once a day.'),
  ],
  buttons: [],
});

/** To the administrator: somebody must look at one mail. */
export const mailUnreadable = (): Message =>
  say(
    line`${strong('A mail')} to the programme can’t be read by me. I left it unread in the mailbox and gave it a flag. Please look at it there; take the flag away to have me try again.`,
  );
