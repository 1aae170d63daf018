/** Somebody stands in for somebody else on so many days: named by whoever is away, or by whoever looks after the roles. */
import { mayEver } from '../domain/access.ts';
import { actsFor } from '../domain/acting-for.ts';
import type { RawValues } from '../domain/field.ts';
import type { Person } from '../domain/person.ts';
import { checkStandIn, type StandIn } from '../domain/stand-in.ts';
import { instantOf, type LocalDate, readLocalDate } from '../domain/time.ts';
import {
  actingRefused,
  noSuchStandIn,
  offerStandIn,
  standInBegins,
  standInDialog,
  standInEnded,
  standInNamed,
  standInNamedForYou,
  youStandIn,
} from '../messages/copy/people-acting.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { GIVE_DAY } from '../messages/copy/wishes.ts';
import type { Message } from '../messages/message.ts';
import { lineText } from '../messages/plain-text.ts';
import { AWAITED_ROLES, ROLE_RULES } from '../offerings/role-rules.ts';
import { personCalled } from './find-person.ts';
import { noteDeed } from './note-deed.ts';
import { everybody, loadPeople, tellPerson } from './tell.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

interface Days {
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
}

/** Names as typed; `absent` null: for whoever speaks. */
export async function nameStandInByWords(
  work: Work,
  wish: Days & { readonly person: string; readonly absent: string | null },
): Promise<Answer> {
  const people = await everybody(work);
  const acting = personCalled(wish.person, people);
  if (!acting.ok) return answerPrivately(acting.refusal);
  const absent = wish.absent === null ? null : personCalled(wish.absent, people);
  if (absent && !absent.ok) return answerPrivately(absent.refusal);
  const made = await nameStandIn(work, acting.value, absent?.value ?? work.person, wish);
  return answerPrivately(made.say);
}

/** Opens the dialog; days that can't be read are left to be filled in. */
export const askForStandIn = async (fromOn: string, toOn: string): Promise<Answer> =>
  answerWithDialog(standInDialog({ fromOn: readLocalDate(fromOn), toOn: readLocalDate(toOn) }));

export async function nameStandInFromDialog(work: Work, values: RawValues): Promise<Answer> {
  const typed = (field: string): string => String(values[field] ?? '').trim();
  const acting = personCalled(typed('person'), await everybody(work));
  const [fromOn, toOn] = [readLocalDate(typed('fromOn')), readLocalDate(typed('toOn'))];
  if (!acting.ok || fromOn === null || toOn === null)
    return answerWithErrors({
      ...(acting.ok ? {} : { person: wordsOf(acting.refusal, work) }),
      ...(fromOn === null ? { fromOn: GIVE_DAY } : {}),
      ...(toOn === null ? { toOn: GIVE_DAY } : {}),
    });
  const made = await nameStandIn(work, acting.value, work.person, { fromOn, toOn });
  return made.ok ? answerPrivately(made.say) : answerWithErrors({ person: wordsOf(made.say, work) });
}

const wordsOf = ({ blocks }: Message, { person }: Work): string =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [lineText(block.line, person)] : [])).join(' ');

async function nameStandIn(
  work: Work,
  acting: Person,
  absent: Person,
  days: Days,
): Promise<{ readonly ok: boolean; readonly say: Message }> {
  const { tx, now, person } = work;
  const isOwn = absent.id === person.id;
  const verb = isOwn ? 'stand-in.name-own' : 'stand-in.name-others';
  const alone = { ...person, standsInFor: [] };
  if (!mayEver(isOwn ? alone : person, verb)) {
    const nothing = actingRefused(acting, absent, { code: 'no-role', who: 'absent' }, true);
    return { ok: false, say: isOwn ? nothing : notYours() };
  }
  const today = programmeToday(work);
  await tx.lock(`stand-ins:${absent.id}`);
  const known = await tx.standIns.ofPerson(absent.id, today);
  const subject = isOwn ? alone : absent;
  const checked = checkStandIn(acting, subject, days, { today, known, rules: ROLE_RULES });
  if (!checked.ok) return { ok: false, say: actingRefused(acting, absent, checked.refusal, isOwn) };
  const hasBegun = days.fromOn < today;
  const standIn: StandIn = {
    id: work.newId(),
    kind: 'stand-in',
    personId: acting.id,
    forId: absent.id,
    fromOn: hasBegun ? today : days.fromOn,
    toOn: days.toOn,
    named: { byId: person.id, at: now },
    endedAt: null,
  };
  await tx.standIns.insert(standIn);
  const forId = isOwn ? null : actsFor(person, (who) => mayEver(who, verb));
  await note(work, 'stand-in.name', standIn, forId);
  await tellOfStandIn(work, standIn, acting, absent);
  return { ok: true, say: standInNamed(standIn, acting, absent, isOwn) };
}

