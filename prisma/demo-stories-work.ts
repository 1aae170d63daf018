/** The demo programme's engagements at work, and those that ended. All of it is invented. */
import type { DemoStory } from '../src/usecases/demo/story.ts';
import { ALL_ROUND, AUTHORIZATION, PRIVACY, system } from './demo-stories.ts';
import { ASSET, LARGE, SMALL, withPoams } from './demo-systems.ts';
import { atWork, QUICK, SEASONED } from './demo-way.ts';
import { CONTENT, FAIR, UNHAPPY, UNSURE } from './demo-words.ts';

const WORKING: readonly DemoStory[] = [
  {
    key: 'evergreen',
    system: system('Evergreen Eligibility', 'EVGR', 'CMCS', 'bo2', {
      need: 'Eligibility rules change each month, and the security plan has to keep up with them.',
      tasks: [...ALL_ROUND, 'assessment_authorization'],
      context: LARGE,
      months: 24,
    }),
    issoId: 'isso2',
    steps: [
      ...atWork(125, SEASONED),
      { does: 'grant', ago: 120, personId: 'issolead', role: 'service_isso_lead' },
      { does: 'grant', ago: 118, personId: 'developer', role: 'developer_maintainer' },
      { does: 'block', ago: 70, by: 'isso2', words: 'I have no access to the log archive yet.' },
      { does: 'reply', ago: 68, words: 'The access was granted this morning. Please try again.' },
      { does: 'solve', ago: 67, by: 'isso2' },
    ],
    satisfaction: [CONTENT, FAIR, CONTENT],
  },
  {
    key: 'northwind',
    system: system('Northwind Directory', 'NWD', 'CPI', 'bo5', {
      need: 'The directory is of high value to the agency, and more controls apply to it than we can handle.',
      tasks: [...AUTHORIZATION, 'stakeholder_collab'],
      context: ASSET,
      form: withPoams(23, 4),
      effort: 'three_quarters',
    }),
    issoId: 'isso4',
    steps: [
      ...atWork(25),
      { does: 'grant', ago: 22, personId: 'sysowner', role: 'system_owner' },
      { does: 'second', ago: 21, personId: 'sysowner', role: 'system_owner' },
      { does: 'grant', ago: 3, personId: 'guardian2', role: 'data_guardian' },
    ],
    satisfaction: [CONTENT],
  },
  {
    key: 'silverline',
    system: system('Silverline Archive', 'SILV', 'OIT', 'bo', {
      need: 'Records of twenty years are kept here, and privacy questions come up every week.',
      tasks: PRIVACY,
    }),
    issoId: 'isso3',
    steps: [
      ...atWork(285),
      {
        does: 'ask-change',
        ago: 4,
        words: 'We need thirty hours a week from next month on, for the move of the archive.',
      },
    ],
    satisfaction: [CONTENT, CONTENT, FAIR, FAIR, UNHAPPY],
    isSessionOpen: true,
  },
  {
    key: 'foxglove',
    system: system('Foxglove Messaging', 'FOXG', 'CCIIO', 'bo4', {
      need: 'Messages to consumers go out through it, and the vendor changes this year.',
      tasks: ALL_ROUND,
      effort: 'quarter',
      context: SMALL,
      months: 24,
    }),
    issoId: 'isso5',
    steps: [
      ...atWork(95),
      { does: 'pause', ago: 16, inDays: 40, words: 'The system moves to another vendor.' },
    ],
    satisfaction: [FAIR, UNSURE],
  },
  {
    key: 'ridgeway',
    system: system('Ridgeway Claims View', 'RIDG', 'CM', 'bo3', {
      need: 'Call centers look up claims here, and the next authorization falls into the coming year.',
      tasks: AUTHORIZATION,
      months: 12,
      form: withPoams(6, 0),
    }),
    issoId: 'isso5',
    steps: [
      ...atWork(178, QUICK),
      { does: 'review', ago: 9 },
      { does: 'wish', ago: 6, inDays: 410 },
      { does: 'approve', ago: 4, side: 'gtl' },
    ],
    satisfaction: [FAIR, CONTENT],
  },
  {
    key: 'bluestem',
    system: system('Bluestem Grants', 'BLUE', 'OEDA', 'bo6', {
      need: 'Grants are tracked here, and nobody has taken care of its POA&Ms since the last ISSO left.',
      tasks: ['poam', 'compliance_reporting', 'stakeholder_collab'],
    }),
    issoId: 'isso7',
    steps: [
      ...atWork(110),
      { does: 'reassign', ago: 5, reason: 'isso_departed', personId: 'isso2', inDays: 20 },
      { does: 'accept-replacement', ago: 3, side: 'ispg' },
    ],
    satisfaction: [CONTENT, FAIR],
  },
  {
    key: 'cormorant',
    system: system('Cormorant Notices', 'CORM', 'CCIIO', 'bo4', {
      need: 'Plan notices are printed from here, and their retention rules have never been written down.',
      tasks: ['controls_documentation', 'compliance_reporting', 'risk_assessment'],
    }),
    issoId: 'isso9',
    // A year after the last one: role-based training is due again within two weeks.
    steps: atWork(236, QUICK),
    satisfaction: [FAIR, CONTENT],
  },
];

