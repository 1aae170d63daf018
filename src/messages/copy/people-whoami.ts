/** `whoami`: what the bot knows of the person who asks, and nothing of anybody else. */
import type { Person, Role } from '../../domain/person.ts';
import type { StandIn } from '../../domain/stand-in.ts';
import { zoneName } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, theirs } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';
import { whenWords } from './people-acting.ts';
import { givenWords, ROLE_NAMES } from './people-roles.ts';
import { PLATFORM_NAMES } from './platforms.ts';

export interface RoleShown {
  readonly role: Role;
  readonly granted: { readonly byId: string; readonly at: Date } | null;
  readonly byName: string | null;
  readonly secondName: string | null;
}

/** A part that somebody has in an engagement; `waits`: a second person has to approve it. */
export interface PartShown {
  readonly part: Role | 'requester' | 'member';
  readonly waits: boolean;
}

export interface WhoamiShown {
  readonly person: Person;
  readonly roles: readonly RoleShown[];
  readonly engagements: readonly {
    readonly number: string;
    readonly systemName: string;
    readonly parts: readonly PartShown[];
  }[];
  readonly left: number;
  /** For whom the person acts, and who acts for them; names of the other side. */
  readonly actsFor: readonly { readonly standIn: StandIn; readonly name: string }[];
  readonly actedBy: readonly { readonly standIn: StandIn; readonly name: string }[];
  readonly accounts: readonly (keyof typeof PLATFORM_NAMES)[];
  readonly mayName: { readonly standIn: boolean; readonly delegate: boolean };
}

export function whoamiCard(shown: WhoamiShown): Message {
  const { person, roles, accounts } = shown;
  return card(
    'Who you are here',
    [
      facts([
        fact('Name', [theirs(person.name)]),
        fact('Mailbox', person.email === null ? 'not known' : [theirs(person.email)]),
        fact('Components', person.components.length === 0 ? 'none' : person.components.join(', ')),
        fact('Time zone', `${zoneName(person.timeZone)} (${person.timeZone})`),
        fact(
          'Accounts linked',
          accounts.length === 0 ? 'none' : accounts.map((each) => PLATFORM_NAMES[each]).join(', '),
        ),
      ]),
      paragraph([strong('Your roles')]),
      roles.length === 0
        ? paragraph('None: you may ask questions and file a request as a Business Owner.')
        : bullets(roles.map(roleLine)),
      ...actingBlocks(shown),
      paragraph([strong('Your engagements')]),
      ...engagementBlocks(shown),
      note('Something is wrong? Write to ISSO@cms.hhs.gov.'),
    ],
    buttonsFor(shown),
  );
}

const roleLine = ({ role, granted, byName, secondName }: RoleShown): Line =>
  line`${strong(ROLE_NAMES[role])}: ${givenWords(granted, { by: byName, second: secondName })}`;

function actingBlocks({ actsFor, actedBy }: WhoamiShown): readonly Block[] {
  const lines = [
    ...actsFor.map(
      ({ standIn, name }) =>
        line`You ${standIn.kind === 'delegate' ? 'are the delegate of' : 'stand in for'} ${theirs(name)}: ${whenWords(standIn)}`,
    ),
    ...actedBy.map(
      ({ standIn, name }) =>
        line`${theirs(name)} ${standIn.kind === 'delegate' ? 'is your delegate' : 'stands in for you'}: ${whenWords(standIn)}`,
    ),
  ];
  return lines.length === 0 ? [] : [paragraph([strong('Who acts for whom')]), bullets(lines)];
}

const PARTS = { requester: 'filed it', member: 'joined it' } as const;

const partWords = ({ part, waits }: PartShown): string =>
  `${part === 'requester' || part === 'member' ? PARTS[part] : ROLE_NAMES[part]}${waits ? ' (waits for a second approval)' : ''}`;

function engagementBlocks({ engagements, left }: WhoamiShown): readonly Block[] {
  if (engagements.length === 0) return [paragraph('You take part in none by name.')];
  const rows = engagements.map(
    ({ number, systemName, parts }) => line`${strong(number)} (${theirs(systemName)}): ${partsLine(parts)}`,
  );
  return [bullets(rows), ...(left > 0 ? [note(`… and ${left} more. Type \`requests\` for all.`)] : [])];
}

const partsLine = (parts: readonly PartShown[]): Inline | string => parts.map(partWords).join(', ');

function buttonsFor({ mayName }: WhoamiShown): readonly Button[] {
  return [
    button('help', 'What can I do here?', { verb: 'help.show', subject: 'all' }, 'help'),
    ...(mayName.standIn
      ? [
          button(
            'stand-in',
            'Name a stand-in',
            { verb: 'stand-in.ask', subject: 'own' },
            'stand-in Carla Reyes from Dec 21 to Jan 4',
            { opensDialog: true },
          ),
        ]
      : []),
    ...(mayName.delegate
      ? [
          button(
            'delegate',
            'Name a delegate',
            { verb: 'delegate.ask', subject: 'own' },
            'delegate Carla Reyes',
            { opensDialog: true },
          ),
        ]
      : []),
  ];
}
