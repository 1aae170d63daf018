/** Another Service ISSO for an engagement that goes on: named or searched for, accepted or declined, put in the other's place (T19, T20). */
import { may } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import {
  acceptReplacement,
  declineReplacement,
  nameReplacement,
  reassign,
  replace,
} from '../../domain/engagement-replacement.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { LocalDate } from '../../domain/time.ts';
import {
  accessOver,
  bothAccepted,
  type Changing,
  changeBegun,
  changeToIsso,
  changeToOwner,
  declinedBy,
  onboardingAnew,
  replacementAccepted,
  replacementDeclined,
  replacementNamed,
  searchingAgain,
} from '../../messages/copy/off-boarding-change.ts';
import { nameOf } from '../../messages/copy/people.ts';
import type { Inline } from '../../messages/inline.ts';
import { wordsIn } from '../../offerings/answered.ts';
import {
  DECLINE_REPLACEMENT,
  NAME_OR_SEARCH,
  REASSIGN,
  REPLACE_NOW,
} from '../../offerings/move-forms-ending.ts';
import { leavingFor } from '../../offerings/off-boarding-lines.ts';
import { type Move, markOf, type Taken, taken } from '../engagement-move.ts';
import { openHandOverAnew } from '../off-boarding-hand-over.ts';
import { callOffInitial, openOffBoarding } from '../off-boarding-open.ts';
import { freeHoursFor, whyNotReplacement } from '../off-boarding-replacement.ts';
import { aboutLetter, startOnboarding } from '../start-onboarding.ts';
import { loadPeople, tellPerson } from '../tell.ts';
import { programmeToday, type Work } from '../work.ts';

const named = async (work: Work, id: PersonId | null): Promise<Inline> =>
  nameOf(await loadPeople(work, [id]), id);

/** T19. */
const begin: Move = {
  verb: 'engagement.reassign',
  form: () => REASSIGN,
  async take(work, engagement, answers) {
    const reason = wordsIn(answers, 'reason') ?? '';
    const endOn = wordsIn(answers, 'last_day') ?? programmeToday(work);
    const replacementId = wordsIn(answers, 'replacement');
    const wrong = replacementId === null ? null : await whyNotReplacement(work, engagement, replacementId);
    if (wrong !== null) return { ok: false, errors: { replacement: wrong } };
    const made = reassign(engagement, { reason, replacementId, endOn }, markOf(work));
    if (!made.ok) return { ok: false, refusal: made.refusal };
    const changing: Changing = {
      engagement: made.value.engagement,
      endOn,
      reason,
      replacementName: replacementId === null ? null : await named(work, replacementId),
    };
    return {
      ok: true,
      change: made.value,
      say: [changeBegun(changing)],
      reason,
      facts: { lastDay: endOn, replacement: replacementId ?? '' },
      ...(await toldOfName(work, made.value.engagement, replacementId)),
      after: (saved) => leave(work, saved, { ...changing, engagement: saved }),
    };
  },
};

/** To ISPG, who answers first. */
async function toldOfName(
  work: Work,
  engagement: Engagement,
  replacementId: PersonId | null,
): Promise<Pick<Extract<Taken, { ok: true }>, 'told'>> {
  if (replacementId === null) return {};
  const { free } = await freeHoursFor(work, engagement, replacementId);
  return { told: replacementNamed(engagement, await named(work, replacementId), free ?? 0) };
}

/** The one who leaves gets a record of their own, and both they and the Business Owner hear of it. */
async function leave(work: Work, engagement: Engagement, changing: Changing): Promise<void> {
  const outgoingId = engagement.course.reassignment?.outgoingId;
  if (!outgoingId) throw new Error(`${engagement.id} changes nobody`);
  const key = `reassigning:${engagement.id}:${engagement.version}`;
  await work.tx.deliveries.suppress(aboutLetter(engagement), 'the Service ISSO is changed');
  await callOffInitial(work, engagement, 'service-isso-changed');
  await tellPerson(work, engagement.businessOwnerId, {
    key,
    kind: 'notice',
    message: changeToOwner(changing),
  });
  await tellPerson(work, outgoingId, { key, kind: 'notice', message: changeToIsso(changing) });
  await openOffBoarding(work, engagement, {
    personId: outgoingId,
    endOn: changing.endOn,
    leaving: leavingFor(changing.reason),
    isPersonal: true,
  });
}

