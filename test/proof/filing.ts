/** A request from its first word to the recorded kickoff, with free text of the caller's choice wherever a person may type. */
import { type Answered, ask, json, post, say } from './talk.ts';

interface Standing {
  readonly id: string;
  readonly text: string;
  readonly card?: unknown;
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}
interface Field {
  readonly id: string;
  readonly kind: string;
  readonly options?: readonly { readonly id: string }[];
}
interface Dialog {
  readonly id: string;
  readonly fields: readonly Field[];
}

/** All that the bot has standing in a conversation: a person's id, or `#ispg`. */
export async function standing(base: string, place: string): Promise<readonly Standing[]> {
  const answered = await ask(`${base}/console/api/messages?for=${encodeURIComponent(place)}`);
  return answered.status === 200 ? json<{ messages: Standing[] }>(answered).messages : [];
}

/** Presses the latest button of that label; null when there is none. */
export async function press(
  base: string,
  who: string,
  place: string,
  label: string | RegExp,
): Promise<Answered | null> {
  const fits = (each: string): boolean => (typeof label === 'string' ? each === label : label.test(each));
  const message = (await standing(base, place))
    .toReversed()
    .find(({ actions }) => actions.some((one) => fits(one.label)));
  const action = message?.actions.find((one) => fits(one.label));
  if (!message || !action) return null;
  return post(base, 'press', { as: who, message: message.id, action: action.id });
}

/** Fills the dialog that `opened` opened: free text as given, the first choice elsewhere. Null when none opened. */
export async function fill(
  base: string,
  who: string,
  opened: Answered | null,
  free: string,
  fixed: Readonly<Record<string, unknown>> = {},
): Promise<Answered | null> {
  const dialog = opened?.status === 200 ? json<{ dialog?: Dialog }>(opened).dialog : undefined;
  if (!dialog) return null;
  const values = dialog.fields.map(({ id, kind, options }) => {
    const choice = options?.[0]?.id ?? '';
    const value =
      kind === 'choices' ? [choice] : kind === 'choice' ? choice : kind === 'attestation' ? true : free;
    return [id, fixed[id] ?? value] as const;
  });
  return post(base, 'submit', { as: who, dialog: dialog.id, values: Object.fromEntries(values) });
}

/** Files a request of `who` with `free` in each free text; answers its number, or null and what the bot said last. */
export async function file(
  base: string,
  who: string,
  system: string,
  free: string,
): Promise<{ readonly number: string | null; readonly last: string }> {
  const words = [
    'I need an ISSO',
    system,
    '1',
    'no trained isso',
    'none',
    '1, 3 and 4',
    free,
    'routine',
    'half',
    'continuous',
    'March 1, 2027',
    'submit',
    'I confirm',
  ];
  let last = '';
  for (const each of words) last = (await say(base, who, each)).body;
  return { number: /ISSO-\d{4}-\d{4,}/u.exec(last)?.[0] ?? null, last };
}

/** Asks back, answers, accepts, books and records the kickoff, typing `free` wherever there is room for it. */
export async function carryOn(
  base: string,
  who: string,
  number: string,
  free: string,
): Promise<readonly string[]> {
  const failed: string[] = [];
  const step = async (what: string, done: Promise<Answered | null>): Promise<void> => {
    const answered = await done;
    if (answered?.status !== 200)
      failed.push(`${what}: ${answered ? answered.body.slice(0, 200) : 'no such button'}`);
  };
  await step('ask back', fill(base, 'ispg', await press(base, 'ispg', '#ispg', 'Ask back'), free));
  await step('answer', fill(base, who, await press(base, who, who, 'Answer'), free));
  await step('note', say(base, who, `answer ${number} ${free}`));
  await step('accept', press(base, 'ispg', '#ispg', 'Accept'));
  await step('choose', press(base, who, who, /^Choose 1/u));
  return failed;
}

/** Moves the clock past the kickoff and records it with `free` in every note. */
export async function recordKickoff(
  base: string,
  free: string,
  present: readonly string[],
): Promise<Answered | null> {
  await post(base, 'clock', { advance: 'P14D' });
  const opened = await press(base, 'ispg', '#ispg', 'Record the kickoff');
  return fill(base, 'ispg', opened, free, { heldOn: '2026-12-04', present });
}
