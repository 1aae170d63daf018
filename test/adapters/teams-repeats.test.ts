import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEAMS } from '../../adapters/teams/limits.ts';
import { ACTIONS } from '../../adapters/teams/surface.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { type Inbox, inboxOf } from '../support/slack/inbox-of.ts';
import { type Input, inputsOf } from '../support/teams/cards.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { addStranger, type Seat, seatOf, wordsOf } from '../support/teams/seat.ts';
import { type HttpAnswer, resend } from '../support/teams/wire.ts';
import { cardFor, type TeamsConversation } from '../support/teams/world.ts';

let stage: OnTeams;
let inbox: Inbox;
beforeAll(async () => {
  stage = await startOnTeams();
  inbox = await inboxOf(stage);
});
afterAll(async () => {
  await inbox.close();
  await stage.stop();
});

/** Moves the machine's clock on. */
const later = (ms: number): void => stage.later(ms);

/** Somebody who has spoken before, so that nothing but what they do is kept. */
async function regular(user = addStranger(stage)): Promise<Seat> {
  const one = seatOf(stage, user);
  await one.types('hi');
  return one;
}
const roomOf = ({ user }: Seat): TeamsConversation => stage.cloud.world.personal(user);
const timesSaid = (one: Seat, words: string): number =>
  one.said().filter((each) => wordsOf(each, one.user).includes(words)).length;
const bodyOf = ({ body }: HttpAnswer): string => JSON.stringify(body);
/** A press of the newest button with that label, done anew each time it is called: under another id, as clients retry it. */
function aPress(one: Seat, label: string, id?: string): () => Promise<HttpAnswer> {
  const { message, button } = one.buttonIn(one.said(), label);
  const values = Object.fromEntries(
    inputsOf(cardFor(message, one.user)).map((input) => [input.id, ['surge']]),
  );
  return () => one.person.presses(roomOf(one), message, button, values, id ? { id } : {});
}
const thrice = (act: () => Promise<HttpAnswer>): Promise<HttpAnswer[]> =>
  Promise.all([1, 2, 3].map(() => act()));
/** Somebody at the question with choices. */
async function atChoices(): Promise<Seat> {
  const one = await regular();
  for (const words of ['I need an ISSO', 'OIT', 'Hub', '1']) await one.types(words);
  return one;
}

