/** What is said around the weekly status report: that it is due, late, settled; its dialogs; why something was not done. */
import type { RequestNumber } from '../../domain/ids.ts';
import type { ReportState } from '../../domain/status-report-kept.ts';
import type { ReportWeek } from '../../domain/status-report-week.ts';
import { type Button, button } from '../button.ts';
import { line, strong, theirs, time } from '../inline.ts';
import { card, type DialogPage, type Message, note, paragraph, say } from '../message.ts';
import { noSensitiveData } from './mends.ts';
import { lateNumbers, type ReportView, reportTitle, typedDay } from './status-report.ts';

const showReport = ({ friday }: Pick<ReportWeek, 'friday'>): Button =>
  button(
    'show-report',
    'Show the report',
    { verb: 'report.show', subject: friday },
    `report ${typedDay(friday)}`,
  );

const dueWords = ({ dueAt, movedBecause }: ReportWeek) =>
  line`It is due ${time(dueAt)}${movedBecause === null ? '' : ` (${movedBecause} moved it)`}.`;

/** To contract leads when the week's draft has begun, and again on the day on which it is due. */
export const draftReady = (week: ReportWeek, isDueDay: boolean): Message =>
  card(
    isDueDay ? 'The weekly status report is due today' : 'The draft of the weekly status report is ready',
    [
      paragraph(
        isDueDay
          ? line`${dueWords(week)} The numbers are those of the moment in which you submit it.`
          : line`${dueWords(week)} I ask the Service ISSOs today for what they want to say in it. You edit the words; the numbers come from the cards.`,
      ),
      note(
        line`Type \`submit report ${typedDay(week.friday)}\` to hand it to the Government Task Lead and the Contracting Officer\u2019s Representative.`,
      ),
    ],
    [showReport(week)],
  );

/** To contract leads, GTL and COR, once. */
export const reportLate = (week: ReportWeek): Message =>
  card(
    'The weekly status report is late',
    [
      paragraph(
        line`The report for the week of ${typedDay(week.friday)} was due ${time(week.dueAt)} and is not submitted yet.`,
      ),
      note(
        line`The contract lead submits it with \`submit report ${typedDay(week.friday)}\`; its numbers will be those of that moment.`,
      ),
    ],
    [showReport(week)],
  );

/** To contract leads: what became of what they submitted. */
export const reportSettled = ({ week, kept, people }: ReportView): Message => {
  const by = (kept.state === 'returned' ? kept.returned : kept.acknowledged)?.byId ?? '';
  const who = theirs(people.get(by)?.name ?? 'somebody');
  return card(
    kept.state === 'returned'
      ? 'The weekly status report came back'
      : 'The weekly status report is acknowledged',
    kept.state === 'returned'
      ? [
          paragraph(line`${reportTitle(week)}, returned by ${who}: ${theirs(kept.returned?.because ?? '')}`),
          note(
            line`Edit its words (\`edit report ${typedDay(week.friday)} risks: your words\`) and type \`submit report ${typedDay(week.friday)}\` again; the numbers are taken anew.`,
          ),
        ]
      : [paragraph(line`${reportTitle(week)}: ${who} took note of it.`)],
    [showReport(week)],
  );
};

/** `numbers`: the instant that they are of. */
export const reportDone = (
  week: ReportWeek,
  what: 'submitted' | 'acknowledged' | 'returned',
  { asOf, zone }: { readonly asOf: Date; readonly zone: string },
): Message => {
  const says = {
    submitted:
      'submitted. The Government Task Lead and the Contracting Officer\u2019s Representative get it now',
    acknowledged: 'acknowledged. The contract lead is told',
    returned: 'returned. The contract lead is told what to mend',
  };
  const late = what === 'submitted' ? lateNumbers(week, asOf, zone) : null;
  const numbers =
    late === null ? '' : ` Its numbers are those of ${late}: those of its week are not known any more.`;
  return say(line`${strong(reportTitle(week))} is ${says[what]}.${numbers}`);
};

export const wordsEdited = (): Message => say('The words are changed. This is the report now:');

/** Why nothing changed, and what to do instead. */
export function reportRefused(
  week: ReportWeek,
  state: ReportState,
  acknowledged: { readonly name: string; readonly at: Date } | null,
): Message {
  const nothing = line`Nothing was changed: ${reportTitle(week)} is`;
  switch (state) {
    case 'draft':
      return say(
        line`${nothing} not submitted yet: it is with the contract lead. Type \`report\` to see what was submitted last.`,
      );
    case 'returned':
      return say(line`${nothing} with the contract lead, who submits it again.`);
    case 'submitted':
      return say(
        line`${nothing} submitted and waits for the Government Task Lead or the Contracting Officer\u2019s Representative. To change it, ask them to return it.`,
      );
    case 'acknowledged':
      return say(
        acknowledged === null
          ? line`${nothing} acknowledged. What is new belongs into the next one.`
          : line`${nothing} acknowledged by ${theirs(acknowledged.name)} since ${time(acknowledged.at)}. What is new belongs into the next one.`,
      );
    default:
      return state satisfies never;
  }
}

