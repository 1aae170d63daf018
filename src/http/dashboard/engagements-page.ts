/** The list of engagements, and one engagement. */
import { STANDING_KINDS } from '../../domain/card-forecast.ts';
import { LIST_ORDERS, type ListOrder } from '../../domain/dashboard.ts';
import type { Person } from '../../domain/person.ts';
import {
  ENGAGEMENT_WORDS,
  engagementFacts,
  historyShown,
  LIST_WORDS,
  MEETING_STATES_SAID,
  ORDER_NAMES,
  orderNow,
  orderWords,
  pageOf,
  progressFacts,
  rowsShown,
  STATE_CHOICES,
  standingName,
  stateLabel,
} from '../../messages/copy/dashboard.ts';
import { nextMoveLine } from '../../messages/copy/engagement-words.ts';
import { historyLine } from '../../messages/copy/lists.ts';
import { nameOf } from '../../messages/copy/people.ts';
import { type Inline, time } from '../../messages/inline.ts';
import type { EngagementShown } from '../../usecases/dashboard-engagement.ts';
import type { ListChoice, ListShown } from '../../usecases/dashboard-list.ts';
import { type FramedPage, PLACES } from './frame.ts';
import { addressOf, type Html, type HtmlPart, html } from './html.ts';
import { lineHtml } from './lines.ts';
import { factsHtml, inputHtml, selectHtml, tableHtml } from './parts.ts';

/** The address of the list as it was chosen, with what is to be different. */
function listAddress(choice: ListChoice, change: Partial<ListChoice> = {}): string {
  const { state, isDescending, page, order, ...rest } = { ...choice, ...change };
  return addressOf(PLACES.engagements, {
    ...rest,
    state: state === 'open' ? null : state,
    order: order === 'number' ? null : order,
    way: isDescending ? 'down' : null,
    page: page === 1 ? null : page,
  });
}

/** Engagements by filters and order, a page of them. */
export function engagementsPage(shown: ListShown, person: Person): FramedPage {
  const { choice, rows, of, pages, first } = shown;
  return {
    title: LIST_WORDS.title,
    menu: 'engagements',
    body: html`${filters(shown)}
      <p role="status">${rowsShown(first, rows.length, of)}</p>
      ${rows.length === 0 ? null : listTable(shown, person)}
      ${pages === 1 ? null : pager(choice, pages)}`,
  };
}

function filters({ choice, components, offerings, advisors }: ListShown): Html {
  const w = LIST_WORDS;
  const states = STATE_CHOICES.map(([id, label]) => ({ id, label }));
  const standings = STANDING_KINDS.map((id) => ({ id, label: standingName(id) }));
  return html`<form method="get" action="${PLACES.engagements}" class="filters" role="search" aria-label="${w.filters}">
    ${inputHtml('text', w.text, 'text', choice.text)}
    ${selectHtml('state', w.state, states, choice.state)}
    ${selectHtml('component', w.component, components, choice.component, w.any)}
    ${selectHtml('offering', w.offering, offerings, choice.offering, w.any)}
    ${selectHtml('advisor', w.advisor, advisors, choice.advisor, w.any)}
    ${selectHtml('standing', w.standing, standings, choice.standing, w.any)}
    ${inputHtml('from', w.from, 'date', choice.from)}
    ${inputHtml('until', w.until, 'date', choice.until)}
    ${choice.order === 'number' ? null : html`<input type="hidden" name="order" value="${choice.order}">`}
    ${choice.isDescending ? html`<input type="hidden" name="way" value="down">` : null}
    <div class="send"><button type="submit">${w.show}</button> <a href="${PLACES.engagements}">${w.clear}</a></div>
  </form>`;
}

