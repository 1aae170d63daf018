/**
 * The Request Form's groups A and B (domain reference 3.2): who and what the engagement is for. ISPG finds here what the
 * initial request said, corrects it as the kickoff settled it, and adds the system's number in CFACTS.
 */
import type { Section } from '../forms/form.ts';
import { text } from '../forms/question.ts';
import { askedAgain } from './isso-questions.ts';
import { independenceNotice } from './isso-tasks.ts';

export const peopleAgain: Section = {
  key: 'people',
  title: 'People',
  questions: [
    askedAgain('business_owner'),
    askedAgain('component'),
    askedAgain('cra', {
      ask: "Who is the component's Cyber Risk Advisor? Leave it out if there is none yet.",
      why: 'The advisor knows the risks of the system and follows the engagement.',
    }),
    askedAgain('other_contacts', {
      ask: 'Who else takes part? Write one person on each line, with their role.',
      why: 'The Service ISSO meets these people first.',
    }),
  ],
};

export const needAgain: Section = {
  key: 'need',
  title: 'System and need',
  questions: [
    askedAgain('system_name'),
    askedAgain('system_acronym'),
    text('cfacts_uid', {
      label: 'CFACTS identifier',
      ask: 'What is the system identifier in CFACTS? Leave it out for a system that is not in CFACTS yet.',
      why: 'Enterprise Architecture issues it so that the system can enter CFACTS, and it leaves no doubt which system is meant.',
      min: 1,
      max: 64,
      example: 'SYS-0001-EXAMPLE',
      required: false,
    }),
    askedAgain('system_count'),
    askedAgain('reason', { ask: 'Why is a Service ISSO needed? Choose one to three reasons.' }),
    askedAgain('current_isso_state'),
    askedAgain('urgency', { ask: 'How soon is this needed?' }),
    askedAgain('tasks', {
      ask: 'What does the Service ISSO do, as settled at the kickoff? Choose all that apply.',
      why: 'The contractor looks for a person whose skills fit these tasks.',
      warn: (value) =>
        Array.isArray(value) ? (independenceNotice(value, 'request-form')?.text ?? null) : null,
    }),
    askedAgain('need_summary', {
      ask: 'What is the need in a few sentences? Please leave out personal, health and tax data.',
      why: 'The contractor and the Service ISSO read it before anything else.',
    }),
    askedAgain('drivers'),
    askedAgain('drivers_on'),
  ],
};
