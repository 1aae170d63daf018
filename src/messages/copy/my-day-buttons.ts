/** The ways between the views of a Service ISSO: the day, what is next, whom they wait for, the burn-down, the links. */
import { type Button, button } from '../button.ts';

export const dayButton = button('my-day', 'My day', { verb: 'my.day', subject: 'own' }, 'day');
export const nextButton = button('my-next', "What's next", { verb: 'my.next', subject: 'own' }, 'next');
export const waitingForButton = button(
  'my-waiting-for',
  'Who am I waiting for?',
  { verb: 'my.waiting-for', subject: 'own' },
  'waiting for',
);
export const linksButton = button('my-links', 'Links', { verb: 'my.links', subject: 'own' }, 'links');
export const ownBurnDownButton = button(
  'burn-down',
  'Burn-down',
  { verb: 'burn-down.show', subject: 'own' },
  'burn-down',
);

/** The views of the card of that engagement. */
export const dayOfButton = (number: string): Button =>
  button('day', 'The day', { verb: 'my.day', subject: number }, `day ${number}`);
export const burnDownOfButton = (number: string): Button =>
  button('burn-down', 'Burn-down', { verb: 'burn-down.show', subject: number }, `burn-down ${number}`);
export const waitingForOfButton = (number: string): Button =>
  button(
    'waiting-for',
    'Who has what?',
    { verb: 'my.waiting-for', subject: number },
    `waiting for ${number}`,
  );
