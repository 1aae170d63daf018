import { z } from 'zod';

/** A bare address, or a name with the address behind it in angle brackets; one line. */
const FROM = /^(?:[^<>@"\p{Cc}]{0,80}<)?([^\s@<>"(),;:\\[\]]{1,64}@[^\s@<>"(),;:\\[\]]{1,190})>?$/u;

/** The part of the settings for mail: each with what it is for. */
export const emailSettings = {
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'must be an address such as smtps://user:password@mail.example.gov:465')
    .optional()
    .describe('Mail server for invitations, with user and password inside; `smtp://` uses STARTTLS'),
  MAIL_FROM: z
    .string()
    .refine(
      (text) => FROM.test(text) && text.includes('<') === text.includes('>'),
      'must be a mailbox such as ISSO As A Service <isso-bot@example.gov>',
    )
    .optional()
    .describe('Sender of invitations by mail'),
};

/** How mail goes out. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password inside: never to be logged. */
  readonly smtpUrl: string;
  readonly from: string;
}

interface MailValues {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}

/** The settings of mail, or null when it is not set up. */
export const readMail = ({ SMTP_URL: smtpUrl, MAIL_FROM: from }: MailValues): MailSettings | null =>
  smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : null;

/** Both or neither: the name of the setting that is missing, with the mend. */
export function mailProblems(set: Readonly<Record<string, unknown>>): { name: string; mend: string }[] {
  const [has, lacks] = 'SMTP_URL' in set ? ['SMTP_URL', 'MAIL_FROM'] : ['MAIL_FROM', 'SMTP_URL'];
  if (!(has in set) || lacks in set) return [];
  return [{ name: lacks, mend: `must be set as well, since ${has} is; or unset ${has}` }];
}

/** The address inside `from`. */
export const addressOf = (from: string): string => FROM.exec(from)?.[1] ?? '';

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text) || !/^smtps?:\/\//iu.test(text)) return false;
  const { hostname, search, hash, pathname } = new URL(text);
  return hostname !== '' && search === '' && hash === '' && /^\/?$/u.test(pathname);
}
