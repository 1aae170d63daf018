/**
 * The statements of the NICE Framework, release 2.0.0, that describe the work of a Service ISSO (domain reference 7.2). Ids and words
 * are NIST's, in the public domain; the selection and the links to tasks are assumed there.
 */
export interface NiceStatement {
  /** `T` a task, `K` knowledge, `S` a skill. */
  readonly id: string;
  readonly words: string;
  /** Ids of the work roles that list it. */
  readonly roles: readonly string[];
  /** Keys of the tasks that people ask for; empty for knowledge and skills. */
  readonly tasks: readonly string[];
}

/** Id, words, roles (`OG-WRL-` left out), and what people ask for. */
const TASK_ROWS = `
T1354 | Identify system cybersecurity requirements | 014 | categorization, controls_documentation
T1357 | Determine if cybersecurity requirements have been successfully implemented | 014, 012, 002 | compliance_reporting, assessment_authorization
T1368 | Support cybersecurity compliance activities | 014, 012 | compliance_reporting
T1358 | Determine the effectiveness of organizational cybersecurity policies and procedures | 014, 012, 002 | compliance_reporting
T1586 | Conduct cybersecurity risk assessments | 014 | risk_assessment
T1601 | Advise stakeholders on enterprise cybersecurity risk management | 014 | stakeholder_collab, rmf
T1058 | Advise senior management on risk levels and security posture | 014, 008 | stakeholder_collab
T1061 | Advise senior leadership and authorizing official of changes affecting the organization's cybersecurity posture | 014 | assessment_authorization
T1224 | Determine impact of noncompliance on organizational risk levels | 014, 008 | risk_assessment
T1355 | Determine if vulnerability remediation plans are in place | 014, 012 | poam
T1356 | Develop vulnerability remediation plans | 014, 012 | poam
T1178 | Determine if security improvement actions are evaluated, validated, and implemented as required | 014 | poam
T1317 | Determine if appropriate threat mitigation actions have been taken | 014 | poam
T1246 | Establish Assessment and Authorization (A&A) processes | 014 | assessment_authorization
T1294 | Advise on Risk Management Framework process activities and documentation | 012 | rmf
T1270 | Plan security authorization reviews for system and network installations | 012 | assessment_authorization
T1305 | Determine if authorization and assurance documents identify an acceptable level of risk for software applications, systems, and networks | 012, 013 | assessment_authorization
T0309 | Assess the effectiveness of security controls | 012 | sca_csrap
T1327 | Update security documentation to reflect current application and system security design features | 012 | controls_documentation
T1269 | Conduct risk analysis of applications and systems undergoing major changes | 012 | tlc_review
T1361 | Determine the impact of new system and interface implementations on organization's cybersecurity posture | 012 | tlc_review
T1181 | Determine if cybersecurity requirements are integrated into continuity planning | 014 | contingency
T1291 | Advise stakeholders on the development of continuity of operations plans | 014 | contingency
T1086 | Collect and maintain system cybersecurity report data | 014 | compliance_reporting
T1087 | Create system cybersecurity reports | 014 | compliance_reporting
T1293 | Advise on security requirements to be included in statements of work | 014 | tlc_review
T1300 | Report cybersecurity incidents | 014 | overall_support
T1887 | Conduct privacy impact assessments | 008 | privacy_guidance
T1889 | Align cybersecurity and privacy practices in system information security plans | 008 | privacy_guidance
T1853 | Determine if new and existing services comply with privacy and data security obligations | 008 | privacy_guidance
`;

/** Id, words, roles. */
const KNOWLEDGE_AND_SKILL_ROWS = `
K0734 | Knowledge of Risk Management Framework (RMF) requirements | 014, 012, 013
K0676 | Knowledge of cybersecurity laws and regulations | 014, 012, 013, 008, 002
K0678 | Knowledge of privacy laws and regulations | 014, 012, 013, 008, 002
K0675 | Knowledge of risk management processes | 014, 012, 013, 008, 002
K0751 | Knowledge of system threats | 014, 012, 013, 008, 002
K0752 | Knowledge of system vulnerabilities | 014, 012, 013, 008, 002
K0685 | Knowledge of access control principles and practices | 014, 012, 013
K0709 | Knowledge of business continuity and disaster recovery (BCDR) policies and procedures | 014, 012
K0724 | Knowledge of incident response principles and practices | 014
K0771 | Knowledge of system life cycle management principles and practices | 014
K0778 | Knowledge of enterprise information technology (IT) architecture principles and practices | 014, 012, 013
K0917 | Knowledge of Personally Identifiable Information (PII) data security standards and best practices | 014, 012, 013
K0919 | Knowledge of Personal Health Information (PHI) data security standards and best practices | 014, 012, 013
K0865 | Knowledge of data classification standards and best practices | 014, 012
K1077 | Knowledge of data security controls | 014, 012, 013
K1084 | Knowledge of data privacy controls | 014, 012, 013
K0748 | Knowledge of Privacy Impact Assessment (PIA) principles and practices | 008
K0803 | Knowledge of supply chain risk management principles and practices | 014, 012, 013
S0878 | Skill in performing risk analysis | 014, 012, 008
S0686 | Skill in performing risk assessments | 012, 013
S0578 | Skill in evaluating security designs | 014, 012
S0564 | Skill in creating system security policies | 014
S0462 | Skill in integrating information security requirements in the acquisitions process | 014, 012
S0841 | Skill in identifying possible security violations | 014
S0821 | Skill in collaborating with internal and external stakeholders | 008, 002
S0791 | Skill in presenting to an audience | 012, 008
`;

const inList = (cell: string | undefined): readonly string[] =>
  cell === undefined ? [] : cell.split(',').map((each) => each.trim());

const inRows = (rows: string): readonly NiceStatement[] =>
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [id = '', words = '', roles, tasks] = row.split('|').map((cell) => cell.trim());
      return { id, words, roles: inList(roles).map((each) => `OG-WRL-${each}`), tasks: inList(tasks) };
    });

export const NICE_STATEMENTS: readonly NiceStatement[] = [
  ...inRows(TASK_ROWS),
  ...inRows(KNOWLEDGE_AND_SKILL_ROWS),
];
