import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { OffBoardingLine } from '../../src/domain/off-boarding.ts';
import { nextOverdueAt, tellOverdueLines } from '../../src/usecases/off-boarding-overdue.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { atWork, engagementOf, recordOf, settleAll, subjectIn } from '../support/leaving.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { programme: { incidentContact: 'the desk, 555-0100' } });
  number = await atWork(bot);
  await bot.say('gtl', `end ${number} other; last day: 12/31/2026; hand over to: Beatriz Okafor`);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
async function line(key: string): Promise<OffBoardingLine> {
  const found = (await recordOf(bot, number)).lines.find((each) => each.key === key);
  if (!found) throw new Error(`no line ${key}`);
  return found;
}
const stateOf = async (key: string): Promise<string> => (await line(key)).state;
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};

describe('the record that is opened', () => {
  it('mirrors the card, knows what was never handed out, and has the times of the policy', async () => {
    expect(await stateOf('eua_id')).toBe('to_revoke');
    expect(await stateOf('cfacts_access')).toBe('to_revoke');
    expect(await stateOf('laptop')).toBe('not_issued');
    expect(await stateOf('charger')).toBe('not_issued');
    expect(await stateOf('piv_card')).toBe('to_return');
    const keys = (await recordOf(bot, number)).lines.map(({ key }) => key);
    expect(keys).not.toContain('remote_access');
    expect((await line('eua_id')).dueAt).toEqual(new Date('2027-01-01T05:00:00Z'));
    expect((await line('cor_told')).dueAt).toEqual(new Date('2027-01-08T05:00:00Z'));
    // Ten business days, New Year's Day not among them.
    expect((await line('piv_card')).dueAt).toEqual(new Date('2027-01-16T05:00:00Z'));
  });

  it('counts in hours on a High Value Asset, and where nobody has settled the level', async () => {
    const hva = await atWork(bot, { systemName: 'Vault', isHva: true, context: { fips199_a: 'high' } });
    await bot.say('gtl', `end ${hva} other; last day: 12/31/2026; hand over to: Beatriz Okafor`);
    const due = new Map((await recordOf(bot, hva)).lines.map(({ key, dueAt }) => [key, dueAt.toISOString()]));
    expect(due.get('account_managers')).toBe('2027-01-01T17:00:00.000Z');
    expect(due.get('cor_told')).toBe('2027-01-04T05:00:00.000Z');
  });
});

describe('reporting in words', () => {
  it('takes what was returned, to whom, its tag, its reference and its day', async () => {
    const said = await told(
      'lead',
      `line ${number} piv card returned to Leila; tag 1234; ref T-77; 12/1/2026`,
    );
    expect(said).toContain(
      'returned to Leila on Tuesday, December 1, 2026, reference T-77, tag ending in 1234',
    );
    expect(await line('piv_card')).toMatchObject({
      state: 'returned',
      evidence: { reference: 'T-77', on: '2026-12-01' },
      handing: { returnedTo: 'Leila', tagEnd: '1234' },
      changed: { byId: 'lead' },
    });
  });

  it('takes several at once, or none of them', async () => {
    await bot.say('lead', `line ${number} documents, removable media and keys never handed out`);
    for (const key of ['documents', 'removable_media', 'keys']) expect(await stateOf(key)).toBe('not_issued');
    const said = await told('lead', `line ${number} eua, cfacts, piv card removed; ref T-1; today`);
    expect(said).toContain('Nothing was changed');
    expect(await stateOf('eua_id')).toBe('to_revoke');
  });

  it('knows a line by its other names', async () => {
    await bot.say('lead', `line ${number} badge returned to the badging office; reference T-9; today`);
    expect(await stateOf('piv_card')).toBe('returned');
    await bot.say('lead', `line ${number} cor told; ref MAIL-4; today`);
    expect(await stateOf('cor_told')).toBe('done');
    await bot.say('lead', `line ${number} EUA ID disabled; ref T-2; 11/30/2026`);
    expect(await line('eua_id')).toMatchObject({ state: 'revoked', evidence: { on: '2026-11-30' } });
    await bot.say('lead', `line ${number} Security office told; ref T-5; yesterday`);
    expect(await line('security_clearance')).toMatchObject({
      state: 'done',
      evidence: { on: '2026-11-30' },
    });
  });

  it.each([
    ['piv card returned to Leila; tag 1234', 'a reference, such as'],
    ['piv card returned; ref T-77; today', 'who took it'],
    ['piv card returned to Leila; tag CMS001234; ref T-77; today', 'last four'],
    ['piv card returned to Leila; ref T-77; 12/24/2026', 'December 1, 2026'],
    ['piv card', 'Say what became of'],
    ['bicycle returned', 'which line is meant'],
    ['piv card removed; ref T-77; today', 'From there it can be'],
    ['piv card incident INC-1', 'not reported lost'],
    ['piv card returned to 123-45-6789; ref T-77; today', 'Social Security number'],
  ])('refuses "%s" with the mend, and changes nothing', async (words, mend) => {
    expect(await told('lead', `line ${number} ${words}`)).toContain(mend);
    expect(await stateOf('piv_card')).toBe('to_return');
  });
});

