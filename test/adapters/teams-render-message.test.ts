import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TEAMS } from '../../adapters/teams/limits.ts';
import {
  cardFor,
  type DrawnActivity,
  renderMessage,
  type TeamsCard,
  type TeamsReader,
} from '../../adapters/teams/render-message.ts';
import { type Button, button } from '../../src/messages/button.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import {
  type Block,
  bullets,
  card,
  fact,
  facts,
  type Message,
  note,
  numbered,
  paragraph,
  say,
} from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Attachment } from '../../src/ports.ts';
import { anyMessage, hostile } from '../support/slack-block-kit.ts';
import { expectCard, ofType, textsOf } from '../support/teams/drawn-cards.ts';

const READER: TeamsReader = { timeZone: 'America/New_York', timesBeside: false, token: 'token-of-a-card' };
const CHANNEL: TeamsReader = { ...READER, timesBeside: true };
const AT = new Date('2026-12-01T18:00:00Z');
const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3 };
const accept = button('accept', 'Accept', press, 'accept ISSO-2026-0042', { look: 'primary' });
const decline = button('no', 'Decline', press, 'decline ISSO-2026-0042', {
  look: 'danger',
  opensDialog: true,
});
const carried = (action: string) => ({ action, press, token: READER.token });

/** The one card of an activity. */
function cardOf(drawn: DrawnActivity): TeamsCard {
  const [only, ...more] = drawn.attachments ?? [];
  if (!only || more.length > 0) throw new Error('not one card');
  expect(only.contentType).toBe('application/vnd.microsoft.card.adaptive');
  return only.content;
}
/** What any activity must be. */
function expectActivity(drawn: DrawnActivity): void {
  expect(drawn.summary.trim()).not.toBe('');
  expect(drawn.summary.length).toBeLessThanOrEqual(TEAMS.summary);
  if (drawn.attachments) expectCard(cardOf(drawn));
  else {
    expect(drawn.textFormat).toBe('plain');
    expect(drawn.text?.trim()).not.toBe('');
    expect(drawn.text?.length).toBeLessThanOrEqual(TEAMS.messageText);
  }
}
const drawn = (...blocks: readonly Block[]): readonly unknown[] =>
  cardFor({ blocks, buttons: [] }, READER).body;

describe('words', () => {
  test('paragraphs of plain words are text, which Teams takes as it stands', () => {
    const message = say(
      'Hello.',
      line`Your system is ${theirs('*Claims* <at>all</at>')}.`,
      line`On ${time(AT, 'date')}.`,
    );
    const words = 'Hello.\n\nYour system is *Claims* ‹at›all‹/at›.\n\nOn Tuesday, December 1, 2026.';
    expect(renderMessage(message, READER)).toEqual({
      type: 'message',
      text: words,
      textFormat: 'plain',
      summary: words,
    });
  });

  test('a message without words says so, because Teams takes none that says nothing', () => {
    for (const message of [say(), say(''), say(line`${theirs(' \u200B\n')}`)])
      expect(renderMessage(message, READER).text).toBe('There is nothing to show.');
  });

  test('what is too long is cut, and says how much is missing', () => {
    const { text = '', summary } = renderMessage(say('a'.repeat(50_000)), READER);
    const missing = Number(/room here for ([\d,]+) more/u.exec(text)?.[1]?.replaceAll(',', ''));
    expect(text.length).toBeLessThanOrEqual(TEAMS.messageText);
    expect(/^a+/u.exec(text)?.[0].length).toBe(50_000 - missing);
    expect(summary.length).toBeLessThanOrEqual(TEAMS.summary);
    expect(summary).toMatch(/The message has the rest\.$/u);
    const faces = renderMessage(say('😀'.repeat(10_000)), READER);
    expect(`${faces.text}${faces.summary}`).not.toMatch(/\p{Surrogate}/u);
  });

  test.each<[string, Message, TeamsReader]>([
    ['a heading', card('Hello', []), READER],
    ['a button', { blocks: [], buttons: [accept] }, READER],
    ['weight', say(line`${strong('Now')}`), READER],
    ['a link', say(line`${link('See', 'https://cms.gov/')}`), READER],
    ['a list', { blocks: [bullets(['One'])], buttons: [] }, READER],
    ['rows', { blocks: [facts([fact('A', 'B')])], buttons: [] }, READER],
    ['a note', { blocks: [note('Small')], buttons: [] }, READER],
    ['a time that a channel reads', say(line`At ${time(AT)}`), CHANNEL],
  ])('%s makes it a card', (_name, message, reader) => {
    const activity = renderMessage(message, reader);
    expect(Object.keys(activity)).toEqual(['type', 'summary', 'attachments']);
    expectActivity(activity);
  });
});

