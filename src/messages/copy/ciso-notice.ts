/** The Business Owner tells the CISO within 30 days when the ISSO changes (domain reference 4.6). */
import type { CisoNotice } from '../../domain/course.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { line } from '../inline.ts';
import { card, type Message, note, paragraph, say } from '../message.ts';
import { moveButton, moveWords } from './moves.ts';
import { showButton, title } from './request.ts';

const CHANGES: Readonly<Record<CisoNotice['because'], string>> = {
  assignment: 'a Service ISSO began',
  reassignment: 'the Service ISSO changed',
  'off-boarding': 'the work of the Service ISSO ends',
};

/** To the Business Owner. */
export const cisoReminder = (engagement: Engagement, notice: CisoNotice): Message =>
  card(
    `Please tell the CISO: ${engagement.number}`,
    [
      paragraph(
        line`On ${sayLocalDate(notice.sinceOn)} ${CHANGES[notice.because]} for ${title(engagement)}. Please tell the CMS CISO by ${sayLocalDate(notice.dueOn)}; it is your notice to give.`,
      ),
      note(line`When you have, type \`told ciso ${engagement.number}\` with the day, for example 2/10/2027.`),
    ],
    // The engagement goes on meanwhile, and the button is as good as on the first day.
    [withoutVersion(engagement), showButton(engagement)],
  );

const withoutVersion = (engagement: Engagement) => {
  const { press, ...rest } = moveButton(engagement, moveWords('ciso.note'));
  return { ...rest, press: { verb: press.verb, subject: press.subject } };
};

/** To the GTL. */
export const cisoOverdue = (engagement: Engagement, notice: CisoNotice): Message =>
  say(
    line`${title(engagement)}: on ${sayLocalDate(notice.sinceOn)} ${CHANGES[notice.because]}, and the Business Owner has not said that the CISO is told. It was due on ${sayLocalDate(notice.dueOn)}.`,
  );

/** To the Business Owner who says so; `left`: notices that are still open. */
export const cisoNoted = (engagement: Engagement, left: number): Message =>
  say(
    line`Noted: the CISO is told of the change in ${title(engagement)}.${left > 0 ? ` Another change is still to be told: type \`told ciso ${engagement.number}\` again for it.` : ''}`,
  );