describe('who sees and reports what', () => {
  it('the Service ISSO reports their own property, and nothing else; the contractor lead hears of it', async () => {
    expect(await told('isso', `line ${number} badge returned to Leila; ref T-77; today`)).toContain('Noted');
    expect(await told('isso', `line ${number} eua id removed; ref T-77; today`)).toContain('not open to you');
    bot.clock.set(new Date('2026-12-02T15:00:00Z'));
    expect(await standing('lead')).toContain('Your Service ISSO has reported');
  });

  it('ISPG, GTL and COR see how each line stands and neither tag nor parcel; outsiders nothing', async () => {
    await bot.say(
      'lead',
      `line ${number} badge returned to Leila; tag 1234; ref T-77; tracking 1Z999; today`,
    );
    for (const who of ['ispg', 'gtl', 'cor']) {
      const seen = await told(who, `off-boarding ${number}`);
      expect(seen, who).toContain('reference T-77');
      expect(seen, who).not.toMatch(/1234|1Z999|Leila/u);
      expect(await told(who, `line ${number} documents never handed out`), who).toContain('not open to you');
    }
    expect(await told('lead', `off-boarding ${number}`)).toContain('tag ending in 1234');
    // Whoever reads the engagement learns that these lines are not theirs to see; anybody else learns nothing.
    for (const who of ['bo', 'cra'])
      expect(await told(who, `off-boarding ${number}`), who).toContain('is not open to you');
    for (const who of ['isso2', 'guardian', 'admin'])
      expect(await told(who, `off-boarding ${number}`), who).toContain(
        'does not exist, or you do not have access',
      );
  });

  it('is readable as it was on any day', async () => {
    bot.clock.set(new Date('2026-12-10T15:00:00Z'));
    await bot.say('lead', `line ${number} badge returned to Leila; ref T-77; today`);
    expect(await told('lead', `off-boarding ${number}`)).toContain('returned to Leila');
    const before = await told('lead', `off-boarding ${number} as of 12/9/2026`);
    expect(before).toContain('As of Wednesday, December 9, 2026');
    expect(before).not.toContain('returned to Leila');
    expect(await told('lead', `off-boarding ${number} as of 11/1/2026`)).toContain(
      'No off-boarding had begun',
    );
    expect(await told('lead', `off-boarding ${number} as of soon`)).toContain('could not read the day');
  });

  it('keeps a version for every change', async () => {
    await bot.say('lead', `line ${number} documents never handed out`);
    await bot.say('lead', `line ${number} documents open again`);
    const subject = await subjectIn(bot, number, 'isso');
    const kept = await bot.store.transaction((tx) => tx.papers.versions('off-boarding', subject));
    expect(kept.map(({ version }) => version)).toEqual([1, 2, 3]);
  });
});

