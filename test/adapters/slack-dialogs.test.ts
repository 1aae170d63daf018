import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_PAGE } from '../support/first-page.ts';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf, inputsOf, slackPerson } from '../support/slack/person.ts';
import { channelIn, ISPG_CHANNEL, type Seat, saidIn, seatOf } from '../support/slack/seat.ts';
import type { SlackMessage } from '../support/slack/world.ts';

let stage: OnSlack;
let owner: Seat;
beforeAll(async () => {
  stage = await startOnSlack('2026-12-01T10:00:00-05:00');
  owner = seatOf(stage, 'U0BO');
});
afterAll(() => stage.stop());

const EFFORT = {
  urgency: 'routine',
  level_of_effort: 'half',
  engagement_kind: 'defined',
  start_wanted: '2027-03-01',
};
describe('a dialog', () => {
  /** No form is open, and no view. */
  beforeEach(async () => {
    for (const each of stage.slack.world.views.values()) each.isOpen = false;
    for (const words of ['cancel', 'yes']) await owner.types(words);
  });

  it('is opened before anything slow, and drawn when it is known', async () => {
    const from = stage.slack.asked.length;
    const before = owner.said().length;
    await owner.shortcut();
    const asked = stage.slack.asked.slice(from).map(({ method }) => method);
    expect(asked[0]).toBe('views.open');
    expect(asked).toContain('views.update');
    expect(owner.view().view.callback_id).toBe('dialog');
    expect(owner.said()).toHaveLength(before);
  });

  it('says what is wrong beside the field, and everything filled in stands', async () => {
    await owner.shortcut();
    const view = owner.view();
    const answer = await owner.submits({ ...FIRST_PAGE, reason: [] });
    expect(answer.body?.response_action).toBe('errors');
    const reason = inputsOf(view.view.blocks).find(({ id }) => id === 'reason')?.input.block_id;
    expect(Object.keys((answer.body?.errors ?? {}) as object)).toEqual([reason]);
    expect(owner.view()).toBe(view);
    await owner.closes({ ...FIRST_PAGE, reason: [] });
    await owner.presses('Open the form again');
    expect(owner.standing()).toMatchObject({ ...FIRST_PAGE, reason: null });
    await owner.closes();
  });

  it('that was closed after six fields opens again with the six, also after a restart', async () => {
    await owner.shortcut();
    const { need_summary: _later, ...six } = { ...FIRST_PAGE, system_acronym: 'CH' };
    const filled: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(six)) {
      filled[field] = value;
      await owner.fills(filled, field);
    }
    await owner.closes(filled);
    expect(owner.last()).toContain('6 answers of the form are kept');
    await stage.app.restart();
    await owner.shortcut();
    expect(owner.standing()).toMatchObject({ ...six, need_summary: null });
    await owner.closes();
  });

  it('that was only typed in keeps it when it is closed', async () => {
    await owner.shortcut();
    await owner.closes({
      system_name: 'Claims Hub',
      need_summary: 'An audit is coming and nobody is trained.',
    });
    await owner.shortcut();
    expect(owner.standing()).toMatchObject({
      system_name: 'Claims Hub',
      need_summary: 'An audit is coming and nobody is trained.',
    });
    await owner.closes();
  });

  it('whose values Slack leaves out when it is closed is kept as it was last heard of', async () => {
    await owner.shortcut();
    await owner.fills({ system_name: 'Data Vault' }, 'system_name');
    const view = owner.view();
    view.isOpen = false;
    await owner.person.closes({ ...view, view: { ...view.view, blocks: [] } });
    await stage.app.idle();
    await owner.shortcut();
    expect(owner.standing().system_name).toBe('Data Vault');
    await owner.closes();
  });

  it('that is sent twice in one moment is taken once, and goes on to its next page', async () => {
    await owner.shortcut();
    const view = owner.view();
    const answers = await Promise.all([1, 2].map(() => owner.person.submits(view, FIRST_PAGE)));
    await stage.app.idle();
    expect(answers.map(({ body }) => body?.response_action)).toEqual(['update', 'update']);
    expect(owner.standing()).toHaveProperty('urgency');
    await owner.closes();
    expect(owner.last()).toContain('6 answers of the form are kept');
  });

  it('that was closed untouched is gone, and nothing is said', async () => {
    const before = owner.said().length;
    await owner.shortcut();
    await owner.closes();
    expect(owner.said()).toHaveLength(before);
    expect(await owner.hears('form')).toContain('nothing to resume');
  });

  it('and the conversation are one form, at every point of it', async () => {
    await owner.types('I need an ISSO');
    const answers = ['Claims Hub', '1', 'no trained isso', 'none'];
    const fields = ['system_name', 'system_count', 'reason', 'current_isso_state'];
    for (const [place, answer] of answers.entries()) {
      expect(owner.last()).toContain(`Question ${place + 1}`);
      await owner.types(answer);
      await owner.types('form');
      await owner.presses('Open the form');
      const standing = owner.standing();
      const isFilled = fields.map((field) => standing[field] !== null);
      expect(isFilled).toEqual(fields.map((_field, index) => index <= place));
      await owner.closes();
      await owner.types('resume');
    }
    await owner.types('form');
    await owner.presses('Open the form');
    await owner.closes({ tasks: ['categorization'] });
    expect(owner.last()).toContain('5 answers of the form are kept');
  });

  it('is offered as a button when Slack’s three seconds are over', async () => {
    const late = slackPerson({ ...stage.wire, now: () => stage.wire.now() - 4_000 }, owner.user);
    await late.shortcut('request-service-isso');
    await stage.app.idle();
    expect(owner.person.openView()).toBeNull();
    await owner.presses('Open the form');
    expect(owner.view().view.callback_id).toBe('dialog');
    await owner.closes();
  });

  it('that its person closed before it was drawn does no harm, and calls no administrator', async () => {
    stage.slack.fate = ({ method }) => {
      if (method === 'views.update') owner.view().isOpen = false;
      return { lands: 0, answers: 'truth' };
    };
    const admin = seatOf(stage, 'U0ADMIN');
    const before = admin.said().length;
    await owner.shortcut();
    stage.slack.fate = () => ({ lands: 0, answers: 'truth' });
    await owner.rest();
    expect(owner.person.openView()).toBeNull();
    expect(admin.said().slice(before)).toEqual([]);
    await owner.presses('Open the form');
    expect(owner.view().view.callback_id).toBe('dialog');
    await owner.closes();
  });

  it('that only says something has buttons that work, and a dialog opens in its place', async () => {
    await owner.types('I need an ISSO');
    await owner.messageShortcut(ISPG_CHANNEL, 'Nobody looks after the claims system.');
    const said = owner.view();
    expect(said.view.callback_id).toBe('said');
    await owner.pressesView('Go on');
    expect(owner.last()).toContain('Question 1');
    await owner.types('form');
    const { button } = owner.buttonIn(owner.said(), 'Open the form');
    const from = stage.slack.asked.length;
    await owner.person.pressesView(said, button);
    await stage.app.idle();
    expect(stage.slack.asked.slice(from).map(({ method }) => method)).not.toContain('views.open');
    expect(owner.view()).toBe(said);
    expect(said.view.callback_id).toBe('dialog');
    await owner.closes();
  });
});

