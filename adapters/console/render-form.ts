import { z } from 'zod';
import type { Field } from '../../src/domain/field.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { lineText, type Reader } from '../../src/messages/plain-text.ts';

/** A dialog as the script interface and the page know it. */
export interface DialogJson {
  readonly id: string;
  readonly title: string;
  readonly intro: readonly string[];
  readonly sendLabel: string;
  readonly fields: readonly Field[];
}

/** What a dialog was opened by; it travels inside the dialog's id, so the console keeps no open dialogs. */
export interface DialogOrigin {
  readonly press: ButtonPress;
  /** The message whose button opened it, redrawn when the answer says so. */
  readonly on: string | null;
}

const originSchema = z.strictObject({
  press: z.strictObject({
    verb: z.string().min(1),
    subject: z.string(),
    version: z.number().optional(),
    choice: z.string().optional(),
  }),
  on: z.string().nullable(),
});

/** The dialog of `page`, opened by a button of message `on`. */
export function renderForm(page: DialogPage, on: string | null, reader: Reader): DialogJson {
  return {
    id: dialogId({ press: page.press, on }),
    title: page.title,
    intro: page.intro.map((line) => lineText(line, reader)),
    sendLabel: page.sendLabel,
    fields: page.fields,
  };
}

/** The dialog's name: its origin, readable by `dialogOrigin`. It is no secret and proves nothing. */
function dialogId(origin: DialogOrigin): string {
  return Buffer.from(JSON.stringify(origin), 'utf8').toString('base64url');
}

/** What opened the dialog called `id`; null when no dialog has such a name. */
export function dialogOrigin(id: string): DialogOrigin | null {
  try {
    const read = originSchema.safeParse(JSON.parse(Buffer.from(id, 'base64url').toString('utf8')));
    if (!read.success) return null;
    const { verb, subject, version, choice } = read.data.press;
    const press = {
      verb,
      subject,
      ...(version === undefined ? {} : { version }),
      ...(choice === undefined ? {} : { choice }),
    };
    return { press, on: read.data.on };
  } catch {
    return null;
  }
}
