/** Dialogs of one turn: opened within Slack's three seconds, filled when the answer is known, closed or given words. */
import { DONE_TITLE, doneElsewhere, NOT_SAVED } from '../../src/messages/copy/platform-answers.ts';
import { type DialogPage, type Message, say } from '../../src/messages/message.ts';
import type { Calls } from './calls.ts';
import { loadingView, renderForm, type ViewOrigin, wordsView } from './render-form.ts';
import { textOf } from './web-api.ts';

export interface OpeningView {
  /** Draws the page into the view; false when there is no view to draw it into. */
  fill(page: DialogPage, timeZone: string): Promise<boolean>;
  /** Says something in it, where no page was drawn. */
  end(said: Message | null, timeZone: string): Promise<void>;
}

/**
 * Opens a view that says that it is being opened, before anything slow begins: Slack's trigger lives three seconds. Where a
 * view stands already, it is used. `workspace` is where the person is.
 */
export function openView(
  calls: Calls,
  workspace: string,
  { trigger, inView }: { readonly trigger: string; readonly inView: string | null },
  origin: ViewOrigin,
): OpeningView {
  const opened =
    inView === null ? open(calls, workspace, trigger) : show(calls, workspace, inView, loadingView());
  let isFilled = false;
  const draw = async (view: unknown): Promise<boolean> => {
    const id = await opened;
    return id !== null && (await show(calls, workspace, id, view)) !== null;
  };
  return {
    async fill(page, timeZone) {
      isFilled = await draw(renderForm(page, { timeZone }, origin));
      return isFilled;
    },
    async end(said, timeZone) {
      if (!isFilled)
        await draw(wordsView(said?.heading ?? DONE_TITLE, said ?? doneElsewhere(), { timeZone }));
    },
  };
}

/** What a view says when nothing was kept. */
export const notSaved = (): Message => say(NOT_SAVED);

async function open(calls: Calls, workspace: string, trigger: string): Promise<string | null> {
  const opened = await calls.call(workspace, 'views.open', { trigger_id: trigger, view: loadingView() });
  return opened.ok ? viewIdOf(opened.body) : null;
}

/** Draws `view` in place of what stands in the view called `id`; null when it is gone. */
export async function show(
  calls: Calls,
  workspace: string,
  id: string,
  view: unknown,
): Promise<string | null> {
  const shown = await calls.call(workspace, 'views.update', { view_id: id, view });
  return shown.ok ? id : null;
}

const viewIdOf = (body: Readonly<Record<string, unknown>>): string | null =>
  textOf((body as { readonly view?: { readonly id?: unknown } }).view?.id);
