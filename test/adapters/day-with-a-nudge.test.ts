/** The nudge within the message of the day, the burn-down and the files of the status report, as they are on Slack and on Teams. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmail } from '../../adapters/email/index.ts';
import { createDrawing } from '../../src/drawing.ts';
import { button } from '../../src/messages/button.ts';
import { card, paragraph } from '../../src/messages/message.ts';
import type { DeliveryAdapter } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { aDelivery } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { type Desk, type Standing, slackDesk, teamsDesk } from '../support/desk.ts';
import { leaves, type MailServer, parseMail, startMailServer } from '../support/mail-server.ts';
import { identified, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';
import { expectPart } from '../support/slack-block-kit.ts';
import { expectCard } from '../support/teams/drawn-cards.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const drawing = createDrawing();
let mailServer: MailServer;
let mail: ReturnType<typeof createEmail>;
beforeAll(async () => {
  mailServer = await startMailServer();
  mail = createEmail({
    settings: { smtpUrl: mailServer.url, from: 'bot@bot.example.gov' },
    clock: { now: () => new Date() },
  });
});
afterAll(async () => {
  await mail.stop();
  await mailServer.stop();
  await drawing.stop();
});

const PLATFORMS = [
  {
    name: 'Slack',
    open: slackDesk,
    keepsLimits: (drawn: unknown) => expectPart(drawn as Parameters<typeof expectPart>[0]),
    hasFiles: true,
  },
  { name: 'Teams', open: teamsDesk, keepsLimits: expectCard, hasFiles: false },
] as const;

const COURSES = [
  'course toolkit done',
  'course role review done',
  'scorecard start 2 2 2 1 2 1',
  'course overview done',
  'course videos done',
  'course activities done',
  'course policies done',
  'course mentorship yes',
];

const SNOOZES = ['Remind me tomorrow', 'Remind me in 3 business days', 'Remind me in 5 business days'];

describe.each(PLATFORMS)('on $name', ({ open, keepsLimits, hasFiles }) => {
  let desk: Desk;
  let bot: Bot;
  let carriers: readonly DeliveryAdapter[];
  beforeAll(async () => {
    desk = await open();
    carriers = [desk.adapter, mail];
    bot = await startBot(await openTestStore(), {
      pictures: drawing.pictures,
      papermaker: drawing.papermaker,
      programme: { mailIsOn: true },
    });
    await desk.hear(bot.dispatch);
    const number = await identified(bot);
    bot.clock.set(eastern('2026-12-07T11:00'));
    await bot.say('lead', `start onboarding ${number} start: 12/7/2026`);
    await sayItems(bot, number, TO_WORK.slice(0, -1));
    for (const typed of COURSES) await bot.say('isso', typed);
    await bot.store.transaction(async (tx) => {
      for (const who of ['isso', 'gtl'])
        await tx.people.linkPlatformUser(desk.adapter.platform, desk.accountOf(who), who);
    });
    await settle();
    desk.clear('isso');
  });
  afterAll(async () => {
    await desk.stop();
    expect(desk.faults()).toEqual([]);
  });

  /** Sends what is due; no platform takes more than a message a second from us into one conversation. */
  async function settle(): Promise<void> {
    for (let times = 0; times < 5; times += 1) {
      await deliverPending({ ...bot.delivering, adapters: carriers }, bot.clock.now());
      bot.clock.set(new Date(bot.clock.now().getTime() + 2_000));
    }
  }
  /** Their message of the day, the newest; each day has one. */
  function day(nth = 1): Standing {
    const days = desk.standing('isso').filter(({ words }) => words.includes('Your day: '));
    expect(days).toHaveLength(nth);
    return days[nth - 1] as Standing;
  }
  /** Of which lines it has a button with that label. */
  const linesWith = (label: string): readonly (string | null)[] =>
    day()
      .buttons.filter((each) => each.label.includes(label) && each.choice !== null)
      .map(({ choice }) => choice);
  const labels = (): readonly string[] => day().buttons.map(({ label }) => label);
  const OTHERS = [
    '2: Show the request',
    '2: Information Card',
    '3: Record the meeting',
    '3: It was not held',
    '3: Offer another time',
    ...SNOOZES,
  ];

  it('a nudge goes out with two other parts, whole, with every button of six lines', async () => {
    const from = eastern('2027-01-20T03:00');
    bot.clock.set(from);
    await bot.store.transaction((tx) => tx.deliveries.enqueue(question(from)));
    await nudgeEverybody(bot, from);
    await settle();
    bot.clock.set(eastern('2027-01-20T11:00'));
    await settle();
    expect(desk.standing('isso')).toHaveLength(1);
    keepsLimits(day().drawn);
    expect(day().words).toContain('Your day: 3 things');
    expect(day().words).not.toContain('thread');
    expect(linesWith('Done')).toEqual(['piv_card', 'email_chat', 'cfacts_access', 'rbt', 'forum']);
    expect(labels()).toContain('I signed');
    expect(linesWith('Blocked')).toEqual([
      'piv_card',
      'email_chat',
      'cfacts_access',
      'appointment_letter',
      'rbt',
    ]);
    expect(linesWith('Waiting on')).toEqual(['piv_card', 'email_chat', 'cfacts_access', 'rbt']);
    expect(linesWith('Not yet')).toEqual([...linesWith('Blocked'), 'forum']);
    expect(labels().slice(-OTHERS.length)).toEqual(OTHERS);
  });

  it.each([
    {
      what: 'by its button',
      line: 'email_chat',
      is: 'CMS mailbox',
      say: () => desk.presses('isso', 'Done', 'email_chat'),
      says: 'Saved for',
    },
    {
      what: 'by typed words',
      line: 'piv_card',
      is: 'PIV card issued',
      say: () => desk.types('isso', 'done 1 ref PIV-3'),
      says: 'Saved for',
    },
    {
      what: 'by a redrawn button, whose dialog asks for the reference',
      line: 'cfacts_access',
      is: 'CFACTS job code',
      say: async () => {
        await desk.presses('isso', 'Done', 'cfacts_access');
        return desk.fills('isso', { reference: 'JC-1' });
      },
      says: 'Saved for',
    },
    {
      what: 'by a dialog: it is blocked',
      line: 'rbt',
      is: 'First role-based training',
      say: async () => {
        await desk.presses('isso', 'Blocked', 'rbt');
        return desk.fills('isso', { words: 'The course is full.' });
      },
      says: 'Blocked: The course is full',
    },
    {
      what: 'by a dialog: it is not yet done',
      line: 'cfacts_training',
      is: 'CFACTS training',
      say: async () => {
        await desk.presses('isso', 'Not yet', 'cfacts_training');
        return desk.fills('isso', { days: '3' });
      },
      says: 'I say it again on Monday, January 25, 2027',
    },
  ])('a line vanishes from that same message $what', async ({ line, is, say, says }) => {
    const before = day();
    expect(before.words).toContain(is);
    expect(await say()).toContain(says);
    await settle();
    const after = day();
    expect(after.edits).toBe(before.edits + 1);
    expect(after.words).not.toContain(is);
    keepsLimits(after.drawn);
    // What stood beside it stands; the next line may have come up to the first six.
    const beside = before.buttons.filter(({ choice }) => choice !== line);
    expect(after.buttons).toEqual(expect.arrayContaining(beside));
    expect(after.buttons.map(({ choice }) => choice)).not.toContain(line);
    expect(labels().slice(-OTHERS.length)).toEqual(OTHERS);
  });

  it('all of it is put off by one button, and comes again on its day', async () => {
    const said = await desk.presses('isso', 'Remind me tomorrow');
    expect(said).toContain('I will remind you again on');
    expect(said).toContain('ISSO Appointment Letter processed: I say it again on Thursday, January 21, 2027');
    await settle();
    expect(day().words).toContain('In your hands: nothing left');
    expect(labels()).toEqual(OTHERS);
    bot.clock.set(eastern('2027-01-21T03:00'));
    await nudgeEverybody(bot, bot.clock.now());
    await settle();
    bot.clock.set(eastern('2027-01-21T11:00'));
    await settle();
    const { words } = day(2);
    for (const again of ['ISSO Appointment Letter processed', 'Community Forum', 'Was it held?'])
      expect(words).toContain(again);
    for (const gone of [
      'CMS mailbox',
      'PIV card issued',
      'CFACTS job code',
      'First role-based training',
      'CFACTS training',
    ])
      expect(words).not.toContain(gone);
  });

  it('the burn-down comes as a picture, with what it shows in words', async () => {
    expect(await desk.types('isso', 'burn-down')).toContain('lines open');
    await settle();
    const [picture, ...more] = desk.files('isso');
    expect(more).toEqual([]);
    expect(picture?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.altText).toMatch(
      /^Burn-down: Ines Sorensen, ISSO-2026-0001.+Day 45: \d+ of 22 lines open/su,
    );
    expect(picture?.altText).toMatch(/; day \d+: 0 forecast, 0 planned\.$/u);
  });

  it('the status report comes as a file: its PDF to whoever settles it, its CSV to whoever asks', async () => {
    await bot.say('lead', 'submit report');
    await settle();
    expect(desk.standing('gtl').at(-1)?.words).toContain('Weekly status report');
    expect(await desk.types('gtl', 'report csv')).toContain('as CSV now');
    await settle();
    const files = hasFiles ? desk.files('gtl').map(({ bytes }) => bytes) : filesByMail();
    expect(files).toHaveLength(2);
    expect(files[0]?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(files[1]?.toString()).toContain('ISSO-2026-0001');
  });
});

/** The files of the mails that have come, as they were sent. */
const filesByMail = (): readonly Buffer[] =>
  mailServer.arrived.flatMap(({ raw }) =>
    leaves(parseMail(raw))
      .filter(({ headers }) => headers.get('content-disposition')?.startsWith('attachment'))
      .map(({ body }) => Buffer.from(body)),
  );

/** One part of a day: a question with three buttons. */
const question = (dueAt: Date) =>
  aDelivery('question', {
    to: { kind: 'person', personId: 'isso' },
    kind: 'reminder',
    urgency: 'routine',
    dueAt,
    message: card(
      'Was it held?',
      [paragraph('The time of the meeting has passed. Please say who was there and what was decided.')],
      ['Record the meeting', 'It was not held', 'Offer another time'].map((label, place) =>
        button(`ask-${place}`, label, { verb: 'meeting.record', subject: 'm1' }, 'held weekly 1/19/2027'),
      ),
    ),
  });
