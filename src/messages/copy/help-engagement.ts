/** What can be typed about an engagement after its kickoff, by who may. */
import { isContractor } from '../../domain/access.ts';
import type { Person, Role } from '../../domain/person.ts';
import { line, strong } from '../inline.ts';
import { bullets, card, type Message, paragraph } from '../message.ts';
import { raiseButton } from './blocker.ts';
import { peopleHelp } from './people-help.ts';
import { matchingHelp } from './profile.ts';

const N = 'ISSO-2026-0001';

const REPORT_SETTLED =
  '`report`, `acknowledge report`, `return report because your words`, `report pdf`, `report docx`, `report csv`: the weekly status report';

const MOVED = `\`move day 0 ${N} to 12/14/2026 because the contract was late\`, \`item ${N} piv move to 1/20/2027 because the office is closed\`, \`card ${N} history\`, \`card ${N} lines\`: days and lines of a card`;

const ISPG: readonly Role[] = ['ispg_team', 'gtl'];
const CONTRACT: readonly Role[] = ['contractor_lead', 'contractor_coord'];

/** `roles` null: everybody. */
const SECTIONS: readonly {
  readonly heading: string;
  readonly roles: readonly Role[] | null;
  readonly lines: readonly string[];
}[] = [
  {
    heading: 'Engagements',
    roles: null,
    lines: [
      '`waiting`: what waits for you; `next` or `nudges`: the lines of Information Cards that you have in hand; `links`: where everything is',
      '`done 2 ref TICKET-1`, `blocked 2 why`, `waiting 2 on badging office`, `not yet 2 for 3 days`: what happens to line 2 of your nudges',
      '`requests`, `requests in OIT`, `requests of Beatriz Okafor`, `requests matching`, `closed requests`: lists, by component, person and state',
      `\`show ${N}\`: one engagement, with what you may do next; \`history ${N}\`: who did what`,
      `\`form ${N}\`, \`context ${N}\`, \`skills ${N}\`, \`preparation ${N}\`, \`hand-over ${N}\`, \`outcomes ${N}\`: its papers, where you may read them`,
      `\`stuck ${N} what stops you\`: tell the Government Task Lead; \`blockers\`, \`blocker B-1\`, \`solved B-1\`, \`not solved B-1 why\``,
    ],
  },
  {
    heading: 'For Business Owners',
    roles: ['business_owner'],
    lines: [
      `\`accept candidate ${N}\`, \`decline candidate ${N} availability\`: answer a candidate`,
      `\`sign letter ${N}\`, \`ciso signed letter ${N} 2/3/2027\`, \`told ciso ${N} 2/10/2027\`: the appointment letter and the CISO`,
      `\`ask change ${N} your wish\`, \`review extension ${N} 6/30/2028\`, \`wish ${N} extend; 6/30/2028\`: change or extend`,
      `\`accept replacement ${N}\`: another Service ISSO; \`copy ${N}\`: a new request from one that ended`,
      `\`card ${N}\`, \`day ${N}\`: how far an onboarding is`,
      `\`preparation ${N} name: yes\`: say what is prepared; \`outcomes ${N} name: yes\`: what it brought about`,
    ],
  },
  {
    heading: 'For Data Guardians and Cyber Risk Advisors',
    roles: ['data_guardian', 'cra'],
    lines: [
      `\`ready ${N}\`: you are told and ready for the Service ISSO; \`not ready ${N}\`: what to do until then`,
    ],
  },
  {
    heading: 'For ISPG',
    roles: ISPG,
    lines: [
      `\`form ${N} open poa&ms: 12; funding: expected\`, \`lock form ${N}\`: the Request Form`,
      `\`confirm context ${N}\`, \`shortlist ${N}\`, \`accept candidate ${N}\`, \`decline candidate ${N} skill gap\``,
      `\`send back ${N} Request Form; why\`, \`correct form ${N} open poa&ms: 9; reason: miscounted\`, \`correct people ${N} advisor: Carla Reyes\``,
      `\`let in ${N} Dana Guthrie; data guardian\`, \`approve member ${N} …\`, \`remove member ${N} …\`, \`members ${N}\``,
      `\`accept replacement ${N}\`: another Service ISSO`,
      '`report`, `report 12/4/2026`: the weekly status report, as it was submitted',
      '`courses of Ines Sorensen`, `training review`, `course dates bootcamp 9/10/2027, 12/2/2027`: training',
      `\`day ${N}\`, \`waiting for ${N}\`, \`burn-down ${N}\`, \`burn-down all\`: how an onboarding stands`,
    ],
  },
  {
    heading: 'For the Government Task Lead',
    roles: ['gtl'],
    lines: [
      `\`allow candidate ${N}\`, \`confirm funding ${N}\`, \`activate ${N}\`: exceptions, money, start of work`,
      `\`pause ${N} why; 3/1/2028\`, \`resume ${N}\`, \`change term ${N} hours per week: 30\``,
      `\`review extension ${N} 6/30/2028\`, \`approve extension ${N}\``,
      `\`reassign ${N} isso departed\`, \`end ${N} funding changed; last day: 6/30/2028; hand over to: Beatriz Okafor\`, \`close ${N}\``,
      '`answer B-1 your words`, `hand B-1 to Leila Haddad`: blockers and requests for change',
      MOVED,
      `\`item ${N} cfacts not needed because the system has no record\`: waive a line`,
      REPORT_SETTLED,
    ],
  },
  {
    heading: "For Contracting Officer's Representatives",
    roles: ['cor'],
    lines: [
      `\`confirm funding ${N}\`, \`approve extension ${N}\``,
      REPORT_SETTLED,
      `\`day ${N}\`, \`burn-down ${N}\`, \`burn-down all\`: how an onboarding stands`,
    ],
  },
  {
    heading: 'Figures',
    roles: [...ISPG, 'cor', 'auditor'],
    lines: [
      '`measures`, `measures OIT last quarter`: the measures of the programme',
      '`pictures`, `picture funnel`, `picture ageing OIT`: the programme in pictures',
    ],
  },
  {
    heading: 'Exports',
    roles: [...ISPG, 'cor', 'auditor'],
    lines: ['`exports`, `export engagements csv`: what the programme holds, as a file'],
  },
  {
    heading: 'Marketplace plan',
    roles: [...ISPG, 'cor', 'auditor', 'records_officer'],
    lines: [
      '`marketplace plan`, `plan part governance`, `plan history`, `plan docx`, `plan pdf`: the Marketplace Implementation Plan',
    ],
  },
  {
    heading: 'Records',
    roles: ['records_officer', 'auditor'],
    lines: [
      '`records`, `export records transitory`: classes of records, and one as an archive',
      '`holds`, `disposition`: legal holds, and what is due for disposition',
    ],
  },
  {
    heading: 'For Records Officers',
    roles: ['records_officer'],
    lines: [
      `\`hold ${N} because Case 27-014\`, \`release hold 1 because The case is closed\`: keep records, or no longer`,
      '`export records transitory due`: exactly what is due; the archive says how to dispose of it',
    ],
  },
  {
    heading: 'For contract leads',
    roles: CONTRACT,
    lines: [
      `\`context ${N} name: answer\`, \`confirm context ${N}\`, \`skills ${N} name: answer\`, \`settle skills ${N}\``,
      `\`propose candidate ${N} Ines Sorensen\``,
      `\`start onboarding ${N} start: 1/11/2027; hours per week: 20\`, \`card ${N}\`, \`item ${N} fingerprinting done ref T-1\``,
      `\`item ${N} other access not needed because nothing else was named\`: let a line go that work can start without`,
      `\`reassign ${N} isso departed; replacement: Ivan Soto\`, \`replace ${N}\``,
      MOVED,
      `\`day ${N}\`, \`waiting for ${N}\`, \`burn-down ${N}\`, \`burn-down all\`: how an onboarding stands`,
      '`courses of Ines Sorensen`, `course bootcamp of Ines Sorensen not needed because of the dates`, `training review`: training',
      `\`off-boarding ${N}\`, \`line ${N} laptop returned to Leila; ref T-7\`, \`report off-boarding ${N}\``,
      `\`report\`, \`edit report risks: your words\`, \`edit report remark ${N}: your words\`, \`submit report\`, \`report pdf\`: the weekly status report`,
    ],
  },
  {
    heading: 'For Service ISSO Leads',
    roles: ['service_isso_lead'],
    lines: [
      `\`card ${N}\`, \`day ${N}\`, \`waiting for ${N}\`, \`burn-down ${N}\`, \`courses of Ines Sorensen\`: cards and training of your team, once you are let in as its lead`,
    ],
  },
  {
    heading: 'For Service ISSOs',
    roles: ['service_isso'],
    lines: [
      '`card`: your Information Card; `next`: what you can do now; `day`: how your onboarding stands',
      '`waiting for`: who has your lines in hand; `burn-down`: numbers and picture; `links`: where everything is',
      `\`sign letter ${N}\`: you signed the appointment letter; \`off-boarding ${N}\`: what you return`,
      '`courses`: your training; `course toolkit done`, `course rbt done ref CERT-1`, `course mentorship later`, `scorecard`',
      '`note what went on; help: your words`: your note for the weekly status report; `note` shows it',
    ],
  },
];

/** What this person may type about engagements and people; null for a guest, who has neither. */
export function engagementHelp(person: Person): Message | null {
  if (person.roles.length === 0) return null;
  const concerned = SECTIONS.filter(
    ({ roles }) => roles === null || roles.some((role) => inForce(person).includes(role)),
  );
  const more = [...matchingHelp(person), ...peopleHelp(person)];
  const sections = [...concerned, { heading: 'People and skills', lines: more }];
  return card(
    'Engagements, from the kickoff to the close',
    sections.flatMap(({ heading, lines }) => [paragraph(line`${strong(heading)}`), bullets(lines)]),
    [raiseButton],
  );
}

function inForce(person: Person): readonly Role[] {
  if (person.roles.includes('platform_admin')) return ['platform_admin'];
  return isContractor(person)
    ? person.roles.filter((role) => !ISPG.includes(role) && role !== 'cor')
    : person.roles;
}
