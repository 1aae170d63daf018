import { beforeEach, describe, expect, it } from 'vitest';
import { may } from '../../src/domain/access.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await heldKickoff(bot);
});

const said = async (who: string, words: string): Promise<string> =>
  (await bot.say(who, words)).said.join('\n');
const recorded = (verb: string) => bot.store.transaction((tx) => tx.audit.lastOf(verb));
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
/** Both sides have confirmed that it is one, that it is none, or that nobody knows. */
const assessed = (isHva: boolean | null): Promise<void> =>
  bot.store.transaction(async (tx) => {
    const now = await tx.engagements.forChange(number);
    if (!now) throw new Error('gone');
    const mark = { byId: 'ispg', at: bot.clock.now() };
    const context = { version: 1, score: 3, tier: 'basic', isHva, ispg: mark, contractor: mark } as const;
    await tx.engagements.update({ ...now, version: now.version + 1, course: { ...now.course, context } });
  });
const reads = (id: string): Promise<boolean> =>
  bot.store.transaction(async (tx) => {
    const [person, engagement] = [await tx.people.get(id), await tx.engagements.byNumber(number)];
    return person !== null && may(person, 'context.read', engagement);
  });

describe('letting somebody in', () => {
  it('gives them their part at once on a system that is no High Value Asset, and tells them what they see', async () => {
    await assessed(false);
    expect(await said('ispg', `let in ${number} Dana Guthrie; data guardian`)).toContain('is in');
    expect(await reads('guardian')).toBe(true);
    expect(await standing('guardian')).toContain('You may see where it stands, the context assessment');
    expect(await said('guardian', `show ${number}`)).toContain('Claims Hub');
    expect(await recorded('member.grant')).toMatchObject({
      actorId: 'ispg',
      facts: { person: 'guardian', part: 'data_guardian', second: 'not-needed' },
    });
  });

  it.each([true, null])(
    'waits for a second person on a High Value Asset or unknown one (%s)',
    async (isHva) => {
      await assessed(isHva);
      expect(await said('ispg', `let in ${number} Dana Guthrie; data guardian`)).toContain(
        'a second person has to approve',
      );
      expect(await reads('guardian')).toBe(false);
      expect(await standing('guardian')).not.toContain('let you into');
      expect(await said('guardian', `show ${number}`)).toContain("can't show");
      expect(await said('ispg', `approve member ${number} Dana Guthrie`)).toContain('two different people');
      expect(await standing('bo')).toContain('wants to let Dana Guthrie into');
      expect(await standing('ispg')).not.toContain('wants to let Dana Guthrie');
      const press = { verb: 'member.approve-this', subject: number, choice: 'guardian/data_guardian' };
      expect((await bot.press('bo', press)).said.join()).toContain('Approved');
      expect(await reads('guardian')).toBe(true);
      expect(await standing('guardian')).toContain('Beatriz Okafor let you into');
      expect(await standing('gtl')).toContain('Beatriz Okafor approved');
      expect(await recorded('member.approve')).toMatchObject({ actorId: 'bo' });
    },
  );

  it('declined by the second person, gives nothing', async () => {
    await assessed(true);
    await said('ispg', `let in ${number} Dana Guthrie; data guardian`);
    await bot.press('gtl', { verb: 'member.end-this', subject: number, choice: 'guardian/data_guardian' });
    expect(await reads('guardian')).toBe(false);
    expect(await said('bo', `approve member ${number} Dana Guthrie`)).toContain('has no such part');
    expect(await standing('guardian')).not.toContain('ended your part');
  });

  it('asks that the roster names them so, in that component', async () => {
    await assessed(false);
    expect(await said('ispg', `let in ${number} Carla Reyes; data guardian`)).toContain(
      "doesn't name them Data Guardian",
    );
    expect(await said('ispg', `let in ${number} Leila Haddad; system owner`)).toContain(
      'for federal employees',
    );
    expect(await said('ispg', `let in ${number} Adam Minsky; existing isso`)).toContain(
      'takes part in no engagement',
    );
    await bot.store.transaction(async (tx) => {
      const dana = await tx.people.get('guardian');
      if (dana) await tx.people.save([{ ...dana, components: ['CMCS'] }]);
    });
    expect(await said('ispg', `let in ${number} Dana Guthrie; data guardian`)).toContain(
      "don't belong to OIT",
    );
    expect(await said('ispg', `let in ${number} Isaac Lindqvist; service isso lead`)).toContain('is in');
  });

  it('is ISPG’s alone', async () => {
    await assessed(false);
    for (const who of ['bo', 'lead', 'admin', 'guardian', 'isso'])
      expect(await said(who, `let in ${number} Dana Guthrie; data guardian`)).toMatch(
        /not open to you|can't show/u,
      );
    expect(await reads('guardian')).toBe(false);
  });

  it('asks in a dialog for what was not typed', async () => {
    await assessed(false);
    const { dialog } = await bot.press('ispg', { verb: 'member.grant', subject: number });
    expect(dialog?.fields.map(({ id }) => id)).toEqual(['person', 'part']);
    const values = { person: 'guardian', part: 'data_guardian' };
    await bot.submit('ispg', { verb: 'member.grant', subject: number }, values);
    expect(await reads('guardian')).toBe(true);
  });
});

describe('a member', () => {
  it('who is removed sees nothing more and is told', async () => {
    await assessed(false);
    await said('ispg', `let in ${number} Dana Guthrie; data guardian`);
    expect(await said('guardian', `remove member ${number} Dana Guthrie`)).toContain('not open to you');
    expect(await said('bo', `remove member ${number} Dana Guthrie`)).toContain('takes part in');
    expect(await reads('guardian')).toBe(false);
    expect(await standing('guardian')).toContain('Beatriz Okafor ended your part');
    expect(await recorded('member.end')).toMatchObject({
      facts: { person: 'guardian', part: 'data_guardian' },
    });
  });

  it('with several parts loses the one that is named', async () => {
    await assessed(false);
    await said('ispg', `let in ${number} Dana Guthrie; data guardian`);
    await said('ispg', `let in ${number} Dana Guthrie; system owner`);
    expect(await said('ispg', `remove member ${number} Dana Guthrie`)).toContain('several parts');
    expect(await said('ispg', `remove member ${number} Dana Guthrie; system owner`)).toContain('no more');
    expect(await reads('guardian')).toBe(true);
  });

  it('is listed with who let them in, for whoever may read the request; what waits for those who approve', async () => {
    await assessed(true);
    await said('ispg', `let in ${number} Dana Guthrie; data guardian`);
    const ispg = await said('ispg', `members ${number}`);
    expect(ispg).toContain('Waits for a second person');
    expect(ispg).toContain('Dana Guthrie: Data Guardian, let in by Imani Spencer');
    expect(ispg).toContain('Business Owner: Beatriz Okafor');
    expect(await said('cra', `members ${number}`)).not.toContain('Dana');
    expect(await said('bo2', `members ${number}`)).toContain("can't show");
    expect(await said('guardian', `members ${number}`)).toContain("can't show");
  });
});
