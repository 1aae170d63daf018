import { describe, expect, it } from 'vitest';
import { ownWords } from '../../adapters/email/mail-text.ts';
import { proofOf } from '../../adapters/email/sender-proof.ts';
import { ownTime } from '../support/own-time.ts';

const words = (text: string, subject = 'We need an ISSO'): string => ownWords(text, subject);

describe('the words somebody wrote themselves', () => {
  it.each([
    [
      'marked quotes',
      'Yes, please.\n\nOn Tue, Dec 1, 2026, ISPG wrote:\n> Do you need one?\n> Tell us.',
      'Yes, please.',
    ],
    [
      'an attribution over two lines',
      'Yes.\n\nOn Tue, Dec 1, 2026 at 10:00 AM Imani Spencer\n<imani@demo.cms.example> wrote:\n\n> Do you?',
      'Yes.',
    ],
    [
      'an answer below its quote',
      'On Dec 1, 2026, ISPG wrote:\n> Do you need one?\n\nYes, soon.',
      'Yes, soon.',
    ],
    [
      'an answer between quotes',
      '> Which system?\nClaims Hub.\n> When?\nIn March.',
      'Claims Hub.\nIn March.',
    ],
    ['a quote without marks', 'Yes.\n\nOn Dec 1, 2026, ISPG wrote:\n\nDo you need one?', 'Yes.'],
    ['Outlook', 'Yes.\n\n-----Original Message-----\nFrom: ISPG\nDo you?', 'Yes.'],
    [
      'newer Outlook',
      'Yes.\n\nFrom: ISPG <i@x.example>\nSent: Tuesday\nTo: Bo\nSubject: x\n\nDo you?',
      'Yes.',
    ],
    [
      'Outlook with a rule',
      'Yes.\n________________________________\nFrom: ISPG\nSent: Tuesday\n\nDo you?',
      'Yes.',
    ],
    ['a signature', 'We need one.\n-- \nBeatriz Okafor\n410-555-0100', 'We need one.'],
    ['a telephone', 'We need one.\n\nSent from my iPhone', 'We need one.'],
  ])('are left when %s is cut', (_name, text, left) => {
    expect(words(text)).toBe(left);
  });

  it('are all of it when nothing else would be left', () => {
    expect(words('> Everything I have to say is a quote.')).toBe('> Everything I have to say is a quote.');
    expect(words('Sent from my iPhone')).toBe('Sent from my iPhone');
  });

  it('are with what is forwarded, because that is what the mail is about', () => {
    const forwarded = '---------- Forwarded message ---------\nFrom: Bo\nDate: Tuesday\n\nWe need an ISSO.';
    expect(words(forwarded)).toContain('We need an ISSO.');
    expect(words('From: Bo\nSent: Tuesday\n\nWe need an ISSO.', 'FW: help')).toContain('We need an ISSO.');
  });

  it('may begin with "On" or speak of a sender without being cut', () => {
    const text = 'On Monday we lost our ISSO.\nFrom: January on nobody is there.\nPlease help.';
    expect(words(text)).toBe(text);
  });

  it('are found in time, however long the mail is', () => {
    const tookMs = ownTime();
    for (const piece of ['On ', '> ', 'From: x\n', '-- \n', '______________\n', 'On x wrote', '\n'])
      words(piece.repeat(300_000));
    expect(tookMs()).toBeLessThan(5_000);
  });
});

describe('what the mail server says of a sender', () => {
  const FROM = 'bo@demo.cms.example';
  const proof = (headers: readonly string[], trusted: string | null = 'mx.example.gov') =>
    proofOf(headers, FROM, trusted);
  const PASS = 'mx.example.gov; spf=pass smtp.mailfrom=x; dmarc=pass (p=reject) header.from=demo.cms.example';

  it('counts only when that server is trusted', () => {
    expect(proof([PASS])).toBe('proven');
    expect(proof([PASS], null)).toBe('unproven');
    expect(proof([PASS], 'other.example.gov')).toBe('unproven');
    expect(proof([])).toBe('unproven');
  });

  it('counts only in the topmost header of that name: those below came with the mail', () => {
    const none = 'mx.example.gov; dmarc=none header.from=demo.cms.example';
    expect(proof([none, PASS])).toBe('unproven');
    expect(proof(['evil.example; dmarc=pass header.from=demo.cms.example', PASS])).toBe('proven');
  });

  it('counts only for the domain that the mail says it is from', () => {
    expect(proof(['mx.example.gov; dmarc=pass header.from=evil.example'])).toBe('unproven');
    expect(proof(['mx.example.gov; dmarc=pass'])).toBe('unproven');
    expect(proof(['mx.example.gov; dmarc=fail header.from=demo.cms.example'])).toBe('forged');
  });

  it('is not read out of comments or other methods', () => {
    expect(proof(['mx.example.gov; spf=pass (dmarc=pass; dmarc=pass header.from=demo.cms.example)'])).toBe(
      'unproven',
    );
    expect(proof(['mx.example.gov; dkim=pass header.d=demo.cms.example'])).toBe('unproven');
    expect(proof([`mx.example.gov 1; ${PASS.split('; ')[2]}`])).toBe('proven');
  });
});