/** What the ISPG channel shows of the request for that system. */
const triageOf = (system: string): SlackMessage[] =>
  saidIn(channelIn(stage, ISPG_CHANNEL)).filter(
    ({ text, threadTs }) => threadTs === null && text.includes(system),
  );
/** The kickoff times that the Business Owner was offered. */
const offers = (): SlackMessage[] => owner.said().filter(({ text }) => text.includes('Pick a kickoff time'));
/** Fills in the whole form as a dialog, and sends it. */
const fillAndSend = async (seat: Seat, system: string): Promise<void> => {
  for (const each of stage.slack.world.views.values()) each.isOpen = false;
  for (const words of ['cancel', 'yes']) await seat.types(words);
  await seat.shortcut();
  const view = seat.view();
  for (const values of [{ ...FIRST_PAGE, system_name: system }, EFFORT]) {
    expect((await seat.submits(values)).body?.response_action).toBe('update');
    expect(seat.view()).toBe(view);
  }
  expect((await seat.submits({ duration_months: '6' })).body?.response_action).toBe('clear');
  expect(seat.last()).toContain('Please check your request');
};

describe('a request', () => {
  it('is filled in page by page, and sent once however often it is pressed', async () => {
    await fillAndSend(owner, 'Claims Hub');
    await owner.presses('Submit request');
    const message = owner.said().at(-1);
    const button = buttonsOf(message?.blocks ?? [])[0];
    if (!message || !button) throw new Error('there is nothing to confirm');
    const ticked = Object.fromEntries(inputsOf(message.blocks).map(({ id }) => [id, true]));
    const channel = stage.slack.world.direct(owner.user).id;
    const before = owner.said().length;
    await Promise.all([1, 2, 3].map(() => owner.person.presses(channel, message, button, ticked)));
    await owner.rest();
    const told = owner.said().slice(before);
    expect(told.filter(({ text }) => text.includes('ISPG has your request'))).toHaveLength(1);
    expect(told.filter(({ text }) => text.includes('Nothing was sent twice'))).toHaveLength(2);
    expect(triageOf('Claims Hub')).toHaveLength(1);
    expect(await owner.hears('status')).toContain('ISSO-2026-0001');
    expect(owner.last()).not.toContain('ISSO-2026-0002');
  });

  it('that two people accept at the same instant is accepted once, and the other is shown how it stands', async () => {
    const people = [seatOf(stage, 'U0ISPG'), seatOf(stage, 'U0GTL')] as const;
    const [ispg] = people;
    const channel = channelIn(stage, ISPG_CHANNEL);
    const { message, button } = ispg.buttonIn(saidIn(channel), 'Accept');
    const before = people.map((seat) => seat.said().length);
    await Promise.all(people.map(({ person }) => person.presses(channel.id, message, button)));
    await owner.rest();
    const told = people.flatMap((seat, place) => seat.said().slice(before[place]));
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringContaining('That card was out of date, so nothing was changed'),
      expect.stringContaining('Kickoff being scheduled'),
    ]);
    expect(offers()).toHaveLength(1);
    expect(saidIn(channel).filter(({ text }) => text.includes('is accepted'))).toHaveLength(1);
    expect(triageOf('Claims Hub')).toHaveLength(1);
    expect(message.text).toContain('Accepted by: ');
    // The card as it stood before is still on somebody's screen.
    const shown = ispg.said().length;
    await ispg.person.presses(channel.id, message, button);
    await owner.rest();
    expect(ispg.said()).toHaveLength(shown + 2);
    expect(ispg.last()).toContain('Kickoff being scheduled');
    expect(offers()).toHaveLength(1);
  });

  it('is declined in a dialog that asks for the reason', async () => {
    await fillAndSend(owner, 'Data Vault');
    await owner.types('submit');
    await owner.types('I confirm');
    await owner.rest();
    const ispg = seatOf(stage, 'U0ISPG');
    await ispg.presses('Decline', channelIn(stage, ISPG_CHANNEL));
    expect(inputsOf(ispg.view().view.blocks).map(({ id }) => id)).toEqual(['reason', 'note']);
    const empty = await ispg.submits({});
    expect(empty.body?.response_action).toBe('errors');
    const sent = await ispg.submits({ reason: 'no_capacity', note: 'Please try again in the summer.' });
    expect(sent.body?.response_action).toBe('clear');
    await owner.rest();
    const words = owner.said().map(({ text }) => text);
    expect(words.join('\n')).toContain('Please try again in the summer.');
    const cards = triageOf('Data Vault');
    expect(cards.map(({ edits }) => edits > 0)).toEqual([true]);
    expect(cards[0]?.text).toContain('Status: Not accepted');
    expect(buttonsOf(cards[0]?.blocks ?? []).map(({ label }) => label)).not.toContain('Decline');
  });
});

it('Slack took everything that was drawn', () => {
  expect(stage.slack.faults).toEqual([]);
});
