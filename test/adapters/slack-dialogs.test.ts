import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import { buttonsOf, inputsOf, type SlackPerson, slackPerson } from '../support/slack/person.ts';
import { addUser, type SlackMessage } from '../support/slack/world.ts';

let stage: OnSlack;
beforeAll(async () => {
  stage = await startOnSlack();
});
afterAll(async () => {
  expect(stage.slack.faults).toEqual([]);
  await stage.stop();
});

let someone: SlackPerson;
let guests = 0;
/** Everybody here is new, so that no open form stands in another's way. */
beforeEach(() => {
  guests += 1;
  const id = `U0GUEST${guests}`;
  addUser(stage.slack.world, { id, name: `Guest ${guests}`, email: `guest${guests}@demo.cms.example` });
  someone = slackPerson(stage.wire, id);
});

const own = (): SlackMessage[] =>
  stage.slack.world.direct(someone.user).messages.filter(({ user }) => user === 'U0ISSOBOT');
const last = (): string => own().at(-1)?.text ?? '';
const done = () => stage.app.idle();
const view = () => {
  const open = someone.openView();
  if (!open) throw new Error('no view is open');
  return open;
};
const initial = (): Record<string, unknown> =>
  Object.fromEntries(
    inputsOf(view().view.blocks).map(({ id, input }) => [id, input.element.initial_value ?? null]),
  );
const pressLast = async (label: string) => {
  const message = own().findLast(({ blocks }) => buttonsOf(blocks).some((each) => each.label === label));
  const button = buttonsOf(message?.blocks ?? []).find((each) => each.label === label);
  if (!message || !button) throw new Error(`there is no ${label}; the bot said: ${last()}`);
  const answer = await someone.presses(stage.slack.world.direct(someone.user).id, message, button);
  await done();
  return answer;
};
/** A Business Owner of the roster, whose first page asks for the system; with no form open. */
const asOwner = async (user: string) => {
  someone = slackPerson(stage.wire, user);
  for (const words of ['cancel', 'yes']) {
    await someone.types(words);
    await done();
  }
};
const openForm = async () => {
  await someone.shortcut('request-service-isso');
  await done();
};

describe('a dialog', () => {
  it('is opened before anything slow, and drawn when it is known', async () => {
    const from = stage.slack.asked.length;
    await openForm();
    const [first, ...rest] = stage.slack.asked.slice(from).map(({ method }) => method);
    expect(first).toBe('views.open');
    expect(rest).toContain('views.update');
    expect(view().view.callback_id).toBe('dialog');
  });

  it('says what is wrong beside the field, with every value kept', async () => {
    await openForm();
    const answer = await someone.submits(view(), { system_name: 'Claims Hub' });
    expect(answer.body?.response_action).toBe('errors');
    const blocks = inputsOf(view().view.blocks).map(({ input }) => input.block_id);
    const errors = Object.keys((answer.body?.errors ?? {}) as object);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every((block) => blocks.includes(block))).toBe(true);
  });

  it('that was closed half filled opens again with what was in it, also after a restart', async () => {
    await asOwner('U0BO');
    await openForm();
    await someone.fills(view(), { system_name: 'Claims Hub' }, 'system_name');
    await done();
    await someone.closes(view(), { system_name: 'Claims Hub' });
    await done();
    expect(last().toLowerCase()).toContain('kept');
    await stage.app.restart();
    await openForm();
    expect(initial().system_name).toBe('Claims Hub');
  });

  it('that Slack closes without its values is kept as it was last heard of', async () => {
    await asOwner('U0BO2');
    await openForm();
    await someone.fills(view(), { system_name: 'Data Vault' }, 'system_name');
    await someone.closes({ ...view(), view: { ...view().view, blocks: [] } });
    await done();
    await openForm();
    expect(initial().system_name).toBe('Data Vault');
  });

  it('and the conversation are one form, switched at any point', async () => {
    await someone.types('I need an ISSO');
    await done();
    await someone.types('Claims Hub');
    await done();
    await someone.types('form');
    await done();
    await pressLast('Open the form');
    expect(initial().system_name ?? 'Claims Hub').toBe('Claims Hub');
    await someone.closes(view());
    await done();
    await someone.types('status');
    await done();
    expect(last()).toContain('Question');
  });

  it('is offered as a button when Slack’s three seconds are over', async () => {
    const clock = stage.slack.world.triggers;
    const set = clock.set.bind(clock);
    // Slack gives this trigger out five seconds ago.
    clock.set = (id, trigger) => set(id, { ...trigger, at: trigger.at - 5_000 });
    await openForm();
    clock.set = set;
    expect(someone.openView()).toBeNull();
    await pressLast('Open the form');
    expect(view().view.callback_id).toBe('dialog');
  });

  it('begins with the words of the message it was chosen on, shown before anything is sent', async () => {
    await asOwner('U0BO');
    await someone.messageShortcut(
      'request-from-message',
      'C0ISPG',
      'Our claims system has nobody who looks after its security.',
    );
    await done();
    expect(view().view.callback_id).toBe('dialog');
    await someone.closes(view());
    await done();
    for (const answer of ['Claims Hub', 'review']) {
      await someone.types(answer);
      await done();
    }
    expect(own().some(({ text }) => text.includes('Our claims system has nobody'))).toBe(true);
  });

  it('that is gone before it was drawn does no harm', async () => {
    stage.slack.fate = ({ method }) =>
      method === 'views.update'
        ? { lands: 0, answers: { error: 'not_found' } }
        : { lands: 0, answers: 'truth' };
    await openForm();
    stage.slack.fate = () => ({ lands: 0, answers: 'truth' });
    expect(last()).toContain('opens as a form');
  });
});

