/** What has to hold before work starts, and who has it in hand, in words (domain reference 2.4). */
import type { CardParty, GateKey } from '../../domain/card-template.ts';
import type { GateLine } from '../../domain/gate.ts';

export const PARTY_NAMES: Readonly<Record<CardParty, string>> = {
  contractor: 'the contractor',
  roster_owner: 'the Roster Owner',
  service_isso: 'the Service ISSO',
  cor: "the Contracting Officer's Representative",
  security_office: 'CMS personnel security',
  access_staff: 'CMS access staff',
  badging_office: 'the CMS badging office',
  it_desk: 'the IT service desk',
  ispg: 'ISPG',
  gtl: 'the Government Task Lead',
  business_owner: 'the Business Owner',
  data_guardian: 'the Data Guardian',
  cra: 'the Cyber Risk Advisor',
  existing_isso: 'the present ISSO',
  system_team: 'the system team',
  ciso: 'the CISO',
};

/** Why a line does not hold: "the ISSO Appointment Letter is not signed by all three". */
const FAILS: Readonly<Record<GateKey, string>> = {
  appointment_letter: 'the ISSO Appointment Letter is not signed by all three',
  screening: 'screening does not allow access yet',
  rules_of_behavior: 'the Rules of Behavior are not acknowledged',
  awareness_training: 'the awareness training (ISSPA) is not done',
  role_based_training: 'role-based training is neither done nor dated inside its 60 days',
  access: 'the EUA ID or the CFACTS job code is missing',
  initial_meeting: 'the initial meeting was not held',
};

/** "screening does not allow access yet (it is with CMS personnel security)" */
export const failsWords = ({ key, holder }: Pick<GateLine, 'key' | 'holder'>): string =>
  `${FAILS[key]}${holder === null ? '' : ` (it is with ${PARTY_NAMES[holder]})`}`;

/** Why work can't go on after a pause. */
export const LAPSED: Readonly<Record<GateKey, string>> = {
  ...FAILS,
  role_based_training: 'role-based training is overdue',
};

/** Those that don't hold as one sentence; empty when all do. */
export function failingWords(lines: readonly GateLine[]): string {
  const failing = lines.filter(({ holds }) => !holds).map(failsWords);
  return failing.length === 0 ? '' : `${failing.join('; ')}.`;
}
