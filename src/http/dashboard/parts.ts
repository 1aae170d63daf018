/** Pieces that several pages are made of: tables, rows of facts, choices, pictures. */
import type { Option } from '../../domain/field.ts';
import type { ProgrammePicture } from '../../domain/programme-pictures.ts';
import { sharePictureTable } from '../../messages/copy/dashboard.ts';
import { pictureAltText, pictureRows, pictureTitle } from '../../messages/copy/pictures.ts';
import type { Fact } from '../../messages/message.ts';
import type { Reader } from '../../messages/plain-text.ts';
import { addressOf, type Html, type HtmlPart, html } from './html.ts';
import { blocksHtml } from './lines.ts';

export interface TableColumn {
  readonly head: HtmlPart;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
  /** `ascending` or `descending` where the table is ordered by it. */
  readonly sort?: 'ascending' | 'descending';
}

/** A table; the first cell of each row is what the row is of. It scrolls by itself where there is no room. */
export function tableHtml(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly HtmlPart[])[],
): Html {
  const kind = (at: number): Html | null => (columns[at]?.isNumber ? html` class="number"` : null);
  const heads = columns.map(
    ({ head, sort }, at) =>
      html`<th scope="col"${kind(at)}${sort ? html` aria-sort="${sort}"` : null}>${head}</th>`,
  );
  const body = rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, at) =>
        at === 0 ? html`<th scope="row">${cell}</th>` : html`<td${kind(at)}>${cell}</td>`,
      )}</tr>`,
  );
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
    <caption>${caption}</caption>
    <thead><tr>${heads}</tr></thead>
    <tbody>${body}</tbody>
  </table></div>`;
}

/** Label and value in rows. */
export const factsHtml = (rows: readonly Fact[], reader: Reader): Html =>
  blocksHtml([{ kind: 'facts', rows }], reader);

/** A field to choose from; `any` is the choice of nothing, left out where something has to be chosen. */
export function selectHtml(
  name: string,
  label: string,
  options: readonly Option[],
  chosen: string | null,
  any?: string,
): Html {
  const all = any === undefined ? options : [{ id: '', label: any }, ...options];
  return html`<div class="field"><label for="${name}">${label}</label>
    <select id="${name}" name="${name}">${all.map(({ id, label: words }) =>
      id === (chosen ?? '')
        ? html`<option value="${id}" selected>${words}</option>`
        : html`<option value="${id}">${words}</option>`,
    )}</select></div>`;
}

export const inputHtml = (name: string, label: string, type: 'text' | 'date', value: string | null): Html =>
  html`<div class="field"><label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" value="${value ?? ''}" maxlength="80"></div>`;

/** A picture with its words, and the same numbers as a table below it. */
export function pictureHtml(picture: ProgrammePicture, query: Readonly<Record<string, string | null>>): Html {
  const title = pictureTitle(picture);
  const { heads, rows } = pictureRows(picture);
  const address = addressOf(`/dashboard/pictures/${picture.kind}.png`, query);
  const columns = heads.map((head, at) => ({ head, isNumber: at > 0 }));
  const table =
    rows.length === 0
      ? null
      : html`<details><summary>${sharePictureTable(title)}</summary>${tableHtml(title, columns, rows)}</details>`;
  return html`<figure>
    <img src="${address}" alt="${pictureAltText(picture)}" width="640" height="360" loading="lazy">
    ${table}
  </figure>`;
}
