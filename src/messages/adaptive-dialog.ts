import { type AdaptiveCard, cardOf, fitted, headingElement } from './adaptive-card.ts';
import { fieldElements } from './adaptive-fields.ts';
import { lineElement } from './adaptive-line.ts';
import { button } from './button.ts';
import { type CardLook, CONSOLE_LOOK, type Drawing } from './card-look.ts';
import { cut } from './limits.ts';
import type { DialogPage } from './message.ts';
import { plainText, type Reader } from './plain-text.ts';

/** The name under which a dialog's own button submits. */
const SUBMIT_ACTION = 'submit';

/**
 * A dialog as an Adaptive Card, at most 25 KB: title, introduction, one input for each field, and the button that
 * submits them, which `look` draws and which is called `submit`. Every field is kept whatever its size; only words are
 * shortened.
 */
export function adaptiveDialog(
  page: DialogPage,
  reader: Reader,
  look: CardLook = CONSOLE_LOOK,
): AdaptiveCard {
  const send = button(SUBMIT_ACTION, page.sendLabel, page.press, '', { look: 'primary' });
  const asText = plainText(
    {
      heading: page.title,
      blocks: [
        ...page.intro.map((line) => ({ kind: 'paragraph' as const, line })),
        { kind: 'fields', fields: page.fields, send },
      ],
      buttons: [],
    },
    reader,
  );
  return fitted(look, (room) => {
    const drawing: Drawing = { reader, look, room };
    const body = [
      headingElement(page.title, drawing),
      ...page.intro.map((line) => lineElement(line, drawing)),
      ...page.fields.flatMap((field) => fieldElements(field, drawing)),
      { type: 'ActionSet', actions: [look.action(send, true)] },
    ];
    return cardOf(body, look.unmarked(cut(asText, room.fallback)));
  });
}
