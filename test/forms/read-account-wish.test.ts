import { describe, expect, it } from 'vitest';
import { isStartWish, readAsked, readView } from '../../src/forms/command.ts';
import { readAccountWish } from '../../src/forms/read-account-wish.ts';

describe('a word about one’s own account', () => {
  it.each([
    ['unlink', 'unlink'],
    ['Unlink this account.', 'unlink'],
    ['please unlink my account', 'unlink'],
    ['link', 'link'],
    ['link this account again', 'link'],
    ['unlink again', null],
    ['link me to the form', null],
    ['linked', null],
    ['', null],
  ])('%s', (typed, wish) => {
    expect(readAccountWish(typed)).toBe(wish);
  });
});

describe('words that work at any time', () => {
  it.each([
    ['card', 'card'],
    ['My Information Card', 'card'],
    ['meetings', 'meetings'],
    ['checkin', 'check-in'],
    ['check-in', 'check-in'],
    ['home', 'home'],
    ['home page of the system', null],
    ['a card reader', null],
  ])('%s', (typed, view) => {
    expect(readView(typed)).toBe(view);
  });

  it('start a request only as a whole text', () => {
    expect(['request', 'New request', 'start a request'].every(isStartWish)).toBe(true);
    expect(['requests', 'request tracker', ''].some(isStartWish)).toBe(false);
  });

  it('give the question behind "ask", and nothing without one', () => {
    expect(readAsked('ask What does it cost?')).toBe('What does it cost?');
    expect(readAsked('Ask: who pays')).toBe('who pays');
    for (const typed of ['ask', 'ask  ', 'asking for a friend']) expect(readAsked(typed)).toBe(null);
  });
});
