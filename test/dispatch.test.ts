import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDispatch, WITHOUT_PLATFORM } from '../src/dispatch.ts';
import type { ButtonPress } from '../src/messages/button.ts';
import type { Inbound } from '../src/ports.ts';
import { PROGRAMME, pressed, said, startBot, submitted } from './support/bot.ts';
import { keepingLog, standingClock, TUESDAY } from './support/fakes.ts';
import { openTestDatabase, openTestStore } from './support/open-store.ts';

const count = async (table: 'engagement' | 'delivery' | 'audit_entry'): Promise<number> => {
  const { prisma } = await openTestDatabase();
  const [row] = await prisma.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row?.n);
};

describe('events that come more than once', () => {
  it('have one effect each, however often and in whatever order the repeats come', async () => {
    const bot = await startBot(await openTestStore());
    const requests = await Promise.all(
      ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name) => bot.fileRequest(name)),
    );
    const accept = (number: string): ButtonPress => ({ verb: 'triage.accept', subject: number, version: 1 });
    const decline = (number: string): ButtonPress => ({
      verb: 'triage.decline',
      subject: number,
      version: 1,
    });
    const events: Inbound[] = requests.map((number, index) =>
      index % 2 === 0
        ? pressed('ispg', accept(number), {}, { eventKey: `press-${index}` })
        : submitted(
            'gtl',
            decline(number),
            { reason: 'no_capacity', note: '' },
            { eventKey: `dialog-${index}` },
          ),
    );
    const [repeats] = fc.sample(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: events.length, maxLength: events.length }),
      { seed: 42, numRuns: 1 },
    );
    const all = events.flatMap((event, index) => Array.from({ length: repeats?.[index] ?? 1 }, () => event));
    const [order = []] = fc.sample(
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      { seed: 43, numRuns: 1 },
    );
    const heard = await Promise.all(order.map((event) => bot.receive(event)));
    expect(heard.filter(({ receipt }) => receipt === 'accepted')).toHaveLength(events.length);
    expect(heard.filter(({ receipt }) => receipt === 'duplicate')).toHaveLength(all.length - events.length);
    const states = await bot.store.transaction((tx) => tx.engagements.countByState());
    expect([states.get('KICKOFF_PENDING'), states.get('DECLINED')]).toEqual([3, 3]);
    const { prisma } = await openTestDatabase();
    const decisions = await prisma.auditEntry.findMany({
      where: { verb: { in: ['request.accept', 'request.decline'] } },
    });
    expect(decisions).toHaveLength(events.length);
  });

  it.each([1, 2, 3, 4])('keep an intake answer once when it comes %i times at once', async (times) => {
    const bot = await startBot(await openTestStore());
    await bot.say('bo', 'I need an ISSO');
    const answer = said('bo', 'Claims Hub', { eventKey: 'answer' });
    const heard = await Promise.all(Array.from({ length: times }, () => bot.receive(answer)));
    expect(heard.flatMap((each) => each.said)).toEqual([expect.stringContaining('Question 2 of')]);
  });

  it('take the same key of another platform for another event', async () => {
    const bot = await startBot(await openTestStore());
    await bot.say('bo', 'hi', { eventKey: 'same' });
    expect((await bot.say('bo', 'hi', { eventKey: 'same', platform: 'teams' })).receipt).toBe('accepted');
  });

  it('leave one effect and one notice when the platform sends a press again under a new name', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    const accept = { verb: 'triage.accept', subject: number, version: 1 };
    const first = await bot.press('ispg', accept);
    const second = await bot.press('ispg', accept);
    expect(first.said[0]).toContain('is accepted');
    expect(second.said[0]).toContain('out of date');
    await bot.deliver();
    expect(
      bot.standing('bo').filter((text) => text.includes(`Pick a kickoff time for ${number}`)),
    ).toHaveLength(1);
  });

  it('offer kickoff times once when "Offer other times" is pressed twice', async () => {
    const bot = await startBot(await openTestStore());
    const number = await bot.fileRequest();
    await bot.say('ispg', `accept ${number}`);
    const meeting = await bot.store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      return engagement ? tx.meetings.ofEngagement(engagement.id, 'kickoff') : null;
    });
    const offer = { verb: 'kickoff.offer', subject: meeting?.id ?? '', version: meeting?.version ?? 0 };
    const first = await bot.press('ispg', offer);
    const second = await bot.press('gtl', offer);
    expect(first.said[0]).toContain(`New times for ${number} are offered`);
    expect(second.said[0]).toContain('out of date');
  });
});

