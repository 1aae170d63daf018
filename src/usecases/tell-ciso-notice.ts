/** Reminds of notices to the CISO: the Business Owner on their days, the GTL when one is overdue. Each is said once. */
import type { CisoNotice } from '../domain/course.ts';
import type { Engagement } from '../domain/engagement.ts';
import { type StepDue, stepsDue } from '../domain/engagement-watch.ts';
import type { LocalDate } from '../domain/time.ts';
import { cisoOverdue, cisoReminder } from '../messages/copy/ciso-notice.ts';
import { WATCH_DAYS } from '../offerings/programme-timers.ts';
import { tellPerson, tellRole } from './tell.ts';
import type { Work } from './work.ts';

type Telling = Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>;

const nameOf = ({ because, sinceOn }: CisoNotice): string => `${because}-${sinceOn}`;

/** What is still to be said of that notice. */
export const aboutCisoNotice = ({ id }: Engagement, notice: CisoNotice): string =>
  `ciso-notice:${id}:${nameOf(notice)}`;

/** Says what is due of all open notices; answers how many messages were new. */
export async function tellCisoNotices(
  work: Telling,
  engagement: Engagement,
  today: LocalDate,
): Promise<number> {
  let told = 0;
  for (const due of stepsDue(engagement, today, WATCH_DAYS))
    told += await tellCisoNotice(work, engagement, due);
  return told;
}

/** Says one step that is due; nothing for a step of another kind. Answers how many messages were new. */
export async function tellCisoNotice(work: Telling, engagement: Engagement, due: StepDue): Promise<number> {
  if (due.what === 'ciso-overdue') return tellOverdue(work, engagement, due.notice);
  if (due.what !== 'ciso-reminder') return 0;
  const isNew = await tellPerson(work, engagement.businessOwnerId, {
    key: `${aboutCisoNotice(engagement, due.notice)}:${due.day}`,
    kind: 'reminder',
    urgency: 'routine',
    message: cisoReminder(engagement, due.notice),
    about: aboutCisoNotice(engagement, due.notice),
  });
  return isNew ? 1 : 0;
}

async function tellOverdue(work: Telling, engagement: Engagement, notice: CisoNotice): Promise<number> {
  await tellRole(work, 'gtl', {
    key: `${aboutCisoNotice(engagement, notice)}:overdue`,
    kind: 'escalation',
    urgency: 'routine',
    message: cisoOverdue(engagement, notice),
    about: aboutCisoNotice(engagement, notice),
  });
  return 0;
}
