/**
 * The lines of the ISSO Information Card (domain reference 4.3). Those that the programme page names are clearance, fingerprints,
 * PIV card, EUA ID, e-QIP, training, preparation and the initial meeting; the others, their order and all days are assumed, to fit
 * the goal of 60 days. A change that makes cards mean something else is another version, added behind the ones there are.
 */
import { type CardTemplate, checkedTemplate, type ItemTemplate } from '../domain/card-template.ts';
import { giveBack, line, OWN, PROVEN, revoke, tell } from './card-line.ts';

const FIRST_STEPS: readonly ItemTemplate[] = [
  line('offer_accepted', {
    name: 'Person accepts; NDA and contract paperwork',
    alsoCalled: ['offer', 'nda', 'paperwork'],
    parties: ['contractor', 'service_isso'],
    days: [0, 2],
    lead: 2,
    mirror: tell('Notice of departure logged'),
    ...OWN,
  }),
  line('roster_add', {
    name: 'Added to the contract roster',
    alsoCalled: ['roster'],
    parties: ['roster_owner', 'contractor'],
    needs: ['offer_accepted'],
    days: [0, 3],
    lead: 1,
    mirror: revoke('Removed from the contract roster'),
  }),
  line('ict_request', {
    name: 'Access request entered in ICT',
    names: [
      { sinceOn: null, name: 'Access request entered in EFI' },
      { sinceOn: '2024-01-01', name: 'Access request entered in ICT (formerly EFI)' },
    ],
    alsoCalled: ['ict', 'efi', 'access request'],
    parties: ['service_isso', 'contractor'],
    needs: ['roster_add'],
    days: [1, 5],
    lead: 1,
    mirror: revoke('Open requests cancelled'),
    ...PROVEN,
  }),
  line('cor_approval', {
    name: 'COR approves and sponsors',
    alsoCalled: ['cor', 'sponsor', 'sponsorship'],
    parties: ['cor'],
    needs: ['ict_request'],
    days: [3, 8],
    lead: 2,
    mirror: tell('COR told of the end date'),
  }),
];

const CLEARANCE: readonly ItemTemplate[] = [
  line('security_clearance', {
    name: 'CMS security clearance (public-trust suitability) started',
    alsoCalled: ['clearance', 'suitability', 'background investigation'],
    parties: ['contractor', 'security_office'],
    needs: ['cor_approval'],
    days: [5, 12],
    lead: 2,
    mirror: tell('Security office told'),
  }),
  line('fingerprinting', {
    name: 'Fingerprinting',
    alsoCalled: ['fingerprints', 'fingerprint'],
    parties: ['service_isso'],
    needs: ['security_clearance'],
    days: [7, 14],
    lead: 2,
    ...PROVEN,
  }),
  line('eqip', {
    name: 'Background questionnaire (e-QIP) submitted',
    names: [
      { sinceOn: null, name: 'Background questionnaire (e-QIP) submitted' },
      { sinceOn: '2023-10-01', name: 'Background questionnaire (eApp, formerly e-QIP) submitted' },
    ],
    alsoCalled: ['e-qip', 'eqip', 'eapp', 'questionnaire'],
    parties: ['service_isso'],
    needs: ['security_clearance'],
    days: [7, 17],
    lead: 4,
    ...PROVEN,
  }),
  line('prescreen_ok', {
    name: 'Favorable interim result; access allowed',
    alsoCalled: ['prescreen', 'prescreening', 'interim result', 'screening'],
    parties: ['security_office', 'contractor'],
    needs: ['fingerprinting', 'eqip'],
    days: [14, 38],
    lead: 15,
    gates: ['screening'],
    ...PROVEN,
  }),
];

const ACCESS: readonly ItemTemplate[] = [
  line('eua_id', {
    name: 'EUA ID issued',
    alsoCalled: ['eua'],
    parties: ['access_staff', 'contractor'],
    needs: ['cor_approval', { key: 'prescreen_ok', unless: 'CMS does not require it' }],
    days: [10, 40],
    lead: 1,
    gates: ['access'],
    mirror: revoke('EUA ID disabled'),
    ...PROVEN,
  }),
  line('isspa_training', {
    name: 'ISSPA awareness training and HHS Rules of Behavior',
    alsoCalled: ['isspa', 'awareness training', 'rules of behavior', 'rob'],
    parties: ['service_isso'],
    needs: [{ key: 'eua_id', unless: 'it is taken by another access' }],
    days: [10, 42],
    lead: 2,
    gates: ['rules_of_behavior', 'awareness_training'],
    ...PROVEN,
  }),
  line('gfe_laptop', {
    name: 'Government-furnished laptop or VDI issued',
    alsoCalled: ['laptop', 'gfe', 'vdi', 'computer'],
    parties: ['ispg', 'contractor'],
    needs: ['prescreen_ok'],
    days: [25, 45],
    lead: 5,
    mirror: giveBack('Laptop returned'),
    ...PROVEN,
  }),
  line('piv_card', {
    name: 'PIV card issued and activated',
    alsoCalled: ['piv', 'badge'],
    parties: ['service_isso', 'badging_office'],
    needs: ['eqip', 'prescreen_ok'],
    days: [30, 48],
    lead: 5,
    mirror: giveBack('Badge returned'),
    ...PROVEN,
  }),
  line('remote_access', {
    name: 'Remote access (VPN) and MFA working',
    alsoCalled: ['vpn', 'mfa'],
    parties: ['service_isso', 'it_desk'],
    needs: ['eua_id', 'gfe_laptop', 'piv_card'],
    days: [45, 50],
    lead: 2,
    mirror: revoke('Remote access removed'),
  }),
  line('email_chat', {
    name: 'CMS mailbox, Teams and Slack, with #isso-as-a-service and #cms-isso',
    alsoCalled: ['email', 'mailbox', 'slack', 'teams', 'chat'],
    parties: ['service_isso', 'ispg'],
    needs: ['eua_id'],
    days: [40, 50],
    lead: 2,
    mirror: revoke('Removed from channels and lists'),
  }),
  line('cfacts_access', {
    name: 'CFACTS job code CFACTS_USER_P',
    alsoCalled: ['cfacts', 'job code'],
    parties: ['service_isso', 'business_owner'],
    needs: ['eua_id', 'isspa_training'],
    days: [42, 52],
    lead: 5,
    gates: ['access'],
    mirror: revoke('CFACTS job code removed'),
    ...PROVEN,
    ...OWN,
  }),
  line('other_access', {
    name: 'Other system access named in the Request Form',
    alsoCalled: ['other access'],
    parties: ['business_owner', 'system_team'],
    needs: ['eua_id'],
    days: [42, 55],
    lead: 5,
    mirror: revoke('Each access removed'),
    ...PROVEN,
    ...OWN,
  }),
];

