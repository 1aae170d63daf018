/** The answers of a made-up request, as large as real ones are. */
import type { StoredAnswer } from '../../src/domain/engagement.ts';
import type { Life } from './many-lives.ts';

const NEED =
  'The system serves several offices, and its controls, its open findings and its contingency plan need somebody who looks after them week by week until the next assessment.';

/** Answers to the initial request, with the keys of its form. */
export function manyAnswers({ systemName, component, ownerId, craId, lot }: Life): readonly StoredAnswer[] {
  const hasIsso = lot % 3 === 0;
  const isContinuous = lot % 2 === 0;
  const answer = (key: string, label: string, value: unknown, shown: string): StoredAnswer => ({
    key,
    label,
    asked: `${label}: what should we know? You can correct it until the kickoff.`,
    value,
    shown,
  });
  return [
    answer('business_owner', 'Business Owner', ownerId, ownerId),
    answer('component', 'CMS component', component, component),
    answer('cra', 'Cyber Risk Advisor', craId, craId),
    answer('system_name', 'System name', systemName, systemName),
    answer('system_count', 'Number of systems', 1, '1 system'),
    answer('reason', 'Why you need help', [hasIsso ? 'surge' : 'no_trained_isso'], 'There is work to do'),
    answer(
      'current_isso_state',
      'ISSO work today',
      hasIsso ? 'trained_isso' : 'none',
      hasIsso ? 'A trained ISSO' : 'Nobody',
    ),
    answer(
      'tasks',
      'Tasks',
      ['poam', 'risk_assessment', 'controls_documentation'],
      'POA&Ms; risks; controls',
    ),
    answer('need_summary', 'The need in your words', NEED, NEED),
    answer('urgency', 'How soon', 'routine', 'Routine: no date presses'),
    answer('level_of_effort', 'Level of effort', 'half', 'Half time'),
    answer(
      'engagement_kind',
      'Set time or ongoing',
      isContinuous ? 'continuous' : 'defined',
      isContinuous ? 'Ongoing' : 'For a set time',
    ),
    answer('attest_no_sensitive', 'No sensitive data', true, 'Confirmed'),
    answer('attest_authority', 'Authority to ask', true, 'Confirmed'),
  ];
}
