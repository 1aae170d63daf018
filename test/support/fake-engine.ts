/** A small scripted bot with everything in memory: stands in for the house behind the console. */
import type { FieldErrors } from '../../src/domain/field.ts';
import { button } from '../../src/messages/button.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import {
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  numbered,
  say,
} from '../../src/messages/message.ts';
import type { ChatAdapter, Inbound, Receipt, Receive, Reply, TimeControl } from '../../src/ports.ts';

export const FAKE_PEOPLE = [
  { id: 'bo', name: 'Bola Owens', roles: ['business_owner'], timeZone: 'America/New_York' },
  { id: 'ispg', name: 'Ines Park', roles: ['ispg_team'], timeZone: 'America/New_York' },
  { id: 'isso', name: 'Sam Otieno', roles: ['service_isso'], timeZone: 'America/Los_Angeles' },
];
export const FAKE_CHANNELS = [
  { id: 'ispg', name: 'ISPG' },
  { id: 'issoaas', name: 'ISSO As A Service' },
];

const REQUEST = 'ISSO-2026-0042';

function triageCard(system: string, at: Date): Message {
  return card(
    'New request waits for triage',
    [
      facts([
        fact('Number', REQUEST),
        fact(
          'System',
          line`${theirs(system)}`,
          button(
            'change-system',
            'Change',
            { verb: 'change', subject: REQUEST, choice: 'system' },
            'change 1',
            { opensDialog: true },
          ),
        ),
        fact(
          'Impact level',
          'Moderate',
          button(
            'change-impact',
            'Change',
            { verb: 'change', subject: REQUEST, choice: 'impact' },
            'change 2',
            { opensDialog: true },
          ),
        ),
        fact('Filed', line`${time(at)}`),
      ]),
      { kind: 'note', line: line`Accepting offers the Business Owner three times for the kickoff.` },
    ],
    [
      button('accept', 'Accept', { verb: 'accept', subject: REQUEST, version: 1 }, `accept ${REQUEST}`, {
        look: 'primary',
      }),
      button('ask', 'Ask back', { verb: 'ask', subject: REQUEST }, `ask ${REQUEST}`, { opensDialog: true }),
      button('decline', 'Decline', { verb: 'decline', subject: REQUEST }, `decline ${REQUEST}`, {
        opensDialog: true,
        look: 'danger',
      }),
    ],
  );
}

const welcome = (): Message =>
  card(
    'Welcome to ISSO As A Service',
    [
      {
        kind: 'paragraph',
        line: line`I take requests for a ${strong('Service ISSO')} and see them through to the kickoff. It takes about five minutes.`,
      },
      bullets([
        'Twelve questions at most',
        line`You can stop at any time and ${strong('resume')} later`,
        line`Read about the programme on ${link('security.cms.gov', 'https://security.cms.gov/')}`,
      ]),
      note('Type help at any time.'),
    ],
    [
      button('start', 'Start a request', { verb: 'start', subject: 'new' }, 'I need an ISSO', {
        look: 'primary',
      }),
      button('later', 'Not now', { verb: 'later', subject: 'new' }, 'not now'),
    ],
  );

const fieldsCard = (): Message =>
  card('Tell us about the system', [
    {
      kind: 'fields',
      fields: [
        { id: 'name', label: 'What is the system called?', kind: 'text', required: true, maxLength: 80 },
        {
          id: 'impact',
          label: 'Impact level',
          kind: 'choice',
          required: true,
          hint: 'As in its FIPS 199 categorization.',
          options: [
            { id: 'low', label: 'Low' },
            { id: 'moderate', label: 'Moderate' },
            { id: 'high', label: 'High' },
          ],
        },
        {
          id: 'needs',
          label: 'What do you need help with?',
          kind: 'choices',
          required: false,
          options: [
            { id: 'ato', label: 'Authorization to operate' },
            { id: 'poam', label: 'POA&M upkeep' },
          ],
        },
      ],
      send: button('send', 'Continue', { verb: 'answer', subject: 'new' }, 'continue', { look: 'primary' }),
    },
  ]);

const reasonPage = (verb: string): DialogPage => ({
  title: 'Decline this request',
  intro: [line`The requester reads your reason word for word.`],
  fields: [
    {
      id: 'reason',
      label: 'Reason',
      kind: 'choice',
      required: true,
      options: [
        { id: 'scope', label: 'Out of scope' },
        { id: 'capacity', label: 'No capacity' },
      ],
    },
    {
      id: 'note',
      label: 'What should they know?',
      kind: 'long-text',
      required: true,
      maxLength: 500,
      hint: 'At least ten characters.',
    },
    { id: 'on', label: 'Ask again on', kind: 'date', required: false },
    { id: 'sure', label: 'The GTL has agreed', kind: 'attestation', required: false },
  ],
  sendLabel: 'Decline',
  press: { verb: `${verb}.send`, subject: REQUEST },
});