describe('a card', () => {
  test('is heading, words and buttons; a press carries what it says, a dialog is asked of Teams', () => {
    const message = card(
      'Request filed',
      [paragraph(line`Your system is ${theirs('Claims & *more*')}, type \`status\`.`)],
      [accept, decline],
    );
    const activity = renderMessage(message, READER);
    expect(activity.summary).toBe(plainText(message, READER));
    const submit = {
      type: 'Action.Submit',
      title: 'Accept',
      data: { isso: carried('accept') },
      associatedInputs: 'none',
      style: 'positive',
    };
    expect(cardOf(activity)).toEqual({
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
      lang: 'en',
      fallbackText: activity.summary.replaceAll('*', '∗'),
      body: [
        {
          type: 'TextBlock',
          text: 'Request filed',
          style: 'heading',
          size: 'medium',
          weight: 'bolder',
          wrap: true,
        },
        {
          type: 'RichTextBlock',
          inlines: [
            { type: 'TextRun', text: 'Your system is ' },
            { type: 'TextRun', text: 'Claims & *more*' },
            { type: 'TextRun', text: ', type ' },
            { type: 'TextRun', text: 'status', fontType: 'monospace' },
            { type: 'TextRun', text: '.' },
          ],
        },
        {
          type: 'ActionSet',
          actions: [
            { ...submit, type: 'Action.Execute', verb: 'press', fallback: submit },
            {
              type: 'Action.Submit',
              title: 'Decline',
              data: { isso: carried('no'), msteams: { type: 'task/fetch' } },
              associatedInputs: 'none',
              style: 'destructive',
            },
          ],
        },
      ],
    });
    expectActivity(activity);
  });

  test('stands alone where Teams takes a card alone', () => {
    expect(cardFor(say('Hello.'), READER).body).toEqual([
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Hello.' }] },
    ]);
    expectCard(cardFor(say(), READER));
  });

  test('inputs travel with the button that sends them, and with no other', () => {
    const field = { id: 'why', label: 'Why', kind: 'text', required: true } as const;
    const drawnCard = cardFor(
      card(
        'Tell us',
        [{ kind: 'fields', fields: [field], send: button('send', 'Answer', press, 'answer') }],
        [accept],
      ),
      READER,
    );
    const actions = ofType(drawnCard, /^Action\.Execute$/u);
    expect(actions.map(({ title, associatedInputs }) => [title, associatedInputs])).toEqual([
      ['Answer', 'auto'],
      ['Accept', 'none'],
    ]);
    expectCard(drawnCard);
  });

  test('a button in a row says of what to whoever can’t see the row', () => {
    const [action] = ofType(
      drawn(facts([fact('System', line`${theirs('Claims')}`, button('c', 'Change', press, 'change 1'))])),
      /^Action\.Execute$/u,
    );
    expect(action).toMatchObject({ title: 'Change', tooltip: 'Change: System' });
  });

  test('every button is drawn, at most six in a row', () => {
    const many = Array.from({ length: 20 }, (_, at) => button(`b${at}`, `Slot ${at}`, press, `${at}`));
    const drawnCard = cardFor(card('Pick', [], many), READER);
    expect(ofType(drawnCard, /^Action\.Execute$/u).map(({ title }) => title)).toEqual(
      many.map(({ label }) => label),
    );
    expectCard(drawnCard);
  });

  test('links are ours and nobody else’s', () => {
    const said = [
      link('the page', 'https://cms.gov/?a=1&b=2'),
      link('this', 'javascript:x'),
      theirs('https://e.example'),
    ];
    expect(ofType(drawn(paragraph(said)), /^Action\.OpenUrl$/u)).toEqual([
      { type: 'Action.OpenUrl', url: 'https://cms.gov/?a=1&b=2', title: 'the page' },
    ]);
  });

  test('what Teams can’t carry back is no button, but what to type for it is said', () => {
    const far = { ...press, subject: 'x'.repeat(301) };
    const field = { id: 'why', label: 'Why', kind: 'text', required: true } as const;
    const message = card(
      'Pick',
      [
        facts([
          fact('System', 'Claims', button('c', 'Change', far, 'change 1')),
          fact('State', 'Filed', accept),
        ]),
        { kind: 'fields', fields: [field], send: button('send', 'Answer', far, 'answer 2') },
      ],
      [
        button('x', 'Withdraw', far, 'withdraw 3'),
        button('y'.repeat(101), 'Pause', press, 'pause 4'),
        accept,
      ],
    );
    const drawnCard = cardFor(message, READER);
    expect(ofType(drawnCard, /^Action\.Execute$/u).map(({ title }) => title)).toEqual(['Accept', 'Accept']);
    expect(ofType(drawnCard, /^Input\./u)).toEqual([]);
    expect(textsOf(drawnCard).join('')).toMatch(/answer 2.*change 1.*withdraw 3.*pause 4/su);
    expectCard(drawnCard);
  });
});

