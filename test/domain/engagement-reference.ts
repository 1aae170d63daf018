/**
 * The life of an engagement told a second time, as plainly as can be, from domain reference 2.1 to 2.5: a table of states and a few
 * flags. It shares no code with the rules; whatever the two don't say alike is a mistake in one of them.
 */
import type { Command, Named } from './engagement-commands.ts';
import { IN, type Life, type Member, type Person, SCOPING } from './engagement-life.ts';

type Next = Partial<Life> | null;
type Tells = { readonly [Do in Command['do']]: (life: Life, command: Named<Do>) => Next };

const EARLIEST = '2027-01-11';
const START = '2027-01-11';
const WORK_BEGINS = '2027-03-01';
const LATEST_PAUSE = '2027-09-28';
const ORDER = ['isso', 'businessOwner', 'ciso'];

/** With candidate, money and both acceptances together the Service ISSO is identified (T10). */
const together = (life: Life): Next => {
  const { candidate, funded } = life;
  if (!candidate?.ispg || !candidate.owner || !funded) return { candidate, funded };
  return { candidate, funded, state: 'ISSO_IDENTIFIED', isso: candidate.who, signed: [] };
};
const knownNoHva = ({ context }: Life): boolean =>
  context !== null && context.hva === false && context.ispg !== null && context.contractor !== null;
const found = (life: Life, who: Person, role: string): Member | undefined =>
  life.members.find((each) => each.who === who && each.role === role);

