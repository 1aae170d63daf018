import type { Person } from '../domain/person.ts';
import type { Form } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';

/** Something worth saying about a set of answers: to the requester at once, to ISPG at triage. It refuses nothing. */
export interface Notice {
  readonly key: string;
  readonly text: string;
}

/** What an engagement keeps beside the answers, read from them. */
interface RequestFacts {
  readonly component: string;
  readonly systemName: string;
  readonly businessOwnerId: string;
  readonly craId: string | null;
}

/** A service of the catalogue, as data. One file is one offering; `index.ts` lists them. */
export interface Offering {
  readonly key: string;
  readonly name: string;
  /** One line: what you get. */
  readonly purpose: string;
  /** Starts request numbers: `ISSO-2026-0042`. */
  readonly numberPrefix: string;
  /** E-mail of the people who run it. */
  readonly contact: string;
  /** Its public page. */
  readonly page: string;
  /** The initial request. */
  readonly form: Form;
  /** Key of the long-text question for the need: what somebody starts a request from is proposed there. */
  readonly needQuestion: string;
  /** What we know already about somebody who starts a request. */
  prefill(speaker: Person, people: readonly Person[]): Answers;
  notices(answers: Answers): readonly Notice[];
  /** Null while one of them is missing. An advisor not named is looked up by component among `people`. */
  facts(answers: Answers, people: readonly Person[]): RequestFacts | null;
}
