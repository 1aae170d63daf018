/** What the few pages say that Slack sends somebody's browser to. Plain sentences: nothing of the request stands in them. */

export interface PageWords {
  readonly title: string;
  readonly words: string;
}

export const INSTALLED: PageWords = {
  title: 'The app is installed',
  words: 'ISSO As A Service is in your workspace now. You can close this page and write to the bot in Slack.',
};
export const NOT_INSTALLED: PageWords = {
  title: 'The app was not installed',
  words:
    'Nothing was changed. The installation took too long, was called off, or was begun in another browser. Please begin again with the link you were given.',
};
export const SLACK_AWAY: PageWords = {
  title: 'Slack does not answer',
  words: 'Nothing was changed. Please try again in a few minutes.',
};
export const STARTED: PageWords = {
  title: 'Go on in Slack',
  words: 'I have written to you. Open Slack and look for ISSO As A Service among your direct messages.',
};
export const NOT_STARTED: PageWords = {
  title: 'This did not work',
  words:
    'Nothing was begun. Please open Slack, look for ISSO As A Service under Apps, and send it the word "request".',
};
export const START_BY_HAND: PageWords = {
  title: 'Request a Service ISSO',
  words: 'Please open Slack, look for ISSO As A Service under Apps, and send it the word "request".',
};
