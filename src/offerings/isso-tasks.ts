import type { Option } from '../domain/field.ts';
import type { Answers } from '../forms/question.ts';
import type { Notice } from './offering.ts';

/** What a Service ISSO can do (keys: domain reference 3.4), in our own words. */
export const TASKS: readonly Option[] = [
  { id: 'overall_support', label: 'Act as the ISSO for our systems in all matters' },
  { id: 'stakeholder_collab', label: 'Work with our teams and the Cyber Risk Advisor' },
  { id: 'categorization', label: 'Check the security category of a system' },
  { id: 'compliance_reporting', label: 'Go over compliance checks and reports' },
  { id: 'risk_assessment', label: 'Assess risks' },
  { id: 'controls_documentation', label: 'Find and write up security and privacy controls' },
  { id: 'privacy_guidance', label: 'Advise on rules for personal health and tax data' },
  { id: 'assessment_authorization', label: 'Help a system get or keep its authorization (ATO)' },
  { id: 'tlc_review', label: 'Check security and privacy along the Target Life Cycle (TLC)' },
  { id: 'poam', label: 'Review POA&Ms and what is behind them' },
  { id: 'sca_csrap', label: 'Run a security control assessment or arrange CSRAP' },
  { id: 'contingency', label: 'Arrange contingency planning' },
  { id: 'rmf', label: 'Apply the CMS Risk Management Framework' },
];

/** Ongoing work that keeps a person from testing the same system independently (domain reference 3.4, from ARS AC-5 Std.5). */
const NOT_WITH_ASSESSMENT = ['overall_support', 'controls_documentation', 'assessment_authorization', 'poam'];

/** Where the notice stands: the Request Form is filled in after the kickoff, and ISPG settles it there. */
const WHO_SETTLES = {
  'initial-request': 'you can settle this at the kickoff',
  'request-form': 'say so in the need if somebody independent is to run it',
} as const;

/**
 * The independence notice: an assessment is asked for together with ongoing work on the same system.
 * Null when it is not. It refuses nothing; the assessment is then read as "arrange", not "run".
 */
export function independenceNotice(
  tasks: Answers[string] | undefined,
  where: keyof typeof WHO_SETTLES = 'initial-request',
): Notice | null {
  const picked = Array.isArray(tasks) ? tasks : [];
  if (!picked.includes('sca_csrap') || !picked.some((task) => NOT_WITH_ASSESSMENT.includes(task)))
    return null;
  return {
    key: 'independence',
    text:
      'An ISSO may not independently test a system they also work on. ' +
      `So we read the assessment as "arrange it", not "run it"; ${WHO_SETTLES[where]}.`,
  };
}
