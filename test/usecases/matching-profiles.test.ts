import { beforeEach, describe, expect, it } from 'vitest';
import { askProfiles } from '../../src/usecases/ask-profiles.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { confirmedProfile, fillProfile } from '../support/filled-profiles.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const versions = (who = 'isso') => bot.store.transaction((tx) => tx.papers.versions('isso-profile', who));
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};

describe('a Service ISSO', () => {
  it('is asked once for a profile, and not at all when they have begun one', async () => {
    await bot.say('isso2', 'profile hours each week: 20');
    const now = bot.clock.now();
    expect(await askProfiles(bot, now)).toBe(1);
    expect(await askProfiles(bot, now)).toBe(0);
    expect(await askProfiles(bot, new Date(now.getTime() + 90 * 86_400_000))).toBe(0);
    expect(await standing('isso')).toContain('please fill in your profile');
    expect(await standing('isso2')).not.toContain('please fill in your profile');
  });

  it('who has no account yet is asked once they have one', async () => {
    await bot.store.transaction(async (tx) => {
      const known = await tx.people.get('isso');
      if (known)
        await tx.people.save([{ ...known, id: 'new', name: 'Nora Vale', email: null, calendarToken: 'n' }]);
    });
    expect(await askProfiles(bot, bot.clock.now())).toBe(2);
    await bot.store.transaction((tx) => tx.people.linkPlatformUser('console', 'new', 'new'));
    expect(await askProfiles(bot, bot.clock.now())).toBe(1);
  });

  it('fills it in page by page by dialogs, each page a version, and can stop in between', async () => {
    const shown = await bot.say('isso', 'profile');
    expect(shown.said.join()).toContain('not filled in yet');
    const first = await bot.press('isso', { verb: 'profile.page', subject: 'own', choice: 'areas-1' });
    expect(first.dialog?.title).toBe('Qualification areas (3 of 7)');
    const areas = Object.fromEntries((first.dialog?.fields ?? []).map(({ id }) => [id, '3']));
    const bad = await bot.submit('isso', first.dialog?.press ?? { verb: '', subject: '' }, {
      ...areas,
      q_it: '9',
    });
    expect(Object.keys(bad.errors ?? {})).toEqual(['q_it']);
    expect(await versions()).toEqual([]);
    const next = await bot.submit('isso', first.dialog?.press ?? { verb: '', subject: '' }, areas);
    expect(next.dialog?.title).toBe('Qualifications (4 of 7)');
    expect(await versions()).toMatchObject([{ version: 1, byId: 'isso', answers: { q_it: '3' } }]);
    expect(await told('isso', 'profile')).toContain('not complete: 24 answers still needed');
  });

  it('opens a page by its title, and hears what could not be read', async () => {
    expect((await bot.say('isso', 'profile Time and place')).dialog?.title).toBe('Time and place (5 of 7)');
    expect(await told('isso', 'profile hours each week: lots')).toContain('Not saved in your profile');
    expect(await told('isso', 'profile I am good')).toContain('Name each answer');
    expect(await versions()).toEqual([]);
  });

  it('is not named to anybody for a confirmation before the profile is complete', async () => {
    await bot.say('isso', 'profile hours each week: 40');
    expect(await standing('issolead')).not.toContain('Ines');
    await fillProfile(bot, 'isso');
    expect(await standing('issolead')).toContain(
      'Ines Sorensen has filled in their Service ISSO profile (version 2',
    );
  });

  it('keeps no personal data', async () => {
    expect(await told('isso', 'profile systems worked on: SSN 123-45-6789')).toContain('Social Security');
    expect(await versions()).toEqual([]);
  });
});

