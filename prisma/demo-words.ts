/** What was said and noted in the meetings of the demo programme. All of it is invented. */
import type { KickoffNotes, Minutes } from '../src/domain/meeting.ts';
import type { DemoAnswer, DemoProgramme } from '../src/usecases/demo/story.ts';

const open = (text: string, ownerId: string) => ({ text, ownerId, dueOn: null, doneAt: null });

export const KICKOFFS: readonly KickoffNotes[] = [
  {
    cybersecurityRequirements: 'Ongoing authorization is the goal; the control assessment comes next spring.',
    levelOfEffort: 'As asked in the request. More hours around the assessment.',
    costAndFunding: 'The component pays from its programme operations. The COR confirms.',
    onboarding: 'The team names somebody for questions; access is asked for early.',
  },
  {
    cybersecurityRequirements: 'Open POA&Ms come first, then the contingency plan test.',
    levelOfEffort: 'As asked, with a review after three months.',
    costAndFunding: 'Money is expected with the new fiscal year.',
    onboarding: 'Remote, with one visit for fingerprints and badge.',
  },
  {
    cybersecurityRequirements: 'Security plan and privacy assessment are out of date and are written anew.',
    levelOfEffort: 'As asked. The development team gives two hours a week.',
    costAndFunding: 'To be settled with the COR within two weeks.',
    onboarding: 'The present contractor hands over what there is.',
  },
];

export const SESSIONS: readonly Minutes[] = [
  {
    notes: 'The team explained the system and showed where the documents are.',
    decisions: ['The weekly call is on Thursdays'],
    followUps: [open('Send the list of open POA&Ms', 'ispg')],
  },
  {
    notes: 'All is on its way. Access took longer than planned.',
    decisions: ['The control assessment is prepared in the first month'],
    followUps: [open('Ask for the missing job code', 'lead'), open('Share the release calendar', 'ispg')],
  },
  {
    notes: 'Good work so far. Answers come quickly, and the team knows whom to ask.',
    decisions: ['It goes on as it is'],
    followUps: [],
  },
];

export const RECURRING: DemoProgramme['recurring'] = [
  {
    kind: 'lead_weekly',
    days: 24,
    minutes: [
      {
        notes: 'Two people in onboarding. One waits for the security office.',
        decisions: ['The Government Task Lead asks the security office'],
        followUps: [open('Ask where the clearance stands', 'ispg')],
      },
      {
        notes: 'Leave over the coming weeks was planned, and who stands in.',
        decisions: [],
        followUps: [open('Name stand-ins for two weeks', 'issolead')],
      },
    ],
  },
  {
    kind: 'isso_monthly',
    days: 40,
    minutes: [
      {
        notes: 'News about policy, and what was learned in three control assessments.',
        decisions: ['Evidence is collected in one place from now on'],
        followUps: [open('Write down the take-aways', 'issolead')],
      },
    ],
  },
  {
    kind: 'rbt_review',
    days: 20,
    minutes: [
      {
        notes: 'Training of everybody was looked at. Two renewals come up within the quarter.',
        decisions: [],
        followUps: [open('Send the evidence of the last courses', 'lead')],
      },
    ],
  },
];

export const CONTENT: DemoAnswer = {
  scores: [5, 4, 5, 5, 5],
  comment: 'Clear words and quick answers. Please keep the weekly notes.',
  renew: 'yes',
};
export const FAIR: DemoAnswer = { scores: [4, 4, 3, 4, 4], comment: '', renew: 'yes' };
export const UNSURE: DemoAnswer = {
  scores: [4, 3, 3, 4, 3],
  comment: 'Good work. Sometimes we wait for an answer.',
  renew: 'undecided',
};
export const UNHAPPY: DemoAnswer = {
  scores: [4, 2, 2, 3, 2],
  comment: 'We have waited too long for answers in the last weeks.',
  renew: 'undecided',
};
