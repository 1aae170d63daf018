/** The phases of a move to a shared service, in words. */
import { PHASES, type Phase } from '../../domain/phase.ts';
import { bullets, card, type Message, note, paragraph } from '../message.ts';

const NAMES: Readonly<Record<Phase, string>> = {
  assessment: 'Assessment',
  readiness: 'Readiness',
  selection: 'Selection',
  engagement: 'Engagement',
  migration: 'Migration',
  operations: 'Operations',
};
const WHAT: Readonly<Record<Phase, string>> = {
  assessment: 'You find out what you need. `help me choose` does this with you.',
  readiness:
    'You see what has to be there first, such as money and somebody who decides. `check issoaas` asks.',
  selection: 'The request is made, looked at, and talked over at the kickoff.',
  engagement: 'What was agreed is written down, and a person is found and agreed to.',
  migration: 'The Service ISSO is onboarded and trained.',
  operations: 'The Service ISSO works, you say how satisfied you are, and the engagement goes on or ends.',
};

/** Which of the phases, as a row of a card says it. The playbook begins with phase 0. */
export const phaseWords = (phase: Phase): string =>
  `${NAMES[phase]}, phase ${PHASES.indexOf(phase)} of phases 0 to ${PHASES.length - 1}`;

/** `phases`: what each of them means. */
export const phasesExplained = (): Message =>
  card('The phases of a shared service', [
    paragraph('Every service is taken up in the same six phases. The status of a request names its phase.'),
    bullets(PHASES.map((phase, index) => `Phase ${index}, ${NAMES[phase]}: ${WHAT[phase]}`)),
    note(
      'Names and numbers are those of the M3 Playbook of GSA. How the steps here belong to them is not confirmed.',
    ),
  ]);