describe('something lost', () => {
  it('is to be reported within the hour: told at night, to those who act, and in no channel', async () => {
    bot.clock.set(new Date('2026-12-06T04:00:00Z'));
    const said = await told('isso', `line ${number} piv card lost`);
    expect(said).toContain('Report this now to the desk, 555-0100');
    expect(said).toContain('within 1 hour');
    for (const who of ['lead', 'gtl', 'ispg']) expect(await standing(who), who).toContain('Lost: PIV card');
    for (const who of ['#ispg', '#issoaas', 'bo', 'cra', 'cor'])
      expect(await standing(who), who).not.toContain('Lost:');
  });

  it('stays open until the contractor gives the number, and nobody confirms their own loss', async () => {
    await bot.say('isso', `line ${number} piv card lost`);
    expect(await told('isso', `line ${number} piv card incident INC-12345`)).toContain('not open to you');
    const press = { verb: 'off-boarding.line', subject: number, choice: 'isso/piv_card/reported_lost' };
    const asked = await bot.press('lead', press);
    expect(asked.dialog?.fields.map(({ id }) => id)).toEqual(['incident']);
    expect(Object.keys((await bot.submit('lead', press, { incident: '' })).errors ?? {})).toEqual([
      'incident',
    ]);
    expect(await told('lead', `line ${number} piv card incident INC-12345`)).toContain('incident INC-12345');
    expect(await line('piv_card')).toMatchObject({
      state: 'reported_lost',
      incident: { number: 'INC-12345', confirmed: { byId: 'lead' } },
    });
    expect(await told('lead', `line ${number} piv card incident INC-2`)).toContain('confirmed already');
    bot.clock.set(new Date('2026-12-02T15:00:00Z'));
    expect(await standing('gtl')).toContain('is reported as lost, with incident INC-12345');
  });

  it('can be found again', async () => {
    await bot.say('isso', `line ${number} piv card lost`);
    await bot.say('lead', `line ${number} piv card found; to Leila; ref T-8; today`);
    expect(await line('piv_card')).toMatchObject({ state: 'returned', incident: { number: null } });
  });
});

describe('what is overdue', () => {
  const NEW_YEAR = new Date('2027-01-01T05:00:00Z');
  const tick = async (at: Date): Promise<number> => {
    bot.clock.set(at);
    const written = await tellOverdueLines(bot, at);
    await bot.deliver();
    return written;
  };

  it('is told to the GTL once: access at any hour, the rest with the day', async () => {
    expect(await nextOverdueAt(bot, bot.clock.now())).toEqual(NEW_YEAR);
    expect(await tick(new Date(NEW_YEAR.getTime() - 1))).toBe(0);
    expect(await tick(NEW_YEAR)).toBe(1);
    expect(bot.standing('gtl').join('\n')).toContain('EUA ID disabled');
    expect(await tick(new Date(NEW_YEAR.getTime() + 60_000))).toBe(0);
    expect(await nextOverdueAt(bot, NEW_YEAR)).toEqual(new Date('2027-01-02T05:00:00Z'));
    // Named personnel, in the night of a Saturday: on the morning of Monday.
    expect(await tick(new Date('2027-01-02T05:00:00Z'))).toBe(1);
    expect(bot.standing('gtl').join('\n')).not.toContain('Named personnel');
    await tick(new Date('2027-01-04T15:00:00Z'));
    expect(bot.standing('gtl').join('\n')).toContain('Named personnel');
  });

  it('is not told of what was settled in time', async () => {
    await settleAll(bot, number);
    expect(await nextOverdueAt(bot, bot.clock.now())).toBeNull();
    expect(await tick(new Date('2027-03-01T15:00:00Z'))).toBe(0);
    expect((await engagementOf(bot, number)).state).toBe('OFFBOARDING');
  });
});
