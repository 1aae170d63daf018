/**
 * What people ask about the programme (domain reference 6.5), answered from its public page in our own words.
 * Facts only from that page; each answer names the section it rests on.
 */
import { type Line, line, link } from '../messages/inline.ts';
import { type Block, bullets, numbered, paragraph } from '../messages/message.ts';

/** The programme's public page. */
export const PROGRAMME_PAGE = 'https://security.cms.gov/learn/isso-service';
/** Who answers what the page doesn't. */
export const PROGRAMME_EMAIL = 'ISSO@cms.hhs.gov';

export interface ProgrammeQuestion {
  readonly id: string;
  readonly question: string;
  /** Other ways people put it; the matching learns from them. */
  readonly wordings: readonly string[];
  readonly answer: readonly Block[];
  /** The heading on the page that the answer rests on. */
  readonly section: string;
}

const mail: Line = line`${link(PROGRAMME_EMAIL, `mailto:${PROGRAMME_EMAIL}`)}`;

export const PROGRAMME_QUESTIONS: readonly ProgrammeQuestion[] = [
  {
    id: 'what-is-it',
    question: 'What is ISSO As A Service?',
    wordings: [
      'what is this program about',
      'what does the program offer',
      'why does CMS have this program',
      'explain the service to me',
      'what is the purpose of issoaas',
      'tell me about the program',
      'who runs the program',
    ],
    answer: [
      paragraph(
        'ISSO As A Service lends trained Information System Security Officers (ISSOs) to parts of the Centers for Medicare & Medicaid Services (CMS) that have none of their own free.',
      ),
      bullets([
        'The Information Security and Privacy Group (ISPG) runs it together with a contractor.',
        'The contractor provides experienced ISSOs, trained in how CMS works.',
        'They look after security and compliance, so that you can get on with your mission.',
      ]),
    ],
    section: 'What is ISSO As A Service (ISSOaaS)?',
  },
  {
    id: 'who-are-they',
    question: 'Who are the Service ISSOs?',
    wordings: [
      'who are these people',
      'who would be my officer',
      'are issos contractors or federal employees',
      'who do issos work for',
      'who employs the officers',
      'what is a service isso',
      'what does isso mean',
      'what does isso stand for',
      'who does the isso report to',
      'how qualified are the issos',
      'what qualifications and experience do issos have',
    ],
    answer: [
      paragraph(
        'A Service Information System Security Officer (Service ISSO) is an experienced professional from the contractor, who comes for a time that everybody agrees on.',
      ),
      bullets([
        'They know the cybersecurity practices of the Centers for Medicare & Medicaid Services (CMS).',
        'They serve certain systems or tasks of a component that has no qualified ISSO free.',
        'They stay in direct touch with you, your system team and the Information Security and Privacy Group (ISPG).',
      ]),
    ],
    section: 'Who are the Service ISSOs?',
  },
  {
    id: 'what-can-they-do',
    question: 'What tasks can Service ISSOs do?',
    wordings: [
      'what can they do for me',
      'what do the officers do all day',
      'what work can an isso take on',
      'which duties and responsibilities does an isso have',
      'can an isso help with poams',
      'can they do a risk assessment',
      'will the isso support our ato',
      'do they cover contingency planning and privacy',
    ],
    answer: [
      paragraph(
        'The same work as an Information System Security Officer (ISSO) employed by CMS, fitted to your system. For example:',
      ),
      bullets([
        'Rate how sensitive the system is, and assess its risks.',
        'Choose and write down security and privacy controls.',
        'Prepare and support assessment and authorization.',
        'Review plans of action and milestones (POA&Ms) and compliance reports.',
        'Coordinate contingency planning and control assessments.',
        'Advise on personal, health and tax information.',
      ]),
    ],
    section: 'What tasks can Service ISSOs do?',
  },
  {
    id: 'when-to-use-one',
    question: 'When should I use a Service ISSO?',
    wordings: [
      'when is it a good idea to use an isso',
      'when should i use one',
      'when do i need one',
      'what situations does the program help in',
      'is the program right for me',
      'can i use the program if i already have an isso',
      'who can use the program',
      'who is eligible',
      'why should i use a service isso',
      'what are the benefits of an isso',
    ],
    answer: [
      paragraph(
        'Consider a Service Information System Security Officer (Service ISSO) when one of these is true:',
      ),
      bullets([
        'There is security work to do and no trained ISSO of CMS is free.',
        'Somebody is new as an ISSO and needs support to begin.',
        'For a while there is more work than your ISSOs can handle.',
      ]),
      paragraph('A Service ISSO can come for a set time or stay on.'),
    ],
    section: 'When to use Service ISSOs',
  },
  {
    id: 'how-to-request',
    question: 'How do I ask for a Service ISSO?',
    wordings: [
      'how do i request an isso',
      'how can i get one',
      'how do i apply',
      'where do i sign up',
      'who do i contact to get an officer',
      'where do i send the request',
      'who can file a request',
      'how do business owners start a request',
      'how do we get started',
    ],
    answer: [
      paragraph('As a Business Owner you can do any of these:'),
      bullets([
        'Ask me. Type "I need an ISSO" (an Information System Security Officer), and I take down your request.',
        'Talk to your Cyber Risk Advisor (CRA).',
        [...line`Write to `, ...mail, ...line`.`],
      ]),
    ],
    section: 'How to request a Service ISSO',
  },
  {
    id: 'how-it-works',
    question: 'How does it work?',
    wordings: [
      'how does the program work',
      'what are the steps of the process',
      'what happens after i send the request',
      'what happens next',
      'walk me through the process',
      'what is the kickoff discussion about',
      'how do you choose the isso',
      'how is an isso matched to a system',
      'how much does an isso cost',
      'who pays for it and where does the funding come from',
      'what does the program cost',
      'do i need funding for it',
      'will there be a kickoff',
    ],
    answer: [
      numbered([
        'You ask for help.',
        'Kickoff: you, the Information Security and Privacy Group (ISPG), the contractor and others talk about security needs, amount of work, cost and funding, and onboarding.',
        'ISPG fills in the Request Form after the kickoff.',
        'ISPG and the contractor look at the system: how complex it is, how sensitive its data are, whether it is essential to the mission or a High Value Asset.',
        'The contractor works out which skills and experience the job takes.',
        'The Information System Security Officer (ISSO) they find is onboarded and trained, and joins your team.',
      ]),
      paragraph('The page names no price: cost and funding are settled from the kickoff on.'),
    ],
    section: 'How it works',
  },
  {
    id: 'how-long-onboarding',
    question: 'How long does onboarding take?',
    wordings: [
      'how many days until the isso can start',
      'how soon can an isso begin',
      'how long before the officer is ready',
      'how long do i have to wait',
      'what is the onboarding time',
      'how quickly can we get someone',
      'when will the isso be fully onboarded',
      'what does onboarding involve',
      'is onboarding done in 60 days',
    ],
    answer: [
      paragraph(
        'The goal is 60 days for onboarding and training a Service Information System Security Officer (Service ISSO).',
      ),
      bullets([
        'It is a goal, not a promise: clearance, fingerprints, badge and system accounts all belong to it.',
        'Training can go on at the same time.',
        'The contractor reports progress every week, and the Government Task Lead (GTL) helps when something is stuck.',
      ]),
    ],
    section: 'Service ISSO onboarding',
  },
  {
    id: 'what-to-prepare',
    question: 'What must I prepare?',
    wordings: [
      'what do i need to do before the isso arrives',
      'how should we get ready',
      'what are the responsibilities of the business owner',
      'what is expected of me',
      'what do you need from me',
      'what should my team have ready',
      'how can my component prepare for the new officer',
      'what does the owner have to do during onboarding',
    ],
    answer: [
      paragraph('Get your organization ready for the new Information System Security Officer (ISSO):'),
      bullets([
        'Tell those who will work with them: Data Guardian, Cyber Risk Advisor (CRA) and any ISSO you have.',
        'Keep time for a first meeting. The Information Security and Privacy Group (ISPG) arranges it with you.',
        'Bring the people they must know, also developers and security staff of your contractors.',
        'Be ready to explain what you do, how you work and what your security looks like.',
      ]),
    ],
    section: 'Business Owner responsibilities',
  },
  {
    id: 'what-training',
    question: 'What training do Service ISSOs get?',
    wordings: [
      'how are the issos trained',
      'do they know cms policies',
      'which courses do the officers take',
      'what is role based training',
      'what training is required',
      'who trains the issos',
      'is the training free',
      'is there a mentor for a new isso',
      'are issos certified and trained before they start',
    ],
    answer: [
      paragraph(
        'As far as possible, the same as Information System Security Officers (ISSOs) employed by the Centers for Medicare & Medicaid Services (CMS):',
      ),
      bullets([
        'A start for new ISSOs: role, self-assessment, videos, toolkit and, if they like, a mentor.',
        'Role Based Training, as their leadership sets it.',
        'Federal and CMS policies and guidance.',
        'Free courses of CMS and the Department of Health and Human Services (HHS).',
      ]),
      paragraph(
        'The contractor, the Information Security and Privacy Group (ISPG) and you decide what suits your needs best.',
      ),
    ],
    section: 'Service ISSO training',
  },
  {
    id: 'what-meetings',
    question: 'What meetings will there be?',
    wordings: [
      'how often do we meet',
      'which meetings do i have to attend',
      'are there regular check-ins',
      'is there a weekly meeting with the isso',
      'what happens during the engagement',
      'how do you check that i am satisfied',
      'how do i give feedback about the isso',
      'what are satisfaction sessions',
    ],
    answer: [
      bullets([
        'With you as Business Owner: satisfaction sessions, as needed.',
        'With leads of the Service Information System Security Officers (Service ISSOs): every week.',
        'With the Service ISSOs: every month.',
        'With contract leads, about required training: as needed.',
      ]),
      paragraph(
        'The Information Security and Privacy Group (ISPG) arranges them. A kickoff and a first meeting with your ISSO come before.',
      ),
    ],
    section: 'Service ISSO engagement',
  },
  {
    id: 'what-happens-at-the-end',
    question: 'What happens at the end?',
    wordings: [
      'what happens when the engagement is over',
      'how does offboarding work',
      'what happens when the isso leaves',
      'how do we end the engagement',
      'who takes over after the isso leaves',
      'what about laptop and badge when the contract finishes',
      'who collects government property and equipment',
      'what happens after the contract ends',
    ],
    answer: [
      bullets([
        'The Information Security and Privacy Group (ISPG) plans the handover with you where one is needed.',
        'The contractor sees to an orderly off-boarding.',
        'It takes back government property: computer, badge and other equipment.',
        'It completes and keeps the Information Card begun at onboarding.',
      ]),
    ],
    section: 'Service ISSO off-boarding',
  },
];
