/**
 * What all charts over labels share: the frame, the axes, and a strip for each label that shows its values.
 */
import { scaleBand, scaleLinear, type ScaleBand, type ScaleLinear } from 'd3-scale';
import { html, type Html, type Part } from './escaped-html';
import { axisText, numberText } from './format-numbers';
import type { Chart } from './types';

const WIDTH = 760;
const HEIGHT = 260;
const MARGIN = { top: 12, right: 14, bottom: 28, left: 50 };
/** Maximum width of an axis label, in the picture's units. */
const LABEL_WIDTH = 74;
const TICKS = 4;

interface Frame {
  readonly x: ScaleBand<string>;
  readonly y: ScaleLinear<number, number>;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Positions for a chart whose highest value is `highest`. Labels may repeat, so positions are by index. */
export function frameOf(chart: Chart, highest: number): Frame {
  const [left, right, top, bottom] = [MARGIN.left, WIDTH - MARGIN.right, MARGIN.top, HEIGHT - MARGIN.bottom];
  const most = chart.unit === 'share' ? Math.min(1, highest > 0 ? highest : 1) : Math.max(highest, 1);
  return {
    x: scaleBand()
      .domain(chart.labels.map((_, index) => String(index)))
      .range([left, right])
      .paddingInner(chart.labels.length > 60 ? 0.1 : 0.22)
      .paddingOuter(0.1),
    y: scaleLinear().domain([0, most]).nice(TICKS).range([bottom, top]),
    left,
    right,
    top,
    bottom,
  };
}

/** The whole picture: grid, axes, the drawing, and over it a strip for each label with its values. */
export function framed(chart: Chart, frame: Frame, drawn: Part): Html {
  const { x, y, left, right, top, bottom } = frame;
  const each = Math.max(1, Math.ceil((chart.labels.length * LABEL_WIDTH) / (right - left)));
  const ticks = y.ticks(TICKS).filter((tick) => chart.unit !== 'count' || Number.isInteger(tick));
  const grid = ticks.map(
    (tick) =>
      html`<line class="${tick === 0 ? 'base' : 'grid'}" x1="${left}" x2="${right}" y1="${short(y(tick))}" y2="${short(y(tick))}"/><text class="tick" x="${left - 8}" y="${short(y(tick) + 4)}" text-anchor="end">${axisText(tick, chart.unit)}</text>`,
  );
  const names = chart.labels.map((label, at) =>
    at % each === 0
      ? html`<text class="tick" x="${short(middle(x, at))}" y="${bottom + 19}" text-anchor="middle">${label}</text>`
      : null,
  );
  const strips = chart.labels.map(
    (label, at) =>
      html`<rect class="strip" x="${short((x(String(at)) ?? 0) - (x.step() - x.bandwidth()) / 2)}" y="${top}" width="${short(x.step())}" height="${bottom - top}"><title>${[label, ...chart.series.map(({ name, values }) => `${name}: ${numberText(values[at] ?? null, chart.unit)}`)].join('\n')}</title></rect>`,
  );
  return picture(chart.summary, WIDTH, HEIGHT, [grid, names, drawn, strips]);
}

/** A picture with a description for screen readers. */
export const picture = (summary: string, width: number, height: number, content: Part): Html =>
  html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${summary}">${content}</svg>`;

/** The middle of a label's place. */
export const middle = (x: ScaleBand<string>, at: number): number => (x(String(at)) ?? 0) + x.bandwidth() / 2;

/** A coordinate with one decimal: more is invisible and takes up space. */
export const short = (value: number): number => Math.round(value * 10) / 10;

export const legend = (series: Chart['series']): Html =>
  html`<ul class="legend">${series.map(({ name, color }) => html`<li><span class="swatch c-${color}" aria-hidden="true"></span>${name}</li>`)}</ul>`;
