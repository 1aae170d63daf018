/** A request whose kickoff was held, as the meetings of its engagement need it. */
import { acceptRequest, holdKickoff } from '../../src/domain/engagement.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Bot } from './bot.ts';

/** Files a request for `systemName`, accepts it and holds its kickoff; answers its number. */
export async function heldKickoff(bot: Bot, systemName = 'Claims Hub'): Promise<RequestNumber> {
  const number = await bot.fileRequest(systemName);
  await bot.store.transaction(async (tx) => {
    const filed = await tx.engagements.forChange(number);
    const accepted = filed && acceptRequest(filed, 'ispg', bot.clock.now());
    if (!accepted?.ok) throw new Error('not accepted');
    await tx.engagements.update(accepted.value.engagement);
    const everybody = { business_owner: true, ispg: true, contractor: true };
    const held = holdKickoff(accepted.value.engagement, everybody, bot.clock.now());
    if (!held.ok) throw new Error('not held');
    await tx.engagements.update(held.value.engagement);
  });
  return number;
}
