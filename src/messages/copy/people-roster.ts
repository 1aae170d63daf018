/** The roster in words: what an import would do or has done, for whoever runs the bot and for its administrators. */
import { ROLES, type Role } from '../../domain/person.ts';
import type { RosterPerson, RosterPlan } from '../../domain/roster.ts';
import { button } from '../button.ts';
import { line, strong, theirs, time } from '../inline.ts';
import { bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';
import { clashWords, ROLE_NAMES } from './people-roles.ts';

interface Problem {
  readonly line: number;
  readonly mend: string;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const rolesWords = (roles: readonly Role[]): string => (roles.length === 0 ? 'no role' : roles.join(', '));

/** What the import does, line by line, for a terminal. Rejected lines come first. */
export function rosterReport(
  plan: RosterPlan,
  problems: readonly Problem[],
  isApplied: boolean,
): readonly string[] {
  const { people, fresh, changed, gone, withheld, clashing } = plan;
  const would = isApplied ? '' : 'would be ';
  return [
    ...problems.map(({ line: at, mend }) => `rejected  line ${at}: ${mend}`),
    ...clashing.map(
      ({ personId, clash }) =>
        `rejected  ${personId}: ${clashWords(clash)}, and one of them was granted in chat; mend the file, or revoke it in chat`,
    ),
    ...fresh.map((each) => `new       ${each.id}: ${rolesWords(each.roles)}`),
    ...changed.map(({ before, after }) => `changed   ${after.id}: ${changeWords(before, after)}`),
    ...gone.map(
      ({ before, keeps }) =>
        `gone      ${before.id}: loses ${rolesWords(before.roles.filter((role) => !keeps.includes(role)))}${keeps.length > 0 ? `; keeps ${rolesWords(keeps)}, granted in chat` : ''}`,
    ),
    ...withheld.map(
      ({ personId, role }) =>
        `withheld  ${personId}: ${role} was revoked in chat; take it out of the file, or grant it in chat`,
    ),
    `${counted(people.length, 'person', 'people')} in the file: ${fresh.length} ${would}new, ${changed.length} ${would}changed, ${gone.length} ${would}gone.`,
  ];
}

/** What is different, without saying any mailbox. */
function changeWords(before: RosterPerson, after: RosterPerson): string {
  const words: string[] = [];
  if (before.name !== after.name) words.push('name');
  if (before.email !== after.email) words.push('email');
  if (before.components.join() !== after.components.join())
    words.push(`component ${after.components.join(', ') || 'none'}`);
  if (before.timeZone !== after.timeZone) words.push(`time zone ${after.timeZone}`);
  const more = after.roles.filter((role) => !before.roles.includes(role));
  const fewer = before.roles.filter((role) => !after.roles.includes(role));
  if (more.length > 0) words.push(`gets ${more.join(', ')}`);
  if (fewer.length > 0) words.push(`loses ${fewer.join(', ')}`);
  if (words.length === 0) words.push('order of roles');
  return words.join('; ');
}

export interface RosterShown {
  /** Null when none was noted. */
  readonly last: {
    readonly at: Date;
    readonly by: string | null;
    readonly counts: Readonly<Record<string, string>>;
  } | null;
  readonly counts: ReadonlyMap<Role, number>;
  readonly total: number;
  /** Names of those with a role and no mailbox, at most so many as are shown, and how many there are beyond. */
  readonly withoutMailbox: { readonly names: readonly string[]; readonly left: number };
}

const WAYS: Readonly<Record<string, string>> = {
  start: 'when the bot started',
  'command-line': 'by `npm run roster`',
  demo: 'with the demo programme',
};

/** `roster`: for an administrator. */
export function rosterCard({ last, counts, total, withoutMailbox }: RosterShown): Message {
  const rows = ROLES.filter((role) => counts.has(role)).map((role) =>
    fact(ROLE_NAMES[role], String(counts.get(role) ?? 0)),
  );
  const { names, left } = withoutMailbox;
  return card(
    'Roster',
    [
      paragraph(
        last === null
          ? 'No import was noted yet.'
          : line`Last import: ${time(last.at)} ${WAYS[last.by ?? ''] ?? ''}. ${countsWords(last.counts)}`,
      ),
      paragraph(line`${strong(counted(total, 'person', 'people'))} with a role:`),
      facts(rows),
      ...(names.length === 0
        ? [paragraph('Everybody with a role has a mailbox.')]
        : [
            paragraph('Without a mailbox, so the bot knows them on no chat platform:'),
            bullets(names.map((name) => line`${theirs(name)}`)),
            ...(left > 0 ? [note(`… and ${left} more.`)] : []),
          ]),
      note(
        'To change the roster, edit the file and run `npm run roster -- people.csv`, which shows what would change.',
      ),
    ],
    [
      button(
        'grant',
        'Grant a role',
        { verb: 'role.ask', subject: 'any' },
        'grant Dana Guthrie data guardian',
        {
          opensDialog: true,
        },
      ),
      button('review', 'Access review', { verb: 'review.show', subject: 'now' }, 'access review'),
    ],
  );
}

const countsWords = ({ people, new: fresh, changed, gone }: Readonly<Record<string, string>>): string =>
  `${people ?? '?'} people in the file: ${fresh ?? '0'} new, ${changed ?? '0'} changed, ${gone ?? '0'} gone.`;
