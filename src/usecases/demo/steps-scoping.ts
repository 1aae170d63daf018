/** From the kickoff to the search: Request Form, context assessment, skill profile, sending back (T5 to T8, T27). */
import {
  beginSearch,
  categorizeSkills,
  confirmContext,
  lockForm,
  sendBack,
} from '../../domain/engagement-scoping.ts';
import type { OpenState } from '../../domain/engagement-states.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type Form, missing, parseAnswers } from '../../forms/form.ts';
import type { Answers } from '../../forms/question.ts';
import { listIn } from '../../offerings/answered.ts';
import {
  assessContext,
  CONTEXT_ASSESSMENT,
  isHvaIn,
  withSuggestedComplexity,
} from '../../offerings/context-assessment.ts';
import { hoursPerWeek, prefillRequestForm, REQUEST_FORM } from '../../offerings/request-form.ts';
import { SKILL_PROFILE_FORM, suggestSkillProfile } from '../../offerings/skill-profile.ts';
import {
  actor,
  engagementOf,
  idOf,
  keep,
  latestPaper,
  mustBeAllowed,
  noteHere,
  type Scene,
  take,
  writePaper,
} from './world.ts';

const SOME_HOURS = 20;
const AUTHORIZATION = 'authorization';

/** The answers of a paper of the engagement as they are now; none where nothing was written. */
export function answersOf(scene: Pick<Scene, 'world' | 'story'>, kind: Kind): Answers {
  const paper = latestPaper(scene.world, kind, idOf(scene.story));
  return paper ? parseAnswers(FORMS[kind], paper.answers).answers : {};
}

const FORMS = {
  'request-form': REQUEST_FORM,
  'context-assessment': CONTEXT_ASSESSMENT,
  'skill-profile': SKILL_PROFILE_FORM,
} as const satisfies Readonly<Record<string, Form>>;
type Kind = keyof typeof FORMS;

/** What somebody filled in of a paper, as one version. */
function write(scene: Scene, kind: Exclude<Kind, 'skill-profile'>, byId: PersonId, change: Answers): void {
  const right = kind === 'request-form' ? 'form.write' : 'context.write';
  mustBeAllowed(scene, right, byId);
  const before = answersOf(scene, kind);
  const form: Form = FORMS[kind];
  const { answers } = parseAnswers(form, { ...before, ...change });
  const { version } = writePaper(scene, {
    kind,
    subject: idOf(scene.story),
    formVersion: form.version,
    answers,
    byId,
  });
  noteHere(scene, `${kind}.write`, byId, {
    version: String(version),
    changed: Object.keys(change).join(','),
  });
}

/** What the request said, and where the authorization stands. */
export function startForm(scene: Scene): void {
  const initial = Object.fromEntries(engagementOf(scene).answers.map(({ key, value }) => [key, value]));
  const { answers } = parseAnswers(REQUEST_FORM, prefillRequestForm(initial as Answers));
  const status = REQUEST_FORM.sections.find(({ key }) => key === AUTHORIZATION)?.questions ?? [];
  const known = status.flatMap(({ key }): [string, Answers[string]][] => {
    const value = scene.story.system.form[key];
    return value === undefined ? [] : [[key, value]];
  });
  write(scene, 'request-form', actor(scene, 'ispg_team'), { ...answers, ...Object.fromEntries(known) });
}

export const finishForm = (scene: Scene): void =>
  write(scene, 'request-form', actor(scene, 'ispg_team'), {
    ...scene.story.system.form,
    attest_no_sensitive: true,
    attest_authority: true,
  });

/** T5. */
export function lock(scene: Scene): void {
  const version = versionOf(scene, 'request-form');
  const open = missing(REQUEST_FORM, answersOf(scene, 'request-form')).map(({ key }) => key);
  take(
    scene,
    'form.lock',
    actor(scene, 'ispg_team'),
    (engagement, by) => lockForm(engagement, { version, missing: open }, by),
    { facts: { version: String(version) } },
  );
}

/** ISPG and the contractor fill it in together. */
export function assess(scene: Scene): void {
  const { context } = scene.story.system;
  const [first = [], second = []] = [Object.entries(context).slice(0, 6), Object.entries(context).slice(6)];
  write(scene, 'context-assessment', actor(scene, 'ispg_team'), Object.fromEntries(first));
  write(
    scene,
    'context-assessment',
    actor(scene, 'contractor_lead'),
    withSuggestedComplexity({ ...Object.fromEntries(second) }),
  );
}

/** T6: one side's confirmation. */
export const confirmFor =
  (side: 'ispg' | 'contractor') =>
  (scene: Scene): void => {
    const answers = answersOf(scene, 'context-assessment');
    const { score, tier } = assessContext(answers, answersOf(scene, 'request-form'), scene.on);
    const version = versionOf(scene, 'context-assessment');
    const settled = {
      version,
      missing: missing(CONTEXT_ASSESSMENT, answers).map(({ key }) => key),
      score: score.sum,
      tier: tier.tier,
      isHva: isHvaIn(answers),
    };
    take(
      scene,
      `context.confirm-${side}`,
      actor(scene, side === 'ispg' ? 'ispg_team' : 'contractor_lead'),
      (engagement, by) => confirmContext(engagement, settled, side, by),
      { facts: { version: String(version), score: String(score.sum), tier: tier.tier } },
    );
  };

/** T7, and T8 by itself with it. */
export function settleSkills(scene: Scene): void {
  const form = answersOf(scene, 'request-form');
  const byId = actor(scene, 'contractor_lead');
  const { course } = engagementOf(scene);
  const { version } = writePaper(scene, {
    kind: 'skill-profile',
    subject: idOf(scene.story),
    formVersion: SKILL_PROFILE_FORM.version,
    answers: suggestSkillProfile({
      tasks: listIn(form, 'tasks'),
      tier: course.context?.tier ?? 'standard',
      hoursPerWeek: hoursPerWeek(form) ?? SOME_HOURS,
      location: 'remote',
      dataKinds: listIn(answersOf(scene, 'context-assessment'), 'data_kinds'),
    }),
    byId,
  });
  const next = take(
    scene,
    'skills.settle',
    byId,
    (engagement, by) => categorizeSkills(engagement, { version, missing: [] }, by),
    { facts: { version: String(version) } },
  );
  const search = beginSearch(next, scene.at);
  if (search.ok) keep(scene, search.value, { verb: 'skills.settle.follow', byId });
}

/** T27: back to the Request Form. */
export const back = (scene: Scene): void => {
  const to: OpenState = 'KICKOFF_HELD';
  take(scene, 'engagement.send-back', actor(scene, 'ispg_team'), (engagement, { at }) =>
    sendBack(engagement, to, at),
  );
};

const versionOf = ({ world, story }: Scene, kind: Kind): number =>
  latestPaper(world, kind, idOf(story))?.version ?? 0;