describe('a card that is drawn anew', () => {
  const refreshed = (count: number) =>
    cardFor(card('Pick', [paragraph('x'.repeat(9_000))], [accept]), {
      ...READER,
      refreshFor: {
        userIds: Array.from({ length: count }, (_, at) => `29:${String(at).padStart(90, '1')}`),
        press,
      },
    });

  test('names who asks for it and what they say then', () => {
    const drawnCard = refreshed(2);
    expect(drawnCard.refresh).toEqual({
      action: {
        type: 'Action.Execute',
        title: 'Show what is current',
        verb: 'refresh',
        data: { isso: carried('refresh') },
      },
      userIds: [expect.stringMatching(/^29:1+0$/u), expect.stringMatching(/^29:1+$/u)],
    });
    expectCard(drawnCard);
  });

  test('is so for as many as Teams takes, and stays within its size', () => {
    const drawnCard = refreshed(200);
    expect(drawnCard.refresh?.userIds).toHaveLength(TEAMS.refreshedUsers);
    expectCard(drawnCard);
    expect(refreshed(0)).not.toHaveProperty('refresh');
  });

  test('is a card for other reasons: words alone stay text', () => {
    const reader = { ...READER, refreshFor: { userIds: ['29:a'], press } };
    expect(renderMessage(say('Hello.'), reader).text).toBe('Hello.');
  });
});

