import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/forms/command.ts';

describe('a command is a whole text', () => {
  it.each([
    ['back', 'back'],
    ['Go back, please', null],
    ['go back please', 'back'],
    ['Why do you ask?', 'why'],
    ['why?', 'why'],
    ['HELP!', 'help'],
    ['status', 'status'],
    ['skip', 'skip'],
    ['Pause', 'pause'],
    ['resume', 'resume'],
    ['cancel', 'cancel'],
    ['talk to a person', 'person'],
    ['human', 'person'],
    ['agent', 'person'],
    ['review', 'review'],
    ['submit', 'submit'],
    ['Send it.', 'submit'],
    ['I confirm', 'confirm'],
    ['open the form', 'form'],
    ['change 3', 'change'],
    ['edit row #3', 'change'],
    ['change system name', 'change'],
  ])('%j is %s', (typed, kind) => {
    expect(readCommand(typed)?.kind ?? null).toBe(kind);
  });

  it.each([
    'status page',
    'Help Desk Portal',
    'We need help with our ATO',
    'the person in charge left',
    'Human Resources System',
    'submit claims online',
    'back office',
    'Review POA&Ms and what is behind them',
    'change',
    'change the way in which our whole team looks at risk',
    'help\nus',
    'no',
    'yes',
    '3',
    '',
    ' ',
    'help '.repeat(10_000),
  ])('%j is an answer', (typed) => {
    expect(readCommand(typed)).toBe(null);
  });

  it('"change" carries the row or the words', () => {
    expect(readCommand('Change 12')).toEqual({ kind: 'change', row: 12 });
    expect(readCommand('change my System Name')).toEqual({
      kind: 'change',
      words: 'system name',
      typed: 'change my System Name',
    });
  });
});
