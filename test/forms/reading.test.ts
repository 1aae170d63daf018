import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawValue } from '../../src/domain/field.ts';
import { fieldOf } from '../../src/forms/field-of.ts';
import { questionBy, questionsOf } from '../../src/forms/form.ts';
import type { Question } from '../../src/forms/question.ts';
import { choice, choices } from '../../src/forms/question.ts';
import { readAnswer } from '../../src/forms/read-answer.ts';
import { showAnswer } from '../../src/forms/show-answer.ts';
import { workflowsOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { quickest } from './quickest.ts';
import { context, sample, validRaw, words } from './sample.ts';

function the(key: string): Question {
  const question = questionBy(sample, key);
  if (!question) throw new Error(key);
  return question;
}
const value = (question: Question, raw: RawValue) => {
  const read = readAnswer(question, raw, context);
  return read.ok ? read.value : `REFUSED ${read.refusal.text}`;
};
const refusal = (question: Question, raw: RawValue) => {
  const read = readAnswer(question, raw, context);
  return read.ok ? `TAKEN ${JSON.stringify(read.value)}` : read.refusal.text;
};
const many = choices('tasks', {
  ...words,
  options: [
    'Find and write controls',
    'Assess risks',
    'Advise on privacy',
    'Review POA&Ms',
    'Plan for outages',
  ].map((label, index) => ({ id: `task_${'abcde'[index]}`, label })),
});
const ids = (letters: string) => [...letters].map((letter) => `task_${letter}`);

describe('choices', () => {
  it.each([
    ['1, 3 and 4', 'acd'],
    ['1,3,and 4.', 'acd'],
    ['1 3 4', 'acd'],
    ['4, 1, 3, 1', 'acd'],
    ['one and five', 'ae'],
    ['2-4', 'bcd'],
    ['All of them!', 'abcde'],
    ['task_b', 'b'],
    ['TASK B', 'b'],
    ['  assess   RISKS ', 'b'],
    ['review', 'd'],
    ['privacy', 'c'],
    ['find and write controls and assess risks', 'ab'],
    ['Review POA&Ms; outages', 'de'],
    ['#2 & #3', 'bc'],
  ])('%j names %s', (typed, letters) => {
    expect(value(many, typed)).toEqual(ids(letters));
  });

  it.each(['6', '0', '1 and 9', 'bananas', 'a', '2-9', 'x'.repeat(1_000)])(
    '%j is refused with an example',
    (typed) => {
      expect(refusal(many, typed)).toMatch(/^Field: .*For example: "1 and 2"$/u);
    },
  );

  it('words that fit several choices are refused with those choices', () => {
    const two = choice('two', {
      ...words,
      options: [
        { id: 'x', label: 'Center for Medicare' },
        { id: 'y', label: 'Center for Medicaid' },
      ],
    });
    expect(refusal(two, 'center')).toContain('"Center for Medicare" or "Center for Medicaid"');
    expect(value(two, 'medicaid')).toBe('y');
  });

  it('more choices than allowed are refused', () => {
    expect(refusal(the('auditors'), 'all')).toContain('at most 2');
    expect(refusal(the('auditors'), ['oig', 'gao', 'own'])).toContain('at most 2');
  });

  it('a dialog value that is no choice is refused', () => {
    expect(refusal(many, ['task_a', 'made_up'])).toContain('not one of the choices');
  });

  it('a declaration whose choices cannot be told apart, or that holds a comma, is a bug', () => {
    const options = [
      { id: 'a', label: 'Yes' },
      { id: 'b', label: 'YES.' },
    ];
    expect(() => choice('k', { ...words, options })).toThrow();
    expect(() => choices('k', { ...words, options: [{ id: 'a', label: 'Yes, all' }] })).toThrow();
  });
});

describe('dates', () => {
  it.each([
    ['2026-12-03', '2026-12-03'],
    ['12/3/2026', '2026-12-03'],
    ['12/3', '2026-12-03'],
    ['Dec 3', '2026-12-03'],
    ['December 3rd, 2026', '2026-12-03'],
    ['june 5', '2027-06-05'],
    ['next Monday', '2026-06-15'],
    ['in two weeks', '2026-06-24'],
    ['in 3 months', '2026-09-10'],
    ['tomorrow', '2026-06-11'],
    ['Please start on Dec 3.', '2026-12-03'],
    ['12/3/26', '2026-12-03'],
    ['3rd of December', '2026-12-03'],
    ['2026/12/03', '2026-12-03'],
    ['Thursday, December 3, 2026', '2026-12-03'],
  ])('%j is %s when today is Wednesday, June 10, 2026', (typed, day) => {
    expect(value(the('start'), typed)).toBe(day);
  });

  it.each([
    'soon',
    'Q3',
    'next month',
    'next week',
    'Dec',
    '15',
    'monday or tuesday',
    'june 5 to june 9',
    '2026-02-30',
    '13/13/2026',
    '2/30/2026',
    'at 5pm',
    'Oct 2026',
  ])('%j is refused with an example', (typed) => {
    expect(refusal(the('start'), typed)).toMatch(/^Wanted start: .*For example: "Monday, August 24, 2026"/u);
  });

  it.each(['yesterday', 'today', '2020-01-01', '2027-06-11', '12/3/2029'])(
    '%j is outside the limits and is refused with them',
    (typed) => {
      expect(refusal(the('start'), typed)).toContain(
        'Please give a date from Thursday, June 11, 2026 to Thursday, June 10, 2027.',
      );
    },
  );
});

describe('numbers, yes and no', () => {
  it.each([
    ['6', 6],
    [' 6 months ', 6],
    ['about six', 6],
    ['Twenty', 20],
    [6, 6],
    ['one month', 1],
  ] as const)('%j is %d', (typed, count) => {
    expect(value(the('months'), typed)).toBe(count);
  });
  it.each(['1 year', '3 or 4', '-3', '0', '37', '1.5', 'lots', '6 6', '1e2', 1.5, true])(
    '%j is refused with the limits',
    (typed) => {
      expect(refusal(the('months'), typed)).toMatch(/^Duration: .*from 1 to 36/u);
    },
  );
  it.each([
    ['Yes.', true],
    ['yep', true],
    ['y', true],
    ['true', true],
    [true, true],
    ['No thanks', false],
    ['n', false],
    [false, false],
  ] as const)('%j is %s', (typed, said) => {
    expect(value(the('audited'), typed)).toBe(said);
  });
  it('neither yes nor no is refused', () => {
    expect(refusal(the('audited'), 'perhaps')).toContain('Say "yes" or "no"');
  });
  it('an attestation is only ever true', () => {
    expect(value(the('honest'), 'I confirm')).toBe(true);
    expect(value(the('honest'), ['honest'])).toBe(true);
    for (const raw of ['no', false, '', null, []]) expect(refusal(the('honest'), raw)).toMatch(/^Honest: /u);
  });
});

describe('people', () => {
  it.each([
    ['bo', 'bo'],
    ['jordan.lee@cms.hhs.gov', 'bo'],
    ['JORDAN.LEE@CMS.HHS.GOV ', 'bo'],
    ['jordan lee', 'bo'],
    ['Lee, Jordan', 'bo'],
    ['mar', 'cra'],
    ['ortiz', 'cra'],
    ['Zoe\u0308', 'guest'],
  ])('%j is %s', (typed, id) => {
    expect(value(the('owner'), typed)).toBe(id);
  });
  it('a name that several people have is refused with them', () => {
    const said = refusal(the('owner'), 'Jordan');
    expect(said).toContain(
      '2 people fit: Jordan Lee (jordan.lee@cms.hhs.gov); Jordan Park (jordan.park@cms.hhs.gov).',
    );
  });
  it('at most five people are listed', () => {
    const people = Array.from({ length: 9 }, (_, index) => ({
      id: `p${index}`,
      name: `Sam S${index}`,
      email: null,
    }));
    const read = readAnswer(the('owner'), 'sam', { ...context, people });
    expect(read.ok ? '' : read.refusal.text).toContain('Sam S4 and 4 more');
  });
  it.each(['me', 'Lou Nobody', 'jo', '@'])('%j is nobody we know and is refused', (typed) => {
    expect(refusal(the('owner'), typed)).toContain("I don't know anybody by that name");
  });
});

describe('text', () => {
  it('is trimmed, normalised and freed of control characters', () => {
    expect(value(the('name'), '  Cafe\u0301\u0000\u001b[31m \t\n Viewer\u202e ')).toBe('Café[31m Viewer');
  });
  it('keeps line breaks where several lines are asked for', () => {
    expect(value(the('need'), 'Our ISSO leaves in March.\r\n\r\n\r\n\r\nNobody else is trained.  ')).toBe(
      'Our ISSO leaves in March.\n\nNobody else is trained.',
    );
  });
  it('letters written from right to left are kept', () => {
    expect(value(the('name'), 'מערכת תביעות')).toBe('מערכת תביעות');
  });
  it('too short or too long says the field, the limit and the mend', () => {
    expect(refusal(the('name'), 'ab')).toBe(
      'System name: please write at least 3 characters. For example: "Claims Viewer"',
    );
    expect(refusal(the('need'), 'x'.repeat(1_501))).toContain(
      'The need: that is 1,501 characters and there is room for 1,500.',
    );
  });
  it('a required answer can not be blank and an optional one may', () => {
    expect(refusal(the('name'), ' \n ')).toContain('System name: please give an answer.');
    for (const raw of ['', null, 'none', 'N/A', "I don't know"])
      expect(value(the('nickname'), raw)).toBe(null);
  });
  it('hidden characters hide no sensitive data', () => {
    for (const hidden of ['\u200b', '\u00ad', '\u202e', '\u0000', '\ufeff']) {
      const typed = `My number is 078-0${hidden}5-${hidden}1120, just so you know it.`;
      expect(refusal(the('need'), typed)).toContain('a Social Security number');
    }
  });
  it('sensitive data is refused by kind, never repeated, and an offer to type again is made', () => {
    for (const key of ['name', 'need', 'kind', 'months', 'owner', 'start']) {
      const said = refusal(the(key), 'my number is 078-05-1120 and that is all there is to say');
      expect(said).toContain(
        'a Social Security number, so I did not keep it. Please type it again without that.',
      );
      expect(said).not.toContain('078');
    }
  });
});

describe('a question on a screen', () => {
  it('carries its limits and choices', () => {
    expect(fieldOf(the('months'), 6, null)).toEqual({
      id: 'months',
      kind: 'number',
      label: 'Duration',
      hint: 'What is it?',
      required: true,
      min: 1,
      max: 36,
      value: 6,
    });
    expect(fieldOf(the('kind'), null, 'Wrong')).toMatchObject({
      options: [{ id: 'defined' }, {}],
      error: 'Wrong',
    });
    expect(fieldOf(the('auditors'), ['oig'], null)).toMatchObject({ min: 1, max: 2, value: ['oig'] });
  });
  it('reads back what is gone as gone, never as an id', () => {
    expect(showAnswer(the('owner'), 'gone', context)).toBe('Somebody no longer on the roster');
    expect(showAnswer(the('kind'), 'gone', context)).toBe('A choice that is no longer offered');
    expect(showAnswer(the('honest'), true, context)).toBe('Confirmed');
    expect(showAnswer(the('nickname'), null, context)).toBe('Left out');
  });
});

describe('whatever the question', () => {
  const questions = [
    ...questionsOf(sample),
    ...workflowsOf(CATALOGUE).flatMap((each) => questionsOf(each.form)),
  ];
  const all = fc.constantFrom(...questions);

  it('chat and dialog give equal answers, and an answer read back and typed again is the same', () => {
    fc.assert(
      fc.property(
        all.chain((question) => fc.tuple(fc.constant(question), validRaw(question))),
        ([question, raw]) => {
          const dialog = readAnswer(question, raw, context);
          if (!dialog.ok) throw new Error(dialog.refusal.text);
          const shown = dialog.value === null ? 'none' : showAnswer(question, dialog.value, context);
          const chats =
            question.kind === 'attestation' ? ['I confirm'] : [shown, shown.toUpperCase(), ` ${shown}. `];
          const free = question.kind === 'text' || question.kind === 'long-text';
          for (const typed of free ? [shown] : chats) {
            expect(readAnswer(question, typed, context), typed).toEqual(dialog);
          }
          if (Array.isArray(raw)) {
            const numbers = raw.map(
              (id) => 1 + ('options' in question ? question.options : []).findIndex((each) => each.id === id),
            );
            expect(readAnswer(question, numbers.join(', '), context)).toEqual(dialog);
            expect(readAnswer(question, raw.join(','), context)).toEqual(dialog);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('an accepted answer always passes the schema again, whatever was typed', () => {
    const raw: fc.Arbitrary<RawValue> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.constant(null),
    );
    fc.assert(
      fc.property(all, raw, (question, typed) => {
        const read = readAnswer(question, typed, context);
        if (!read.ok) expect(read.refusal.text.startsWith(`${question.label}: `)).toBe(true);
        else if (read.value === null) expect(question.required).toBe(false);
        else expect(question.schema.safeParse(read.value).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('50,000 characters are refused at once', () => {
    for (const unit of ['a', ' a', '1, ', 'and ', '\n', '\u202e', '\u0301', '😀', 'dec 3 ', '<b>', '1']) {
      const long = unit.repeat(Math.ceil(50_000 / unit.length));
      for (const question of questions) {
        expect(quickest(() => readAnswer(question, long, context))).toBeLessThan(200);
        const read = readAnswer(question, long, context);
        expect(read.ok && read.value !== null).toBe(false);
      }
    }
  });
});