const accept = (side: 'ispg' | 'business_owner'): Move => ({
  verb: side === 'ispg' ? 'replacement.accept-ispg' : 'replacement.accept',
  async take(work, engagement) {
    const replacementId = engagement.course.reassignment?.replacement?.personId ?? null;
    const name = await named(work, replacementId);
    const free =
      replacementId === null ? 0 : ((await freeHoursFor(work, engagement, replacementId)).free ?? 0);
    return taken(acceptReplacement(engagement, side, markOf(work)), (next) => ({
      say: [replacementAccepted(next, side)],
      told: side === 'ispg' ? replacementNamed(next, name, free) : bothAccepted(next, name),
      facts: { replacement: replacementId ?? '' },
    }));
  },
});

const decline: Move = {
  verb: 'replacement.decline',
  form: () => DECLINE_REPLACEMENT,
  async take(work, engagement, answers) {
    const reason = wordsIn(answers, 'reason') ?? '';
    const side = may(work.person, 'replacement.accept', engagement) ? 'business_owner' : 'ispg';
    const replacementId = engagement.course.reassignment?.replacement?.personId ?? '';
    return taken(declineReplacement(engagement, reason, side, markOf(work)), (next) => ({
      say: [replacementDeclined(next)],
      told: declinedBy(next, side, reason),
      reason,
      facts: { replacement: replacementId, side },
    }));
  },
};

/** T20; where nobody is named, somebody can be named instead. */
const goOn: Move = {
  verb: 'engagement.replace',
  form: ({ course }) => (course.reassignment?.replacement ? REPLACE_NOW : NAME_OR_SEARCH),
  take(work, engagement, answers) {
    const replacementId = wordsIn(answers, 'replacement');
    return replacementId === null
      ? putInPlace(work, engagement, wordsIn(answers, 'day_zero') ?? programmeToday(work))
      : nameSomebody(work, engagement, replacementId);
  },
};

async function nameSomebody(work: Work, engagement: Engagement, replacementId: PersonId): Promise<Taken> {
  const wrong = await whyNotReplacement(work, engagement, replacementId);
  if (wrong !== null) return { ok: false, errors: { replacement: wrong } };
  const { free } = await freeHoursFor(work, engagement, replacementId);
  const name = await named(work, replacementId);
  return taken(nameReplacement(engagement, replacementId), (next) => ({
    say: [replacementNamed(next, name, free ?? 0)],
    told: replacementNamed(next, name, free ?? 0),
    facts: { replacement: replacementId },
  }));
}

async function putInPlace(work: Work, engagement: Engagement, dayZeroOn: LocalDate): Promise<Taken> {
  const { reassignment } = engagement.course;
  const name = await named(work, reassignment?.replacement?.personId ?? null);
  return taken(replace(engagement, dayZeroOn, markOf(work)), (next) => ({
    say: [next.state === 'MATCHING' ? searchingAgain(next) : onboardingAnew(next, name, dayZeroOn)],
    facts: {
      outgoing: reassignment?.outgoingId ?? '',
      ...(next.state === 'MATCHING' ? {} : { isso: next.course.serviceIssoId ?? '', dayZero: dayZeroOn }),
    },
    after: (saved) => afterReplacing(work, saved, reassignment?.outgoingId ?? null),
  }));
}

/** The other's access is over, what they handed over stays as it was written, and for the next one all begins anew. */
async function afterReplacing(
  work: Work,
  engagement: Engagement,
  outgoingId: PersonId | null,
): Promise<void> {
  await openHandOverAnew(work, engagement);
  if (outgoingId !== null)
    await tellPerson(work, outgoingId, {
      key: `access-over:${engagement.id}:${engagement.version}`,
      kind: 'notice',
      message: accessOver(engagement),
    });
  if (engagement.state === 'ONBOARDING') await startOnboarding(work, engagement);
}

export const REASSIGNING_MOVES: readonly Move[] = [
  begin,
  accept('ispg'),
  accept('business_owner'),
  decline,
  goOn,
];
