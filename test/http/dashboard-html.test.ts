import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, html, safeUrl } from '../../src/http/dashboard/html.ts';
import { blocksHtml, lineHtml } from '../../src/http/dashboard/lines.ts';
import { ownPlace } from '../../src/http/sign-in/door.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import { bullets, fact, facts, note, numbered, paragraph } from '../../src/messages/message.ts';

const READER = { timeZone: 'America/New_York' };
const markup = (of: { toString(): string }): string => String(of);

describe('a piece of HTML', () => {
  it('makes whatever somebody wrote harmless, between tags and in attributes', () => {
    expect(markup(html`<a title="${`"><script>'`}">${'<b>&amp;</b>'}</a>`)).toBe(
      '<a title="&quot;&gt;&lt;script&gt;&#39;">&lt;b&gt;&amp;amp;&lt;/b&gt;</a>',
    );
  });

  it('holds no sign of its words that could end a tag or an attribute, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        expect(markup(html`${words}`)).toMatch(/^[^<>"']*$/u);
      }),
    );
  });

  it('leaves out what is nothing, puts lists one after the other, and takes pieces as they are', () => {
    expect(markup(html`${null}${false}${undefined}${0}${['a', html`<i>b</i>`, ['<']]}`)).toBe(
      '0a<i>b</i>&lt;',
    );
  });

  it('shows no signs that are not seen, such as those that turn the direction', () => {
    expect(markup(html`${'a\u202Eb\u2066c\u0000d\ne'}`)).toBe('abcd\ne');
  });

  it('links to places that can be linked to only', () => {
    for (const good of ['https://a.example/x', 'mailto:a@b.example', '/dashboard', 'http://127.0.0.1:1/x'])
      expect(safeUrl(good)).toBe(good);
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      '/\\evil.example',
      'x',
      ' java\nscript:alert(1)',
    ])
      expect(safeUrl(bad)).toBe('#');
  });

  it('puts what was chosen behind an address, and leaves out what was not', () => {
    expect(addressOf('/a', { text: 'x&y=z', page: 2, none: null, empty: '' })).toBe(
      '/a?text=x%26y%3Dz&page=2',
    );
    expect(addressOf('/a', { none: undefined })).toBe('/a');
  });
});

describe('what the bot says, as HTML', () => {
  it('keeps weight, links, times and what is to be typed', () => {
    const said = line`${strong('A')} ${theirs('<b> `x`')} ${link('open', 'https://a.example')} type \`status 1\` ${time(new Date('2026-12-01T15:00:00Z'), 'date')}`;
    expect(markup(lineHtml(said, READER))).toBe(
      '<strong>A</strong> &lt;b&gt; `x` <a href="https://a.example">open</a> type <kbd>status 1</kbd> <time datetime="2026-12-01T15:00:00.000Z">Tuesday, December 1, 2026</time>',
    );
    expect(markup(lineHtml(line`odd \`tick`, READER))).toBe('odd `tick');
  });

  it('draws each kind of block', () => {
    const blocks = [paragraph('p'), note('n'), bullets(['b']), numbered(['1']), facts([fact('L', 'V')])];
    expect(markup(blocksHtml(blocks, READER))).toBe(
      '<p>p</p><p class="note">n</p><ul><li>b</li></ul><ol><li>1</li></ol><dl><div><dt>L</dt><dd>V</dd></div></dl>',
    );
  });
});

describe('where somebody goes on to', () => {
  it('is a place of the dashboard, whatever they are told', () => {
    for (const good of ['/dashboard', '/dashboard/engagements?text=a%20b&page=2', '/dashboard?x=1'])
      expect(ownPlace(good)).toBe(good);
    for (const bad of [
      '/dashboardx',
      '/console',
      'https://evil.example/dashboard',
      '//evil/dashboard',
      '/dashboard//evil',
      '/dashboard/../console',
      '/dashboard/\r\nSet-Cookie: a=b',
      ['/dashboard/a'],
      undefined,
    ])
      expect(ownPlace(bad)).toBe('/dashboard');
  });
});
