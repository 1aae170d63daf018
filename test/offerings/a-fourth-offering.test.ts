import { beforeEach, describe, expect, it } from 'vitest';
import { NEW_COURSE } from '../../src/domain/course.ts';
import { catalogueOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { consoleDriver } from '../support/console-driver.ts';
import { engagementOf, putInto, sayItems } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';
import { startProgramme } from '../support/running-app.ts';
import { PRIVACY_ADVISOR } from './a-fourth-offering.ts';

const NUMBER = 'PRIV-2026-0001';
const catalogue = catalogueOf([...CATALOGUE.offerings, PRIVACY_ADVISOR]);
let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { programme: { catalogue } });
});
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (place: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(place).join('\n---\n');
};

/** From the wish to the number. */
async function file(): Promise<void> {
  await told('bo', 'request privacy');
  await told('bo', 'Claims Hub');
  await told('bo', 'Names and addresses of providers.');
  await told('bo', 'submit');
  expect(await told('bo', 'I confirm')).toContain(NUMBER);
}

describe('an offering that is one file more', () => {
  it('is browsed, found, compared, chosen and checked', async () => {
    expect(await told('bo', 'catalogue')).toContain('Privacy advisor on loan');
    expect(await told('bo', 'catalogue privacy act')).toContain('One service');
    expect(await told('bo', 'offering privacy')).toContain('Three weeks (not confirmed).');
    expect(await told('bo', 'compare privacy and surge')).toContain('Compared: ');
    expect(await told('bo', 'help me choose')).toContain('Advice on the Privacy Act');
    expect(await told('bo', 'choose privacy')).toContain('Does the system keep records about people?');
    expect(await told('bo', 'check privacy yes')).toContain('Privacy advisor on loan fits');
  });

  it('is requested by its own form, with its own number and notice', async () => {
    const begun = await told('bo', 'I need a privacy advisor');
    expect(begun).toContain('Request privacy advice');
    expect(begun).toContain('What is the system called?');
    expect(await told('bo', 'Claims Hub')).toContain('Which records about people will the system keep?');
    await told('bo', 'Names and addresses of providers.');
    await told('bo', 'submit');
    expect(await told('bo', 'I confirm')).toContain(NUMBER);
    expect(await engagementOf(bot, NUMBER)).toMatchObject({
      offering: 'privacy_advisor',
      component: 'OIT',
      businessOwnerId: 'bo',
      state: 'REQUESTED',
    });
    expect(await standing('#ispg')).toContain('The records are named in few words');
  });

  it('is triaged, talked over, onboarded by its own lines, and its meeting recurs from the first day of work on', async () => {
    await file();
    expect(await told('ispg', `accept ${NUMBER}`)).toContain('is accepted');
    expect(await told('bo', `choose 1 for ${NUMBER}`)).toContain('Booked');
    expect(await told('bo', `status ${NUMBER}`)).toContain('Selection, phase 2 of phases 0 to 5');
    const mark = { byId: 'ispg', at: bot.clock.now() };
    await putInto(bot, NUMBER, 'ISSO_IDENTIFIED', {
      ...NEW_COURSE,
      funding: mark,
      candidate: {
        personId: 'isso',
        proposed: mark,
        startOn: '2026-12-07',
        score: 80,
        exception: null,
        exceptionAllowed: null,
        whyNotTop: null,
        ispg: mark,
        businessOwner: mark,
      },
      serviceIssoId: 'isso',
    });
    await told('lead', `start onboarding ${NUMBER} start: 12/7/2026; hours per week: 24; end: 12/31/2027`);
    bot.clock.set(new Date('2026-12-22T10:00:00-05:00'));
    const card = await told('lead', `card ${NUMBER}`);
    expect(card).toContain('Privacy briefing heard');
    expect(card).toContain('System of records notice read');
    expect(card).not.toContain('Fingerprinting');
    expect(await told('lead', `status ${NUMBER}`)).toContain('Migration, phase 4 of phases 0 to 5');
    await sayItems(bot, NUMBER, ['briefing done', 'notice done']);
    await told('isso', `sign letter ${NUMBER}`);
    await told('bo', `sign letter ${NUMBER}`);
    await told('ispg', `ciso signed letter ${NUMBER} 12/22/2026`);
    expect(await told('gtl', `activate ${NUMBER}`)).toContain('has started');
    expect(await told('ispg', `status ${NUMBER}`)).toContain('Operations, phase 5 of phases 0 to 5');
    const { id } = await engagementOf(bot, NUMBER);
    const cadence = await bot.store.transaction((tx) => tx.cadences.get(`meeting:satisfaction:${id}`));
    expect(cadence).toMatchObject({ cron: '0 10 * * 1#1', purpose: { engagementId: id, minutes: 30 } });
    const made = await bot.store.transaction((tx) =>
      tx.meetings.ofCadence(`meeting:satisfaction:${id}`, '2026-12-22'),
    );
    expect(made.map(({ bookedFor }) => bookedFor?.startsAt.toISOString())).toEqual([
      '2027-01-04T15:00:00.000Z',
      '2027-02-01T15:00:00.000Z',
    ]);
    expect(await told('ispg', `cadence satisfaction ${NUMBER}`)).toContain('first Monday');
  });

  it('is given to the whole program as an option, which has it in its console', async () => {
    const app = await startProgramme({ CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' }, undefined, catalogue);
    try {
      const heard = await consoleDriver(app).say('bo', 'request privacy', null);
      expect(JSON.stringify(heard)).toContain('Request privacy advice');
    } finally {
      await app.stop();
    }
  });

  it('leaves what the programme had as it was', async () => {
    expect(await told('bo', 'I need an ISSO')).toContain('Request a Service ISSO');
    expect(await told('bo', 'cancel')).not.toContain('Privacy');
  });
});