describe('what is told twice', () => {
  it('has one effect: a message of the same id, however often', async () => {
    const one = await regular();
    const again = '1700000000123';
    const kept = await inbox.keptBy(async () => {
      for (let time = 0; time < 3; time += 1)
        expect((await one.person.types('help', { again })).status).toBe(200);
      await Promise.all([1, 2].map(() => one.person.types('help', { again })));
    });
    expect(kept).toBe(1);
    expect(timesSaid(one, 'What you can do here')).toBe(1);
  });

  it('has one effect each: messages of the same words', async () => {
    const one = await regular();
    expect(
      await inbox.keptBy(async () => {
        for (let time = 0; time < 2; time += 1) await one.types('help');
      }),
    ).toBe(2);
    expect(timesSaid(one, 'What you can do here')).toBe(2);
  });

  it('has one effect: a double click, each of another id', async () => {
    const one = await regular();
    const press = aPress(one, 'What else can I do?');
    expect(await inbox.keptBy(async () => void (await Promise.all([press(), press()])))).toBe(1);
    expect(timesSaid(one, 'What you can do here')).toBe(1);
  });

  it('has one effect: a press of the same id, byte for byte', async () => {
    const one = await regular();
    const press = aPress(one, 'What else can I do?', 'f:press-of-a-test');
    const kept = await inbox.keptBy(async () => {
      const first = await press();
      await stage.app.idle();
      for (let time = 0; time < 2; time += 1)
        expect(bodyOf(await resend(stage.wire, first.sent))).toBe(bodyOf(first));
      // However late it comes again.
      later(TEAMS.samePressMs + 1_000);
      await resend(stage.wire, first.sent);
    });
    expect(kept).toBe(1);
    expect(timesSaid(one, 'What you can do here')).toBe(1);
  });

  it('is answered the same: a press whose card is redrawn', async () => {
    const one = await atChoices();
    const press = aPress(one, 'Answer');
    const answers: HttpAnswer[] = [];
    const kept = await inbox.keptBy(async () => {
      answers.push(...(await thrice(press)));
      for (const { sent } of [...answers]) answers.push(await resend(stage.wire, sent));
    });
    expect(kept).toBe(1);
    expect(new Set(answers.map(bodyOf)).size).toBe(1);
    expect(answers[0]?.body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(one.last()).toContain('Question 5');
    expect(timesSaid(one, 'Question 5')).toBe(1);
  });

  it('has one effect: an older client’s press', async () => {
    const one = await regular();
    const { message, button } = one.buttonIn(one.said(), 'What else can I do?');
    const press = () => one.person.presses(roomOf(one), message, button, {}, { asOldClient: true });
    expect(await inbox.keptBy(async () => void (await thrice(press)))).toBe(1);
    expect(timesSaid(one, 'What you can do here')).toBe(1);
  });

  it('opens the same dialog: the asking for one', async () => {
    const one = await regular();
    for (const words of ['I need an ISSO', 'form']) await one.types(words);
    const press = aPress(one, 'Open the form', 'f:fetch-of-a-test');
    const answers: HttpAnswer[] = [];
    expect(await inbox.keptBy(async () => void answers.push(...(await thrice(press))))).toBe(1);
    expect(new Set(answers.map(bodyOf)).size).toBe(1);
    expect(bodyOf(answers[0] as HttpAnswer)).toContain('"continue"');
  });

  it('has one effect: a dialog that is sent three times, from a message extension too', async () => {
    const one = await regular();
    await one.extension(ACTIONS.request);
    const dialog = one.dialog();
    const answers: HttpAnswer[] = [];
    const kept = await inbox.keptBy(
      async () =>
        void answers.push(...(await thrice(() => one.person.submits(dialog, { component: 'OIT' })))),
    );
    expect(kept).toBe(1);
    expect(new Set(answers.map(bodyOf)).size).toBe(1);
    expect(one.standing()).toHaveProperty('system_name');
    // Another page is another dialog, and so is one that was refused.
    expect(await inbox.keptBy(async () => void (await one.submits({ ...FIRST_PAGE, reason: [] })))).toBe(1);
    expect(await inbox.keptBy(async () => void (await one.submits({ reason: ['surge'] })))).toBe(1);
    expect(one.standing()).toHaveProperty('urgency');
  });
});

describe('what is meant again', () => {
  it('counts: the same press a minute later', async () => {
    const one = await regular();
    const press = aPress(one, 'What else can I do?');
    const kept = await inbox.keptBy(async () => {
      for (let time = 0; time < 2; time += 1) {
        await thrice(press);
        later(TEAMS.samePressMs + 1_000);
      }
    });
    expect(kept).toBe(2);
    expect(timesSaid(one, 'What you can do here')).toBe(2);
  });

  it('counts: another button, and the same one with other values', async () => {
    const one = await regular();
    const kept = await inbox.keptBy(async () => {
      for (const label of ['What else can I do?', 'Status of my requests']) await aPress(one, label)();
    });
    expect(kept).toBe(2);
    const chooser = await atChoices();
    const { message, button } = chooser.buttonIn(chooser.said(), 'Answer');
    const { element } = inputsOf(message.card)[0] as Input;
    const all = (element.choices as readonly { readonly value: string }[]).map(({ value }) => value);
    expect(
      await inbox.keptBy(async () => {
        for (const reason of [[], all, all.slice(0, 1)])
          await chooser.person.presses(roomOf(chooser), message, button, { reason });
      }),
    ).toBe(3);
  });

  it('counts: the same button for another person', async () => {
    const [one, other] = [await regular(), await regular()];
    const { message, button } = one.buttonIn(one.said(), 'What else can I do?');
    const kept = await inbox.keptBy(async () => {
      for (const each of [one, other]) await each.person.presses(roomOf(each), message, button);
    });
    expect(kept).toBe(2);
  });

  it('is one press also when the bot is started again between its repeats', async () => {
    const one = await regular();
    const press = aPress(one, 'What else can I do?', 'f:press-before-a-restart');
    const { sent } = await press();
    await stage.app.idle();
    await inbox.close();
    await stage.app.restart();
    inbox = await inboxOf(stage);
    // However late it comes again: Teams says when it was sent.
    later(10 * TEAMS.samePressMs);
    expect(await inbox.keptBy(async () => void (await resend(stage.wire, sent)))).toBe(0);
    expect(timesSaid(one, 'What you can do here')).toBe(1);
  });
});

it('is one effect each, in whatever order everything comes three times', async () => {
  const seats = await Promise.all([1, 2, 3].map(() => regular()));
  const acts = seats.flatMap((one, place) => [
    () => one.person.types('help', { again: `17000000009${place}1` }),
    () => one.person.types('status', { again: `17000000009${place}2` }),
    aPress(one, 'What else can I do?'),
    aPress(one, 'Status of my requests', `f:shuffled-${place}`),
  ]);
  const shuffled = [...acts, ...acts, ...acts]
    .map((act, place) => ({ act, at: (place * 7_919) % 36 }))
    .sort((a, b) => a.at - b.at);
  const kept = await inbox.keptBy(async () => {
    const answers = await Promise.all(shuffled.map(({ act }) => act()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
  expect(kept).toBe(acts.length);
  for (const one of seats) {
    expect(timesSaid(one, 'What you can do here')).toBe(2);
    expect(timesSaid(one, 'You have no requests yet')).toBe(2);
  }
});

it('Teams took everything that was drawn', () => {
  expect(stage.cloud.faults).toEqual([]);
});
