import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf } from '../support/slack/person.ts';
import {
  addGuest,
  addRandomChannel,
  channelIn,
  ISPG_CHANNEL,
  play,
  RANDOM_CHANNEL,
  type Seat,
  saidIn,
  seatOf,
} from '../support/slack/seat.ts';
import type { SlackConversation, SlackMessage } from '../support/slack/world.ts';

let stage: OnSlack;
beforeAll(async () => {
  stage = await startOnSlack('2026-12-01T10:00:00-05:00');
  addRandomChannel(stage);
});
afterAll(() => stage.stop());

const guest = (): Seat => seatOf(stage, addGuest(stage));
/** Says it to the bot in the channel; answers with what the bot said there, and where. */
const inChannel = async (seat: Seat, id: string, text: string): Promise<SlackMessage[]> => {
  const channel = channelIn(stage, id);
  const before = saidIn(channel).length;
  await seat.types(text, { in: id });
  await seat.rest();
  return saidIn(channel).slice(before);
};
const lastBy = ({ messages }: SlackConversation, user: string): string =>
  messages.findLast((each) => each.user === user)?.ts ?? '';
/** What the ISPG channel knows of requests. */
const requestCards = (): SlackMessage[] =>
  saidIn(channelIn(stage, ISPG_CHANNEL)).filter(({ text }) => text.startsWith('New request'));
const wordsOf = (messages: readonly SlackMessage[]): string => messages.map(({ text }) => text).join('\n');

describe('what is said', () => {
  it('in the direct message is answered there, and in a thread below the same message', async () => {
    const seat = guest();
    await seat.types('status');
    expect(seat.said().map(({ threadTs }) => threadTs)).toEqual([null]);
    const root = lastBy(stage.slack.world.direct(seat.user), seat.user);
    await seat.types('settings', { thread: root });
    expect(seat.said().at(-1)).toMatchObject({ threadTs: root });
    expect(seat.last()).toContain('Your settings');
  });

  it('to the bot in the ISPG channel is answered in its thread, and personal things directly', async () => {
    const ispg = seatOf(stage, 'U0ISPG');
    const digest = await inChannel(ispg, ISPG_CHANNEL, 'digest');
    expect(digest.map(({ threadTs }) => threadTs)).toEqual([
      lastBy(channelIn(stage, ISPG_CHANNEL), ispg.user),
    ]);
    expect(wordsOf(digest)).toContain('Digest');
    const personal = await inChannel(ispg, ISPG_CHANNEL, 'home');
    expect(personal).toHaveLength(1);
    expect(wordsOf(personal)).not.toContain('Only you see this page');
    expect(ispg.last()).toContain('Only you see this page');
  });

  it('to the bot by its name is always answered, also when it knows nothing to say to it there', async () => {
    const answered = await inChannel(seatOf(stage, 'U0ISPG'), ISPG_CHANNEL, 'what is for lunch');
    expect(wordsOf(answered)).toContain('write to me in a direct message');
  });

  it('to the bot anywhere else is public only as far as the programme goes', async () => {
    const owner = seatOf(stage, 'U0BO2');
    const known = await inChannel(owner, RANDOM_CHANNEL, 'how long does onboarding take');
    expect(wordsOf(known)).toContain('60 days');
    expect(known.map(({ threadTs }) => threadTs)).toEqual([
      lastBy(channelIn(stage, RANDOM_CHANNEL), owner.user),
    ]);
    const own = await inChannel(owner, RANDOM_CHANNEL, 'status');
    expect(own).toHaveLength(1);
    expect(wordsOf(own)).not.toContain('requests yet');
    expect(owner.last()).toContain('You have no requests yet');
    const begun = await inChannel(owner, RANDOM_CHANNEL, 'I need an ISSO');
    expect(wordsOf(begun)).not.toContain('Question 1');
    expect(owner.last()).toContain('Question 1');
  });

  it('by people to each other is not heard, and neither is a message that was deleted', async () => {
    const seat = guest();
    const channel = channelIn(stage, RANDOM_CHANNEL);
    const from = stage.slack.asked.length;
    await seat.tells({
      type: 'message',
      channel: channel.id,
      channel_type: 'channel',
      user: seat.user,
      text: 'how long does onboarding take',
      ts: stage.slack.world.nextTs(),
    });
    await seat.tells({
      type: 'message',
      subtype: 'message_deleted',
      channel: stage.slack.world.direct(seat.user).id,
      channel_type: 'im',
      ts: stage.slack.world.nextTs(),
      deleted_ts: '1.1',
      previous_message: { user: seat.user, text: 'I need an ISSO', ts: '1.1' },
    });
    expect(stage.slack.asked.slice(from)).toEqual([]);
  });

  it('and changed afterwards changes nothing; how to change an answer is said once', async () => {
    const seat = guest();
    await seat.types('I need an ISSO');
    await seat.types('OIT');
    const edit = (text: string, ts: string) =>
      seat.tells({
        type: 'message',
        subtype: 'message_changed',
        channel: stage.slack.world.direct(seat.user).id,
        channel_type: 'im',
        ts,
        message: { user: seat.user, text, ts: '1.1', edited: { ts } },
        previous_message: { text: 'OIT' },
      });
    const before = seat.said().length;
    await edit('CMCS', '2.1');
    await seat.rest();
    await edit('CMCS, please', '2.2');
    await seat.rest();
    expect(wordsOf(seat.said().slice(before))).toContain('I do not read changes to messages');
    expect(seat.said()).toHaveLength(before + 1);
    const review = await seat.hears('review');
    expect(review).toMatch(/CMS component: .*OIT/u);
    expect(review).not.toContain('CMCS');
  });
});