export const noSuchWeek = (example: string): Message =>
  say(line`I can't tell which week that is. Give its Friday, such as \`report ${example}\`.`);

/** What may stand there in its place. */
const SAY_INSTEAD =
  'Please write only what is done, waits or is blocked, without the ID and without what an investigation found, such as \u201cHer account is locked since Monday\u201d or \u201cThe clearance waits for the security office\u201d.';

/** Words that must not be in it; nothing was kept. */
export const mustNotBeIn = (kinds: readonly string[]): string =>
  `That looked like it contained ${kinds.join(' and ')}, which must not be in a status report, so it was not kept. ${SAY_INSTEAD}`;

/** Found in the finished report: it was not submitted. */
export const reportHolds = ({ friday }: ReportWeek, kinds: readonly string[]): Message =>
  say(
    line`Nothing was submitted: the report looked like it contained ${kinds.join(' and ')}, which must not be in it. Edit its words with \`edit report ${typedDay(friday)} risks: \u2026\`, \`edit report ${typedDay(friday)} help: \u2026\` or \`edit report ${typedDay(friday)} remark ISSO-2026-0001: \u2026\`, then submit it again. ${SAY_INSTEAD}`,
  );

export const onlyWords = (): Message =>
  say(
    'Only the words can be edited: `edit report risks: \u2026`, `edit report help: \u2026`, `edit report remark ISSO-2026-0001: \u2026`. The numbers come from the cards and the record; to mend one, mend its record. `edit report risks: as drafted` takes your words back.',
  );

/** A file is on its way to whoever asked for it. */
const FILES = { pdf: 'PDF', docx: 'a Word file', csv: 'CSV' } as const;

export const fileComes = (week: ReportWeek, kind: keyof typeof FILES): Message =>
  say(line`${reportTitle(week)}: I send it to you as ${FILES[kind]} now.`);

/** Files can't be shown where the reader is, and no mail goes out. */
export const noFileHere = (week: ReportWeek): Message =>
  say(
    line`I can't send files here: in Teams they go by mail, and mail is not set up. \`report ${typedDay(week.friday)}\` shows the report.`,
  );

/** What the file's own message says. */
export const fileMessage = (week: ReportWeek, kind: keyof typeof FILES): Message =>
  card(reportTitle(week), [paragraph(`As ${FILES[kind]}.`)]);

const WORDS = { kind: 'long-text', maxLength: 2000 } as const;

/** Risks and help, as they are drafted or were written. */
export const editDialog = ({ week, version, said }: ReportView): DialogPage => ({
  title: 'Edit the words',
  intro: [
    line`${reportTitle(week)}. Leave a field as it is, or empty it, to say what is drafted. Numbers can't be edited.`,
    noSensitiveData(),
  ],
  fields: [
    { ...WORDS, id: 'risks', label: 'Risks', required: false, value: said.risks.join('\n') },
    {
      ...WORDS,
      id: 'help',
      label: 'Help wanted from the Government Task Lead',
      required: false,
      value: said.help.join('\n'),
    },
  ],
  sendLabel: 'Save',
  press: { verb: 'report.edit', subject: week.friday, version },
});

/** A remark about one engagement. */
export const remarkDialog = (
  { week, version }: Pick<ReportView, 'week' | 'version'>,
  numbers: readonly RequestNumber[],
): DialogPage => ({
  title: 'Add a remark',
  intro: [
    line`${reportTitle(week)}. It takes the place of what the Service ISSO wrote. Leave it empty to take yours back.`,
    noSensitiveData(),
  ],
  fields: [
    {
      id: 'about',
      label: 'Which engagement?',
      kind: 'choice',
      required: true,
      options: numbers.map((number) => ({ id: number, label: number })),
    },
    { ...WORDS, id: 'words', label: 'Your remark', required: false },
  ],
  sendLabel: 'Save',
  press: { verb: 'report.remark', subject: week.friday, version },
});

export const returnDialog = ({ week, version }: Pick<ReportView, 'week' | 'version'>): DialogPage => ({
  title: 'Return the report',
  intro: [line`${reportTitle(week)} goes back to the contract lead.`, noSensitiveData()],
  fields: [{ ...WORDS, id: 'because', label: 'What is to be mended?', required: true }],
  sendLabel: 'Return',
  press: { verb: 'report.return', subject: week.friday, version },
});
