/** The end of an engagement: off-boarding, hand-over, outcomes, close (T21, T22; domain reference 4.6). */
import { overallFips } from '../../domain/context.ts';
import { beginOffBoarding, closeEngagement, reportOffBoarded } from '../../domain/engagement-ending.ts';
import type { PersonId } from '../../domain/ids.ts';
import {
  type Leaving,
  LINE_KINDS,
  type LineReport,
  type LineState,
  type OffBoardingLine,
  type OffBoardingRecord,
  openLines,
  reportLine,
} from '../../domain/off-boarding.ts';
import { openRecord } from '../../domain/off-boarding-open.ts';
import { subjectOf } from '../../domain/paper.ts';
import type { Survey } from '../../domain/survey.ts';
import type { LocalDate } from '../../domain/time.ts';
import { questionsOf } from '../../forms/form.ts';
import type { Answers } from '../../forms/question.ts';
import { listIn } from '../../offerings/answered.ts';
import { contextFacts } from '../../offerings/context-assessment.ts';
import { HAND_OVER } from '../../offerings/hand-over.ts';
import { leavingLines } from '../../offerings/off-boarding-lines.ts';
import { OUTCOME_REVIEW } from '../../offerings/outcome-review.ts';
import { cardOf } from './steps-card.ts';
import { answersOf } from './steps-scoping.ts';
import { businessDayIn } from './timeline.ts';
import {
  actor,
  demoTemplate,
  engagementOf,
  given,
  idOf,
  issoOf,
  latestPaper,
  noteHere,
  type Scene,
  setMilestone,
  take,
  writePaper,
} from './world.ts';

const KIND = 'off-boarding';
const VERSION = 1;

/** T21: the last day and who takes over; the record is opened with it. */
export function offBoard(scene: Scene): void {
  const { world, story } = scene;
  const endOn = businessDayIn(world.when, given(scene, 'inDays'));
  const handOverId = scene.step.personId ?? story.system.ownerId;
  const reason = given(scene, 'reason');
  const byId = actor(scene, 'gtl');
  take(
    scene,
    'engagement.end',
    byId,
    (engagement, by) => beginOffBoarding(engagement, { reason, endOn, handOverId, by }),
    { reason, facts: { lastDay: endOn, handOver: handOverId } },
  );
  openLeaving(scene, byId, { personId: issoOf(scene), endOn, leaving: 'leaves', isPersonal: false });
}

/** Opens the record of whoever leaves, and notes their last day. */
export function openLeaving(
  scene: Scene,
  byId: PersonId,
  leave: {
    readonly personId: PersonId;
    readonly endOn: LocalDate;
    readonly leaving: Leaving;
    readonly isPersonal: boolean;
  },
): void {
  const { personId, endOn, leaving, isPersonal } = leave;
  const begun = cardOf(scene, personId)?.items.filter(
    ({ state }) => state.is !== 'not_started' && state.is !== 'not_needed',
  );
  const form = answersOf(scene, 'request-form');
  const lines = leavingLines({
    leaving,
    isPersonal,
    template: demoTemplate(scene.world),
    begun: begun ? new Set(begun.map(({ key }) => key)) : null,
    equipment: listIn(form, 'equipment'),
    fips: overallFips(contextFacts(answersOf(scene, 'context-assessment'), form).fips),
    isHva: engagementOf(scene).course.context?.isHva ?? null,
  });
  keepRecord(scene, personId, openRecord({ leaving, endOn, lines }, scene.world.when), byId);
  noteHere(scene, 'off-boarding.open', byId, {
    person: personId,
    on: endOn,
    lines: String(lines.length),
  });
  setMilestone(scene, byId, { name: 'work-ended', personId, on: endOn });
}

function keepRecord(scene: Scene, personId: PersonId, record: OffBoardingRecord, byId: PersonId): number {
  const subject = subjectOf(idOf(scene.story), personId);
  return writePaper(scene, { kind: KIND, subject, formVersion: VERSION, answers: { ...record }, byId })
    .version;
}

const DONE: Readonly<Record<OffBoardingLine['kind'], LineState>> = {
  access: 'revoked',
  property: 'returned',
  notice: 'done',
  keep: 'done',
};

