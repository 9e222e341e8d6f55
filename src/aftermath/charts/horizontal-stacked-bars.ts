/** Bars from left to right, one for each label such as an assistant, with the series behind each other. */
import { scaleLinear } from 'd3-scale';
import { legend, picture, short } from './chart-frame';
import { html, type Html } from './escaped-html';
import { numberText } from './format-numbers';
import type { Chart } from './types';

const WIDTH = 760;
const ROW = 30;
const BAR = 18;
const NAMES = 190;
const VALUES = 90;
/** At most this many characters of a name fit next to its bar. */
const LONGEST = 28;

/** Stacked bars, each followed by its total. */
export function bars(chart: Chart): Html {
  const sums = chart.labels.map((_, at) => chart.series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const known = chart.labels.map((_, at) => chart.series.some(({ values }) => (values[at] ?? null) !== null));
  const x = scaleLinear()
    .domain([0, Math.max(...sums, chart.unit === 'share' ? 0.01 : 1)])
    .range([NAMES, WIDTH - VALUES]);
  const rows = chart.labels.map((label, at) => {
    let before = 0;
    const top = at * ROW + (ROW - BAR) / 2;
    const parts = chart.series.map(({ color, values }) => {
      const value = values[at] ?? 0;
      if (value <= 0) return null;
      const [from, to] = [x(before), x(before + value)];
      before += value;
      return html`<rect class="f-${color}" x="${short(from)}" y="${top}" width="${short(Math.max(to - from - (chart.series.length > 1 ? 1 : 0), 0.5))}" height="${BAR}" rx="2"/>`;
    });
    const title = [
      label,
      ...chart.series.map(({ name, values }) => `${name}: ${numberText(values[at] ?? null, chart.unit)}`),
    ].join('\n');
    return html`<g class="row"><rect class="strip" x="0" y="${at * ROW}" width="${WIDTH}" height="${ROW}"><title>${title}</title></rect><text class="name" x="${NAMES - 10}" y="${top + BAR / 2 + 4}" text-anchor="end">${cut(label)}</text>${parts}<text class="value" x="${short(x(sums[at] ?? 0) + 8)}" y="${top + BAR / 2 + 4}">${numberText(known[at] === true ? (sums[at] ?? 0) : null, chart.unit)}</text></g>`;
  });
  return html`${chart.series.length > 1 ? legend(chart.series) : null}${picture(chart.summary, WIDTH, Math.max(chart.labels.length, 1) * ROW, rows)}`;
}

/** A long name keeps its end, where paths differ. */
const cut = (name: string): string => {
  const letters = Array.from(name);
  return letters.length > LONGEST ? `…${letters.slice(-LONGEST + 1).join('')}` : name;
};
