/** Answers a question about the state of the programme, from a fixed number of reads however many engagements there are. */
import {
  type AskQuestion,
  endOf,
  isMeant,
  isMissing,
  isTrouble,
  isWithin,
  startOf,
  waitsForMove,
  waitsForPerson,
  waitsForSide,
} from '../domain/ask.ts';
import type { DigestEngagement, EngagementAndMeeting } from '../domain/digest.ts';
import { exceptionsOf } from '../domain/digest-exceptions.ts';
import { type FlowKind, type FlowStep, flowOf } from '../domain/digest-flow.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { People, Person } from '../domain/person.ts';
import { addDays, instantOf, type LocalDate } from '../domain/time.ts';
import {
  type AskNames,
  askAnswer,
  datedRecord,
  happenedRecord,
  howLongAnswer,
  ONLY_COUNTED,
  openRecord,
  reasonCounts,
  understood,
} from '../messages/copy/ask.ts';
import { exceptionLine } from '../messages/copy/digest-words.ts';
import type { Message } from '../messages/message.ts';
import { workflowBy } from '../offerings/catalogue.ts';
import { openCardLines } from './ask-cards.ts';
import { pagesFor } from './dashboard-pages.ts';
import { type OpenNow, openNow } from './digest-facts.ts';
import { measuresNow } from './measures.ts';
import { loadPeople } from './tell.ts';
import type { Work } from './work.ts';

/** Who hears the answer: in a channel nobody is told how a person stands. */
export interface Hearing {
  readonly isChannel: boolean;
  /** Whoever is meant by a typed name; null when none was. */
  readonly person: Person | null;
}

/** The answer. Who may ask is the caller's to look at. */
export async function answerAsk(work: Work, question: AskQuestion, hearing: Hearing): Promise<Message> {
  const about = understood(question, namesOf(work, question, hearing));
  switch (question.ask) {
    case 'happened':
      return happened(work, question, about);
    case 'how-long': {
      const { component, offering, period } = question;
      const { from, until } = period;
      const measures = await measuresNow(work, { component, offering, from, until });
      return howLongAnswer(about, question.step, measures.times[question.step]);
    }
    default:
      return ofOpen(work, question, about, hearing);
  }
}

function namesOf(
  { programme }: Work,
  { offering }: Pick<AskQuestion, 'offering'>,
  { person }: Hearing,
): AskNames {
  return {
    offering: offering === null ? null : (programme.catalogue.byKey(offering)?.name ?? offering),
    person: person?.name ?? null,
  };
}

type Understood = ReturnType<typeof understood>;
type OfOpen = Exclude<AskQuestion, { readonly ask: 'happened' | 'how-long' }>;

async function ofOpen(work: Work, question: OfOpen, about: Understood, hearing: Hearing): Promise<Message> {
  const facts = await openNow(work);
  const meant = facts.open.filter(({ engagement }) => isMeant(question, engagement));
  const answered = (found: readonly EngagementAndMeeting[]): Message =>
    askAnswer({
      understood: about,
      unit: 'engagement',
      count: found.length,
      records: found.map((each) => openRecord(each, facts.people, work.now)),
    });
  switch (question.ask) {
    case 'waiting':
      return waiting(work, question, meant, { about, facts, hearing });
    case 'late': {
      const found = meant
        .flatMap((each) => exceptionsOf(each, facts.rules, work.now))
        .filter((each) => isTrouble(each, question));
      return askAnswer({
        understood: about,
        unit: 'engagement',
        count: new Set(found.map(({ engagement }) => engagement.id)).size,
        records: found.map((each) =>
          exceptionLine(each, facts.people, pagesFor(work.programme, hearing.isChannel ? null : work.person)),
        ),
      });
    }
    case 'joins':
    case 'ends':
      return dated(work, question, meant, about, hearing);
    case 'in-state': {
      const states: readonly EngagementState[] = question.states;
      return answered(meant.filter(({ engagement }) => states.includes(engagement.state)));
    }
    case 'missing':
      return answered(
        meant.filter((each) =>
          isMissing(each.engagement, question.what, exceptionsOf(each, facts.rules, work.now)),
        ),
      );
    default:
      return question satisfies never;
  }
}

const engagementsOf = (open: readonly EngagementAndMeeting[]): readonly DigestEngagement[] =>
  open.map(({ engagement }) => engagement);

interface Telling {
  readonly about: Understood;
  readonly facts: OpenNow;
  readonly hearing: Hearing;
}