/** Every open line of one kind, or the one that is named, is settled with its evidence. */
export function settleLines(scene: Scene): void {
  const { world, story, on, at } = scene;
  const personId = issoOf(scene);
  const paper = latestPaper(world, KIND, subjectOf(idOf(story), personId));
  if (!paper) throw new Error(`${story.key}: nobody leaves`);
  const wanted = given(scene, 'line');
  const byId = actor(scene, 'contractor_coord');
  let record = paper.answers as unknown as OffBoardingRecord;
  const isKind = (LINE_KINDS as readonly string[]).includes(wanted);
  const lines = openLines(record).filter(({ key, kind }) => (isKind ? kind : key) === wanted);
  lines.forEach(({ key, kind }, place) => {
    const report = reportOf(scene, DONE[kind], place);
    const made = reportLine(record, key, report, { today: on, by: { byId, at } });
    if (!made.ok) throw new Error(`${story.key}: ${key}: ${JSON.stringify(made.refusal)}`);
    record = made.value;
  });
  const version = keepRecord(scene, personId, record, byId);
  const facts = lines.map(({ key, kind }) => `${key}=${DONE[kind]}`).join(',');
  noteHere(scene, 'off-boarding.write', byId, { person: personId, version: String(version), lines: facts });
}

const reportOf = ({ on, index }: Scene, to: LineState, place: number): LineReport => ({
  to,
  reference: `REF-${on.replaceAll('-', '')}-${index + 1}${place + 1}`,
  on,
  returnedTo: to === 'returned' ? 'ISPG property desk' : null,
  tagEnd: null,
  condition: to === 'returned' ? 'good' : null,
  tracking: null,
});

/** What is open and who takes over, with the exit talk of that day. */
export function handOver(scene: Scene): void {
  const { ownerId } = scene.story.system;
  const byId = issoOf(scene);
  const answers: Answers = {
    poam_open: 3,
    due_dates: 'The three open POA&Ms: by the end of the next quarter',
    cfacts_tasks: 'Annual assessment: evidence for the access controls',
    document_locations: 'SharePoint of the system, folder Security: plan, contingency plan, agreements',
    contacts: 'The development team: questions about releases',
    successor_kind: 'business_owner',
    successor: ownerId,
    exit_talk_on: scene.on,
    exit_talk_nondisclosure: true,
    exit_talk_property: true,
  };
  const subject = idOf(scene.story);
  const { version } = writePaper(scene, {
    kind: 'hand-over',
    subject,
    formVersion: HAND_OVER.version,
    answers,
    byId,
  });
  const changed = Object.keys(answers).join(',');
  noteHere(scene, 'hand-over.write', byId, { version: String(version), changed });
}

/** The seven outcomes: all reached but the one that the story names. */
export function outcomes(scene: Scene): void {
  const { ownerId } = scene.story.system;
  const lines = questionsOf(OUTCOME_REVIEW).filter(({ kind }) => kind === 'choice');
  const answers: Answers = {
    ...Object.fromEntries(lines.map(({ key }) => [key, key === scene.step.line ? 'partly' : 'yes'])),
    ...(scene.step.words === undefined ? {} : { lessons: scene.step.words }),
  };
  const { version } = writePaper(scene, {
    kind: 'outcome-review',
    subject: idOf(scene.story),
    formVersion: OUTCOME_REVIEW.version,
    answers,
    byId: ownerId,
  });
  const changed = Object.keys(answers).join(',');
  noteHere(scene, 'outcome-review.write', ownerId, { version: String(version), changed });
}

const stillOpen = ({ world, story }: Scene, personId: PersonId): readonly string[] => {
  const paper = latestPaper(world, KIND, subjectOf(idOf(story), personId));
  return paper ? openLines(paper.answers as unknown as OffBoardingRecord).map(({ key }) => key) : [];
};

/** The contractor lead says that it is done. */
export function report(scene: Scene): void {
  const open = stillOpen(scene, issoOf(scene));
  take(scene, 'off-boarding.report', actor(scene, 'contractor_lead'), (engagement, by) =>
    reportOffBoarded(engagement, open, by),
  );
}

/** T22, with the last survey, which the Business Owner answers by and by. */
export function close(scene: Scene): void {
  const { world, story, at } = scene;
  const open = stillOpen(scene, issoOf(scene));
  const { course } = engagementOf(scene);
  const reason = course.offBoarding?.reason ?? '';
  const byId = actor(scene, 'gtl');
  const closed = take(
    scene,
    'engagement.close',
    byId,
    (engagement, by) => closeEngagement(engagement, open, by),
    {
      reason,
    },
  );
  const survey: Survey = {
    id: `demo-survey-${story.key}-final`,
    engagementId: closed.id,
    personId: story.system.ownerId,
    occasion: 'final',
    askedAt: at,
    version: 1,
    answers: null,
    answeredAt: null,
  };
  world.surveys.push(survey);
  noteHere(scene, 'survey.ask', null, { survey: survey.id, occasion: survey.occasion });
}
