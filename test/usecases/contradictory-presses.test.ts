/** Two people press buttons at once that contradict each other: one wins, the other is told what happened. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Course } from '../../src/domain/course.ts';
import type { OpenState } from '../../src/domain/engagement-states.ts';
import type { RawValues } from '../../src/domain/field.ts';
import type { PersonId, RequestNumber } from '../../src/domain/ids.ts';
import { subjectOf } from '../../src/domain/paper.ts';
import { STATE_LABELS } from '../../src/messages/copy/engagement-words.ts';
import { verifyAudit } from '../../src/usecases/verify-audit.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { atWork, engagementOf, handOver, putInto, putPaper, settleAll } from '../support/leaving.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const ROUNDS = 50;
const OTHER_GTL = 'gtl2';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  await bot.store.transaction(async (tx) => {
    const gtl = await tx.people.get('gtl');
    if (!gtl) throw new Error('no gtl');
    await tx.people.save([
      { ...gtl, id: OTHER_GTL, name: 'Greta Vance', email: null, calendarToken: OTHER_GTL },
    ]);
    await tx.people.linkPlatformUser('console', OTHER_GTL, OTHER_GTL);
  });
});

/** A button, with what its dialog is sent with; what the engagement is in when it wins. */
interface Press {
  readonly who: PersonId;
  readonly verb: string;
  readonly values?: RawValues;
  readonly wins: OpenState | 'CLOSED';
}

const go = (number: RequestNumber, version: number, { who, verb, values }: Press): Promise<Heard> => {
  const press = { verb, subject: number, version };
  return values ? bot.submit(who, press, values) : bot.press(who, press);
};
const words = ({ said, errors }: Heard): string => [...said, ...Object.values(errors ?? {})].join('\n');

/** Lets them contradict each other again and again, and looks at what came of it. */
async function compete(
  presses: readonly [Press, Press],
  prepared: (round: number) => Promise<RequestNumber>,
): Promise<void> {
  const [one, other] = presses;
  const numbers = new Map<RequestNumber, Press>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const number = await prepared(round);
    const { version } = await engagementOf(bot, number);
    const order = round % 2 === 0 ? [one, other] : [other, one];
    const heard = await Promise.all(order.map((press) => go(number, version, press)));
    const losers = heard.map(words).filter((text) => text.includes('out of date'));
    expect(losers, `${number}: ${heard.map(words).join('\n---\n')}`).toHaveLength(1);
    const { id, state } = await engagementOf(bot, number);
    const rows = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    const taken = presses.filter(({ verb }) => rows.some((row) => row.verb === verb));
    expect(taken, number).toHaveLength(1);
    const [winner] = taken;
    expect(state, number).toBe(winner?.wins);
    // Whoever lost reads how it stands now.
    expect(losers[0], number).toContain(STATE_LABELS[state]);
    if (winner) numbers.set(number, winner);
  }
  await newsOf(numbers);
  expect(await verifyAudit(bot.store, null)).toMatchObject({ kind: 'whole' });
}

/** The channel hears of what happened, once each, and of nothing that did not. */
async function newsOf(won: ReadonlyMap<RequestNumber, Press>): Promise<void> {
  await bot.deliver();
  const channel = bot.standing('#ispg');
  for (const [number, { wins }] of won) {
    const lines = channel.filter((text) => text.includes(number) && text.includes('is now'));
    expect(lines, number).toHaveLength(1);
    expect(lines[0]).toContain(STATE_LABELS[wins]);
  }
}

/** An engagement at work, brought into `state`. */
const inState =
  (state: OpenState, course: () => Partial<Course>) =>
  async (round: number): Promise<RequestNumber> => {
    const number = await atWork(bot, { systemName: `System number ${round}` });
    await putInto(bot, number, state, course());
    return number;
  };
const mark = (byId: PersonId) => ({ byId, at: bot.clock.now() });
const end = (who: PersonId): Press => ({
  who,
  verb: 'engagement.end',
  values: { reason: 'funding_changed', last_day: '2026-12-11', hand_over_to: 'bo' },
  wins: 'OFFBOARDING',
});

