/** One self-contained page: no script, no network, readable on a screen, on paper and by a screen reader. */
import { html, raw, type Html, type Part } from './escaped-html';

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

/**
 * The page's style. Colours are by meaning; the editor's own themes and a reader's preference decide between light and
 * dark.
 */

const LIGHT = `--back:#fbfbfd;--card:#fff;--text:#1d2129;--soft:#5b6472;--rule:#e3e6ec;--grid:#eceff3;--hover:#1d21290d;
--ai:#7c4ddb;--human:#0f8b8d;--unknown:#8a93a1;--good:#2c974b;--warn:#c77a0a;--bad:#cf3341;
--one:#7c4ddb;--two:#0f8b8d;--three:#d9822b;--four:#2f6fde;--five:#c2417c;--six:#6b8e23;`;

const DARK = `--back:#15171c;--card:#1d2027;--text:#e6e8ec;--soft:#9aa4b2;--rule:#30343d;--grid:#2a2e36;--hover:#ffffff12;
--ai:#b392f0;--human:#4cc2c0;--unknown:#6e7786;--good:#4ac26b;--warn:#e3a23c;--bad:#f47067;
--one:#b392f0;--two:#4cc2c0;--three:#f0a35e;--four:#79a8ff;--five:#ee86b7;--six:#a9c46c;`;

/** The colours of the editor's own theme, for a page shown in the editor. */
const THEME = `--back:var(--vscode-editor-background);--text:var(--vscode-editor-foreground);--soft:var(--vscode-descriptionForeground);
--card:var(--vscode-editorWidget-background);--rule:var(--vscode-editorWidget-border,var(--vscode-panel-border));`;

const NAMES = ['ai', 'human', 'unknown', 'good', 'warn', 'bad', 'one', 'two', 'three', 'four', 'five', 'six'];

const COLOURS = NAMES.map(
  (name) =>
    `.f-${name}{fill:var(--${name})}.s-${name}{stroke:var(--${name})}.c-${name}{background:var(--${name})}.t-${name}{--edge:var(--${name})}`,
).join('\n');

const STYLE = `:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
body.vscode-light,body.vscode-high-contrast-light{${LIGHT}${THEME}}
body.vscode-dark,body.vscode-high-contrast:not(.vscode-high-contrast-light){${DARK}${THEME}}
body.vscode-high-contrast,body.vscode-high-contrast-light{--soft:var(--text)!important;--rule:var(--vscode-contrastBorder)!important}
*{box-sizing:border-box}
body{margin:0;padding:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-font-smoothing:antialiased}
main{max-width:900px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:30px;line-height:1.2;margin:0 0 6px;letter-spacing:-.02em}
h2{font-size:18px;margin:0 0 4px;letter-spacing:-.01em}
.lead,.definition,.note,footer{color:var(--soft)}
.lead{margin:0 0 26px;overflow-wrap:anywhere}
.definition{margin:0 0 14px;font-size:13.5px;max-width:70ch}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:14px;margin:0 0 22px}
.tiles.four{grid-template-columns:repeat(auto-fit,minmax(190px,1fr))}
.tile{background:var(--card);border:1px solid var(--rule);border-top:3px solid var(--edge,var(--rule));border-radius:10px;padding:13px 16px 14px}
.tile dt{font-size:13px;color:var(--soft)}
.tile dd{margin:0}
.big{display:block;font-size:27px;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums;line-height:1.3}
.note{font-size:12.5px;display:block}
.big.text{font-size:20px;line-height:1.75;overflow-wrap:anywhere}
.figure{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:20px 22px;margin:0 0 20px;break-inside:avoid}
.chart{display:block;width:100%;height:auto;margin-top:4px}
.chart text{font-size:12px;fill:var(--soft);font-variant-numeric:tabular-nums}
.chart .name,.chart .value{font-size:13px;fill:var(--text)}
.chart .over{paint-order:stroke;stroke:var(--card);stroke-width:5px}
.grid{stroke:var(--grid)}.base{stroke:var(--soft);stroke-opacity:.5}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
.strip{fill:transparent}.strip:hover{fill:var(--hover)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0 0 6px;padding:0;font-size:13px}
.swatch{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:7px;vertical-align:-1px}
details{margin-top:12px}
summary{cursor:pointer;color:var(--soft);font-size:13px}
summary:focus-visible,.scroll:focus-visible,a:focus-visible{outline:2px solid var(--ai);outline-offset:2px;border-radius:3px}
.scroll{overflow-x:auto;margin-top:10px}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:12.5px;padding-bottom:6px}
.titled caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--rule);font-weight:400;overflow-wrap:break-word;vertical-align:top;white-space:pre-line}
thead th{color:var(--soft);font-weight:600;white-space:nowrap}
.short{white-space:nowrap}thead th.long{white-space:normal;overflow-wrap:anywhere;min-width:12ch}
.number{text-align:right;white-space:nowrap}.none{text-align:right;color:var(--soft)}
dl.terms dt{font-weight:600;margin-top:10px;font-size:14px}dl.terms dd{margin:0;color:var(--soft);font-size:13.5px;max-width:75ch}
footer{font-size:12.5px;margin-top:26px}
a{color:inherit;text-decoration:underline}
code{font:.93em ui-monospace,Menlo,Consolas,monospace}
${COLOURS}
@media (forced-colors:active){.swatch{forced-color-adjust:none}.chart text{fill:CanvasText}.chart .over{stroke:Canvas}}
@media (max-width:560px){main{padding:24px 12px}.figure{padding:14px}}
@media print{:root{${LIGHT}}body{background:#fff;font-size:12px;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0}.figure,.tile{border-color:#ccc;box-shadow:none}summary{display:none}details::details-content{content-visibility:visible;height:auto}details,.rows{break-inside:auto}.rows tr{break-inside:avoid}.scroll{overflow:visible}details tbody tr:nth-last-child(n+27){display:none}details table:has(tbody tr:nth-child(27)) caption::after{content:" (the last 26 rows; the page on a screen has all)"}}`;
