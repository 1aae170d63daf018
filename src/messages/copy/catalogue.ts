/** What the bot says of the services in the catalogue: the list, one of them, several side by side. */
import type {
  Audience,
  Availability,
  NamedLink,
  OfferingRecord,
  OfferingStatus,
  Stated,
} from '../../domain/offering-record.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, text, theirs } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';

/** A service as messages say it: whether it is asked for here, and whether somebody may ask for it today. */
export interface OfferingShown extends OfferingRecord {
  readonly kind: 'workflow' | 'referral';
  readonly availability: Availability;
}

const AUDIENCE_NAMES: Readonly<Record<Audience, string>> = {
  business_owner: 'Business Owners',
  isso: 'ISSOs',
  security_team: 'security teams',
};
const STATUS_NAMES: Readonly<Record<OfferingStatus, string>> = {
  pilot: 'Pilot: it can be asked for, and may still change',
  live: 'Live',
  paused: 'Paused: no new requests for now',
  retired: 'Retired: no new requests',
};
/** No channel is far from its limits with so many. */
const MOST_LISTED = 30;

/** What to type for the service: the first of its other names. */
export const wordFor = ({ alsoCalled }: Pick<OfferingRecord, 'alsoCalled'>): string => alsoCalled[0];

const UNSURE = ' (not confirmed)';
export const stated = ({ text: words, mark }: Stated): string =>
  mark === 'assumed' ? `${words.replace(/\.$/u, '')}${UNSURE}.` : words;
/** Below whatever has such a mark. */
export const unsureNote = (): Block =>
  note('What is marked "not confirmed" is assumed: please ask before you rely on it.');

/** A short status; why nobody can ask for it, where nobody can. */
export function statusWords({ status, availability, effective }: OfferingShown): string {
  switch (availability) {
    case 'open':
    case 'paused':
    case 'retired':
      return STATUS_NAMES[status];
    case 'not-yet':
      return `Not yet: it can be asked for from ${sayLocalDate(effective.from)} on`;
    case 'over':
      return `Over: it could be asked for until ${sayLocalDate(effective.until ?? effective.from)}`;
    default:
      return availability satisfies never;
  }
}

/** Who runs it. A service of another agency is told apart from those of CMS in so many words. */
export const runBy = ({ provider }: Pick<OfferingRecord, 'provider'>): string =>
  provider.key === 'cisa'
    ? `${provider.name}. CMS does not run it: I can tell you about it and show you the way.`
    : `${provider.name}.`;

export const allServicesButton = button(
  'catalogue',
  'All services',
  { verb: 'catalogue.show', subject: 'all' },
  'catalogue',
);
export const chooseButton = button(
  'choose',
  'Help me choose',
  { verb: 'offering.choose', subject: 'start' },
  'help me choose',
  { look: 'primary' },
);

const showButton = (shown: OfferingShown): Button =>
  button(
    `show-${shown.key}`,
    'Tell me more',
    { verb: 'offering.show', subject: shown.key },
    `offering ${wordFor(shown)}`,
  );

/** The way to ask for it; null for a service that is not asked for here, or not now. */
export const requestButton = (shown: OfferingShown): Button | null =>
  shown.kind === 'workflow' && shown.availability === 'open'
    ? button(
        'request',
        'Ask for it',
        { verb: 'intake.start', subject: shown.key },
        `request ${wordFor(shown)}`,
        { look: 'primary' },
      )
    : null;

export const referButton = (shown: OfferingShown): Button | null =>
  shown.kind === 'referral' && shown.availability === 'open'
    ? button(
        'refer',
        'See the way there',
        { verb: 'offering.refer', subject: shown.key },
        `refer ${wordFor(shown)}`,
        { look: 'primary' },
      )
    : null;

const checkButton = (shown: OfferingShown): Button | null =>
  shown.eligibility.length > 0 && shown.availability === 'open'
    ? button(
        'check',
        'Does it fit?',
        { verb: 'offering.check', subject: shown.key },
        `check ${wordFor(shown)}`,
      )
    : null;

export const waysIn = (shown: OfferingShown): readonly Button[] =>
  [requestButton(shown), referButton(shown), checkButton(shown)].filter((each) => each !== null);

