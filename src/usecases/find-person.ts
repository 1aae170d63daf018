/** The one person that a typed name means. */
import type { Person } from '../domain/person.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { readPerson } from '../forms/read-person.ts';
import { nobodySoCalled, severalSoCalled } from '../messages/copy/people-acting.ts';
import type { Message } from '../messages/message.ts';

/** By id, mailbox or name among `people`; refused with what to type instead. */
export function personCalled(typed: string, people: readonly Person[]): Result<Person, Message> {
  const read = readPerson(typed, people);
  if (read.ok) {
    const found = people.find(({ id }) => id === read.value.id);
    if (found) return accepted(found);
  }
  const several = read.ok ? [] : read.refusal;
  return refused(several.length > 0 ? severalSoCalled(typed, several) : nobodySoCalled(typed));
}
