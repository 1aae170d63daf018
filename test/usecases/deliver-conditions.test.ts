/** What a message waits for may settle itself before it is said, and before it is said again. */
import { describe, expect, it } from 'vitest';
import { type CardItem, newItem } from '../../src/domain/card.ts';
import { type PaperKind, subjectOf } from '../../src/domain/paper.ts';
import { say } from '../../src/messages/message.ts';
import type { StillTrue, Store } from '../../src/ports.ts';
import { tellPerson } from '../../src/usecases/tell.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { TUESDAY } from '../support/fakes.ts';
import { openTestStore } from '../support/open-store.ts';

const keep = (store: Store, kind: PaperKind, subject: string, answers: Readonly<Record<string, unknown>>) =>
  store.transaction(async (tx) => {
    const version = ((await tx.papers.latest(kind, subject))?.version ?? 0) + 1;
    const kept = { kind, subject, version, formVersion: 1, byId: null, at: TUESDAY, reason: null };
    expect(await tx.papers.insert({ ...kept, answers })).toBe(true);
  });

const overdue: StillTrue = {
  kind: 'item-open',
  engagementId: 'e1',
  personId: 'bo',
  item: 'piv',
  reopened: 1,
};
/** The card's line as somebody left it. */
const lineIs = (store: Store, facts: Partial<CardItem>) =>
  keep(store, 'information-card', subjectOf('e1', 'bo'), {
    templateVersion: 2,
    dayZeroOn: '2026-11-02',
    items: [newItem('rbt'), { ...newItem('piv'), reopened: 1, ...facts }],
  });
const late: StillTrue = {
  kind: 'paper-in',
  paper: 'status-report',
  subject: '2026-12-04',
  states: ['draft', 'returned'],
};
const reportIs = (store: Store, state: string) => keep(store, 'status-report', '2026-12-04', { state });

interface Case {
  readonly stillTrue: StillTrue;
  readonly holds: (store: Store) => Promise<void>;
  readonly settles: (store: Store) => Promise<void>;
}
const CASES: readonly (readonly [string, Case])[] = [
  [
    'a line of the card that is done',
    {
      stillTrue: overdue,
      holds: (store) => lineIs(store, { state: { is: 'blocked', reason: 'x' } }),
      settles: (store) => lineIs(store, { state: { is: 'done', reference: 'T-1' } }),
    },
  ],
  [
    'a line of the card that is not needed',
    {
      stillTrue: overdue,
      holds: (store) => lineIs(store, { snoozedUntil: '2026-12-31' }),
      settles: (store) => lineIs(store, { state: { is: 'not_needed', byId: 'gtl', why: 'x' } }),
    },
  ],
  [
    'a line of the card that was done and opened again since',
    {
      stillTrue: overdue,
      holds: (store) => lineIs(store, { state: { is: 'requested' } }),
      settles: (store) => lineIs(store, { state: { is: 'requested' }, reopened: 2 }),
    },
  ],
  [
    'a report that was handed in',
    {
      stillTrue: late,
      holds: (store) => reportIs(store, 'returned'),
      settles: (store) => reportIs(store, 'submitted'),
    },
  ],
];

/** A routine message to Bo under that condition. */
const tell = (bot: Bot, stillTrue: StillTrue): Promise<boolean> =>
  bot.store.transaction((tx) =>
    tellPerson({ tx, now: bot.clock.now() }, 'bo', {
      key: 'late',
      kind: 'escalation',
      urgency: 'routine',
      message: say('It is late.'),
      stillTrue,
    }),
  );

describe.each(CASES)('what is said of %s', (_, { stillTrue, holds, settles }) => {
  it('goes out before that, and can be put off', async () => {
    const bot = await startBot(await openTestStore());
    await holds(bot.store);
    await tell(bot, stillTrue);
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('It is late.');
    await bot.say('bo', 'snooze 1');
    expect(await bot.store.deliveries.find('late:bo~1')).toMatchObject({ state: 'pending', stillTrue });
  });

  it('does not go out after it', async () => {
    const bot = await startBot(await openTestStore());
    await holds(bot.store);
    await tell(bot, stillTrue);
    await settles(bot.store);
    await bot.deliver();
    expect(bot.standing('bo')).toEqual([]);
    expect(await bot.store.deliveries.find('late:bo')).toMatchObject({
      state: 'suppressed',
      reason: 'no longer true when it was due',
    });
  });

  it('does not come again after it', async () => {
    const bot = await startBot(await openTestStore());
    await holds(bot.store);
    await tell(bot, stillTrue);
    await bot.deliver();
    await settles(bot.store);
    expect((await bot.say('bo', 'snooze 1')).said.join('\n')).toContain(
      'One thing is settled or over by now',
    );
    expect(await bot.store.deliveries.find('late:bo~1')).toBeNull();
  });

  it('does not go out when there is nothing of that name', async () => {
    const bot = await startBot(await openTestStore());
    await tell(bot, stillTrue);
    await bot.deliver();
    expect(bot.standing('bo')).toEqual([]);
  });
});