/** How a list was narrowed down, as words for its heading. */
export interface Narrowed {
  readonly audience: Audience | null;
  readonly status: OfferingStatus | null;
  /** Words that were looked for. */
  readonly words: string | null;
}

/** The services, each with what it is, who runs it and how to see more. */
export function catalogueList(offerings: readonly OfferingShown[], narrowed: Narrowed): Message {
  const { audience, status, words } = narrowed;
  const kind = status ? `${status} service` : 'service';
  const of: Line = [
    ...(audience ? [text(` for ${AUDIENCE_NAMES[audience]}`)] : []),
    ...(words ? [text(' about "'), theirs(words), text('"')] : []),
  ];
  if (offerings.length === 0)
    return {
      ...say(
        line`There is no ${kind}${of} in the catalogue.`,
        'Type `catalogue` for all of them, or `help me choose`. You can also write to ISSO@cms.hhs.gov.',
      ),
      buttons: [allServicesButton, chooseButton],
    };
  const rows = offerings
    .slice(0, MOST_LISTED)
    .map((each) =>
      fact(
        each.name,
        line`${each.purpose} Run by ${each.provider.key === 'cisa' ? 'CISA, not by CMS' : 'CMS'}. ${statusWords(each)}.`,
        showButton(each),
      ),
    );
  return card(
    'Service catalogue',
    [
      paragraph(line`${offerings.length === 1 ? `One ${kind}` : `${offerings.length} ${kind}s`}${of}.`),
      facts(rows),
      note(
        'Narrow it down: `catalogue for issos`, `catalogue pilot`, `catalogue vulnerability`. Put two side by side: `compare issoaas and surge`.',
      ),
    ],
    narrowed.words || audience || status ? [chooseButton, allServicesButton] : [chooseButton],
  );
}

const links = (all: readonly NamedLink[]): readonly Line[] =>
  all.map(({ title, url }) => line`${link(title, url)}`);

/** One service: the head says what it is and how to get it, the details say how it is governed. */
export function offeringCard(shown: OfferingShown): Message {
  return {
    ...card(
      shown.name,
      [
        paragraph(shown.purpose),
        facts([
          fact('Run by', runBy(shown)),
          fact('Status', statusWords(shown)),
          fact('For whom', stated(shown.forWhom)),
          fact('Price', stated(shown.price)),
          fact('Who pays', stated(shown.funding)),
          fact('How long it takes', stated(shown.leadTime)),
        ]),
        paragraph(line`${strong('What you get')}`),
        bullets(shown.youGet.map(stated)),
        paragraph(line`${strong('What is needed from you')}`),
        bullets(shown.weNeed.map(stated)),
        ...closedNote(shown),
        unsureNote(),
      ],
      [...waysIn(shown), allServicesButton],
    ),
    below: details(shown),
  };
}

const closedNote = (shown: OfferingShown): readonly Block[] =>
  shown.availability === 'open'
    ? []
    : [paragraph(`${statusWords(shown)}. What is under way goes on as before.`)];

function details(shown: OfferingShown): readonly Block[] {
  const part = (heading: string, items: readonly (string | Line)[]): readonly Block[] =>
    items.length === 0 ? [] : [paragraph(line`${strong(heading)}`), bullets(items)];
  return [
    ...part('Steps', shown.onboarding.map(stated)),
    ...part('Service levels', shown.serviceLevels.map(stated)),
    ...part('Standards', shown.standards.map(stated)),
    facts([
      fact('Contract', stated(shown.contract)),
      fact('Whom to ask about it', stated(shown.contractingContact)),
      fact('Owner', stated(shown.owner)),
      fact('Who decides', stated(shown.approvers)),
      fact('Contact', line`${link(shown.contact, `mailto:${shown.contact}`)}`),
      fact('Version', `${shown.version}, since ${sayLocalDate(shown.effective.from)}`),
    ]),
    ...part('When something is stuck', shown.escalation.map(stated)),
    ...part('How it is measured', shown.metrics.map(stated)),
    ...part('Documents', links(shown.documents)),
    ...part('Policies', links(shown.policies)),
    ...part(
      'Changes',
      shown.changes.map(({ version, on, what }) => `Version ${version}, ${sayLocalDate(on)}: ${what}`),
    ),
  ];
}

