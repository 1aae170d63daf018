import { expect, test } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { Store } from '../../src/ports.ts';
import { anEvent, at } from './samples.ts';

/** Events are kept before they are acknowledged, once, and worked through after a crash. */
export function inboxContract(store: () => Store): void {
  test('an event is accepted once, however often and however close together it comes', async () => {
    const together = await Promise.all(
      Array.from({ length: 20 }, () => store().inbox.accept(anEvent('again'))),
    );
    expect(together.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(together.filter((answer) => answer === 'duplicate')).toHaveLength(19);
    expect(await store().inbox.accept(anEvent('again'))).toBe('duplicate');
  });

  test('hundreds of different events at the same moment are all kept', async () => {
    const keys = Array.from({ length: 700 }, (_, index) => `many-${index}`);
    const answers = await Promise.all(keys.map((key) => store().inbox.accept(anEvent(key))));
    expect(new Set(answers)).toEqual(new Set(['accepted']));
    expect(await store().inbox.unfinished(at(1), 1000)).toHaveLength(700);
  });

  test('text no database can hold is kept without what it cannot hold', async () => {
    const text = 'zero\0 half\uD83D \uDE00half whole😀 \\u0000';
    expect(await store().inbox.accept(anEvent('bad\0key', text))).toBe('accepted');
    const [kept] = await store().inbox.unfinished(at(1), 10);
    expect(kept?.key).toBe('badkey');
    expect(kept?.event).toMatchObject({ text: 'zero half� �half whole😀 \\u0000' });
  });

  test('an event with an impossible instant does not take its neighbours with it', async () => {
    const answers = await Promise.all([
      store().inbox.accept(anEvent('left')),
      store().inbox.accept({ ...anEvent('middle'), receivedAt: new Date(8.64e15) }),
      store().inbox.accept(anEvent('right')),
    ]);
    expect([answers[0], answers[2]]).toEqual(['accepted', 'accepted']);
  });

  test('what was accepted and not done is found again, oldest first, until it is done', async () => {
    await store().inbox.accept({ ...anEvent('second'), receivedAt: at(2) });
    await store().inbox.accept({ ...anEvent('first'), receivedAt: at(1) });
    await store().inbox.accept({ ...anEvent('fresh'), receivedAt: at(9) });
    const found = await store().inbox.unfinished(at(5), 10);
    expect(found).toEqual([
      { ...anEvent('first'), receivedAt: at(1) },
      { ...anEvent('second'), receivedAt: at(2) },
    ]);
    expect(await store().transaction((tx) => tx.inbox.finish('first', [], at(6)))).toBe(true);
    expect(await store().transaction((tx) => tx.inbox.finish('first', [], at(6)))).toBe(false);
    expect((await store().inbox.unfinished(at(5), 10)).map(({ key }) => key)).toEqual(['second']);
  });

  test('answers not known to be said are handed out until they are', async () => {
    await store().inbox.accept(anEvent('asked'));
    await store().inbox.accept(anEvent('silent'));
    const answers = [say('Here you are.')];
    await store().transaction(async (tx) => {
      await tx.inbox.finish('asked', answers, at(1));
      await tx.inbox.finish('silent', [], at(1));
    });
    expect(await store().inbox.unsaid(at(2), 10)).toEqual([{ accepted: anEvent('asked'), answers }]);
    expect(await store().inbox.unsaid(at(1), 10)).toEqual([]);
    await store().inbox.markSaid('asked');
    expect(await store().inbox.unsaid(at(2), 10)).toEqual([]);
  });

  test('a transaction that throws leaves its event unfinished', async () => {
    await store().inbox.accept(anEvent('fails'));
    const work = store().transaction(async (tx) => {
      await tx.inbox.finish('fails', [], at(1));
      throw new Error('halfway');
    });
    await expect(work).rejects.toThrow('halfway');
    expect(await store().inbox.unfinished(at(1), 10)).toHaveLength(1);
  });
}
