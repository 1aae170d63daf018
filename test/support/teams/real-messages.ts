/** What the bot really says: its people live through a few weeks, and every message and dialog of them is kept. */
import type { Button } from '../../../src/messages/button.ts';
import type { DialogPage, Message } from '../../../src/messages/message.ts';
import type { OwnPage, Store } from '../../../src/ports.ts';
import { composeHome } from '../../../src/usecases/show-home.ts';
import { type Bot, INTAKE_ANSWERS, startBot } from '../bot.ts';
import { heldKickoff } from '../held-kickoff.ts';

export interface RealMessages {
  readonly messages: readonly Message[];
  readonly dialogs: readonly DialogPage[];
}

/** The buttons of a message, wherever they stand. */
export const buttonsOf = ({ blocks, buttons }: Message): readonly Button[] => [
  ...blocks.flatMap((block) => {
    if (block.kind === 'fields') return [block.send];
    return block.kind === 'facts' ? block.rows.flatMap(({ button }) => button ?? []) : [];
  }),
  ...buttons,
];

/** What is said in a direct message, a line each; in a channel where one is named. */
const SAID: readonly (readonly [who: string, words: string, channel?: 'ispg'])[] = [
  ['bo', 'hi'],
  ['bo', 'help'],
  ...INTAKE_ANSWERS.map((words) => ['bo', words] as const),
  ['bo', 'submit'],
  ['bo', 'I confirm'],
  ['bo', 'status'],
  ['ispg', 'queue', 'ispg'],
  ['ispg', 'accept ISSO-2026-0001', 'ispg'],
  ['bo', 'choose 2'],
  ['isso', 'settings'],
  ['ispg', 'digest'],
  ['ispg', 'meetings'],
  ['ispg', 'minutes weekly'],
  ['issolead', 'decline weekly'],
  ['issolead', 'propose weekly Wed Dec 9 2pm or Thu Dec 10 9am'],
  [
    'ispg',
    'held weekly: notes: Short one; decision: Two join in January; follow-up: Isaac sends the roster by Dec 20',
  ],
  ['ispg', 'satisfaction'],
  ['bo', 'something nobody understands'],
  ['bo2', 'I need an ISSO'],
  ['bo2', 'form'],
  ['bo2', 'pause'],
];

/** Plays on an empty store. Every button that opens a dialog is pressed by whoever was shown it. */
export async function realMessages(store: Store): Promise<RealMessages> {
  const bot = await startBot(store);
  const shown: { readonly who: string; readonly message: Message }[] = [];
  const say = async (who: string, words: string, channel?: 'ispg') => {
    const { messages } = await bot.say(who, words, channel ? { channel } : {});
    shown.push(...messages.map((message) => ({ who, message })));
  };
  await bot.planMeetings();
  for (const [who, words, channel] of SAID) await say(who, words, channel);
  const number = await heldKickoff(bot, 'Payment <System> _v2_ & [more](https://evil.example)');
  await say('bo', `ask for satisfaction ${number}`);
  await say('ispg', `milestones ${number}`);
  for (const day of ['02', '07', '08', '09', '15']) {
    bot.clock.set(new Date(`2026-12-${day}T10:00:00-05:00`));
    await bot.planMeetings();
    await bot.deliver();
  }
  shown.push(...[...bot.adapter.asked].map(({ to, message }) => ({ who: to.id, message })));
  for (const who of ['bo', 'bo2', 'isso', 'ispg', 'lead'])
    shown.push({ who, message: (await homeOf(bot, who)).message });
  return { messages: shown.map(({ message }) => message), dialogs: await dialogsOf(bot, shown) };
}

const homeOf = (bot: Bot, who: string): Promise<OwnPage> =>
  bot.store.transaction(async (tx) => {
    const person = await tx.people.get(who);
    if (!person) throw new Error(`nobody is called ${who}`);
    const message = await composeHome({ tx, now: bot.clock.now(), person, programme: bot.programme });
    return { message, timeZone: bot.programme.timeZone };
  });

async function dialogsOf(
  bot: Bot,
  shown: readonly { readonly who: string; readonly message: Message }[],
): Promise<readonly DialogPage[]> {
  const opened = new Map<string, DialogPage>();
  for (const { who, message } of shown) {
    for (const { press, opensDialog } of buttonsOf(message)) {
      const name = `${press.verb} ${press.choice ?? ''}`;
      if (!opensDialog || opened.has(name)) continue;
      const inChannel = who.startsWith('#');
      const { dialog } = await bot.press(
        inChannel ? 'ispg' : who,
        press,
        {},
        inChannel ? { channel: 'ispg' } : {},
      );
      if (dialog) opened.set(name, dialog);
    }
  }
  return [...opened.values()];
}