/** What is set side by side, in the order in which it is read. */
const COMPARED: readonly (readonly [string, (shown: OfferingShown) => string])[] = [
  ['What it is', ({ purpose }) => purpose],
  ['Run by', runBy],
  ['For whom', ({ forWhom }) => stated(forWhom)],
  ['Status', (shown) => `${statusWords(shown)}.`],
  ['How to get it', (shown) => (shown.kind === 'workflow' ? 'You ask for it here.' : 'I show you the way.')],
  ['What you get', ({ youGet }) => youGet.map(stated).join(' ')],
  ['What is needed from you', ({ weNeed }) => weNeed.map(stated).join(' ')],
  ['Price', ({ price }) => stated(price)],
  ['Who pays', ({ funding }) => stated(funding)],
  ['Contract', ({ contract }) => stated(contract)],
  ['How long it takes', ({ leadTime }) => stated(leadTime)],
  ['Standards', ({ standards }) => standards.map(stated).join(' ')],
];

/** Two or three services, point by point: first where they differ, then what they have in common. */
export function comparison(offerings: readonly OfferingShown[]): Message {
  const rows = COMPARED.map(([label, say]) => ({ label, said: offerings.map((each) => say(each)) }));
  const isSame = ({ said }: { readonly said: readonly string[] }): boolean => new Set(said).size === 1;
  const differing = rows.filter((row) => !isSame(row));
  const common = rows.filter(isSame);
  return card(
    `Compared: ${offerings.map(({ name }) => name).join(' and ')}`,
    [
      ...differing.flatMap(({ label, said }) => [
        paragraph(line`${strong(label)}`),
        bullets(said.map((words, index) => line`${strong(offerings[index]?.name ?? '')}: ${words}`)),
      ]),
      ...(common.length > 0
        ? [
            paragraph(line`${strong('The same for all of them')}`),
            facts(common.map(({ label, said }) => fact(label, said[0] ?? ''))),
          ]
        : []),
      unsureNote(),
    ],
    [...offerings.map((each) => ({ ...showButton(each), label: `About ${wordFor(each)}` })), chooseButton],
  );
}

/** One of the names is none, or both are the same. */
export const compareWhat = (words: readonly string[]): Message =>
  say(
    'I compare two or three services of the catalogue. Please name them like this: `compare issoaas and surge`.',
    `The short names are ${words.map((word) => `\`${word}\``).join(', ')}.`,
  );

/** Nobody can ask for it now. What is under way is not touched. */
export const closedToRequests = (shown: OfferingShown): Message => ({
  ...say(
    line`${strong(shown.name)} takes no new requests. ${statusWords(shown)}.`,
    'Nothing was started, and what is under way goes on as before. `help me choose` shows what else there is, and ISSO@cms.hhs.gov answers questions.',
  ),
  buttons: [chooseButton, allServicesButton],
});

/** A form that was begun before: its answers stay. */
export const closedKept = (shown: OfferingShown): Message =>
  say(
    line`${strong(shown.name)} takes no new requests. ${statusWords(shown)}. So nothing was sent.`,
    'I keep your answers. Type `pause` to put the form away until it opens again, or `cancel` to end it.',
  );

/** Where to go for a service that is not asked for here; that the way was shown is counted, not who asked. */
export const handOff = (
  shown: OfferingShown,
  way: { readonly goTo: NamedLink; readonly howToAsk: readonly Stated[] },
): Message =>
  card(
    `The way to ${shown.name}`,
    [
      paragraph(line`Run by: ${runBy(shown)}`),
      { kind: 'list', ordered: true, items: way.howToAsk.map((each) => line`${stated(each)}`) },
      facts([
        fact('Where to go', line`${link(way.goTo.title, way.goTo.url)}`),
        fact('Questions', line`${link(shown.contact, `mailto:${shown.contact}`)}`),
      ]),
      note('I have noted that you were shown the way, so that the programme knows what people look for.'),
    ],
    [allServicesButton],
  );
