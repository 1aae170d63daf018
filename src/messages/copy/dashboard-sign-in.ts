/** What somebody reads on the way into the dashboard. */

/** A page of words alone: its title, and what to do. */
export interface PlainPage {
  readonly title: string;
  readonly words: readonly string[];
}

export const SIGN_IN_PAGE: PlainPage & { readonly button: string } = {
  title: 'Sign in to the dashboard',
  words: [
    'The dashboard of ISSO As A Service is for people of the programme who follow all engagements.',
    'You sign in with your organization. I know you by the mailbox that it has verified, and I ask it for nothing else.',
  ],
  button: 'Sign in with your organization',
};

/** Why somebody could not be signed in. */
export const SIGN_IN_TROUBLES = {
  declined: {
    title: 'You are not signed in',
    words: ['Your organization did not sign you in, or the sign-in was broken off.'],
  },
  'not-genuine': {
    title: 'You are not signed in',
    words: [
      'The answer of your identity provider could not be trusted, so nothing was opened.',
      'Sign in again from here. If that does not help, tell whoever runs this bot.',
    ],
  },
  away: {
    title: 'You can’t sign in right now',
    words: ['The identity provider does not answer. Please try again in a few minutes.'],
  },
  unverified: {
    title: 'Your mailbox is not verified',
    words: [
      'Your identity provider names no mailbox for you that it has verified, and I know people by nothing else.',
      'Ask whoever looks after your account to verify your mailbox.',
    ],
  },
  late: {
    title: 'That sign-in is out of date',
    words: [
      'It took more than ten minutes, was used before, or was begun in another window. Sign in again from here.',
    ],
  },
} as const satisfies Readonly<Record<string, PlainPage>>;
export type SignInTrouble = keyof typeof SIGN_IN_TROUBLES;

/** The same for somebody we do not know and for somebody without the right. */
export const NO_DASHBOARD: PlainPage = {
  title: 'The dashboard is not open to you',
  words: [
    'You are signed in, but I know nobody with your mailbox who may look at the dashboard.',
    'It is for the ISPG team, the Government Task Lead, the Contracting Officer’s Representative and auditors. If you are one of them, ask ISSO@cms.hhs.gov.',
  ],
};

export const SIGNED_OUT: PlainPage = {
  title: 'You are signed out',
  words: [
    'This browser no longer opens the dashboard.',
    'You may still be signed in with your organization: close the browser if others use this computer.',
  ],
};

/** Without the database nobody is let in, and nobody is out. */
export const CANNOT_TELL: PlainPage = {
  title: 'The dashboard can’t be opened right now',
  words: [
    'The database does not answer, and without it I let nobody in.',
    'Please try again in a moment. If you were signing out, you may still be signed in: sign out again then.',
  ],
};

/** In the console, where nobody signs in. */
export const CHOOSE_PERSON: PlainPage & { readonly label: string; readonly button: string } = {
  title: 'Who looks at the dashboard?',
  words: ['Nobody signs in here, because the console answers this computer alone. Choose as whom you look.'],
  label: 'Look as',
  button: 'Open the dashboard',
};

export const SIGN_IN_AGAIN = 'Sign in again';
export const SIGN_OUT = 'Sign out';
/** Where the identity provider has a page for it. */
export const SIGN_OUT_THERE = 'Sign out of your organization as well';