describe('the command', () => {
  it.each([
    ['help', 'What you can do here'],
    ['', 'What you can do here'],
    ['status', 'You have no requests yet'],
    ['card', 'Information Card'],
    ['meetings', 'meetings'],
    ['checkin', 'check-in'],
    ['ask how long does onboarding take', '60 days'],
    ['request', 'Question 1'],
  ])('“/isso %s” is answered in the direct message, wherever it was typed', async (words, answer) => {
    const seat = guest();
    const channel = channelIn(stage, RANDOM_CHANNEL);
    const inPublic = saidIn(channel).length;
    const there = await seat.command(words);
    expect(there.body).toBeNull();
    expect(seat.last()).toContain(answer);
    const before = seat.said().length;
    const elsewhere = await seat.command(words, RANDOM_CHANNEL);
    expect(elsewhere.body).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('direct message'),
    });
    expect(seat.said().length).toBeGreaterThan(before);
    expect(saidIn(channel)).toHaveLength(inPublic);
  });

  it('“/isso form” opens the form that was begun, and says so when there is none', async () => {
    const seat = guest();
    await seat.command('form');
    expect(seat.person.openView()).toBeNull();
    expect(seat.last()).toContain('nothing to resume');
    await seat.command('request');
    await seat.command('form', RANDOM_CHANNEL);
    expect(seat.view().view.callback_id).toBe('dialog');
  });
});

describe('a shortcut', () => {
  it('opens the dialog', async () => {
    const seat = guest();
    await seat.shortcut();
    expect(seat.view().view.callback_id).toBe('dialog');
    expect(seat.said()).toEqual([]);
  });

  it('on a message opens it with the words of the message proposed, and sends nothing by itself', async () => {
    const seat = seatOf(stage, 'U0BO');
    const words = 'Our claims system has nobody who looks after its security.';
    await seat.messageShortcut(RANDOM_CHANNEL, words);
    expect(seat.view().view.callback_id).toBe('dialog');
    expect(JSON.stringify(seat.view().view.blocks)).toContain('words of the message');
    expect(seat.standing().need_summary).toBe(words);
    await seat.closes();
    expect(requestCards()).toEqual([]);
    await seat.types('cancel');
    await seat.types('yes');
    expect(await seat.hears('status')).toContain('You have no requests yet');
  });
});