describe('a confirmation', () => {
  beforeEach(() => fillProfile(bot, 'isso'));

  it('is of one version by the Service ISSO Lead, told to the owner, and ends with the next change', async () => {
    expect(await told('issolead', 'confirm profile Ines')).toContain('You have confirmed version 1');
    expect(await standing('isso')).toContain('Isaac Lindqvist has confirmed version 1');
    expect(await versions()).toMatchObject([
      { version: 1, byId: 'isso' },
      { version: 2, byId: 'issolead', answers: { confirmed_version: 1 } },
    ]);
    expect(await told('issolead', 'confirm profile Ines')).toContain('is confirmed as it is');
    await bot.say('isso', 'profile risk assessment: leads others in it');
    expect(await told('lead', 'profile Ines')).toContain('version 3 waits for the Service ISSO Lead');
    expect((await versions()).at(-1)?.answers).not.toHaveProperty('confirmed_version');
    expect(await told('lead', 'confirm profile Ines Sorensen')).toContain('You have confirmed version 3');
  });

  it('stands when the owner saves what was there already', async () => {
    await bot.say('issolead', 'confirm profile Ines');
    await fillProfile(bot, 'isso');
    expect(await told('lead', 'profile Ines')).toContain('version 1 was confirmed by Isaac Lindqvist');
  });

  it('by a button of an older version confirms nothing', async () => {
    const press = { verb: 'profile.confirm', subject: 'isso', version: 1 };
    await bot.say('isso', 'profile risk assessment: aware');
    expect((await bot.press('issolead', press)).said.join()).toContain('has changed the profile since');
    expect(await versions()).toHaveLength(2);
    expect((await bot.press('issolead', { ...press, version: 2 })).said.join()).toContain(
      'You have confirmed',
    );
  });

  it('is refused while something is missing, and for one’s own profile', async () => {
    await bot.say('isso2', 'profile hours each week: 20');
    expect(await told('issolead', 'confirm profile Ivan')).toContain('is not complete. Still needed:');
    await bot.store.transaction(async (tx) => {
      const isso = await tx.people.get('isso');
      if (isso) await tx.people.save([{ ...isso, roles: ['service_isso', 'service_isso_lead'] }]);
    });
    expect(await told('isso', 'confirm profile Ines')).toContain('nobody confirms their own profile');
    expect(await versions()).toHaveLength(1);
  });

  it('is nobody else’s', async () => {
    for (const who of ['isso2', 'bo', 'ispg', 'gtl', 'cor', 'admin', 'guardian']) {
      const press = { verb: 'profile.confirm', subject: 'isso', version: 1 };
      expect((await bot.press(who, press)).said.join(), who).toContain('not open to you');
      await bot.say(who, 'confirm profile Ines');
    }
    expect(await versions()).toHaveLength(1);
  });

  it('of what is being changed at the same instant is of what was seen, or of nothing', async () => {
    for (let round = 0; round < 10; round += 1) {
      const before = (await versions()).length;
      const press = { verb: 'profile.confirm', subject: 'isso', version: before };
      const heard = await Promise.all([
        bot.press('issolead', press),
        bot.say('isso', `profile experience: ${10 + round} years`),
      ]);
      const isConfirmed = heard[0].said.join().includes('You have confirmed');
      const kept = (await versions()).slice(before);
      expect(kept.map(({ byId }) => byId)).toEqual(isConfirmed ? ['issolead', 'isso'] : ['isso']);
      expect(heard[0].said.join()).toMatch(/You have confirmed|has changed the profile since/u);
    }
  });
});

describe('reading profiles', () => {
  beforeEach(async () => {
    await confirmedProfile(bot, 'isso', 'Ines Sorensen');
  });

  it('is for ISPG, oversight and the contractor’s leads, and is written down', async () => {
    for (const who of ['ispg', 'gtl', 'cor', 'auditor', 'lead', 'issolead']) {
      expect(await told(who, 'profiles'), who).toMatch(
        /Ines Sorensen: version 1 was confirmed[^\n]*40 hours a week, 0 taken, 40 free/u,
      );
      expect(await told(who, 'profiles'), who).toContain('Ivan Soto: not filled in yet');
      expect(await told(who, 'profile Ines'), who).toContain('Risk assessment: Alone');
    }
    const looks = await bot.store.transaction((tx) => tx.audit.ofActor('cor', 10));
    expect(looks.map(({ verb }) => verb)).toContain('profile.read');
  });

  it('is nothing for anybody else, by words or by buttons', async () => {
    for (const who of ['isso2', 'bo', 'cra', 'guardian', 'admin']) {
      for (const text of ['profiles', 'profile Ines', 'profile isso'])
        expect(await told(who, text), `${who}: ${text}`).not.toMatch(
          /CISSP|Risk assessment: Alone|40 hours/u,
        );
      const pressed = await bot.press(who, { verb: 'profile.show', subject: 'isso' });
      expect(pressed.said.join(), who).toContain('not open to you');
    }
  });

  it('names nobody whom the words do not fit', async () => {
    expect(await told('lead', 'profile Zoe')).toContain('I know no Service ISSO by that name');
    expect(await told('lead', 'profile I')).toContain('Several Service ISSOs are called so');
    expect(await told('lead', 'profile Beatriz')).toContain('I know no Service ISSO by that name');
  });

  it('does not take the words of an answer to an open form', async () => {
    await bot.say('bo', 'I need an ISSO');
    await bot.say('bo', 'Profile Exchange');
    expect(await told('bo', 'review')).toContain('Profile Exchange');
  });
});
