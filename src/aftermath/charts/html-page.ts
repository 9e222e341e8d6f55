/** One self-contained page: no script, no network, readable on a screen, on paper and by a screen reader. */
import { html, raw, type Html, type Part } from './escaped-html';
import { STYLE } from './page-style';

/** A single key figure. */
interface Tile {
  readonly label: string;
  readonly value: string;
  /** A short line below it. */
  readonly note?: string;
  readonly color?: string;
}

export const tiles = (all: readonly Tile[]): Html =>
  html`<dl class="${all.length === 4 ? 'tiles four' : 'tiles'}">${all.map(({ label, value, note, color }) => html`<div class="tile ${color === undefined ? '' : `t-${color}`}"><dt>${label}</dt><dd><span class="${/\d/.test(value) && value.length < 16 ? 'big' : 'big text'}">${value}</span>${note === undefined ? null : html`<span class="note">${note}</span>`}</dd></div>`)}</dl>`;

/** A picture with a caption, the meaning of its figures, and the figures themselves in an expandable table. */
interface Figure {
  /** For links to it: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What its figures mean. */
  readonly definition?: Part;
  readonly picture: Html | null;
  readonly table?: Html | undefined;
  /** The table is shown without a click, under the figure's own title: there is no picture, or it says more. */
  readonly open?: boolean;
}

export const figure = ({ id, title, definition, picture, table, open = false }: Figure): Html =>
  html`<section class="${open ? 'figure titled' : 'figure'}" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${definition === undefined ? null : html`<p class="definition">${definition}</p>`}${picture}${table === undefined ? null : open ? table : html`<details><summary>Figures as a table</summary>${table}</details>`}</section>`;

interface Page {
  readonly title: string;
  /** Below the title: what was examined, and when. */
  readonly lead: Part;
  readonly content: Part;
  readonly footer: Part;
  /** A random word that allows the page's own style and nothing else: 16 letters and digits or more. */
  readonly nonce: string;
}

/** The whole page. Its content security policy lets nothing be loaded and nothing run. */
export function page({ title, lead, content, footer, nonce }: Page): string {
  return html`${raw('<!DOCTYPE html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style nonce="${nonce}">${raw(STYLE)}</style>
</head>
<body>
<main>
<header><h1>${title}</h1><p class="lead">${lead}</p></header>
${content}
<footer>${footer}</footer>
</main>
</body>
</html>
`.text;
}