describe('the home page', () => {
  it('is shown to whoever opens it and nobody else, and anew with every change', async () => {
    const owner = seatOf(stage, 'U0BO');
    const cra = seatOf(stage, 'U0CRA');
    await owner.opensHome();
    await cra.opensHome();
    expect(owner.homeWords()).toContain('Nothing waits for you');
    expect(owner.homeWords()).toContain('You have no requests yet');
    await owner.types('I need an ISSO');
    expect(owner.homeWords()).toContain('A request you began');
    await owner.types('cancel');
    await owner.types('yes');
    await play(stage, 'follow request-claims-hub');
    for (const seat of [owner, cra]) expect(seat.homeWords()).toContain('Request received');
    await play(stage, 'ispg presses "Accept" in #ispg');
    expect(owner.homeWords()).toContain('kickoff time 1');
    await owner.presses('Choose 1');
    await stage.app.idle();
    expect(cra.homeWords()).toContain('Kickoff booked');
    expect(owner.homeWords()).not.toContain('kickoff time 1');
    await owner.types('work 9 to 5');
    expect(owner.homeWords()).not.toContain('8:00 AM to 5:00 PM');
    for (const user of ['U0ISPG', 'U0BO2', 'U0LEAD']) expect(stage.slack.world.homes.has(user)).toBe(false);
  });

  it('has every part of what concerns its reader', async () => {
    const seat = guest();
    await seat.opensHome();
    for (const part of [
      'waits for you',
      'Your requests',
      'Your meetings',
      'Information Card',
      'write to you',
    ])
      expect(seat.homeWords()).toContain(part);
  });

  it('has buttons that are answered in the direct message', async () => {
    const seat = guest();
    await seat.opensHome();
    await seat.pressesHome('My settings');
    expect(seat.last()).toContain('Your settings');
    await seat.pressesHome('Request a Service ISSO');
    expect(seat.last()).toContain('Question 1');
    const labels = buttonsOf(seat.home()?.blocks ?? []).map(({ label }) => label);
    expect(labels).toContain('Open as a form');
    await seat.pressesHome('Open as a form');
    expect(seat.view().view.callback_id).toBe('dialog');
  });

  it('mutes and brings back what its reader hears of', async () => {
    const seat = guest();
    await seat.opensHome();
    await seat.pressesHome('Mute surveys');
    expect(seat.homeWords()).toContain('Unmute surveys');
    expect(seat.homeWords()).not.toContain('"Mute surveys"');
    await seat.pressesHome('Unmute surveys');
    expect(seat.homeWords()).toContain('"Mute surveys"');
  });

  it('is followed by a greeting for whoever looks at the conversation first, once', async () => {
    const seat = guest();
    for (let look = 0; look < 3; look += 1) await seat.opensHome('messages');
    expect(seat.said()).toHaveLength(1);
    expect(seat.last()).toContain('I am the bot of');
    expect(seat.home()).toBeNull();
  });
});

it('cards are redrawn where they stand, and never posted again', async () => {
  const direct = saidIn(stage.slack.world.direct('U0BO'));
  const status = direct.filter(({ text }) => text.includes('Status: '));
  expect(status).toHaveLength(1);
  expect(status[0]?.text).toContain('Status: Kickoff booked');
  expect(status[0]?.edits).toBeGreaterThan(0);
  const triage = saidIn(channelIn(stage, ISPG_CHANNEL)).filter(
    ({ text, threadTs }) => threadTs === null && /^New request ISSO|Accepted by/u.test(text),
  );
  expect(triage).toHaveLength(1);
  expect(triage[0]?.text).toContain('Accepted by: Imani Spencer');
  expect(triage[0]?.edits).toBeGreaterThan(0);
});

it('Slack took everything that was drawn', () => {
  expect(stage.slack.faults).toEqual([]);
});