describe('an event that could not be kept', () => {
  it('has no effect at all, and is taken when it comes again', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const number = await bot.fileRequest();
    const log = keepingLog();
    const deaf = createDispatch({
      ...WITHOUT_PLATFORM,
      store: { ...store, inbox: { ...store.inbox, accept: async () => 'not-saved' } },
      clock: standingClock(TUESDAY),
      programme: PROGRAMME,
      log,
      wake: async () => {
        throw new Error('nothing is to be woken');
      },
    });
    const nobody = { say: never, update: never, openDialog: never, rejectDialog: never };
    const event = said('ispg', `accept ${number}`, { eventKey: 'later' });
    expect(await deaf.receive(event, nobody)).toEqual({ kind: 'not-saved' });
    await deaf.idle();
    expect([await count('delivery'), await count('audit_entry')]).toEqual([0, 0]);
    expect((await bot.receive(event)).said[0]).toContain('is accepted');
  });
});

async function never(): Promise<void> {
  throw new Error('nothing is to be said');
}

describe('a mistake of ours', () => {
  it('is answered with an apology and a reference that the log has too, and the event is over', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const number = await bot.fileRequest();
    let broken = true;
    const dispatch = createDispatch({
      ...WITHOUT_PLATFORM,
      store: {
        ...store,
        transaction: (work) =>
          store.transaction((tx) =>
            work({
              ...tx,
              engagements: {
                ...tx.engagements,
                update: async (engagement) => {
                  if (broken) throw new Error('secret words of a person');
                  return tx.engagements.update(engagement);
                },
              },
            }),
          ),
      },
      clock: bot.clock,
      programme: PROGRAMME,
      log: bot.log,
      wake: async () => undefined,
    });
    const texts: string[] = [];
    const reply = {
      say: async (message: unknown) => void texts.push(JSON.stringify(message)),
      update: never,
      openDialog: never,
      rejectDialog: never,
    };
    const receipt = await dispatch.receive(said('ispg', `accept ${number}`, { eventKey: 'poison' }), reply);
    if (receipt.kind === 'accepted') await receipt.done;
    const reference = /reference ([0-9A-F]{8})/u.exec(texts.join())?.[1];
    expect(reference).toBeDefined();
    expect(texts.join()).not.toContain('secret');
    expect(
      bot.log.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields.reference),
    ).toEqual([reference]);
    expect(await store.inbox.unfinished(new Date(TUESDAY.getTime() + 1), 10)).toEqual([]);
    expect([await count('delivery'), await count('audit_entry')]).toEqual([0, 0]);
    broken = false;
    expect((await bot.say('ispg', `accept ${number}`)).said[0]).toContain('is accepted');
  });

  it('in what comes after the work is logged, and whoever waits for the work is not troubled with it', async () => {
    const store = await openTestStore();
    const bot = await startBot(store);
    const dispatch = createDispatch({
      ...WITHOUT_PLATFORM,
      store,
      clock: bot.clock,
      programme: PROGRAMME,
      log: bot.log,
      wake: async () => {
        throw new Error('nobody wakes');
      },
    });
    const texts: unknown[] = [];
    const reply = {
      say: async (message: unknown) => void texts.push(message),
      update: never,
      openDialog: never,
      rejectDialog: never,
    };
    const receipt = await dispatch.receive(said('bo', 'hi'), reply);
    const done =
      receipt.kind === 'accepted'
        ? receipt.done.then(
            () => 'done',
            () => 'rejected',
          )
        : receipt.kind;
    expect(await done).toBe('done');
    expect(texts).toHaveLength(1);
    expect(bot.log.lines.some(({ level }) => level === 'error')).toBe(true);
  });
});