describe('times in a channel', () => {
  const beside = (message: Message): string[] =>
    ofType(cardFor(message, CHANNEL), /^TextBlock$/u)
      .map(({ text }) => String(text))
      .filter((text) => text.startsWith('In your own time'));

  test('stand in the programme’s zone and, below it, in the zone of whoever looks', () => {
    const drawnCard = cardFor(
      say(line`Booked for ${time(AT)} by ${theirs('{{TIME(2026-12-01T18:00:00Z)}}')}.`),
      CHANNEL,
    );
    expect(drawnCard.body).toEqual([
      {
        type: 'Container',
        items: [
          {
            type: 'RichTextBlock',
            inlines: [
              { type: 'TextRun', text: 'Booked for ' },
              { type: 'TextRun', text: 'Tuesday, December 1, 2026 at 1:00 PM Eastern Time' },
              { type: 'TextRun', text: ' by ' },
              { type: 'TextRun', text: '{ {TIME(2026-12-01T18:00:00Z)}}' },
              { type: 'TextRun', text: '.' },
            ],
          },
          {
            type: 'TextBlock',
            text: 'In your own time: {{DATE(2026-12-01T18:00:00Z,SHORT)}}, {{TIME(2026-12-01T18:00:00Z)}}',
            size: 'small',
            isSubtle: true,
            wrap: true,
            spacing: 'none',
          },
        ],
      },
    ]);
    expectCard(drawnCard);
  });

  test('say a day as a day and a time of day as one, each once, without fractions of a second', () => {
    const late = new Date('2026-12-01T18:00:00.789Z');
    expect(beside(say(line`${time(late, 'date')}, ${time(AT, 'time')}, ${time(AT, 'time')}`))).toEqual([
      'In your own time: {{DATE(2026-12-01T18:00:00Z,SHORT)}}; {{TIME(2026-12-01T18:00:00Z)}}',
    ]);
  });

  test('stand so wherever a line may stand', () => {
    const at = line`${time(AT, 'time')}`;
    const everywhere: Message = {
      blocks: [paragraph(at), note(at), bullets([at, 'Later']), numbered([at]), facts([fact('When', at)])],
      buttons: [],
    };
    expect(beside(everywhere)).toHaveLength(5);
    expectCard(cardFor(everywhere, CHANNEL));
  });

  test('stand once where one person reads', () => {
    expect(JSON.stringify(cardFor(card('When', [paragraph(line`${time(AT)}`)]), READER))).not.toContain('{{');
  });
});

describe('files', () => {
  const png: Attachment = {
    name: 'scores.png',
    type: 'image/png; name=scores.png',
    content: Buffer.from('not really a picture').toString('base64'),
    encoding: 'base64',
    altText: 'A line of scores <at>all</at> that rises from 3 to 5',
  };

  test('a picture stands in the card, in words for whoever can’t see it, and never as an address', () => {
    const activity = renderMessage(say('Your scores.'), READER, png);
    const [picture] = ofType(cardOf(activity), /^Image$/u);
    expect(picture?.url).toBe(`data:image/png;base64,${png.content}`);
    expect(picture?.altText).toBe(
      'A line of scores ‹at>all</at> that rises from 3 to 5'.replace('</at>', '‹/at>'),
    );
    for (const words of [activity.summary, cardOf(activity).fallbackText])
      expect(words).toContain('Picture: A line of scores ‹at');
    expectActivity(activity);
  });

  test('a picture counts for nothing in the card’s size, what is said of it does', () => {
    const large = { ...png, content: 'A'.repeat(400_000), altText: 'ü'.repeat(2_000) };
    expectActivity(renderMessage(card('Digest', [paragraph('x'.repeat(60_000))]), READER, large));
  });

  test.each<[string, Attachment]>([
    [
      'a calendar file',
      { name: 'kickoff.ics', type: 'text/calendar; method=REQUEST', content: 'BEGIN:VCALENDAR' },
    ],
    ['a picture of another kind', { ...png, name: 'x.svg', type: 'image/svg+xml' }],
    ['a picture that is no text of bytes', { ...png, content: 'https://evil.example/x.png' }],
    ['a picture without its encoding', { name: 'x.png', type: 'image/png', content: 'abcd' }],
    ['a picture that is too large', { ...png, content: 'A'.repeat(2_000_000) }],
  ])('%s is said to come by mail', (_name, file) => {
    const activity = renderMessage(card('Kickoff', []), READER, file);
    const words = `A file called ${file.name} belongs to this message. Teams takes no files from me, so it comes to you by e-mail.`;
    expect(ofType(cardOf(activity), /^Image$/u)).toEqual([]);
    expect(
      ofType(cardOf(activity), /^TextRun$/u)
        .map(({ text }) => text)
        .join(''),
    ).toBe(words);
    expect(activity.summary).toContain(words);
    expectActivity(activity);
  });
});