const ENDED: readonly DemoStory[] = [
  {
    key: 'keystone',
    system: system('Keystone Help Desk', 'KEYS', 'CPI', 'bo5', {
      need: 'The help desk tool was bought for one year and needs somebody who documents its controls.',
      tasks: ['controls_documentation', 'compliance_reporting'],
      effort: 'quarter',
      context: SMALL,
      months: 24,
    }),
    issoId: 'isso7',
    steps: [
      ...atWork(150),
      { does: 'off-board', ago: 10, reason: 'system_retired', inDays: -5 },
      { does: 'line', ago: 3, line: 'access' },
      { does: 'line', ago: 2, line: 'notice' },
    ],
    satisfaction: [FAIR, CONTENT],
  },
  {
    key: 'marigold',
    system: system('Marigold Training', 'MARI', 'OIT', 'bo', {
      need: 'The training portal was to be taken through its first authorization.',
      tasks: AUTHORIZATION,
      context: SMALL,
      months: 24,
    }),
    issoId: 'isso3',
    steps: [
      ...atWork(210),
      { does: 'off-board', ago: 80, reason: 'scope_changed', inDays: -100 },
      { does: 'line', ago: 66, line: 'access' },
      { does: 'line', ago: 65, line: 'notice' },
      { does: 'line', ago: 64, line: 'property' },
      { does: 'hand-over', ago: 64 },
      { does: 'line', ago: 63, line: 'keep' },
      { does: 'tell-ciso', ago: 63 },
      { does: 'report', ago: 62 },
      { does: 'close', ago: 61 },
      { does: 'outcome', ago: 58, words: 'Ask for CFACTS access in the first week. It took longest.' },
    ],
    satisfaction: [CONTENT, CONTENT],
  },
  {
    key: 'sandstone',
    system: system('Sandstone Reports', 'SAND', 'CMCS', 'bo2', {
      need: 'Quarterly reports of the states are put together here, and an assessment has to be prepared.',
      tasks: ['compliance_reporting', 'risk_assessment'],
      months: 24,
    }),
    issoId: 'isso5',
    steps: [
      ...atWork(330),
      { does: 'off-board', ago: 170, reason: 'funding_changed', inDays: -238 },
      { does: 'line', ago: 161, line: 'access' },
      { does: 'line', ago: 160, line: 'notice' },
      { does: 'line', ago: 159, line: 'property' },
      { does: 'hand-over', ago: 159 },
      { does: 'line', ago: 158, line: 'keep' },
      { does: 'tell-ciso', ago: 158 },
      { does: 'report', ago: 157 },
      { does: 'close', ago: 156 },
      { does: 'outcome', ago: 154, line: 'training_coordinated', words: 'Name the successor sooner.' },
    ],
    satisfaction: [FAIR, UNSURE, CONTENT],
  },
];

export const AT_WORK: readonly DemoStory[] = [...WORKING, ...ENDED];
