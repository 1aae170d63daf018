/** A message like a weekly digest over `count` engagements: a short head, and each engagement with its next move below it. */
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import {
  type Block,
  bullets,
  card,
  fact,
  facts,
  type Message,
  note,
  paragraph,
} from '../../src/messages/message.ts';

const STATES = ['Onboarding', 'Active', 'Waiting for the kickoff', 'Waiting for a candidate'] as const;
const EXCEPTIONS_IN_THE_HEAD = 15;

/** `words` are what people typed: they stand in every line. */
export function longDigest(count: number, words = 'Medicare Claims Processing and Payment Hub'): Message {
  const rows = Array.from({ length: count }, (_, place) => engagementLine(place, words));
  const below: Block[] = STATES.flatMap((state, index) => {
    const inState = rows.filter((_, place) => place % STATES.length === index);
    return inState.length === 0 ? [] : [paragraph([strong(`${state}: ${inState.length}`)]), bullets(inState)];
  });
  return {
    ...card('Weekly digest', [
      paragraph(line`${strong('Needs somebody now')}: ${Math.min(count, EXCEPTIONS_IN_THE_HEAD)}`),
      bullets(rows.slice(0, EXCEPTIONS_IN_THE_HEAD)),
      facts([fact('Open', String(count)), fact('Filed since the last digest', '3')]),
      note(line`Brought up to date on ${time(new Date('2027-01-11T14:00:00Z'))}.`),
    ]),
    below,
  };
}

const engagementLine = (place: number, words: string) => {
  const number = `ISSO-2027-${String(place + 1).padStart(4, '0')}`;
  return line`${link(number, `https://isso.example.gov/dashboard/engagements/${number}`)} ${theirs(`${words} ${place + 1}`)}, OIT. Next: the ISPG team chooses a time for the kickoff, since ${time(new Date('2027-01-04T14:00:00Z'), 'date')}. Type \`status ${number}\`.`;
};