type Said = { [Verb in keyof Reply]: (given: Parameters<Reply[Verb]>[0]) => Promise<void> };
const ZONE = 'America/New_York';
const inZone = (reply: Reply): Said => ({
  say: (message) => reply.say(message, ZONE),
  update: (message) => reply.update(message, ZONE),
  openDialog: (page) => reply.openDialog(page, ZONE),
  rejectDialog: (errors) => reply.rejectDialog(errors),
});

export interface FakeEngine {
  readonly receive: Receive;
  readonly heard: Inbound[];
  /** What the next receipt is, once. */
  next(kind: 'not-saved' | 'broken'): void;
  adapter: ChatAdapter | null;
}

/** The scripted bot. Words: hi, form, pick, card; other words come back. */
export function fakeEngine(clock: Pick<TimeControl, 'now'>): FakeEngine {
  const seen = new Set<string>();
  const heard: Inbound[] = [];
  let upcoming: 'not-saved' | 'broken' | null = null;
  const engine: FakeEngine = {
    adapter: null,
    heard,
    next(kind) {
      upcoming = kind;
    },
    async receive(event, reply): Promise<Receipt> {
      const kind = upcoming;
      upcoming = null;
      if (kind === 'broken') throw new Error('The engine broke on purpose.');
      if (kind === 'not-saved') return { kind: 'not-saved' };
      if (seen.has(event.eventKey)) return { kind: 'duplicate' };
      seen.add(event.eventKey);
      heard.push(event);
      const kept =
        event.kind === 'said'
          ? { ...event, text: event.text.replace(/\d{3}-\d{2}-\d{4}/gu, '[removed]') }
          : event;
      return { kind: 'accepted', heard: kept, done: answer(kept, inZone(reply)) };
    },
  };

  async function answer(event: Inbound, reply: Said): Promise<void> {
    if (event.kind === 'said') return answerSaid(event.text, reply);
    if (event.kind === 'pressed') return answerPressed(event, reply);
    if (event.kind === 'submitted') return answerSubmitted(event, reply);
  }

  async function answerSaid(words: string, reply: Said): Promise<void> {
    const asked = words.trim().toLowerCase();
    if (asked === 'hi') return reply.say(welcome());
    if (asked === 'form') return reply.say(fieldsCard());
    if (asked === 'card') return reply.say(triageCard('Claims Gateway', clock.now()));
    if (asked === 'list')
      return reply.say(
        card('How it goes on', [
          numbered(['You file the request.', 'ISPG accepts it.', 'You pick a time for the kickoff.']),
        ]),
      );
    if (asked === 'tell ispg') {
      await reply.say(say('I have told ISPG.'));
      await engine.adapter?.deliver(
        { platform: 'console', id: '#ispg', timeZone: 'America/New_York' },
        triageCard('Claims Gateway', clock.now()),
        `tell-${seen.size}`,
        null,
      );
      return;
    }
    return reply.say(say(line`You said: ${theirs(words)}`));
  }

  async function answerPressed(event: Extract<Inbound, { kind: 'pressed' }>, reply: Said): Promise<void> {
    switch (event.button.verb) {
      case 'start':
        return reply.say(fieldsCard());
      case 'answer':
        return reply.say(say(line`Thank you. ${theirs(JSON.stringify(event.values))}`));
      case 'accept':
        await reply.update(
          card('Request accepted', [facts([fact('Number', REQUEST), fact('Status', 'Kickoff pending')])]),
        );
        return reply.say(say(`${REQUEST} is accepted.`));
      case 'ask':
      case 'decline':
      case 'change':
        return reply.openDialog(reasonPage(event.button.verb));
      default:
        return reply.say(say('Very well.'));
    }
  }

  async function answerSubmitted(event: Extract<Inbound, { kind: 'submitted' }>, reply: Said): Promise<void> {
    const errors: Record<string, string> = {};
    if (!event.values.reason) errors.reason = 'Choose a reason.';
    if (String(event.values.note ?? '').length < 10) errors.note = 'Write at least ten characters.';
    if (Object.keys(errors).length > 0) return reply.rejectDialog(errors satisfies FieldErrors);
    await reply.update(
      card('Request declined', [
        facts([fact('Number', REQUEST), fact('Note', line`${theirs(String(event.values.note))}`)]),
      ]),
    );
    return reply.say(say('The requester has been told.'));
  }
  return engine;
}