function listTable({ choice, rows, kickoffs, people }: ListShown, person: Person): Html {
  const reader = { timeZone: person.timeZone };
  const words = (...inside: readonly Inline[]): Html => lineHtml(inside, reader);
  const columns = [
    ...LIST_ORDERS.map((order) => ({
      head: orderLink(choice, order),
      ...(choice.order === order
        ? { sort: choice.isDescending ? ('descending' as const) : ('ascending' as const) }
        : {}),
    })),
    { head: LIST_WORDS.advisor },
    { head: LIST_WORDS.next },
  ];
  return tableHtml(
    LIST_WORDS.caption,
    columns,
    rows.map(({ engagement, standing }): readonly HtmlPart[] => [
      html`<a href="${placeOf(engagement.number)}">${engagement.number}</a>`,
      engagement.systemName,
      engagement.component,
      engagement.state === 'ONBOARDING'
        ? `${stateLabel(engagement.state)}: ${standingName(standing ?? 'on-track').toLowerCase()}`
        : stateLabel(engagement.state),
      words(time(engagement.stateSinceAt, 'date')),
      engagement.submittedAt === null ? LIST_WORDS.nobody : words(time(engagement.submittedAt, 'date')),
      engagement.craId === null ? LIST_WORDS.nobody : words(nameOf(people, engagement.craId)),
      lineHtml(nextMoveLine(engagement, kickoffs.get(engagement.id) ?? null, people), reader),
    ]),
  );
}

/** Where the page of an engagement is. */
export const placeOf = (number: string): string => `${PLACES.engagements}/${encodeURIComponent(number)}`;

/** The order that is there already is turned around. */
function orderLink(choice: ListChoice, order: ListOrder): Html {
  const isDescending = choice.order === order && !choice.isDescending;
  const name = ORDER_NAMES[order];
  const to = listAddress(choice, { order, isDescending, page: 1 });
  const now =
    choice.order === order ? html` <span class="order">${orderNow(choice.isDescending)}</span>` : null;
  return html`<a href="${to}" title="${orderWords(name, isDescending)}">${name}</a>${now}`;
}

function pager(choice: ListChoice, pages: number): Html {
  const { page } = choice;
  const link = (to: number, words: string, rel: string): Html =>
    html`<a href="${listAddress(choice, { page: to })}" rel="${rel}">${words}</a>`;
  return html`<nav class="pager" aria-label="${LIST_WORDS.pages}">
    ${page > 1 ? link(page - 1, LIST_WORDS.earlier, 'prev') : null}
    <span>${pageOf(page, pages)}</span>
    ${page < pages ? link(page + 1, LIST_WORDS.later, 'next') : null}
  </nav>`;
}

/** Where an engagement stands, its dates, meetings and progress, and its history for whoever may read it. */
export function engagementPage(shown: EngagementShown, person: Person): FramedPage {
  const { engagement, kickoff, people, offering, meetings, progress, history } = shown;
  const reader = { timeZone: person.timeZone };
  const w = ENGAGEMENT_WORDS;
  const rows = meetings.map(({ name, title, state, startsAt }) => [
    title === null ? name : `${name}: ${title}`,
    startsAt === null ? LIST_WORDS.nobody : lineHtml([time(startsAt)], reader),
    MEETING_STATES_SAID[state],
  ]);
  const heads = [{ head: w.meeting }, { head: w.when }, { head: w.meetingState }];
  return {
    title: `${engagement.number}: ${engagement.systemName}`,
    menu: 'engagements',
    body: html`<p class="back"><a href="${PLACES.engagements}">${w.back}</a></p>
      <section aria-labelledby="stands"><h2 id="stands">${w.stands}</h2>
        ${factsHtml(engagementFacts(engagement, kickoff, offering, people), reader)}</section>
      ${
        progress &&
        html`<section aria-labelledby="progress"><h2 id="progress">${w.progress}</h2>
        <progress max="100" value="${progress.percent}" aria-labelledby="progress">${progress.percent}%</progress>
        ${factsHtml(progressFacts(progress), reader)}</section>`
      }
      <section aria-labelledby="meetings"><h2 id="meetings">${w.meetings}</h2>
        ${rows.length === 0 ? html`<p>${w.noMeetings}</p>` : tableHtml(w.meetingsCaption, heads, rows)}</section>
      ${history && historyHtml(shown, history, person)}`,
  };
}

function historyHtml(
  { engagement, people }: EngagementShown,
  { rows, of }: NonNullable<EngagementShown['history']>,
  { timeZone }: Person,
): Html {
  const items = rows.map((row) => html`<li>${lineHtml(historyLine(row, people), { timeZone })}</li>`);
  return html`<section aria-labelledby="history"><h2 id="history">${ENGAGEMENT_WORDS.history}</h2>
    ${
      rows.length === 0
        ? html`<p>${ENGAGEMENT_WORDS.noHistory}</p>`
        : html`<ol class="history">${items}</ol><p class="note">${lineHtml(historyShown(rows.length, of, engagement.number), { timeZone })}</p>`
    }</section>`;
}
