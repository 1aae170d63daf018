import { describe, expect, it } from 'vitest';
import { type Card, changeItem, newCard, withItem } from '../../src/domain/card.ts';
import { adoptTemplate } from '../../src/domain/card-adopt.ts';
import { lineHistory } from '../../src/domain/card-history.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

const TODAY = '2027-02-01';
const at = (hour: number) => new Date(Date.UTC(2027, 1, 1, hour));
const fresh = newCard(CARD_TEMPLATE, '2027-01-11');
const kept = (card: Card, hour: number, byId: string | null = 'lead', reason: string | null = null) => ({
  card,
  at: at(hour),
  byId,
  reason,
});
const changed = (card: Card, key: string): Card => {
  const made = changeItem(
    CARD_TEMPLATE,
    card,
    key,
    { to: 'in_progress' },
    { today: TODAY, by: { byId: 'lead', at: at(9) } },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value;
};

describe('the history of a card', () => {
  it('names each change of each line with who, when, from what, to what, and why', () => {
    const second = changed(fresh, 'curriculum');
    const third = withItem(changed(second, 'bo_prep'), {
      ...(second.items.find(({ key }) => key === 'gfe_laptop') ?? fresh.items[0]),
      movedTo: '2027-03-24',
    } as Card['items'][number]);
    const found = lineHistory([kept(fresh, 8), kept(second, 9), kept(third, 10, null, 'the stock is empty')]);
    expect(
      found.map(({ key, at: when, byId, reason, before, after }) => [
        key,
        when.getUTCHours(),
        byId,
        reason,
        before?.state.is,
        after?.state.is,
        after?.movedTo,
      ]),
    ).toEqual([
      ['curriculum', 9, 'lead', null, 'not_started', 'in_progress', null],
      ['gfe_laptop', 10, null, 'the stock is empty', 'not_started', 'not_started', '2027-03-24'],
      ['bo_prep', 10, null, 'the stock is empty', 'not_started', 'in_progress', null],
    ]);
  });

  it('says what came and fell away with newer lines', () => {
    const newer = {
      version: CARD_TEMPLATE.version + 1,
      items: CARD_TEMPLATE.items.filter(({ key }) => key !== 'curriculum'),
    };
    const made = adoptTemplate(fresh, newer);
    if (!made.ok) throw new Error('not taken');
    expect(lineHistory([kept(fresh, 8), kept(made.value, 9)])).toMatchObject([
      { key: 'curriculum', before: { key: 'curriculum' }, after: null },
    ]);
    expect(lineHistory([kept(made.value, 8), kept(fresh, 9)])).toMatchObject([
      { key: 'curriculum', before: null, after: { key: 'curriculum' } },
    ]);
  });

  it('says nothing of a line that somebody put off, nor of a card that was only begun', () => {
    const put = { ...fresh, items: fresh.items.map((item) => ({ ...item, snoozedUntil: TODAY })) };
    expect(lineHistory([kept(fresh, 8), kept(put, 9)])).toEqual([]);
    expect(lineHistory([kept(fresh, 8)])).toEqual([]);
    expect(lineHistory([])).toEqual([]);
  });
});