const READY: readonly ItemTemplate[] = [
  line('appointment_letter', {
    name: 'ISSO Appointment Letter processed',
    alsoCalled: ['letter', 'appointment'],
    parties: ['service_isso', 'business_owner', 'ciso'],
    needs: [{ key: 'eua_id', unless: 'it is signed on paper' }],
    days: [40, 56],
    lead: 5,
    follows: { fact: 'letter', alone: true },
    gates: ['appointment_letter'],
    mirror: tell('New letter for the successor; CISO told within 30 days'),
    ...OWN,
  }),
  line('rbt', {
    name: 'First role-based training',
    alsoCalled: ['role-based training', 'role based training'],
    parties: ['service_isso'],
    needs: [{ key: 'eua_id', unless: 'it is an external course' }],
    days: [10, 58],
    lead: 3,
    latestDay: 60,
    follows: { fact: 'training', alone: false },
    gates: ['role_based_training'],
    mirror: { kind: 'keep', what: 'Training evidence kept 5 years' },
    ...PROVEN,
  }),
  line('curriculum', {
    name: 'Getting-started curriculum',
    parties: ['service_isso'],
    days: [1, 58],
    lead: 10,
  }),
  line('bo_prep', {
    name: 'Business Owner organization prepared',
    alsoCalled: ['preparation'],
    parties: ['business_owner', 'data_guardian', 'cra', 'existing_isso'],
    days: [0, 30],
    lead: 10,
    follows: { fact: 'preparation', alone: false },
    mirror: tell('Business Owner names who takes over'),
    ...OWN,
  }),
  line('initial_meeting', {
    name: 'Initial meeting with Business Owner and stakeholders',
    parties: ['ispg'],
    needs: [{ key: 'bo_prep', unless: 'everybody is ready to meet' }],
    days: [15, 45],
    lead: 5,
    follows: { fact: 'initial-meeting', alone: false },
    gates: ['initial_meeting'],
    mirror: tell('Closing meeting'),
    ...OWN,
  }),
  line('ready', {
    name: 'Declared ready',
    parties: ['gtl'],
    needs: [
      'appointment_letter',
      'prescreen_ok',
      'isspa_training',
      'rbt',
      'eua_id',
      'cfacts_access',
      'initial_meeting',
    ].map((key) => ({ key, unless: 'the Government Task Lead makes an exception' })),
    days: [55, 60],
    lead: 1,
    follows: { fact: 'start-of-work', alone: true },
    mirror: { kind: 'keep', what: 'Card closed and retained' },
    ...OWN,
  }),
];

const FIRST: CardTemplate = checkedTemplate({
  version: 1,
  items: [...FIRST_STEPS, ...CLEARANCE, ...ACCESS, ...READY],
});

/**
 * The getting-started curriculum is done when its courses are, and by nobody's word. What is said by hand of the preparation and the
 * initial meeting has something that shows it.
 */
const SHOWN: Readonly<Record<string, Partial<ItemTemplate>>> = {
  curriculum: { follows: { fact: 'curriculum', alone: true } },
  bo_prep: PROVEN,
  initial_meeting: PROVEN,
};
const WITH_COURSES: CardTemplate = checkedTemplate({
  version: 2,
  items: FIRST.items.map((item) => ({ ...item, ...SHOWN[item.key] })),
});

/** All versions there have been, oldest first. */
export const CARD_TEMPLATES: readonly [CardTemplate, ...CardTemplate[]] = [FIRST, WITH_COURSES];

/** What a new card of ISSO As A Service is made of. */
export const CARD_TEMPLATE: CardTemplate = CARD_TEMPLATES.at(-1) ?? CARD_TEMPLATES[0];

/** The template of a card that was made with that version. Throws (a bug) for one there has never been. */
export function cardTemplate(version: number): CardTemplate {
  const found = CARD_TEMPLATES.find((each) => each.version === version);
  if (!found) throw new Error(`no card template of version ${version}`);
  return found;
}