describe('the command', () => {
  it.each([
    ['help', 'What you can do here'],
    ['', 'What you can do here'],
    ['status', 'request'],
    ['card', ''],
    ['meetings', 'meetings'],
    ['checkin', ''],
    ['request', 'Question 1'],
    ['ask how long does onboarding take', '60 days'],
  ])('“/isso %s” is answered in the direct message, wherever it was typed', async (words, said) => {
    const answer = await someone.command(words, 'C0RANDOM');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ response_type: 'ephemeral' });
    await done();
    expect(own().at(-1)?.text ?? '').toContain(said);
    expect(own().length).toBeGreaterThan(0);
    expect((await someone.command('help')).body).toBeNull();
    await done();
  });
});

describe('the home page', () => {
  it('is shown when it is opened and after each change, and its buttons are answered in the conversation', async () => {
    await someone.types('hi');
    await done();
    expect(stage.slack.world.homes.has(someone.user)).toBe(false);
    await someone.opensHome();
    await done();
    const words = () => JSON.stringify(stage.slack.world.homes.get(someone.user));
    expect(words()).toContain('Request a Service ISSO');
    await someone.types('mute surveys');
    await done();
    expect(words()).toMatch(/unmute/iu);
    const home = stage.slack.world.homes.get(someone.user) as { blocks: unknown[] };
    const settings = buttonsOf(home.blocks).find(({ label }) => /settings/iu.test(label));
    if (!settings) throw new Error('the page has no settings');
    await someone.pressesHome(settings);
    await done();
    expect(last()).toContain('Your settings');
  });

  it('greets once whoever looks at the conversation first', async () => {
    for (let look = 0; look < 3; look += 1) await someone.opensHome('messages');
    await done();
    expect(own().filter(({ text }) => text.includes('I am the bot of')).length).toBe(1);
  });
});