describe('in each of fifty rounds one of two contradictory buttons wins, and the other is told', () => {
  it('work starts, or the engagement ends before it', async () => {
    const start: Press = {
      who: 'gtl',
      verb: 'engagement.activate',
      values: { exception: 'CFACTS access is granted on Monday.' },
      wins: 'ACTIVE',
    };
    await compete(
      [start, end(OTHER_GTL)],
      inState('ONBOARDING', () => ({ activeSinceOn: null })),
    );
  });

  it('the last approval of an extension, or the end', async () => {
    const approve: Press = { who: 'cor', verb: 'engagement.approve-extension-cor', wins: 'ACTIVE' };
    const extension = () => ({
      asked: mark('bo'),
      because: 'owner-asks',
      endOn: '2028-08-31',
      gtl: mark('gtl'),
      cor: null,
      wish: 'extend' as const,
    });
    await compete(
      [approve, end('gtl')],
      inState('EXTENSION_REVIEW', () => ({ extension: extension() })),
    );
  });

  it('a pause, or another Service ISSO', async () => {
    const pause: Press = {
      who: 'gtl',
      verb: 'engagement.pause',
      values: { why: 'The system moves to the cloud.', until: '2027-01-15' },
      wins: 'PAUSED',
    };
    const reassign: Press = {
      who: 'lead',
      verb: 'engagement.reassign',
      values: { reason: 'isso_departed', last_day: '2026-12-11' },
      wins: 'REASSIGNING',
    };
    await compete(
      [pause, reassign],
      inState('ACTIVE', () => ({})),
    );
  });

  it('work goes on after a pause, or ends in it', async () => {
    const resume: Press = { who: 'gtl', verb: 'engagement.resume', wins: 'ACTIVE' };
    const pause = () => ({
      reason: 'The system moves.',
      fromOn: '2026-11-02',
      resumeOn: '2027-01-15',
      by: mark('gtl'),
    });
    const paused = inState('PAUSED', () => ({ pause: pause() }));
    await compete([resume, end(OTHER_GTL)], async (round) => {
      const number = await paused(round);
      const { id: engagementId } = await engagementOf(bot, number);
      // Training that is overdue would keep the work from going on.
      const done = { engagementId, name: 'training-done', personId: 'isso', on: '2026-11-02' } as const;
      await bot.store.transaction((tx) => tx.milestones.set(done));
      return number;
    });
  });
});

describe('the close and a line that is opened again', () => {
  it('in each of fifty rounds the engagement is closed with all lines settled, or stays open with that one', async () => {
    const settled = await readyToClose();
    const won = { closed: 0, opened: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const number = await settled(round);
      const { version } = await engagementOf(bot, number);
      const close = () => bot.press('gtl', { verb: 'engagement.close', subject: number, version });
      const open = () => bot.say('lead', `line ${number} piv card open again`);
      const [first, second] = await Promise.all(round % 2 === 0 ? [close(), open()] : [open(), close()]);
      const texts = [first, second].map(words);
      const isClosed = (await engagementOf(bot, number)).state === 'CLOSED';
      won[isClosed ? 'closed' : 'opened'] += 1;
      expect(
        texts.filter((text) => text.includes('(System number') && text.includes(' is closed. The work')),
        texts.join('\n---\n'),
      ).toHaveLength(isClosed ? 1 : 0);
      expect(
        texts.filter((text) => text.includes('Noted')),
        texts.join('\n---\n'),
      ).toHaveLength(isClosed ? 0 : 1);
    }
    expect(won.closed + won.opened).toBe(ROUNDS);
    const { prisma } = await openTestDatabase();
    expect(await prisma.auditEntry.count({ where: { verb: 'engagement.close' } })).toBe(won.closed);
    expect(await verifyAudit(bot.store, null)).toMatchObject({ kind: 'whole' });
  });

  /** Lives one off-boarding to its report in words; the others get the same papers. */
  async function readyToClose(): Promise<(round: number) => Promise<RequestNumber>> {
    const model = await atWork(bot, { systemName: 'Model' });
    const { who, verb, values = {} } = end('gtl');
    await bot.submit(who, { verb, subject: model }, values);
    await settleAll(bot, model);
    await handOver(bot, model);
    await bot.say('lead', `report off-boarding ${model}`);
    const { id, state, course } = await engagementOf(bot, model);
    expect([state, course.offBoarding?.done?.byId]).toEqual(['OFFBOARDING', 'lead']);
    const [record, handedOver] = await bot.store.transaction(async (tx) => [
      await tx.papers.latest('off-boarding', subjectOf(id, 'isso')),
      await tx.papers.latest('hand-over', id),
    ]);
    if (!record || !handedOver) throw new Error('nothing was kept');
    return async (round) => {
      const number = await atWork(bot, { systemName: `System number ${round}` });
      const copy = await putInto(bot, number, 'OFFBOARDING', { offBoarding: course.offBoarding });
      await putPaper(bot, 'off-boarding', subjectOf(copy.id, 'isso'), record.answers);
      await putPaper(bot, 'hand-over', copy.id, handedOver.answers);
      return number;
    };
  }
});
