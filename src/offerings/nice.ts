/**
 * The NICE Workforce Framework as it is used for Service ISSOs (domain reference 7.1 and 7.3): work roles, competency areas, and the
 * six qualification areas of the programme page with the statements they rest on. Ids and names are NIST's, in the public domain;
 * what is chosen and linked is assumed there. A newer release is taken in here and in `nice-statements.ts`.
 */
import type { Area } from '../domain/skills.ts';

/** The release of the framework's components (March 2025); kept with every skill profile. */
export const NICE_RELEASE = '2.0.0';

export interface NiceRole {
  readonly id: string;
  readonly name: string;
  /** Code of the Office of Personnel Management for the same work. */
  readonly opmCode: string;
  /** What in an engagement asks for the role beside the primary one. */
  readonly addedFor: { readonly tasks: readonly string[]; readonly dataKinds: readonly string[] };
}

/** The closest to an ISSO: the framework has no role of that name. */
export const PRIMARY_ROLE = 'OG-WRL-014';

export const NICE_ROLES: readonly NiceRole[] = [
  {
    id: PRIMARY_ROLE,
    name: 'Systems Security Management',
    opmCode: '722',
    addedFor: { tasks: [], dataKinds: [] },
  },
  {
    id: 'OG-WRL-012',
    name: 'Security Control Assessment',
    opmCode: '612',
    addedFor: { tasks: ['sca_csrap'], dataKinds: [] },
  },
  {
    id: 'OG-WRL-013',
    name: 'Systems Authorization',
    opmCode: '611',
    addedFor: { tasks: ['assessment_authorization'], dataKinds: [] },
  },
  {
    id: 'OG-WRL-008',
    name: 'Privacy Compliance',
    opmCode: '732',
    addedFor: { tasks: ['privacy_guidance'], dataKinds: ['pii', 'phi', 'fti'] },
  },
  {
    // Policy work is none of the tasks that people ask for; the lead adds the role by hand.
    id: 'OG-WRL-002',
    name: 'Cybersecurity Policy and Planning',
    opmCode: '752',
    addedFor: { tasks: [], dataKinds: [] },
  },
];

/** The competency areas offered for ISSO profiles, of the eleven in the release. */
export const COMPETENCY_AREAS = [
  { id: 'NF-COM-001', label: 'Access Controls' },
  { id: 'NF-COM-003', label: 'Asset Management' },
  { id: 'NF-COM-004', label: 'Cloud Security' },
  { id: 'NF-COM-007', label: 'Cyber Resiliency' },
  { id: 'NF-COM-008', label: 'DevSecOps' },
  { id: 'NF-COM-011', label: 'Supply Chain Security' },
] as const;

export interface QualificationArea {
  /** Short, for fields and lines. */
  readonly name: string;
  readonly about: string;
  /** How the programme page says how well it must be known. */
  readonly levelWords: string;
  /** Ids of the statements it rests on. */
  readonly statements: readonly string[];
}

/** The areas of the programme page's "Service ISSO qualifications". */
export const QUALIFICATION_AREAS: Readonly<Record<Area, QualificationArea>> = {
  q_standards: {
    name: 'Federal standards',
    about: 'federal standards and best practices of cybersecurity',
    levelWords: 'comprehensive and expert',
    statements: ['K0734', 'K0676', 'K0678', 'T1294', 'T1368'],
  },
  q_it: {
    name: 'Information technology',
    about: 'information technology',
    levelWords: 'expert',
    statements: ['K0778', 'K0771', 'K0685', 'S0578'],
  },
  q_disciplines: {
    name: 'Security disciplines',
    about: 'the disciplines of information security and contingency planning',
    levelWords: 'thorough',
    statements: ['K0751', 'K0752', 'K0709', 'T1181', 'T1291'],
  },
  q_program: {
    name: 'Testing and planning',
    about: 'how a security program is evaluated and tested and planned',
    levelWords: 'sufficient for the work',
    statements: ['T1358', 'T1357', 'T0309', 'K0724'],
  },
  q_risk: {
    name: 'Risk assessment',
    about: 'finding and reducing the risks of new and existing systems',
    levelWords: 'sufficient for the work',
    statements: ['T1586', 'T1269', 'T1361', 'S0878', 'S0686'],
  },
  q_leadership: {
    name: 'Leadership',
    about: 'leading and communicating in information security',
    levelWords: 'mastery',
    statements: ['T1058', 'T1601', 'S0821', 'S0791'],
  },
};