describe('who speaks', () => {
  it('is known by a verified mailbox, never by a name', async () => {
    addUser(stage.slack.world, {
      id: 'U0LOOKALIKE',
      name: 'Grace Tan-Lopez',
      email: 'grace@elsewhere.example',
    });
    addUser(stage.slack.world, {
      id: 'U0UNPROVED',
      name: 'X',
      email: 'grace.tanlopez@demo.cms.example',
      isEmailConfirmed: false,
    });
    for (const id of ['U0LOOKALIKE', 'U0UNPROVED']) {
      someone = slackPerson(stage.wire, id);
      await someone.types('digest');
      await done();
      expect(last(), id).not.toContain('Digest');
    }
    someone = slackPerson(stage.wire, 'U0GTL');
    await someone.types('digest');
    await done();
    expect(last()).toContain('Digest');
  });

  it('reads times in the zone of their profile, also when it changes', async () => {
    const user = stage.slack.world.users.get(someone.user);
    if (!user) throw new Error('there is no such user');
    user.timeZone = 'America/Denver';
    await someone.types('settings');
    await done();
    expect(last()).toContain('Mountain Time');
    user.timeZone = 'America/Los_Angeles';
    await someone.event({ type: 'user_change', user: { id: someone.user, updated: 7 }, event_ts: '1.1' });
    await done();
    await someone.types('settings');
    await done();
    expect(last()).toContain('Pacific Time');
  });

  it('is a guest while Slack can not say, and afterwards who they are, with what they began', async () => {
    addUser(stage.slack.world, { id: 'U0LATE', name: 'Late', email: 'audra.whitfield@demo.cms.example' });
    someone = slackPerson(stage.wire, 'U0LATE');
    stage.slack.fate = ({ method }) =>
      method === 'users.info' ? { lands: null, answers: { status: 500 } } : { lands: 0, answers: 'truth' };
    await someone.types('I need an ISSO');
    await done();
    expect(last()).toContain('Question 1');
    stage.slack.fate = () => ({ lands: 0, answers: 'truth' });
    await someone.types('Claims Hub');
    await done();
    expect(last()).toContain('Question 2');
    await someone.types('pause');
    await done();
    await someone.types('digest');
    await done();
    expect(last()).toContain('Digest');
  });

  it('is left alone once unlinked, until they link again', async () => {
    await someone.types('unlink');
    await done();
    await someone.types('status');
    await done();
    expect(last()).toContain('link');
    expect(last()).not.toContain('no requests');
    await someone.types('link');
    await done();
    await someone.types('status');
    await done();
    expect(last()).not.toContain('type `link`');
  });

  it('is not answered when it is a bot or somebody who has left', async () => {
    addUser(stage.slack.world, { id: 'U0ROBOT', name: 'Robot', isBot: true });
    someone = slackPerson(stage.wire, 'U0ROBOT');
    const before = stage.slack.asked.length;
    await someone.types('hi');
    await done();
    expect(stage.slack.asked.slice(before).map(({ method }) => method)).toEqual(['users.info']);
  });
});

describe('a changed message', () => {
  it('changes nothing, and how to change an answer is said once', async () => {
    await someone.types('I need an ISSO');
    await done();
    await someone.types('Claims Hub');
    await done();
    const before = own().length;
    const edit = (text: string, ts: string) =>
      someone.event({
        type: 'message',
        subtype: 'message_changed',
        channel: stage.slack.world.direct(someone.user).id,
        channel_type: 'im',
        ts,
        message: { user: someone.user, text, ts: '1.1', edited: { ts } },
        previous_message: { text: 'Claims Hub' },
      });
    await edit('Claims Hub 2', '2.1');
    await edit('Claims Hub 3', '2.2');
    await done();
    expect(own().length).toBeLessThanOrEqual(before + 1);
    await someone.types('review');
    await done();
    expect(own().some(({ text }) => text.includes('Claims Hub 3'))).toBe(false);
  });
});

describe('an account that is closed', () => {
  it('is no address any more, and is one again once its person is back and links it', async () => {
    const user = stage.slack.world.users.get(someone.user);
    if (!user) throw new Error('there is no such user');
    await someone.types('hi');
    await done();
    const change = (updated: number) =>
      someone.event({ type: 'user_change', user: { id: someone.user, updated }, event_ts: `${updated}.1` });
    user.isDeleted = true;
    await change(1);
    await done();
    user.isDeleted = false;
    await someone.types('status');
    await done();
    expect(last()).toContain('link');
    await someone.types('link');
    await done();
    await someone.types('hi');
    await done();
    expect(last()).toContain('I am the bot of');
  });
});
