import { beforeEach, describe, expect, it } from 'vitest';
import type { MailRequest } from '../../src/domain/mail-request.ts';
import type { Store, Tx } from '../../src/ports.ts';
import { openTestStore } from '../support/open-store.ts';
import { aPerson } from './samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
}, 60_000);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.transaction(work);
const AT = new Date('2026-12-01T15:00:00Z');

const aMail = (parts: Partial<MailRequest> = {}): Omit<MailRequest, 'number'> => ({
  id: 'm1',
  messageId: '<one@cms.example>',
  personId: null,
  fromAddress: 'bo@example.gov',
  subject: 'We need an ISSO',
  words: 'Words',
  attachments: 1,
  receivedAt: AT,
  version: 1,
  state: 'open',
  outcome: null,
  ...parts,
});

describe('mail that was taken in', () => {
  it('gets a number, and reads back as written', async () => {
    const made = await within((tx) => tx.mailRequests.insert(aMail()));
    expect(made).toEqual({ ...aMail(), number: 1 });
    expect(await within((tx) => tx.mailRequests.forChange(1))).toEqual(made);
    expect(await within((tx) => tx.mailRequests.forChange(2))).toBeNull();
  });

  it('is there once for each Message-ID, whoever writes it at the same time', async () => {
    const insert = (id: number) => within((tx) => tx.mailRequests.insert(aMail({ id: `m${id}` })));
    const made = await Promise.all(Array.from({ length: 12 }, (_, id) => insert(id)));
    expect(made.filter((mail) => mail !== null)).toHaveLength(1);
    expect(await within((tx) => tx.mailRequests.open(20))).toHaveLength(1);
  });

  it('may hold characters that no database takes', async () => {
    await within((tx) => tx.mailRequests.insert(aMail({ subject: 'a\0b', words: 'half \ud83d' })));
    expect(await within((tx) => tx.mailRequests.forChange(1))).toMatchObject({
      subject: 'ab',
      words: 'half \ufffd',
    });
  });

  it('changes only from the version before, and then waits no longer', async () => {
    const made = await within((tx) => tx.mailRequests.insert(aMail()));
    if (!made) throw new Error('not made');
    const outcome = { byId: 'ispg', at: AT, reason: 'other', note: 'Ask the SOC.' };
    const declined: MailRequest = { ...made, state: 'declined', version: 2, outcome };
    expect(await within((tx) => tx.mailRequests.update(declined))).toBe(true);
    expect(await within((tx) => tx.mailRequests.update(declined))).toBe(false);
    expect(await within((tx) => tx.mailRequests.forChange(1))).toEqual(declined);
    expect(await within((tx) => tx.mailRequests.open(20))).toEqual([]);
  });

  it('that waits is listed oldest first, so many at most', async () => {
    for (const [id, minutes] of [3, 1, 2].entries())
      await within((tx) =>
        tx.mailRequests.insert(
          aMail({
            id: `m${id}`,
            messageId: `<${id}@x>`,
            receivedAt: new Date(AT.getTime() + minutes * 60_000),
          }),
        ),
      );
    const listed = await within((tx) => tx.mailRequests.open(2));
    expect(listed.map(({ number }) => number)).toEqual([2, 3]);
  });

  it('belongs to whom its person turns out to be', async () => {
    await within(async (tx) => {
      await tx.people.save([
        aPerson(),
        aPerson({ id: 'guest', email: null, roles: [], calendarToken: 'guest-token' }),
      ]);
      await tx.mailRequests.insert(aMail({ personId: 'guest' }));
      await tx.people.merge('guest', 'bo');
    });
    expect((await within((tx) => tx.mailRequests.forChange(1)))?.personId).toBe('bo');
  });
});
