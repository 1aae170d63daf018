/** Offers the Business Owner a satisfaction session. */
import type { Engagement } from '../domain/engagement.ts';
import { line, strong } from '../messages/inline.ts';
import { say } from '../messages/message.ts';
import { tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** Tells the Business Owner that a satisfaction session is open to them, once for each reason (`because`, such as a survey's id and version). */
export async function proposeSatisfactionSession(
  work: Work,
  engagement: Engagement,
  because: string,
): Promise<void> {
  await tellPerson(work, engagement.businessOwnerId, {
    key: `satisfaction-proposed:${engagement.id}:${because}`,
    kind: 'notice',
    message: say(
      line`You can have a satisfaction session about ${strong(engagement.number)} with ISPG, within one business day if you like. Write to ISSO@cms.hhs.gov to ask for it.`,
    ),
  });
}
