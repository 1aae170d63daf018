/** What is said between the kickoff and the search. */
import type { Engagement } from '../../domain/engagement.ts';
import type { People } from '../../domain/person.ts';
import { line, strong, theirs } from '../inline.ts';
import { type Message, say } from '../message.ts';
import { STATE_LABELS } from './engagement-words.ts';
import { nameOf } from './people.ts';
import { title } from './request.ts';

export const formLocked = (engagement: Engagement): Message =>
  say(
    line`The Request Form of ${title(engagement)} is locked. The Business Owner can read it, and the contractor is told. Next: ISPG and the contractor assess the context. Type \`context ${engagement.number}\`.`,
  );

export const contextConfirmed = (engagement: Engagement): Message =>
  engagement.state === 'CONTEXT_ASSESSED'
    ? say(
        line`Both sides have confirmed the context assessment of ${title(engagement)}. Next: the contractor lead settles the skill profile.`,
      )
    : say(
        line`Your confirmation of the context assessment of ${title(engagement)} is noted. It counts for this version: when an answer changes, both sides confirm again. The other side has to confirm too.`,
      );

export const skillsSettled = (engagement: Engagement): Message =>
  say(
    line`The skill profile of ${title(engagement)} is settled, and the search has begun. Type \`shortlist ${engagement.number}\` to see who fits.`,
  );

/** With the reason to those who have to work on it again. */
export const sentBack = (engagement: Engagement, why: string | null = null): Message =>
  say(
    line`${strong(engagement.number)} (${theirs(engagement.systemName)}) was sent back. It stands at "${STATE_LABELS[engagement.state]}" again; what was filled in is kept.${why === null ? '' : line` Why: ${theirs(why)}`}`,
  );

export const partyCorrected = (engagement: Engagement): Message =>
  say(line`Corrected for ${title(engagement)}. The record keeps who it was before.`);

/** To those who take part, the one before among them. */
export const partyNotice = (engagement: Engagement, people: People, why: string): Message =>
  say(
    line`Corrected for ${title(engagement)}: the Business Owner is ${nameOf(people, engagement.businessOwnerId)}, the Cyber Risk Advisor ${nameOf(people, engagement.craId)}. Why: ${theirs(why)}`,
  );
