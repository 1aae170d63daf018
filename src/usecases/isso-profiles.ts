/**
 * The profiles of Service ISSOs as they are kept: papers of the kind `isso-profile` whose subject is the person. What their owner
 * saves is a version. A confirmation is a version as well: the same answers with `confirmed_version`, the version that was
 * confirmed, by whoever confirmed it. The next save has none, so it waits for a confirmation of its own.
 */
import type { PersonId } from '../domain/ids.ts';
import { nextVersion, type Paper } from '../domain/paper.ts';
import type { IssoProfile } from '../domain/skills.ts';
import { missing, parseAnswers } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { ISSO_PROFILE_FORM, profileOf } from '../offerings/isso-profile.ts';
import type { Work } from './work.ts';

export const PROFILE_KIND = 'isso-profile';
const CONFIRMED = 'confirmed_version';

/** `incomplete`: something required is not answered. `unconfirmed`: it waits for the Service ISSO Lead. */
export type ProfileState = 'incomplete' | 'unconfirmed' | 'confirmed';

export interface HeldProfile {
  readonly profile: IssoProfile;
  readonly answers: Answers;
  readonly state: ProfileState;
  /** Labels of required questions without an answer. */
  readonly missing: readonly string[];
  readonly savedAt: Date;
}

/** What a paper holds. */
export function heldProfile({ subject, version, answers: stored, byId, at }: Paper): HeldProfile {
  const { answers } = parseAnswers(ISSO_PROFILE_FORM, stored);
  const confirmedVersion = stored[CONFIRMED];
  const isConfirmed = typeof confirmedVersion === 'number' && byId !== null;
  const needed = missing(ISSO_PROFILE_FORM, answers).map(({ label }) => label);
  return {
    profile: profileOf(answers, {
      personId: subject,
      version: isConfirmed ? confirmedVersion : version,
      confirmed: isConfirmed ? { byId, at } : null,
    }),
    answers,
    state: isConfirmed ? 'confirmed' : needed.length > 0 ? 'incomplete' : 'unconfirmed',
    missing: needed,
    savedAt: at,
  };
}

/** The profile of everybody who has one, by person. */
export async function allProfiles({ tx }: Pick<Work, 'tx'>): Promise<ReadonlyMap<PersonId, HeldProfile>> {
  const papers = await tx.papers.latestOf(PROFILE_KIND, 'all');
  return new Map(papers.map((paper) => [paper.subject, heldProfile(paper)]));
}

/** For a change: nobody else changes this profile until the transaction ends. */
export async function lockProfile({ tx }: Pick<Work, 'tx'>, personId: PersonId): Promise<Paper | null> {
  await tx.lock(`profile:${personId}`);
  return tx.papers.latest(PROFILE_KIND, personId);
}

/** The version that says that `paper` was confirmed. */
export const confirmationOf = (paper: Paper, byId: PersonId, at: Date): Paper =>
  nextVersion(paper, {
    ...paper,
    answers: { ...paper.answers, [CONFIRMED]: paper.version },
    byId,
    at,
    reason: null,
  });
