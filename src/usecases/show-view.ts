/** What somebody can see at any time by its name, whatever else they are doing. */
import type { View } from '../forms/command.ts';
import { showOwnCheckIn } from './answer-check-in.ts';
import { showBurnDown } from './show-burn-down.ts';
import { showCard } from './show-card.ts';
import { showDay, showLinks, showWaitingFor } from './show-day.ts';
import { showHome } from './show-home.ts';
import { showMeetings } from './show-meetings.ts';
import { showNext } from './show-next.ts';
import { showWaiting } from './show-waiting.ts';
import { showWhoami } from './show-whoami.ts';
import type { Answer, Work } from './work.ts';

/** Shows it to the person alone. */
export function showView(work: Work, view: View): Promise<Answer> {
  switch (view) {
    case 'card':
      return showCard(work);
    case 'meetings':
      return showMeetings(work);
    case 'check-in':
      return showOwnCheckIn(work);
    case 'home':
      return showHome(work);
    case 'waiting':
      return showWaiting(work);
    case 'whoami':
      return showWhoami(work);
    case 'next':
      return showNext(work);
    case 'day':
      return showDay(work);
    case 'waiting-for':
      return showWaitingFor(work);
    case 'links':
      return showLinks();
    case 'burn-down':
      return showBurnDown(work);
    default:
      return view satisfies never;
  }
}