const TELLS: Tells = {
  confirm: () => ({ state: 'REQUESTED' }),
  'accept-request': () => ({ state: 'KICKOFF_PENDING' }),
  ask: () => ({ question: 'open' }),
  answer: ({ question }) => (question === 'open' ? { question: 'answered' } : null),
  amend: () => ({ advisor: null }),
  join: ({ owner, advisor, joined }, { who }) =>
    [owner, 'cra', advisor, ...joined].includes(who) ? null : { joined: [...joined, who] },
  hold: (_, { all }) => (all ? { state: 'KICKOFF_HELD' } : null),
  'lock-form': (_, { whole }) => (whole ? { form: true, state: 'FORM_COMPLETE' } : null),
  'confirm-context': (life, { side, by, version, hva }) => {
    const before = life.context?.version === version ? life.context : null;
    const other = side === 'ispg' ? 'contractor' : 'ispg';
    if (before?.[side] || before?.[other] === by) return null;
    const context = {
      version,
      hva,
      ispg: null,
      contractor: null,
      [other]: before?.[other] ?? null,
      [side]: by,
    };
    if (!context.ispg || !context.contractor) return { context };
    const members = life.members.map((each) =>
      each.second === null ? { ...each, needsTwo: hva !== false } : each,
    );
    return { context, members, state: 'CONTEXT_ASSESSED' };
  },
  'settle-skills': (_, { whole }) => (whole ? { skills: true, state: 'SKILLS_CATEGORIZED' } : null),
  search: () => ({ state: 'MATCHING' }),
  'send-back': (life, { to }) => {
    const isEarlier = SCOPING.slice(0, SCOPING.indexOf(life.state)).includes(to);
    if (!isEarlier || to === 'SKILLS_CATEGORIZED') return null;
    return {
      state: to,
      sentBack: life.sentBack + 1,
      skills: false,
      form: to !== 'KICKOFF_HELD',
      funded: to !== 'KICKOFF_HELD' && life.funded,
      context: to === 'CONTEXT_ASSESSED' ? life.context : null,
    };
  },
  correct: (life, { owner = life.owner, advisor = life.advisor }) =>
    owner === life.owner && advisor === life.advisor ? null : { owner, advisor },
  'note-paper': ({ form, skills }, { kind }) => ((kind === 'request-form' ? form : skills) ? {} : null),
  propose: (_, { who, gate, top }) =>
    gate === 'failed' || top === 'not'
      ? null
      : {
          state: 'CANDIDATE_PROPOSED',
          candidate: {
            who,
            waitsForGtl: gate === 'excepted',
            excepted: gate === 'excepted',
            ispg: null,
            owner: null,
          },
        },
  allow: ({ candidate }) =>
    candidate?.waitsForGtl ? { candidate: { ...candidate, waitsForGtl: false } } : null,
  accept: (life, { side, by }) => {
    const { candidate } = life;
    if (!candidate || candidate.waitsForGtl) return null;
    if (side === 'ispg')
      return candidate.ispg ? null : together({ ...life, candidate: { ...candidate, ispg: by } });
    if (!candidate.ispg || candidate.owner || candidate.ispg === by) return null;
    return together({ ...life, candidate: { ...candidate, owner: by } });
  },
  'decline-candidate': ({ passedOver, candidate }, { side }) =>
    side === 'business_owner' && !candidate?.ispg
      ? null
      : { state: 'MATCHING', candidate: null, passedOver: passedOver + 1 },
  fund: (life) => {
    if (life.funded) return null;
    return life.state === 'CANDIDATE_PROPOSED' ? together({ ...life, funded: true }) : { funded: true };
  },
  onboard: (_, { on, endOn }) =>
    on < EARLIEST || (endOn !== null && endOn <= START)
      ? null
      : { state: 'ONBOARDING', dayZeroOn: on, term: { hours: 20, endOn } },
  sign: ({ signed }, { signature, on }) =>
    ORDER[signed.length] === signature && on >= (signed.at(-1) ?? on) ? { signed: [...signed, on] } : null,
  activate: ({ signed, notices, dayZeroOn }, { failing, excepted }) =>
    (dayZeroOn ?? '') > WORK_BEGINS ||
    signed.length < 3 ||
    failing.includes('appointment_letter') ||
    (failing.length > 0 && !excepted)
      ? null
      : { state: 'ACTIVE', notices: [...notices, { sinceOn: WORK_BEGINS, leaving: false, told: false }] },
  'tell-ciso': ({ notices }, { on }) => {
    const first = notices.find(({ told }) => !told);
    if (!first || (on < first.sinceOn && !first.leaving)) return null;
    return { notices: notices.map((each) => (each === first ? { ...each, told: true } : each)) };
  },
  pause: (_, { untilOn }) => (untilOn > '2027-04-01' && untilOn <= LATEST_PAUSE ? { state: 'PAUSED' } : null),
  resume: (_, { lapsed }) => (lapsed ? null : { state: 'ACTIVE' }),
  review: ({ term }, { endOn }) =>
    term?.endOn == null || (endOn !== null && endOn <= term.endOn)
      ? null
      : { state: 'EXTENSION_REVIEW', asked: { endOn, gtl: null, cor: null } },
  wish: ({ asked, term }, { wish, endOn }) => {
    if (!asked) return null;
    const wanted = wish === 'end' ? null : (endOn ?? asked.endOn);
    if (wish !== 'end' && (wanted === null || wanted <= (term?.endOn ?? ''))) return null;
    return { asked: wanted === asked.endOn ? asked : { endOn: wanted, gtl: null, cor: null } };
  },
  approve: ({ asked, term }, { side, by }) => {
    if (!asked?.endOn || !term || asked[side] || asked[side === 'gtl' ? 'cor' : 'gtl'] === by) return null;
    const now = { ...asked, [side]: by };
    if (!now.gtl || !now.cor) return { asked: now };
    return { state: 'ACTIVE', asked: null, term: { ...term, endOn: asked.endOn } };
  },
  'term-over': (life, { today }) =>
    life.term?.endOn && today >= life.term.endOn ? leaving(life, life.term.endOn) : null,
  end: (life) => leaving(life, '2027-06-30'),
  reassign: ({ state, isso, notices }, { to, endOn }) =>
    to === isso
      ? null
      : {
          state: 'REASSIGNING',
          other: to ? { who: to, ispg: null, owner: null } : null,
          notices:
            state === 'ACTIVE' && endOn
              ? [...notices, { sinceOn: endOn, leaving: false, told: false }]
              : notices,
        },
  'accept-other': ({ other }, { side, by }) => {
    if (!other) return null;
    if (side === 'ispg') return other.ispg ? null : { other: { ...other, ispg: by } };
    return other.owner || !other.ispg || other.ispg === by ? null : { other: { ...other, owner: by } };
  },
  'decline-other': ({ other, passedOver }, { side }) =>
    !other || (side === 'business_owner' && !other.ispg) ? null : { other: null, passedOver: passedOver + 1 },
  'name-other': ({ other, isso }, { who }) =>
    other || who === isso ? null : { other: { who, ispg: null, owner: null } },
  replace: ({ other }, { on }) => {
    if (other && (!other.ispg || !other.owner)) return null;
    return {
      state: other ? 'ONBOARDING' : 'MATCHING',
      isso: other?.who ?? null,
      dayZeroOn: other ? on : null,
      candidate: null,
      other: null,
      signed: [],
    };
  },
  'change-term': ({ term }, change) => {
    if (!term) return null;
    const now = {
      hours: change.hours ?? term.hours,
      endOn: change.endOn === undefined ? term.endOn : change.endOn,
    };
    const isSame = now.hours === term.hours && now.endOn === term.endOn;
    const isLater = term.endOn !== null && (now.endOn === null || now.endOn > term.endOn);
    return isSame || isLater || (now.endOn !== null && now.endOn <= START) ? null : { term: now };
  },
  report: ({ reported }, { open }) => (reported || open ? null : { reported: 'lead' }),
  close: ({ reported }, { open, by }) => (!reported || open || reported === by ? null : { state: 'CLOSED' }),
  withdraw: ({ candidate, passedOver }) => ({
    state: 'WITHDRAWN',
    candidate: null,
    passedOver: passedOver + (candidate ? 1 : 0),
  }),
  decline: () => ({ state: 'DECLINED' }),
  'let-in': (life, { who, role, by }) =>
    role === 'service_isso' || who === by || found(life, who, role)
      ? null
      : { members: [...life.members, { who, role, by, needsTwo: !knownNoHva(life), second: null }] },
  'approve-member': (life, { who, role, by }) => {
    const member = found(life, who, role);
    if (!member?.needsTwo || member.second || member.by === by || who === by) return null;
    return { members: life.members.map((each) => (each === member ? { ...each, second: by } : each)) };
  },
  'remove-member': (life, { who, role }) => {
    const member = role === 'service_isso' ? undefined : found(life, who, role);
    return member ? { members: life.members.filter((each) => each !== member) } : null;
  },
};

function leaving({ notices }: Life, sinceOn: string): Next {
  return {
    state: 'OFFBOARDING',
    asked: null,
    notices: [...notices, { sinceOn, leaving: true, told: false }],
  };
}

/** What the command makes of this life; null when it is refused. */
export function tell(life: Life, command: Command): Life | null {
  if (!IN[command.do].includes(life.state)) return null;
  const told = TELLS[command.do] as (life: Life, command: Command) => Next;
  const next = told(life, command);
  return next && { ...life, ...next, version: life.version + 1 };
}
