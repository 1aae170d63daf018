import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/messages/inline.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import { PROGRAMME_PAGE, PROGRAMME_QUESTIONS } from '../../src/offerings/programme-questions.ts';
import {
  answerProgrammeQuestion,
  looksLikeProgrammeQuestion,
  programmeQuestionFallback,
} from '../../src/usecases/answer-programme-question.ts';

/** Free wordings, none of them in the data. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'what-is-it': [
    'What is ISSOaaS?',
    "what's ISSO as a Service",
    'Can you explain what the ISSOaaS program is?',
    'tell me about ISSO As A Service',
    'What is the ISSO as a service programme about?',
    'what does issoaas offer?',
  ],
  'who-are-they': [
    'Who are the service ISSOs?',
    'who are the security officers',
    'Are the ISSOs contractors?',
    'Who employs a service ISSO?',
    'Who will my ISSO work for?',
    'How experienced are the officers?',
  ],
  'what-can-they-do': [
    'What can a service ISSO do?',
    'what tasks do ISSOs perform?',
    'Which duties can the officer take on?',
    'What kind of work do service issos do',
    'Can the ISSO help us with POA&Ms?',
    'Do ISSOs do risk assessments?',
  ],
  'when-to-use-one': [
    'When should I use one?',
    'When do we use a service ISSO?',
    'when would I use the program?',
    'Is ISSOaaS right for us?',
    'Who is eligible for the program?',
    'Why use a service ISSO?',
  ],
  'how-to-request': [
    'How do I request one?',
    'How can I get an ISSO?',
    'how do we ask for a security officer?',
    'Where do I apply for an ISSO?',
    'How does a BO request a service isso?',
    'Who do I contact to request an ISSO?',
  ],
  'how-it-works': [
    'How does it work?',
    'how does ISSO as a service work',
    'What are the steps?',
    'What happens after I request an ISSO?',
    'How much does it cost?',
    'who pays for the ISSO?',
    'What is the process?',
  ],
  'how-long-onboarding': [
    'How long does onboarding take?',
    'how long is the on-boarding of an isso',
    'How many days does onboarding take?',
    'How soon can an ISSO start?',
    'How long until the officer is onboarded?',
    'how long does onbording take?',
  ],
  'what-to-prepare': [
    'What do I need to prepare?',
    'How do I prepare for the ISSO?',
    'What should the business owner prepare?',
    'what are my responsibilities as BO?',
    'What is expected of the owner?',
    'what do we have to do before the ISSO arrives?',
  ],
  'what-training': [
    'What training do they get?',
    'how are service ISSOs trained?',
    'Which training does an ISSO need?',
    'Are the officers trained in CMS policy?',
    'what courses do ISSOs take?',
    'What trainning do ISSOs get?',
  ],
  'what-meetings': [
    'What meetings will there be?',
    'How often are the meetings?',
    'which meetings are there?',
    'Do we have regular check-ins with the ISSO?',
    'Are there weekly meetings?',
    'what meetings does the BO attend?',
  ],
  'what-happens-at-the-end': [
    'What happens at the end?',
    'what happens when the engagement ends?',
    'What happens when the ISSO leaves?',
    'how does off-boarding work?',
    'What happens to the laptop and badge at the end?',
    'What happens after the contract is finished?',
  ],
};

const titleOf = (id: string): string | undefined =>
  PROGRAMME_QUESTIONS.find((each) => each.id === id)?.question;
const wordsOf = (line: Line): string => line.map((part) => ('text' in part ? part.text : '')).join('');
const blockWords = (block: Block): string => {
  if (block.kind === 'list') return block.items.map(wordsOf).join('\n');
  return block.kind === 'paragraph' || block.kind === 'note' ? wordsOf(block.line) : '';
};
const said = (message: Message): string => message.blocks.map(blockWords).join('\n');

describe('questions about the programme', () => {
  it('are the eleven of the reference', () => {
    expect(PROGRAMME_QUESTIONS.map(({ id }) => id)).toEqual(Object.keys(ASKED));
  });

  for (const [id, wordings] of Object.entries(ASKED)) {
    it.each(wordings)(`of ${id}: "%s"`, (text) => {
      expect(looksLikeProgrammeQuestion(text)).toBe(true);
      expect(answerProgrammeQuestion(text)?.heading).toBe(titleOf(id));
    });
  }

  it('are found by every wording in the data', () => {
    const missed = PROGRAMME_QUESTIONS.flatMap(({ question, wordings }) =>
      [question, ...wordings].filter((text) => answerProgrammeQuestion(text)?.heading !== question),
    );
    expect(missed).toEqual([]);
  });

  it('are answered with the section and the page', () => {
    for (const { question, section } of PROGRAMME_QUESTIONS) {
      const message = answerProgrammeQuestion(question);
      expect(message && said(message)).toContain(`From "${section}" on the ISSO As A Service page.`);
      expect(JSON.stringify(message)).toContain(PROGRAMME_PAGE);
    }
  });

  it('are answered in short lines', () => {
    for (const { answer } of PROGRAMME_QUESTIONS)
      for (const block of answer)
        for (const row of blockWords(block).split('\n')) expect(row.length).toBeLessThanOrEqual(200);
  });

  it('are answered with acronyms spelt out where they first stand', () => {
    for (const { question, answer } of PROGRAMME_QUESTIONS) {
      const text = answer
        .map(blockWords)
        .join('\n')
        .replace(/ISSO As A Service|\S+@\S+|"[^"]*"/gu, '');
      for (const acronym of ['ISSO', 'ISPG', 'CRA', 'GTL', 'HHS', 'POA&M']) {
        const first = new RegExp(`(?:\\((?:Service )?)?\\b${acronym}s?\\b`, 'u').exec(text)?.[0];
        // "Service Information System Security Officer (Service ISSO)"
        if (first) expect(first, question).toMatch(/^\(/u);
      }
    }
  });

  it('that the page does not answer are passed on to people', () => {
    expect(looksLikeProgrammeQuestion('Does the ISSO speak Klingon on weekends?')).toBe(true);
    expect(said(programmeQuestionFallback())).toContain('ISSO@cms.hhs.gov');
  });
});

describe('what is no question about the programme', () => {
  it.each([
    'hi',
    'hello there',
    'thanks!',
    'how are you?',
    'what time is it?',
    'what is the weather',
    'I need an ISSO',
    'I want to request a service ISSO',
    'we need a security officer',
    'help',
    'status',
    'back',
    'change 3',
    'submit',
    'accept ISSO-2026-0042',
    'What is the status of my request?',
    'where is my request?',
    'how do I withdraw ISSO-2026-0042?',
    'can I cancel?',
    'when is my kickoff?',
    'why do you ask?',
    'what does that mean?',
    'what is PII?',
    'What do you mean by tasks?',
    'Can I finish later?',
    'how long is this form?',
    'OIT',
    'Claims Payment System',
    'yes',
    'no',
    '2026-12-01',
    'Our ISSO leaves at the end of the month and training is late',
    'The program supports onboarding and meetings',
    'risk assessment, contingency planning',
    'full time, 12 months',
    '410-786-2580',
    '',
    `what is ${'the program '.repeat(60)}?`,
    'What is ISSOaaS?\nAnd a second line of an answer',
  ])('"%s"', (text) => {
    expect(answerProgrammeQuestion(text)).toBeNull();
  });
});
