/** What follows a low satisfaction score, to the Business Owner and to ISPG: what really happens, and nothing of the answers. */
import type { Engagement } from '../../domain/engagement.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { type Message, say } from '../message.ts';

/** What became of the satisfaction session that a low score asks for; `at` is its time, or the first one on offer. */
export type SessionForScore =
  | { readonly what: 'offered' | 'on-offer' | 'booked-soon' | 'booked-later'; readonly at: Date }
  /** Times that somebody proposed wait for ISPG. */
  | { readonly what: 'proposed' }
  | { readonly what: 'no-room' }
  /** The request has ended. */
  | { readonly what: 'none' };

/** To the Business Owner. `session` is null when their answers were low before: ISPG knows already. */
export function afterLowScore({ number }: Engagement, session: SessionForScore | null): Line {
  const opening = 'You gave a score of 2 or less, so ISPG follows up with you.';
  switch (session?.what) {
    case undefined:
      return line`You gave a score of 2 or less. ISPG was told so before and follows up with you.`;
    case 'offered':
      return line`${opening} You are offered times for a satisfaction session, the first on ${time(session.at)}.`;
    case 'on-offer':
      return line`${opening} Times for a satisfaction session are on offer already, the first on ${time(session.at)}: type \`choose 1 for satisfaction ${number}\`.`;
    case 'proposed':
      return line`${opening} Times that were proposed for a satisfaction session wait for ISPG to take one.`;
    case 'booked-soon':
      return line`${opening} Your satisfaction session on ${time(session.at)} stands.`;
    case 'booked-later':
      return line`${opening} A satisfaction session is booked for ${time(session.at)} already. To have it sooner, type \`propose satisfaction ${number}: Tue Dec 8 2pm\`.`;
    case 'no-room':
      return line`${opening} There is no free time for a satisfaction session in the next ten business days, so ISPG looks for one with you.`;
    case 'none':
      return line`${opening}`;
    default:
      return session satisfies never;
  }
}

/** To the ISPG channel: that there is something to read, without any of it. */
export const attentionLine = ({ number }: Engagement): Message =>
  say(
    line`New survey answers on ${strong(number)} need a follow-up by ISPG. To read them: \`survey ${number}\`.`,
  );

/** To whoever follows up in ISPG. */
export const attentionNotice = (engagement: Engagement, session: SessionForScore): Message =>
  say(
    line`The Business Owner of ${strong(engagement.number)} (${theirs(engagement.systemName)}) gave a low score. Please get in touch. ${forIspg(engagement.number, session)} Type \`survey ${engagement.number}\` to read their answers.`,
  );

function forIspg(number: string, session: SessionForScore): Line {
  switch (session.what) {
    case 'offered':
      return line`They are offered times for a satisfaction session, the first on ${time(session.at)}.`;
    case 'on-offer':
      return line`Times for a satisfaction session are on offer to them already, the first on ${time(session.at)}.`;
    case 'proposed':
      return line`Times that were proposed for a satisfaction session wait for you: \`take 1 for satisfaction ${number}\`.`;
    case 'booked-soon':
      return line`A satisfaction session is booked for ${time(session.at)}.`;
    case 'booked-later':
      return line`A satisfaction session is booked, but only for ${time(session.at)}. To bring it forward, type \`reschedule satisfaction ${number} to Tue Dec 8 2pm\`.`;
    case 'no-room':
      return line`There is no free time for a satisfaction session in the next ten business days: please type \`offer satisfaction ${number}\` on a later day.`;
    case 'none':
      return line``;
    default:
      return session satisfies never;
  }
}
