import type { Person } from '../../domain/person.ts';
import { line, theirs } from '../inline.ts';
import { type Message, say } from '../message.ts';

/** To somebody's lead: the bot could not reach them. */
export const unreachedNotice = (person: Pick<Person, 'name'>): Message =>
  say(
    line`My messages do not reach ${theirs(person.name)}. Please tell them, and ask whoever runs the bot to check their address.`,
  );
