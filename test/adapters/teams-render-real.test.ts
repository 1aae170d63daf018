/** Every message and dialog of people who live with the bot for a few weeks, as Teams shows it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { carriedIn, unpackPage } from '../../adapters/teams/carried.ts';
import { againWithErrors, renderForm } from '../../adapters/teams/render-form.ts';
import { cardFor, renderMessage, type TeamsReader } from '../../adapters/teams/render-message.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { openTestStore } from '../support/open-store.ts';
import { expectCard, type JsonObject, objectsIn, ofType, textsOf } from '../support/teams/drawn-cards.ts';
import { buttonsOf, type RealMessages, realMessages } from '../support/teams/real-messages.ts';

const READER: TeamsReader = { timeZone: 'America/New_York', timesBeside: false, token: 'token-of-a-card' };
const CHANNEL: TeamsReader = { ...READER, timesBeside: true };

let real: RealMessages;
beforeAll(async () => {
  real = await realMessages(await openTestStore());
});

describe('what the bot says', () => {
  /** How often something is said to be left out; the bot itself says so of long lists. */
  const shortenings = (texts: readonly string[]): number =>
    [...texts.join('\n').matchAll(/… and [\d,]+ more|more characters/gu)].length;
  /** A button, not the fallback of one. */
  const isButton = ({ type, data }: JsonObject): boolean =>
    type === 'Action.Execute' || (type === 'Action.Submit' && JSON.stringify(data).includes('task/fetch'));

  test('is drawn in full, in a direct message and in a channel, and fits', () => {
    expect(new Set(real.messages.map(({ heading }) => heading)).size).toBeGreaterThan(15);
    for (const message of real.messages) {
      const words = plainText(message, READER);
      for (const reader of [READER, CHANNEL]) {
        const { attachments = [], summary } = renderMessage(message, reader);
        expect(summary).toBe(words);
        const card = cardFor(message, reader);
        expectCard(card);
        expect(shortenings(textsOf(card.body))).toBe(shortenings([words]));
        const buttons = objectsIn(attachments).filter(isButton);
        const labels = buttonsOf(message).map(({ label }) => label);
        // In a row the button says only what it does: the row says of what, and so does its tooltip.
        const said = buttons.map(({ title, tooltip }, at) =>
          tooltip && labels[at]?.startsWith(`${title} `) ? labels[at] : title,
        );
        expect(said).toEqual(labels);
      }
    }
  });
});

describe('the dialogs that the bot opens', () => {
  const origin = { on: '19:abc@thread.tacv2/1700000000000', in: 'ispg' } as const;
  const draw = (page: DialogPage) => renderForm(page, READER, origin, READER.token).value.card.content;
  const idsOf = (page: DialogPage | null) => page?.fields.map(({ id }) => id);
  const travelling = (card: unknown): DialogPage | null => {
    const [button] = ofType(card, /^Action\.Submit$/u);
    return unpackPage(carriedIn(button?.data)?.page ?? '');
  };

  test('are drawn in full, travel with themselves, and keep what is filled in', () => {
    expect(real.dialogs.length).toBeGreaterThan(7);
    for (const page of real.dialogs) {
      const card = draw(page);
      expectCard(card);
      expect(textsOf(card).join('\n')).not.toMatch(/… and [\d,]+ more|more characters|has no room/u);
      expect(idsOf(travelling(card))).toEqual(idsOf(page));
    }
  });

  test('are drawn again with the longest answers and a problem in each field', () => {
    for (const page of real.dialogs) {
      const typed = Object.fromEntries(
        page.fields.map(({ id, maxLength = 80 }) => [id, 'x'.repeat(Math.min(maxLength, 2_000))]),
      );
      const errors = Object.fromEntries(page.fields.map(({ id }) => [id, 'Mend this.']));
      const again = draw(againWithErrors(page, typed, errors));
      expectCard(again);
      const inputs = ofType(again, /^Input\.Text$/u);
      expect(inputs.map(({ value }) => value)).toEqual(inputs.map(({ id }) => typed[String(id)]));
      expect(textsOf(again).filter((words) => words === 'Problem: Mend this.')).toHaveLength(
        page.fields.length,
      );
      expect(idsOf(travelling(again))).toEqual(idsOf(page));
    }
  });
});