describe('size', () => {
  const long = 'ü'.repeat(50_000);
  const far: readonly Button[] = Array.from({ length: 60 }, (_, at) =>
    button(
      `b${at}`,
      'Slot',
      { verb: 'v'.repeat(100), subject: '"'.repeat(300), choice: '"'.repeat(300) },
      'x',
    ),
  );
  test.each<[string, Message]>([
    ['one endless answer', say(line`${strong('You said')} ${theirs(long)}`)],
    [
      'a thousand rows',
      card('Digest', [
        facts(Array.from({ length: 1_000 }, () => fact('Row', line`${theirs(long.slice(0, 300))}`, accept))),
      ]),
    ],
    [
      'a thousand blocks',
      card(
        'Digest',
        Array.from({ length: 1_000 }, () => note(long)),
      ),
    ],
    [
      'buttons that carry all that they may',
      card('Pick', [facts(far.map((each) => fact('Row', 'x', each)))], far),
    ],
    [
      'a thousand times',
      say(...Array.from({ length: 1_000 }, (_, at) => line`${time(new Date(at * 3_600_000))}`)),
    ],
    [
      'an endless answer in its field',
      card('Change', [
        {
          kind: 'fields',
          fields: [{ id: 'a', label: long, kind: 'long-text', required: true, value: long }],
          send: accept,
        },
      ]),
    ],
  ])('%s fits, and says what is missing', (_name, message) => {
    const drawnCard = cardFor(message, CHANNEL);
    expectCard(drawnCard);
    expect(textsOf(drawnCard).join('\n')).toMatch(
      /… and [\d,]+ more|[\d,]+ more characters|characters are missing/u,
    );
  });

  test('an answer stands in its field as it is, while words can be left out in its place', () => {
    const value = 'x'.repeat(12_000);
    const message = card('Change', [
      paragraph(theirsLine(long)),
      {
        kind: 'fields',
        fields: [{ id: 'a', label: 'Need', kind: 'long-text', required: true, value }],
        send: accept,
      },
    ]);
    const drawnCard = cardFor(message, READER);
    expect(ofType(drawnCard, /^Input\.Text$/u)[0]?.value).toBe(value);
    expectCard(drawnCard);
  });
  const theirsLine = (words: string) => line`${theirs(words)}`;
});

describe('other people’s words', () => {
  test('any message is a card that Teams draws, and does nothing of its own', () => {
    fc.assert(
      fc.property(anyMessage, fc.boolean(), (message, timesBeside) => {
        const reader = { ...READER, timesBeside };
        expectActivity(renderMessage(message, reader));
        expectCard(cardFor(message, reader));
      }),
      { numRuns: 40 },
    );
  });

  const marks = fc
    .array(
      fc.constantFrom(
        '**bold**',
        '_it_',
        '~x~',
        '- item',
        '\n- item',
        '1. one',
        '\n2. two',
        '# head',
        '\n## x',
        '+ x',
        '&lt;at&gt;',
        '&#60;',
        '\\*',
        '\\',
        '<at>all</at>',
        '[x](https://evil.example)',
        '![x](https://evil.example/x.png)',
        '{{DATE(2026-01-01T00:00:00Z)}}',
        '{{TIME(2026-01-01T00:00:00Z)}}',
        'funding_lost',
        ' ',
        'word',
        '@all',
      ),
      { maxLength: 10 },
    )
    .map((all) => all.join(''));
  test('are no mention, markdown or function, wherever they stand', () => {
    fc.assert(
      fc.property(fc.oneof(marks, hostile), (words) => {
        const field = {
          id: 'f',
          label: words,
          kind: 'choice' as const,
          required: true,
          hint: words,
          error: words,
          options: [{ id: 'o', label: words }],
        };
        const message = card(
          words,
          [
            paragraph(line`${theirs(words)} on ${time(AT)}`),
            facts([fact(words, line`${theirs(words)}`, { ...accept, label: words })]),
            { kind: 'fields', fields: [field], send: accept },
          ],
          [{ ...accept, label: words }],
        );
        for (const reader of [READER, CHANNEL]) expectActivity(renderMessage(message, reader));
        expect(ofType(cardFor(message, CHANNEL), /^Action\.OpenUrl$/u)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('names with signs inside stay as they are', () => {
    const [heading] = cardFor(card('funding_lost at R&D: 1.5 of 2-3, bo@cms.gov', []), READER).body;
    expect(heading).toMatchObject({ text: 'funding_lost at R&D: 1.5 of 2-3, bo@cms.gov' });
  });
});
