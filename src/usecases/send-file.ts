/** A file for whoever asked for it, the way they can get it. */
import type { Message } from '../messages/message.ts';
import type { Attachment } from '../ports.ts';
import { tellMailbox, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** How a file comes to whoever asked: in their direct conversation, or by mail; `none`: not at all. */
export type WayOfFile = 'chat' | 'mail' | 'none';

/** Teams takes no files from a bot: they go by mail there, where mail is set up. */
export const wayOfFile = ({ from, programme, papermaker }: Work): WayOfFile => {
  if (!papermaker) return 'none';
  if (from.platform !== 'teams') return 'chat';
  return programme.mailIsOn ? 'mail' : 'none';
};

/** Sends the file to the person alone. `key` begins with what the file is; it is made unique here. */
export async function sendOwnFile(
  work: Work,
  way: Exclude<WayOfFile, 'none'>,
  { key, message, file }: { readonly key: string; readonly message: Message; readonly file: Attachment },
): Promise<void> {
  const telling = { key: `${key}:${work.newId()}`, kind: 'answer', message, attachment: file } as const;
  if (way === 'mail') await tellMailbox(work, work.person.id, telling);
  else await tellPerson(work, work.person.id, { ...telling, via: work.from.platform });
}
