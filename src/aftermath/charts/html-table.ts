/** Tables of figures. */
import { html, type Html } from './escaped-html';
import { numberText } from './format-numbers';
import type { Chart, Unit } from './types';

interface Column {
  readonly title: string;
  /** Numbers in this unit; without it texts. */
  readonly unit?: Unit;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** A cell for each column; null is "not known". The first cell names its row. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Shorter texts such as dates and ids are not wrapped (characters). */
const SHORT = 12;
/** A longer heading, such as a policy's name, may be broken anywhere, so that it pushes no column out of sight. */
const LONG = 24;

export function table({ caption, columns, rows }: Table): Html {
  const cell = (value: string | number | null, column: Column | undefined, at: number): Html => {
    const text = typeof value === 'string' ? value : numberText(value, column?.unit ?? 'count');
    const kind =
      value === null ? 'none' : column?.unit === undefined ? (text.length <= SHORT ? 'short' : '') : 'number';
    return at === 0
      ? html`<th scope="row" class="${text.length <= SHORT ? 'short' : ''}">${text}</th>`
      : html`<td class="${kind}">${text}</td>`;
  };
  const head = columns.map(
    ({ title, unit }) =>
      html`<th scope="col" class="${[...(unit === undefined ? [] : ['number']), ...(title.length > LONG ? ['long'] : [])].join(' ')}">${title}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((value, at) => cell(value, columns[at], at))}</tr>`)}</tbody></table></div>`;
}

/** The figures of a chart as a table, one row per label. */
export const tableOf = (caption: string, first: string, { labels, series, unit }: Chart): Table => ({
  caption,
  columns: [{ title: first }, ...series.map(({ name }) => ({ title: name, unit }))],
  rows: labels.map((label, at) => [label, ...series.map(({ values }) => values[at] ?? null)]),
});
