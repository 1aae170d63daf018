/** The first page: what needs somebody, how many there are, measures and pictures. */
import type { ExceptionGroup } from '../../domain/digest-exceptions.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../../domain/engagement-states.ts';
import type { Person } from '../../domain/person.ts';
import {
  andMore,
  OVERVIEW_WORDS,
  periodSaid,
  stateLabel,
  thingsNeed,
} from '../../messages/copy/dashboard.ts';
import {
  exceptionLine,
  GROUP_HEADS,
  leftOutLines,
  undeliveredLines,
  unrecordedLines,
} from '../../messages/copy/digest-words.ts';
import { measureLines } from '../../messages/copy/measures.ts';
import type { Line } from '../../messages/inline.ts';
import { bullets } from '../../messages/message.ts';
import type { OverviewShown } from '../../usecases/dashboard-overview.ts';
import { type FramedPage, PLACES } from './frame.ts';
import { addressOf, type Html, html } from './html.ts';
import { blocksHtml } from './lines.ts';
import { pictureHtml, tableHtml } from './parts.ts';

export function overviewPage(shown: OverviewShown, { timeZone }: Person): FramedPage {
  const { period, measures, satisfaction, pictures, smallest } = shown;
  const w = OVERVIEW_WORDS;
  return {
    title: w.title,
    menu: 'overview',
    body: html`
      <section aria-labelledby="needs"><h2 id="needs">${w.needs}</h2>${needsHtml(shown, timeZone)}</section>
      <section aria-labelledby="states"><h2 id="states">${w.states}</h2>${statesTable(shown)}</section>
      <section aria-labelledby="measures"><h2 id="measures">${w.measures}</h2>
        <p>${periodSaid(period.name, period.from, period.until)}</p>
        ${blocksHtml([bullets(measureLines(measures, satisfaction, smallest))], { timeZone })}
        <p><a href="${PLACES.measures}">${w.allMeasures}</a></p></section>
      <section aria-labelledby="pictures"><h2 id="pictures">${w.pictures}</h2>
        <div class="pictures">${pictures.map((picture) => pictureHtml(picture, {}))}</div></section>`,
  };
}

/** In the order in which the digest tells them. */
const GROUPS: readonly ExceptionGroup[] = [
  'overdue',
  'at-risk',
  'unassigned',
  'unreachable',
  'unanswered',
  'waiting',
];
/** Of a group so many stand open; the rest is folded. */
const SHOWN = 10;

/** Who has the next move where something is late, at risk or waits, group by group, all of it. */
function needsHtml(shown: OverviewShown, timeZone: string): Html {
  const { exceptions, undelivered, unrecorded, leftOut, people, publicUrl } = shown;
  const groups = GROUPS.map((group) => ({
    group,
    lines: [
      ...(group === 'overdue' ? unrecordedLines(unrecorded) : []),
      ...(group === 'unreachable' ? undeliveredLines(undelivered, people) : []),
      ...exceptions
        .filter((each) => each.group === group)
        .map((each) => exceptionLine(each, people, publicUrl)),
    ],
  })).filter(({ lines }) => lines.length > 0);
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  if (count === 0) return html`<p>${OVERVIEW_WORDS.nothingNeeds}</p>`;
  const list = (lines: readonly Line[]): Html => blocksHtml([bullets(lines)], { timeZone });
  return html`<p>${thingsNeed(count)}</p>${groups.map(
    ({ group, lines }) => html`<h3>${GROUP_HEADS[group]} (${lines.length})</h3>
      ${list(lines.slice(0, SHOWN))}
      ${
        lines.length > SHOWN
          ? html`<details><summary>${andMore(lines.length - SHOWN, GROUP_HEADS[group])}</summary>${list(lines.slice(SHOWN))}</details>`
          : null
      }`,
  )}${list(leftOutLines(leftOut))}`;
}

/** Each state that anything is in, as the way to its list. */
function statesTable({ counts }: OverviewShown): Html {
  const w = OVERVIEW_WORDS;
  const rows = ENGAGEMENT_STATES.filter((state) => (counts.get(state) ?? 0) > 0).map((state) => [
    html`<a href="${addressOf(PLACES.engagements, { state })}">${stateLabel(state)}</a>`,
    counts.get(state) ?? 0,
  ]);
  const open = OPEN_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return tableHtml(
    w.statesCaption,
    [{ head: w.state }, { head: w.count, isNumber: true }],
    [
      ...rows,
      [html`<a href="${PLACES.engagements}">${w.open}</a>`, open],
      [html`<a href="${addressOf(PLACES.engagements, { state: 'all' })}">${w.all}</a>`, all],
    ],
  );
}
