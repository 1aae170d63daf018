/** What can be typed about an engagement after its kickoff, by who may. */
import { isContractor } from '../../domain/access.ts';
import type { Person, Role } from '../../domain/person.ts';
import { line, strong } from '../inline.ts';
import { bullets, card, type Message, paragraph } from '../message.ts';
import { raiseButton } from './blocker.ts';
import { peopleHelp } from './people-help.ts';
import { matchingHelp } from './profile.ts';

const N = 'ISSO-2026-0001';

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
      '`waiting`: what waits for you',
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
      `\`preparation ${N} name: yes\`: say what is prepared; \`outcomes ${N} name: yes\`: what it brought about`,
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
    ],
  },
  {
    heading: "For Contracting Officer's Representatives",
    roles: ['cor'],
    lines: [`\`confirm funding ${N}\`, \`approve extension ${N}\``],
  },
  {
    heading: 'For contract leads',
    roles: CONTRACT,
    lines: [
      `\`context ${N} name: answer\`, \`confirm context ${N}\`, \`skills ${N} name: answer\`, \`settle skills ${N}\``,
      `\`propose candidate ${N} Ines Sorensen\``,
      `\`start onboarding ${N} start: 1/11/2027; hours per week: 20\`, \`card ${N}\`, \`item ${N} fingerprinting done ref T-1\``,
      `\`reassign ${N} isso departed; replacement: Ivan Soto\`, \`replace ${N}\``,
      `\`off-boarding ${N}\`, \`line ${N} laptop returned to Leila; ref T-7\`, \`report off-boarding ${N}\``,
    ],
  },
  {
    heading: 'For Service ISSOs',
    roles: ['service_isso'],
    lines: [
      '`card`: your Information Card',
      `\`sign letter ${N}\`: you signed the appointment letter; \`off-boarding ${N}\`: what you return`,
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
