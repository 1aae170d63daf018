/** From the kickoff to the search: form, context, skills, sending back, correcting who is who (T5-T8, T26, T27). */
import { type Engagement, partiesOf } from '../../domain/engagement.ts';
import {
  type Assessed,
  beginSearch,
  categorizeSkills,
  changeParty,
  confirmContext,
  lockForm,
  sendBack,
} from '../../domain/engagement-scoping.ts';
import { maySendBack, type OpenState } from '../../domain/engagement-states.ts';
import {
  contextConfirmed,
  formLocked,
  partyCorrected,
  partyNotice,
  sentBack,
  skillsSettled,
} from '../../messages/copy/scoping.ts';
import { isHvaIn } from '../../offerings/context-assessment.ts';
import { CORRECT_PARTY, SEND_BACK } from '../../offerings/move-forms.ts';
import { type Move, markOf, type Taken, taken } from '../engagement-move.ts';
import { readWords } from '../guard.ts';
import { paperNow, paperToSettle } from '../paper.ts';
import { assessed } from '../paper-forms.ts';
import { peopleAround, tellPeople } from '../tell.ts';
import type { Work } from '../work.ts';

const lock: Move = {
  verb: 'form.lock',
  async take(work, engagement) {
    const form = await paperNow(work, engagement, 'request-form');
    return taken(lockForm(engagement, form, markOf(work)), (next) => ({
      say: [formLocked(next)],
      facts: { version: String(form.version) },
    }));
  },
};

/** Each side confirms what it sees: the paper's present version. */
const confirm = (side: 'ispg' | 'contractor'): Move => ({
  verb: `context.confirm-${side}`,
  async take(work, engagement) {
    const settled = await assessedNow(work, engagement);
    return taken(confirmContext(engagement, settled, side, markOf(work)), (next) => ({
      say: [contextConfirmed(next)],
      facts: { version: String(settled.version), score: String(settled.score), tier: settled.tier },
    }));
  },
});

async function assessedNow(work: Work, engagement: Engagement): Promise<Assessed> {
  const { version, answers, missing } = await paperNow(work, engagement, 'context-assessment');
  const { score, tier } = await assessed(work, engagement, answers);
  return { version, missing, score: score.sum, tier: tier.tier, isHva: isHvaIn(answers) };
}

/** T7, and T8 by itself with it. */
const settle: Move = {
  verb: 'skills.settle',
  async take(work, engagement): Promise<Taken> {
    const profile = await paperToSettle(work, engagement, 'skill-profile');
    const made = categorizeSkills(engagement, profile, markOf(work));
    if (!made.ok) return { ok: false, refusal: made.refusal };
    return taken(made, (next) => ({
      say: [skillsSettled(next)],
      facts: { version: String(profile.version) },
      follow: beginSearch(next, work.now),
    }));
  },
};

const back: Move = {
  verb: 'engagement.send-back',
  form: ({ state }) => SEND_BACK((to) => maySendBack(state, to)),
  async take(work, engagement, answers) {
    const words = readWords(String(answers.why ?? ''), 500);
    if (!words.ok) return { ok: false, errors: { why: words.refusal } };
    return taken(sendBack(engagement, String(answers.to) as OpenState, work.now), (next) => ({
      say: [sentBack(next)],
      told: sentBack(next, words.value),
    }));
  },
};

const correct: Move = {
  verb: 'engagement.correct',
  form: () => CORRECT_PARTY,
  async take(work, engagement, answers) {
    const businessOwnerId = answers.business_owner === null ? undefined : String(answers.business_owner);
    const craId = answers.advisor === null ? undefined : String(answers.advisor);
    const change = changeParty(engagement, {
      ...(businessOwnerId === undefined ? {} : { businessOwnerId }),
      ...(craId === undefined ? {} : { craId }),
    });
    return taken(change, (next) => ({
      say: [partyCorrected(next)],
      reason: 'corrected',
      facts: {
        businessOwner: next.businessOwnerId,
        businessOwnerBefore: engagement.businessOwnerId,
        advisor: next.craId ?? '',
        advisorBefore: engagement.craId ?? '',
      },
      after: async (saved) => {
        const people = await peopleAround(work, saved, null);
        const readers = [...partiesOf(engagement), ...partiesOf(saved)].filter((id) => id !== work.person.id);
        await tellPeople(work, readers, {
          key: `corrected:${saved.id}:${saved.version}`,
          kind: 'notice',
          message: partyNotice(saved, people, String(answers.reason)),
        });
      },
    }));
  },
};

export const SCOPING_MOVES: readonly Move[] = [
  lock,
  confirm('ispg'),
  confirm('contractor'),
  settle,
  back,
  correct,
];
