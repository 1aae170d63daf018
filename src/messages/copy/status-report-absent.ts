/** What is said where there is no weekly status report to show or to settle, and what comes instead. */
import type { ReportWeek } from '../../domain/status-report-week.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { line, time } from '../inline.ts';
import { type Message, say } from '../message.ts';
import { typedDay } from './status-report.ts';

/** Its day is still to come. */
export const notBegun = (week: ReportWeek): Message =>
  say(
    line`The report for the week of ${typedDay(week.friday)} begins on ${sayLocalDate(week.askOn)}: its draft is made then. It is due ${time(week.dueAt)}. Until then \`report\` shows the newest there is.`,
  );

/** A week that is over. */
export const neverKept = ({ friday }: ReportWeek): Message =>
  say(
    line`No report was begun for the week of ${typedDay(friday)}, and none can be written afterwards: the numbers would be those of today. Type \`report\` for the newest there is.`,
  );

/** It is with the contract lead. */
export const notSubmitted = ({ friday, dueAt }: ReportWeek, now: Date): Message =>
  say(
    line`The report for the week of ${typedDay(friday)} is not submitted yet: it is with the contract lead. It ${now > dueAt ? 'was' : 'is'} due ${time(dueAt)}, and comes to the Government Task Lead and the Contracting Officer\u2019s Representative when it is submitted.`,
  );

/** Nothing of the last weeks; `present` is this week's. */
export const noneSubmitted = ({ friday, dueAt }: ReportWeek, now: Date): Message =>
  say(
    line`No report was submitted in the last weeks. The one for the week of ${typedDay(friday)} ${now > dueAt ? 'was' : 'is'} due ${time(dueAt)}. Type \`report\` with the Friday of a week for an older one.`,
  );

/** At the end of that day. */
export const notSubmittedOn = ({ friday }: ReportWeek, asOf: LocalDate): Message =>
  say(
    line`At the end of ${sayLocalDate(asOf)} the report for the week of ${typedDay(friday)} was not submitted yet. Type \`report ${typedDay(friday)}\` to see it as it is now.`,
  );

/** Older ones that wait for the same people. */
export const othersWait = (fridays: readonly LocalDate[], verb: 'submit' | 'acknowledge'): Message =>
  say(
    fridays.length === 1
      ? line`An older one still waits: type \`${verb} report ${typedDay(fridays[0] ?? '')}\`.`
      : line`Older ones still wait: type ${fridays.map((friday) => `\`${verb} report ${typedDay(friday)}\``).join(', ')}.`,
  );
