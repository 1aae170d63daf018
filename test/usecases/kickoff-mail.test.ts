import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Delivery } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: string;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { programme: { mailIsOn: true } });
  number = await bot.fileRequest();
  await bot.say('ispg', `accept ${number}`);
}, 60_000);

const kickoff = (): Promise<Meeting | null> =>
  bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    return engagement ? tx.meetings.ofEngagement(engagement.id, 'kickoff') : null;
  });
const mail = async (sequence: number, method: string): Promise<Delivery | null> =>
  bot.store.deliveries.find(`mail:${(await kickoff())?.id}:${sequence}:${method}:bo`);

describe('the kickoff by mail', () => {
  it('goes out when it is booked, withdraws the time when it is given up, and when it is cancelled', async () => {
    expect(await mail(0, 'request')).toBeNull();
    await bot.say('bo', `choose 1 for ${number}`);
    const booked = await mail(1, 'request');
    expect(booked?.message.heading).toBe(`Invitation: Kickoff discussion for ${number}`);
    expect(booked?.attachment?.content).toContain('METHOD:REQUEST');
    await bot.say('bo', `reschedule ${number}`);
    expect((await mail(2, 'cancel'))?.attachment?.content).toContain('METHOD:CANCEL');
    expect((await mail(1, 'request'))?.state).not.toBe('pending');
    await bot.say('bo', `choose 2 for ${number}`);
    expect((await mail(3, 'request'))?.attachment?.content).toContain('SEQUENCE:3');
    await bot.say('ispg', `cancel kickoff ${number}`);
    expect((await mail(4, 'cancel'))?.message.heading).toBe(`Cancelled: Kickoff discussion for ${number}`);
  });
});