async function waiting(
  work: Work,
  { topic }: Extract<OfOpen, { ask: 'waiting' }>,
  meant: readonly EngagementAndMeeting[],
  { about, facts, hearing }: Telling,
): Promise<Message> {
  if (topic.kind === 'line' || topic.kind === 'party') {
    const found = await openCardLines(work, engagementsOf(meant), topic);
    return askAnswer({
      understood: about,
      unit: 'engagement',
      count: found.length,
      records: hearing.isChannel ? [] : found,
      ...(hearing.isChannel && found.length > 0 ? { words: [ONLY_COUNTED] } : {}),
    });
  }
  const { person } = hearing;
  const waits = (each: EngagementAndMeeting): boolean => {
    if (topic.kind === 'move') return waitsForMove(each.engagement, topic.of);
    if (topic.kind === 'side') return waitsForSide(each, topic.of, work.now);
    return person !== null && waitsForPerson(each, person, work.now);
  };
  const found = meant.filter(waits);
  return askAnswer({
    understood: about,
    unit: 'engagement',
    count: found.length,
    records: found.map((each) => openRecord(each, facts.people, work.now)),
  });
}

/** By day; who they are is told to one who asks directly. */
async function dated(
  work: Work,
  { ask, period }: Extract<OfOpen, { ask: 'joins' | 'ends' }>,
  meant: readonly EngagementAndMeeting[],
  about: Understood,
  { isChannel }: Hearing,
): Promise<Message> {
  const dayOf = ask === 'joins' ? startOf : endOf;
  const found = engagementsOf(meant)
    .flatMap((engagement): readonly { readonly engagement: DigestEngagement; readonly on: LocalDate }[] => {
      const on = dayOf(engagement);
      return on !== null && isWithin(on, period) ? [{ engagement, on }] : [];
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const ids = found.flatMap(({ engagement: { course } }) => [
    course.serviceIssoId,
    course.candidate?.personId ?? null,
  ]);
  const people: People = isChannel ? new Map() : await loadPeople(work, ids);
  return askAnswer({
    understood: about,
    unit: 'engagement',
    count: found.length,
    records: found.map(({ engagement, on }) => datedRecord(engagement, on, people)),
  });
}

/** From the record: each thing once, when it happened. */
async function happened(
  work: Work,
  { what, period, component, offering }: Extract<AskQuestion, { ask: 'happened' }>,
  about: Understood,
): Promise<Message> {
  const { tx, programme } = work;
  const startOfDay = (on: LocalDate): Date => instantOf(on, '00:00', programme.timeZone);
  const after = await tx.digestFacts.placeBefore(startOfDay(period.from));
  const until = await tx.digestFacts.placeBefore(startOfDay(addDays(period.until, 1)));
  const steps = await tx.digestFacts.steps(after, until, component === null ? 'all' : [component]);
  const prefix = offering === null ? null : workflowBy(programme.catalogue, offering)?.numberPrefix;
  const found = (flowOf(steps).find(({ kind }) => kind === what)?.steps ?? []).filter(
    ({ number }) => prefix === null || number.startsWith(`${prefix}-`),
  );
  const reasons = await reasonsOf(work, what, found);
  return askAnswer({
    understood: about,
    unit: what === 'filed' ? 'request' : 'engagement',
    count: found.length,
    records: found.map((step) => happenedRecord(step, reasons.get(step.number) ?? null)),
    words: reasonCounts(counted(reasons.values())),
  });
}

const ENDED_AS = {
  declined: 'DECLINED',
  withdrawn: 'WITHDRAWN',
  closed: 'CLOSED',
} as const satisfies Partial<Record<FlowKind, EngagementState>>;
/** Rows read at once, and how often. */
const BATCH = 200;
const BATCHES = 10;

/** Why each of them ended; empty for what is no end. */
async function reasonsOf(
  { tx }: Work,
  what: FlowKind,
  steps: readonly FlowStep[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(steps.map(({ number }) => number));
  const numbers = [...wanted].toSorted();
  const [first, last] = [numbers[0], numbers.at(-1)];
  const found = new Map<string, string>();
  if (first === undefined || last === undefined || !(what in ENDED_AS)) return found;
  const states = [ENDED_AS[what as keyof typeof ENDED_AS]];
  // What stands right before the first one, so that it is read as well.
  let after: string = first.slice(0, -1);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = await tx.engagements.find({ states, after, limit: BATCH });
    for (const { number, ending } of rows) if (ending && wanted.has(number)) found.set(number, ending.reason);
    const end = rows.at(-1)?.number;
    if (end === undefined || end >= last || rows.length < BATCH) break;
    after = end;
  }
  return found;
}

function counted(reasons: Iterable<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const reason of reasons) found.set(reason, (found.get(reason) ?? 0) + 1);
  return found;
}
