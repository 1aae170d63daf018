/** Who hears of a weekly status report: GTL and COR get it with its file, contract leads what became of it. */
import type { PersonId } from '../domain/ids.ts';
import { type ReportPowers, type ReportView, reportMessage } from '../messages/copy/status-report.ts';
import { reportDocument, reportRows } from '../messages/copy/status-report-document.ts';
import { fileComes, fileMessage, noFileHere, reportSettled } from '../messages/copy/status-report-news.ts';
import type { Attachment } from '../ports.ts';
import { withStandIns } from './acting.ts';
import { paperOf } from './status-report-view.ts';
import { tellMailbox, tellPeople, tellPerson } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

export type FileKind = 'pdf' | 'docx' | 'csv';

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** The report as a file; the same report gives the same bytes. Null where no files are made. */
async function fileOf({ papermaker }: Work, view: ReportView, kind: FileKind): Promise<Attachment | null> {
  if (!papermaker) return null;
  const name = `status-report-${view.week.friday}.${kind}`;
  const paper = paperOf(view);
  if (kind === 'csv')
    return { name, type: 'text/csv; charset=utf-8', content: papermaker.csv(reportRows(paper)) };
  const content = await papermaker[kind](reportDocument(paper));
  return { name, type: TYPES[kind], content, encoding: 'base64' };
}

/** Everybody of these roles, and whoever stands in for one of them today. */
export async function holdersOf(
  { tx, now, programme }: Pick<Work, 'tx' | 'now' | 'programme'>,
  ...roles: readonly ('gtl' | 'cor' | 'contractor_lead')[]
): Promise<readonly PersonId[]> {
  const ids: PersonId[] = [];
  for (const role of roles) ids.push(...(await tx.people.withRole(role)).map(({ id }) => id));
  return withStandIns({ tx, now, programme }, [...new Set(ids)]);
}

/** GTL and COR get the report with its buttons, and its PDF along with it. */
export async function tellSubmitted(work: Work, view: ReportView): Promise<void> {
  const powers: ReportPowers = { mayWrite: false, maySettle: true };
  const file = await fileOf(work, view, 'pdf');
  for (const id of await holdersOf(work, 'gtl', 'cor')) {
    const way = await wayOfFiles(work, id);
    await tellPerson(work, id, {
      key: `status-report:${view.week.friday}:${view.version}`,
      kind: 'card',
      message: reportMessage(view, powers),
      card: cardOf(view, id),
      ...(file && way === 'chat' ? { attachment: file } : {}),
    });
    if (file && way === 'mail') await mailFile(work, id, view, file, 'pdf');
  }
}

/** Contract leads hear what became of it, and the cards of GTL and COR show it. */
export async function tellSettled(work: Work, view: ReportView): Promise<void> {
  const key = `${view.week.friday}:${view.version}`;
  await tellPeople(work, await holdersOf(work, 'contractor_lead'), {
    key: `status-report-settled:${key}`,
    kind: 'notice',
    message: reportSettled(view),
  });
  for (const id of await holdersOf(work, 'gtl', 'cor')) {
    if (id === work.person.id) continue;
    await tellPerson(work, id, {
      key: `status-report:${key}`,
      kind: 'card',
      message: reportMessage(view, { mayWrite: false, maySettle: true }),
      card: cardOf(view, id),
    });
  }
}

const cardOf = ({ week }: ReportView, id: PersonId): string => `status-report:${week.friday}:${id}`;

/** Sends the file to whoever asked for it, the way they can get it. */
export async function sendFile(work: Work, view: ReportView, kind: FileKind): Promise<Answer> {
  const { person } = work;
  const way = work.from.platform === 'teams' ? wayFromTeams(work.programme) : 'chat';
  const file = way === 'none' ? null : await fileOf(work, view, kind);
  if (!file) return answerPrivately(noFileHere(view.week));
  if (way === 'mail') await mailFile(work, person.id, view, file, kind);
  else
    await tellPerson(work, person.id, {
      key: `status-report-file:${view.week.friday}:${kind}:${work.newId()}`,
      kind: 'notice',
      message: fileMessage(view.week, kind),
      attachment: file,
      via: work.from.platform,
    });
  return answerPrivately(fileComes(view.week, kind));
}

/** By where this person is written to. */
async function wayOfFiles(
  { tx, programme }: Pick<Work, 'tx' | 'programme'>,
  id: PersonId,
): Promise<'chat' | 'mail' | 'none'> {
  const [first] = await tx.people.addresses(id);
  return first?.platform === 'teams' ? wayFromTeams(programme) : 'chat';
}

/** Teams takes no files from a bot: they go by mail there, where mail is set up. */
const wayFromTeams = ({ mailIsOn }: Work['programme']): 'mail' | 'none' => (mailIsOn ? 'mail' : 'none');

const mailFile = (
  work: Work,
  id: PersonId,
  view: ReportView,
  file: Attachment,
  kind: FileKind,
): Promise<boolean> =>
  tellMailbox(work, id, {
    key: `status-report-mail:${view.week.friday}:${work.newId()}`,
    kind: 'notice',
    message: fileMessage(view.week, kind),
    attachment: file,
  });