const aboutOf = ({ id }: StandIn): string => `stand-in:${id}`;

/** Whoever stands in is told now and on the first day; whoever is away, if somebody else decided it. */
async function tellOfStandIn(work: Work, standIn: StandIn, acting: Person, absent: Person): Promise<void> {
  const { person, programme } = work;
  const isOwn = absent.id === person.id;
  await tellPerson(work, acting.id, {
    key: `stand-in:${standIn.id}`,
    kind: 'notice',
    message: youStandIn(standIn, absent, absent.roles, isOwn ? null : person.name),
  });
  const beginsAt = instantOf(standIn.fromOn, programme.businessHours.from, programme.timeZone);
  if (beginsAt > work.now)
    await tellPerson(work, acting.id, {
      key: `stand-in-begins:${standIn.id}`,
      kind: 'reminder',
      urgency: 'told',
      message: standInBegins(standIn, absent),
      dueAt: beginsAt,
      about: aboutOf(standIn),
    });
  if (!isOwn)
    await tellPerson(work, absent.id, {
      key: `stand-in-for:${standIn.id}`,
      kind: 'notice',
      message: standInNamedForYou(standIn, acting, person.name),
    });
}

/** By names as typed: all between the two that have not ended. */
export async function endStandInByWords(
  work: Work,
  wish: { readonly person: string; readonly absent: string | null },
): Promise<Answer> {
  const people = await work.tx.people.list();
  const acting = personCalled(wish.person, people);
  if (!acting.ok) return answerPrivately(acting.refusal);
  const absent = wish.absent === null ? null : personCalled(wish.absent, people);
  if (absent && !absent.ok) return answerPrivately(absent.refusal);
  const forId = absent?.value.id ?? work.person.id;
  const found = (await work.tx.standIns.ofPerson(acting.value.id, programmeToday(work))).filter(
    (each) => each.kind === 'stand-in' && each.personId === acting.value.id && each.forId === forId,
  );
  return endAll(work, found);
}

/** From its button. */
export async function endStandInById(work: Work, id: string): Promise<Answer> {
  const found = await work.tx.standIns.get(id);
  return endAll(work, found?.kind === 'stand-in' ? [found] : []);
}

/** Whoever is away ends it, whoever stands in, or whoever may name one for others; for anybody else there is none. */
async function endAll(work: Work, found: readonly StandIn[]): Promise<Answer> {
  const { tx, now, person } = work;
  const own = found.filter(
    ({ personId, forId }) =>
      forId === person.id || personId === person.id || mayEver(person, 'stand-in.name-others'),
  );
  const [first] = own;
  if (!first) return answerPrivately(noSuchStandIn());
  const people = await loadPeople(work, [first.personId, first.forId]);
  const [acting, absent] = [people.get(first.personId), people.get(first.forId)];
  for (const standIn of own) {
    if (!(await tx.standIns.end(standIn.id, now))) continue;
    await tx.deliveries.suppress(aboutOf(standIn), 'the stand-in has ended');
    await note(work, 'stand-in.end', standIn, null);
  }
  if (!acting || !absent) return answerPrivately(noSuchStandIn());
  const message = standInEnded(acting, absent);
  for (const { id } of [acting, absent].filter((each) => each.id !== person.id))
    await tellPerson(work, id, { key: `stand-in-ended:${first.id}`, kind: 'notice', message });
  return answerPrivately(message);
}

/** What somebody whom others wait for is offered when they enter leave; null when all is arranged, or nobody waits. */
export async function standInForLeave(work: Work, days: Days): Promise<Message | null> {
  const { tx, person } = work;
  if (!person.roles.some((role) => AWAITED_ROLES.includes(role))) return null;
  const known = await tx.standIns.ofPerson(person.id, programmeToday(work));
  const isArranged = known.some(
    ({ kind, forId, fromOn, toOn }) =>
      kind === 'stand-in' &&
      forId === person.id &&
      fromOn <= days.fromOn &&
      (toOn === null || days.toOn <= toOn),
  );
  return isArranged ? null : offerStandIn(days);
}

/** One line of the append-only record. */
function note(work: Work, verb: string, standIn: StandIn, forId: string | null): Promise<void> {
  const { personId, forId: absentId, fromOn, toOn } = standIn;
  return noteDeed(work, verb, { person: personId, for: absentId, from: fromOn, to: toOn ?? '' }, { forId });
}
