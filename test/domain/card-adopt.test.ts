import { describe, expect, it } from 'vitest';
import { type Card, changeItem, itemOf, newCard, newItem } from '../../src/domain/card.ts';
import { adoptTemplate, lineChanges } from '../../src/domain/card-adopt.ts';
import { type CardTemplate, checkedTemplate, itemIn } from '../../src/domain/card-template.ts';
import { line } from '../../src/offerings/card-line.ts';
import { CARD_TEMPLATE, cardTemplate } from '../../src/offerings/card-template.ts';

const TODAY = '2027-02-01';
const by = { byId: 'lead', at: new Date('2027-02-01T15:00:00Z') };
const fresh = newCard(CARD_TEMPLATE, '2027-01-11');

/** A template with one line more and two fewer, another name, other days and another rule. */
const NEWER: CardTemplate = checkedTemplate({
  version: CARD_TEMPLATE.version + 1,
  items: [
    ...CARD_TEMPLATE.items.flatMap((item) => {
      switch (item.key) {
        case 'email_chat':
        case 'other_access':
          return [];
        case 'piv_card':
          return [{ ...item, names: [{ sinceOn: null, name: 'Badge' }] as const }];
        case 'gfe_laptop':
          return [{ ...item, finishDay: 40, leadDays: 4 }];
        case 'fingerprinting':
          return [{ ...item, needsReference: false }];
        default:
          return [item];
      }
    }),
    line('parking', { name: 'Parking permit', parties: ['contractor'], days: [5, 20], lead: 1 }),
  ],
});

const change = (card: Card, key: string, to: Parameters<typeof changeItem>[3]): Card => {
  const made = changeItem(CARD_TEMPLATE, card, key, to, { today: TODAY, by });
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value;
};

describe('a newer template', () => {
  it('is told line by line, with what falls away while it is open', () => {
    const dropped = change(fresh, 'other_access', { to: 'not_needed', why: 'nothing was named' });
    expect(lineChanges(dropped, CARD_TEMPLATE, NEWER, TODAY)).toEqual([
      { what: 'rules', key: 'fingerprinting', name: 'Fingerprinting' },
      {
        what: 'days',
        key: 'gfe_laptop',
        name: 'Government-furnished laptop or VDI issued',
        days: { startDay: 25, finishDay: 45, leadDays: 5 },
        newDays: { startDay: 25, finishDay: 40, leadDays: 4 },
      },
      { what: 'renamed', key: 'piv_card', name: 'PIV card issued and activated', newName: 'Badge' },
      { what: 'added', key: 'parking', name: 'Parking permit' },
      {
        what: 'dropped',
        key: 'email_chat',
        name: 'CMS mailbox, Teams and Slack, with #isso-as-a-service and #cms-isso',
        isOpen: true,
      },
      {
        what: 'dropped',
        key: 'other_access',
        name: 'Other system access named in the Request Form',
        isOpen: false,
      },
    ]);
  });

  it('changes nothing where it is the same, and the second one that there has been changed the rules of three lines', () => {
    expect(lineChanges(fresh, CARD_TEMPLATE, CARD_TEMPLATE, TODAY)).toEqual([]);
    expect(lineChanges(fresh, cardTemplate(1), cardTemplate(2), TODAY)).toEqual([
      { what: 'rules', key: 'curriculum', name: 'Getting-started curriculum' },
      { what: 'rules', key: 'bo_prep', name: 'Business Owner organization prepared' },
      { what: 'rules', key: 'initial_meeting', name: 'Initial meeting with Business Owner and stakeholders' },
    ]);
  });

  it('keeps what was said of lines that stay, begins what is new, and leaves out what falls away', () => {
    const running = [
      ['curriculum', { to: 'in_progress' }],
      ['gfe_laptop', { to: 'blocked', reason: 'The stock is empty.' }],
      ['email_chat', { to: 'waiting_on', party: 'ispg' }],
    ] as const;
    const before = running.reduce((card, [key, to]) => change(card, key, to), fresh);
    const made = adoptTemplate(before, NEWER);
    if (!made.ok) throw new Error('not taken');
    expect(made.value.templateVersion).toBe(NEWER.version);
    expect(made.value.dayZeroOn).toBe(before.dayZeroOn);
    expect(made.value.items.map(({ key }) => key)).toEqual(NEWER.items.map(({ key }) => key));
    for (const { key } of made.value.items.filter(({ key: each }) => itemIn(CARD_TEMPLATE, each)))
      expect(itemOf(made.value, key)).toEqual(itemOf(before, key));
    expect(itemOf(made.value, 'parking')).toEqual(newItem('parking'));
    expect(itemOf(made.value, 'email_chat')).toBe(undefined);
  });

  it('is never taken over twice, nor an older one', () => {
    expect(adoptTemplate(fresh, CARD_TEMPLATE)).toEqual({ ok: false, refusal: { code: 'nothing-newer' } });
    expect(adoptTemplate(fresh, cardTemplate(1))).toEqual({ ok: false, refusal: { code: 'nothing-newer' } });
  });
});
