import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainWords, wordsOfHtml } from '../../adapters/teams/words.ts';
import { storableText } from '../../src/domain/storable-text.ts';

const BOT = '<at>ISSO As A Service</at>';

describe('what somebody typed', () => {
  it.each([
    ['hello', 'hello'],
    [`${BOT} status`, 'status'],
    [`${BOT}\u00a0status\n`, 'status'],
    [`${BOT}: status`, 'status'],
    [`${BOT}, status`, 'status'],
    [`hello ${BOT}, status`, 'hello , status'],
    [`${BOT} and ${BOT}`, 'and'],
    ['<at id="0">Beatriz</at> asked', 'Beatriz asked'],
    ['<AT>Beatriz</AT> asked', 'Beatriz asked'],
    ['the <attachment> and <atlas>', 'the <attachment> and <atlas>'],
    ['text <data>', 'text <data>'],
    ['1 < 2 && 3 > 2', '1 < 2 && 3 > 2'],
    ['R&D &amp; &lt;', 'R&D &amp; &lt;'],
    ['a\u00a0b&nbsp;c\u202fd', 'a b c d'],
    ['a  b\t\tc', 'a b c'],
    ['line one\nline two\n\nline three', 'line one\nline two\n\nline three'],
    ['  \u00a0 ', ''],
    ['', ''],
    ['a\0b\ud800c', 'ab\ufffdc'],
    ['🙂 ok', '🙂 ok'],
  ])('%j reads: %j', (sent, typed) => {
    expect(plainWords(sent, [BOT])).toBe(typed);
  });

  it('is kept as it is where the bot is called by another text than that of its mention', () => {
    expect(plainWords(`${BOT} status`, ['', '<at>ISSO</at>'])).toBe('ISSO As A Service status');
  });

  it('is cut where it is too long to be meant, never in the middle of a character', () => {
    const long = plainWords(`${'x'.repeat(19_999)}🙂 and more`, []);
    expect(long).toBe(`${'x'.repeat(19_999)}\ufffd`);
  });

  it('has nothing that a database can’t keep, no double blanks, and no mention of the bot', () => {
    const typed = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.constantFrom(
          BOT,
          '&nbsp;',
          '\u00a0',
          '<at>',
          '</at>',
          '<at',
          '>',
          '\n',
          '\0',
          '\ud800',
          ' ',
          'status',
        ),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(typed, (parts) => {
        const words = plainWords(parts.join(''), [BOT]);
        expect(words).toBe(storableText(words));
        expect(words).toBe(words.trim());
        expect(words).not.toMatch(/[^\S\n]{2}/u);
        expect(words).not.toContain(BOT);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the words of a message given as HTML', () => {
  it.each([
    ['<div>Hello</div>', 'Hello'],
    ['<div><div>One</div>\n<div>Two</div></div>', 'One\n\nTwo'],
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['one<br>two<br/>three<BR />four', 'one\ntwo\nthree\nfour'],
    ['<ul><li>ATO expires</li><li>R&amp;D moved</li></ul>', 'ATO expires\nR&D moved'],
    ['<table><tr><td>a</td></tr><tr><td>b</td></tr></table>', 'a\nb'],
    ['<b>bold</b> <a href="https://example.gov">link</a>', 'bold link'],
    ['<at id="0">Beatriz</at>&nbsp;asked', 'Beatriz asked'],
    ['&lt;b&gt; &amp;amp; &quot;x&quot; &#39;y&#39; &#x41; &apos;', "<b> &amp; \"x\" 'y' A '"],
    ['&#0;&#1114112;&#x110000;&nothing;&', '&#0;&#1114112;&#x110000;&nothing;&'],
    ['&#xD83D;&#xDE42; &#xD800;', '🙂 \ufffd'],
    ['a &lt;script&gt; b', 'a <script> b'],
    ['<', '<'],
    ['<div', '<div'],
    ['<img src="x" alt="a picture">', ''],
    ['', ''],
  ])('%j reads: %j', (html, words) => {
    expect(wordsOfHtml(html)).toBe(words);
  });

  it('are text and nothing that runs: of scripts and styles no tag is left', () => {
    const words = wordsOfHtml(
      '<script src="//evil.example/x.js">alert(1)</script><style>p{}</style><p onclick=x>Hi</p>',
    );
    expect(words).not.toMatch(/<|onclick|evil/u);
    expect(words).toContain('Hi');
  });

  it('have no more blank lines than one between two lines', () => {
    expect(wordsOfHtml('<p>a</p><br><br><br><div></div><p>b</p>')).toBe('a\n\nb');
  });

  it('keep what stands between tags, whatever it is', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.,;:!?'"()éß漢🙂]{1,20}$/u);
    const escaped = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (said) => {
        const html = `<div>${said.map((each) => `<p>${escaped(each)}</p>`).join('')}</div>`;
        expect(wordsOfHtml(html)).toBe(said.join('\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('have nothing that a database can’t keep, whatever the HTML', () => {
    const html = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.constantFrom(
          '<',
          '>',
          '&',
          ';',
          '&#',
          '&#x',
          '<br',
          '</p>',
          '&#55296;',
          '&amp;lt;',
          '\0',
          '\n\n\n',
        ),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(html, (parts) => {
        const words = wordsOfHtml(parts.join(''));
        expect(words).toBe(storableText(words));
        expect(words.length).toBeLessThanOrEqual(20_000);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('hostile text', () => {
  const LENGTH = 100_000;
  const PARTS = [
    '<at',
    '<at ',
    '</at',
    '<',
    '<br',
    '</p',
    '&',
    '&#',
    '&#x',
    '&amp',
    '&nbsp',
    ' ',
    '\n',
    '\u00a0',
    ': ',
    BOT,
  ];
  /** The quickest of three, in milliseconds: the machine has other things to do. */
  const timed = (act: () => void): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const began = performance.now();
        act();
        return performance.now() - began;
      }),
    );

  it.each(PARTS)('is read in time that grows no faster than its length: %j without end', (part) => {
    const text = part.repeat(Math.ceil(LENGTH / part.length));
    for (const read of [(words: string) => plainWords(words, [BOT]), wordsOfHtml])
      for (const hostile of [text, `x${text}`, `${text}x`, `x${text}>`, `<${text}`])
        expect(timed(() => read(hostile))).toBeLessThan(250);
  });

  it('by hundreds of mentions takes no longer', () => {
    const mentions = Array.from({ length: 500 }, (_, index) => `<at>${'a'.repeat(900)}${index}</at>`);
    const text = '<at>'.repeat(LENGTH / 4);
    expect(timed(() => plainWords(text, mentions))).toBeLessThan(1_000);
    expect(
      timed(() =>
        plainWords(
          text,
          Array.from({ length: 500 }, () => ' '),
        ),
      ),
    ).toBeLessThan(1_000);
  });
});
