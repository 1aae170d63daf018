/** The digest in words. Nothing personal: names of programme people and request numbers only. */
import type { CountLabel, Digest, DigestException } from '../../domain/digest.ts';
import type { People } from '../../domain/person.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { nameOf } from './people.ts';

/** More than this in one list is said as a number, so that the message stays within every platform's limits. */
const ROWS_SHOWN = 15;
const NUMBERS_SHOWN = 20;

const WHAT: Readonly<Record<DigestException['what'], string>> = {
  'triage-overdue': 'triage is overdue',
  'triage-due': 'waits for triage',
  'asked-back': 'the requester has not answered the question',
  'no-kickoff-offer': 'has no kickoff times on offer',
  'offer-unanswered': 'the kickoff times are not answered',
  'proposal-waiting': 'proposed kickoff times wait for an answer',
  'kickoff-unrecorded': 'the kickoff is not recorded',
  unconfirmed: 'the Business Owner has not confirmed it',
};

const COUNT: Readonly<Record<CountLabel, string>> = {
  unconfirmed: 'waiting for the Business Owner',
  'to-triage': 'to triage',
  'kickoff-to-schedule': 'kickoff to schedule',
  'kickoff-booked': 'kickoff booked',
  'kickoff-held': 'kickoff held',
};

/** The digest of the ISPG channel; a day on which nothing needs anybody is one line. */
export function digestMessage(digest: Digest, people: People, at: Date): Message {
  const quiet = digest.exceptions.length === 0 && digest.undelivered.length === 0;
  const counts = digest.counts.map(({ label, engagements }) =>
    countText(
      label,
      engagements.map(({ number }) => number),
    ),
  );
  if (quiet) {
    const open = counts.length === 0 ? 'No open requests.' : `Open: ${counts.join('; ')}.`;
    return say(line`Digest for ${time(at, 'date')}: nothing needs you today. ${open}`);
  }
  const waiting = digest.exceptions.length + (digest.undelivered.length > 0 ? 1 : 0);
  return card(`Digest: ${waiting === 1 ? '1 thing needs' : `${waiting} things need`} you`, [
    paragraph(line`${time(at, 'date')}`),
    bullets([...exceptionLines(digest.exceptions, people), ...undeliveredLines(digest, people)]),
    ...(counts.length > 0 ? [paragraph(line`${strong('Open requests')}`), bullets(counts)] : []),
    note('Type `status` with a number to see a request.'),
  ]);
}

function exceptionLines(exceptions: readonly DigestException[], people: People): Line[] {
  const shown = exceptions
    .slice(0, ROWS_SHOWN)
    .map(
      ({ engagement, what, since, nextId }) =>
        line`${strong(engagement.number)} (${theirs(engagement.systemName)}): ${WHAT[what]}, since ${time(since, 'date')}. Next: ${nextId === null ? 'ISPG' : nameOf(people, nextId)}.`,
    );
  const rest = exceptions.length - shown.length;
  return rest > 0 ? [...shown, line`and ${rest} more; \`status\` lists them.`] : shown;
}

function undeliveredLines(digest: Digest, people: People): Line[] {
  const { undelivered } = digest;
  if (undelivered.length === 0) return [];
  const ids = [...new Set(undelivered.flatMap(({ personId }) => personId ?? []))].slice(0, ROWS_SHOWN);
  const names = ids.flatMap((id, index) => [...(index > 0 ? line`, ` : []), nameOf(people, id)]);
  return [
    line`Messages could not be delivered (${undelivered.length}) to: ${names}. Next: ISPG reaches them another way.`,
  ];
}

function countText(label: CountLabel, numbers: readonly string[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).join(', ');
  const more = numbers.length > NUMBERS_SHOWN ? ` and ${numbers.length - NUMBERS_SHOWN} more` : '';
  return `${numbers.length} ${COUNT[label]} (${shown}${more})`;
}
