/**
 * How a Service ISSO goes about the lines of the Information Card that they do themselves, as data: where to go and what helps
 * (domain reference 4.2, 4.3; links as in public copies, the words are assumed). Nothing of an investigation is ever asked for.
 */
export interface ItemHow {
  readonly how: string;
  /** Where it is described; null: nowhere in public. */
  readonly link: { readonly label: string; readonly url: string } | null;
}

const BADGING = { label: 'CMS badging', url: 'https://cms.gov/smg-overview/badging-piv-cards' };

const HOW: Readonly<Record<string, ItemHow>> = {
  ict_request: {
    how: 'Enter the access request in the Identity and Credentialing Tool (ICT) with the contact of your contract.',
    link: BADGING,
  },
  fingerprinting: { how: 'Take the first appointment that personnel security offers you.', link: BADGING },
  eqip: {
    how: 'Fill in and submit the questionnaire within 7 days of the invitation. Tell me only that it is submitted.',
    link: null,
  },
  isspa_training: {
    how: 'Take the ISSPA course; it includes the HHS Rules of Behavior.',
    link: {
      label: 'Cybersecurity and Privacy Handbook',
      url: 'https://security.cms.gov/policy-guidance/cms-cybersecurity-and-privacy-handbook',
    },
  },
  piv_card: { how: 'Fetch the card at the badging office and activate it.', link: BADGING },
  remote_access: {
    how: 'Try remote access and the second factor on your laptop; the IT service desk helps.',
    link: null,
  },
  email_chat: {
    how: 'Sign in to mailbox, Teams and Slack, and join #isso-as-a-service and #cms-isso.',
    link: null,
  },
  cfacts_access: {
    how: 'Ask for the job code CFACTS_USER_P.',
    link: {
      label: 'CFACTS',
      url: 'https://security.cms.gov/learn/cms-fisma-continuous-tracking-system-cfacts',
    },
  },
  appointment_letter: {
    how: 'Sign your part of the letter; then it goes to the Business Owner and the CISO.',
    link: {
      label: 'ISSO Appointment Letter',
      url: 'https://security.cms.gov/learn/isso-appointment-letter',
    },
  },
  rbt: {
    how: 'Take role-based training and keep the number of the certificate.',
    link: { label: 'Role Based Training', url: 'https://security.cms.gov/learn/role-based-training-rbt' },
  },
  curriculum: { how: 'Type `courses` for what is open and where it is.', link: null },
};

/** Null for a line that needs no explaining, or is somebody else's. */
export const howTo = (key: string): ItemHow | null => HOW[key] ?? null;
