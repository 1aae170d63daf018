import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_ANSWERS } from '../../src/messages/copy/catalogue-guide.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { checkByButton, checkByWords } from '../../src/usecases/catalogue-guide.ts';
import { PROGRAMME } from '../support/bot.ts';
import { TUESDAY } from '../support/fakes.ts';

const work = { now: TUESDAY, programme: PROGRAMME };
const READER = { timeZone: 'America/New_York' };
const LETTERS = { yes: 'y', no: 'n', 'not sure': 'u' } as const;

describe('the check of a service', () => {
  it('asks one question after the other, says exactly what does not hold, and is the same typed and pressed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CATALOGUE.offerings),
        fc.array(fc.constantFrom(...CHECK_ANSWERS), { maxLength: 4 }),
        (offering, given) => {
          const typed = checkByWords(work, offering, given.join(', '));
          const pressed = checkByButton(work, offering.key, given.map((each) => LETTERS[each]).join(''));
          expect(pressed).toEqual(typed);
          const said = typed.say.map((each) => plainText(each, READER)).join('\n');
          const next = offering.eligibility[given.length];
          if (next) {
            expect(said).toContain(next.ask);
            expect(said).toContain(`Question ${given.length + 1} of ${offering.eligibility.length}`);
            return;
          }
          offering.eligibility.forEach(({ fits, missing }, index) => {
            expect(said.includes(missing)).toBe(given[index] !== fits);
          });
          // Advice refuses nothing: the way to ask is always there.
          const way = offering.kind === 'workflow' ? 'intake.start' : 'offering.refer';
          expect(typed.say.flatMap(({ buttons }) => buttons.map(({ press }) => press.verb))).toContain(way);
        },
      ),
    );
  });

  it('takes no words that are no answers, and no letters that are none', () => {
    for (const offering of CATALOGUE.offerings) {
      const [said] = checkByWords(work, offering, 'yes perhaps').say;
      expect(said && plainText(said, READER)).toContain('Please answer with `yes`, `no` or `not-sure`');
      const first = checkByWords(work, offering, '');
      expect(checkByButton(work, offering.key, '<script>')).toEqual(first);
    }
    expect(checkByButton(work, 'nothing', '').say).toHaveLength(1);
  });
});
