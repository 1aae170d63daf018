import {
  type AdaptiveCard,
  cardOf,
  fitted,
  headingElement,
  lineElement,
  submitAction,
} from './adaptive-card.ts';
import { fieldElements } from './adaptive-fields.ts';
import { button } from './button.ts';
import { cut } from './limits.ts';
import type { DialogPage } from './message.ts';
import { plainText, type Reader } from './plain-text.ts';

/** The name under which a dialog's own button submits. */
const SUBMIT_ACTION = 'submit';

/**
 * A dialog as an Adaptive Card, at most 25 KB: title, introduction, one input for each field, and the button that
 * submits them with `{action: 'submit', press}`. Every field is kept whatever its size; only words are shortened.
 */
export function adaptiveDialog(page: DialogPage, reader: Reader): AdaptiveCard {
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
  return fitted((room) =>
    cardOf(
      [
        headingElement(page.title, room),
        ...page.intro.map((line) => lineElement(line, reader, room)),
        ...page.fields.flatMap((field) => fieldElements(field, room)),
        { type: 'ActionSet', actions: [submitAction(send, true)] },
      ],
      cut(asText, room.fallback),
    ),
  );
}
