import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';

const GOOD = {
  IMAP_URL: 'imaps://isso@cms.example@mail.example.gov',
  IMAP_PASSWORD: 'secret-of-the-mailbox',
  SMTP_URL: 'smtps://mail.example.gov',
  MAIL_FROM: 'ISSO As A Service <ISSO-Bot@example.gov>',
};
const parsed = (more: Readonly<Record<string, string | undefined>> = {}) => parseConfig({ ...GOOD, ...more });
const problems = (more: Readonly<Record<string, string | undefined>>): string[] => {
  const read = parsed(more);
  return read.ok ? [] : read.problems.map(({ name }) => name);
};

describe('the settings of the mailbox', () => {
  it('name the server, the user and what comes from the bot itself', () => {
    const read = parsed();
    expect(read.ok && read.config.mailbox).toEqual({
      host: 'mail.example.gov',
      port: 993,
      user: 'isso@cms.example',
      password: 'secret-of-the-mailbox',
      isTls: true,
      folder: 'INBOX',
      doneFolder: null,
      pollMinutes: 2,
      trustedAuthserv: null,
      own: ['isso-bot@example.gov', 'isso@cms.example'],
    });
  });

  it('may name folders, how often to look, and the server whose word counts', () => {
    const read = parsed({
      IMAP_FOLDER: 'Requests',
      IMAP_DONE_FOLDER: 'Requests/Done',
      IMAP_POLL_MINUTES: '15',
      IMAP_AUTHSERV_ID: ' MX.Example.gov ',
    });
    expect(read.ok && read.config.mailbox).toMatchObject({
      folder: 'Requests',
      doneFolder: 'Requests/Done',
      pollMinutes: 15,
      trustedAuthserv: 'mx.example.gov',
    });
  });

  it.each([
    ['a password in the address', { IMAP_URL: 'imaps://bot:secret@mail.example.gov' }, ['IMAP_URL']],
    ['no user', { IMAP_URL: 'imaps://mail.example.gov' }, ['IMAP_URL']],
    ['another protocol', { IMAP_URL: 'pop3://bot@mail.example.gov' }, ['IMAP_URL']],
    ['a folder in the address', { IMAP_URL: 'imaps://bot@mail.example.gov/INBOX' }, ['IMAP_URL']],
    ['a broken user', { IMAP_URL: 'imaps://%zz@mail.example.gov' }, ['IMAP_URL']],
    ['no password', { IMAP_PASSWORD: undefined }, ['IMAP_PASSWORD']],
    ['no way to answer', { SMTP_URL: undefined, MAIL_FROM: undefined }, ['SMTP_URL']],
    ['settings without a mailbox', { IMAP_URL: undefined }, ['IMAP_URL']],
    ['the same folder twice', { IMAP_DONE_FOLDER: 'INBOX' }, ['IMAP_DONE_FOLDER']],
    ['too many minutes', { IMAP_POLL_MINUTES: '61' }, ['IMAP_POLL_MINUTES']],
    ['a typo', { IMAP_PASWORD: 'x' }, ['IMAP_PASWORD']],
  ])('refuse %s by name', (_name, more, names) => {
    expect(problems(more)).toEqual(names);
  });

  it('are never repeated when they are wrong', () => {
    const read = parsed({ IMAP_URL: 'imaps://bot:hunter2@mail.example.gov', IMAP_FOLDER: 'x\ny' });
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toMatch(/hunter2|secret-of/u);
  });
});
