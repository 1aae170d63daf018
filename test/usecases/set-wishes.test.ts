import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContactSettings } from '../../src/domain/contact.ts';
import type { AuditEntry, Store } from '../../src/ports.ts';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
let bot: Bot;
beforeAll(async () => {
  store = await openTestStore();
  bot = await startBot(store);
});
afterAll(() => store.close());

const settings = (id: string): Promise<ContactSettings | undefined> =>
  store.transaction(async (tx) => (await tx.contact.settings([id]))[0]);
const leaves = (id: string) => store.transaction((tx) => tx.contact.leaves([id], '2026-01-01'));
const zoneOf = (id: string) => store.transaction(async (tx) => (await tx.people.get(id))?.timeZone);
const own = (verb: string, choice?: string) => ({ verb, subject: 'own', ...(choice ? { choice } : {}) });

/** Everything the bot writes into its record while `act` runs. */
async function recorded(act: () => Promise<unknown>): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const transaction = store.transaction;
  store.transaction = (work) =>
    transaction((tx) =>
      work({
        ...tx,
        audit: {
          ...tx.audit,
          append: async (entry) => {
            entries.push(entry);
            await tx.audit.append(entry);
          },
        },
      }),
    );
  try {
    await act();
  } finally {
    store.transaction = transaction;
  }
  return entries;
}

describe('a wish', () => {
  it('is kept for the one who said it, and goes into the record without words', async () => {
    const entries = await recorded(async () => {
      await bot.say('bo', 'quiet hours 7pm to 7am');
      await bot.say('bo', 'mute surveys');
      await bot.say('bo', 'leave Dec 24');
    });
    expect(await settings('bo')).toMatchObject({
      quietHours: { from: '19:00', to: '07:00' },
      workHours: null,
      muted: ['surveys'],
    });
    expect(await settings('ispg')).toBeUndefined();
    expect(entries.map(({ verb, facts }) => [verb, facts])).toEqual([
      ['wishes.quiet-hours', { hours: '19:00-07:00' }],
      ['wishes.mute', { topic: 'surveys' }],
      ['wishes.leave', { from: '2026-12-24', to: '2026-12-24' }],
    ]);
    for (const entry of entries) expect(entry).toMatchObject({ actorId: 'bo', engagementId: null });
  });

  it('is not taken, and not recorded, when it makes no sense', async () => {
    const before = await settings('bo');
    const entries = await recorded(async () => {
      for (const typed of [
        'work hours 5pm to 9am',
        'quiet hours 9am to 8am',
        'time zone Mars',
        'leave Nov 3 2026',
      ])
        expect((await bot.say('bo', typed)).said).toHaveLength(1);
    });
    expect(entries).toEqual([]);
    expect(await settings('bo')).toEqual(before);
  });

  it('said in a channel is left alone, for people talk of leave among themselves', async () => {
    expect((await bot.say('ispg', 'leave Dec 24', { channel: 'ispg' })).said).toEqual([]);
    expect(await leaves('ispg')).toEqual([]);
  });

  it('is an answer while a form is open', async () => {
    await bot.say('cra', 'I need an ISSO');
    const { said } = await bot.say('cra', 'settings');
    expect(said.join('\n')).not.toContain('Your settings');
    await bot.say('cra', 'cancel');
  });
});

describe('a time zone of one’s own', () => {
  it('outlives a new reading of the roster, and others keep the roster’s', async () => {
    await bot.say('gtl', 'time zone Hawaii');
    const roster = await store.transaction((tx) => tx.people.list());
    const again = roster.map(({ calendarToken: _token, ...person }) => ({
      ...person,
      timeZone: 'America/Chicago',
    }));
    await loadPeople(store, again, null, () => crypto.randomUUID());
    expect(await zoneOf('gtl')).toBe('Pacific/Honolulu');
    expect(await zoneOf('ispg')).toBe('America/Chicago');
    expect(await loadPeople(store, again, null, () => crypto.randomUUID())).toBe(false);
    expect((await bot.say('gtl', 'settings')).said.join()).toContain('Hawaii Time (Pacific/Honolulu)');
  });
});

describe('a button of the settings', () => {
  it('of somebody else’s leave cancels nothing', async () => {
    const [leave] = await leaves('bo');
    const { said } = await bot.press('ispg', { verb: 'wishes.cancel-leave', subject: leave?.id ?? '' });
    expect(said.join()).toContain('You have no leave of that number');
    expect(await leaves('bo')).toHaveLength(1);
    await bot.press('bo', { verb: 'wishes.cancel-leave', subject: leave?.id ?? '' });
    expect(await leaves('bo')).toEqual([]);
  });

  it('with a choice that nobody offered does nothing', async () => {
    for (const [verb, choice] of [
      ['wishes.mute', 'invitations'],
      ['wishes.default', 'zone'],
      ['wishes.mute', undefined],
    ] as const)
      expect((await bot.press('ispg', own(verb, choice))).said.join()).toContain('not open to you');
    expect(await settings('ispg')).toBeUndefined();
  });

  it('each has words that do the same', async () => {
    await bot.say('lead', 'work hours 9 to 5:30');
    await bot.say('lead', 'leave Dec 24');
    await bot.say('lead', 'leave Dec 30');
    for (const card of ['settings', 'mute', 'leave']) {
      const { messages } = await bot.say('lead', card);
      const rows = messages.flatMap(({ blocks }) =>
        blocks.flatMap((block) =>
          block.kind === 'facts' ? block.rows.flatMap((row) => row.button ?? []) : [],
        ),
      );
      const buttons = [...messages.flatMap((message) => message.buttons), ...rows];
      expect(buttons.length).toBeGreaterThan(1);
      for (const { typed, label } of buttons)
        expect((await bot.say('lead', typed)).said.join(), label).not.toContain('I did not understand');
    }
  });

  it('opens a dialog whose mistakes stand beside their fields, and nothing is kept of it', async () => {
    const before = await settings('lead');
    const { dialog } = await bot.press('lead', own('wishes.ask-hours'));
    expect(dialog?.fields.map(({ id, value }) => [id, value])).toContainEqual(['work', '8:30 AM to 5:00 PM']);
    const { errors } = await bot.submit('lead', own('wishes.save-hours'), {
      work: 'soon',
      quiet: 'default',
      zone: 'nowhere',
    });
    expect(Object.keys(errors ?? {})).toEqual(['work', 'zone']);
    expect(await settings('lead')).toEqual(before);
    const late = await bot.submit('lead', own('wishes.save-leave'), {
      fromOn: '2026-12-24',
      toOn: '2026-12-20',
    });
    expect(late.errors).toHaveProperty('toOn');
  });
});
