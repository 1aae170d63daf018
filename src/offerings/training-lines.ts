/** What is suggested for each gap between a Service ISSO and a need, from the programme's curriculum (domain reference 5.1; the choice is assumed). */
import type { Gap } from '../domain/matching-terms.ts';

const TASKS: Readonly<Record<string, string>> = {
  overall_support: 'ISSO Bootcamp and the ISSO Handbook',
  stakeholder_collab: 'the ISSO Mentorship Program',
  categorization: 'the ISSO Handbook and a first case with a mentor',
  compliance_reporting: 'CFACTS training for beginners and then advanced',
  risk_assessment: 'ISSO Bootcamp and a first assessment with a mentor',
  controls_documentation: 'advanced CFACTS training and the Acceptable Risk Safeguards',
  privacy_guidance: 'privacy courses of the CMS and HHS catalog',
  assessment_authorization: 'advanced CFACTS training and a first authorization with a mentor',
  tlc_review: 'the ISSO Handbook on the Target Life Cycle',
  poam: 'CFACTS training on POA&Ms',
  sca_csrap: 'the ISSO video series on assessments and CSRAP',
  contingency: 'contingency planning courses of the CMS and HHS catalog',
  rmf: 'Role Based Training on the Risk Management Framework',
};

const AREAS: Readonly<Record<string, string>> = {
  q_standards: 'the Acceptable Risk Safeguards and the IS2P2 policy',
  q_it: 'technical courses of the CMS and HHS catalog',
  q_disciplines: 'Role Based Training',
  q_program: 'ISSO Bootcamp',
  q_risk: 'Role Based Training on risk',
  q_leadership: 'the ISSO Mentorship Program and the Cybersecurity Community Forum',
};

const OTHERWISE: Readonly<Record<Gap['kind'], string>> = {
  task: 'the ISSO Handbook and a mentor',
  area: 'Role Based Training',
  context: 'the first month beside a Service ISSO who has worked with it',
  certification: 'a date for the exam and time to study for it',
  experience: 'a mentor for the first three months',
};

/** The training for a gap, to stand behind "Suggested:". */
export function trainingFor({ kind, key }: Gap): string {
  const lines = kind === 'task' ? TASKS : kind === 'area' ? AREAS : {};
  return (Object.hasOwn(lines, key) ? lines[key] : undefined) ?? OTHERWISE[kind];
}
