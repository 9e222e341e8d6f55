/** Columns over labels such as weeks, with the series stacked. */
import { frameOf, framed, legend, short } from './chart-frame';
import { html, type Html } from './escaped-html';
import type { Chart } from './types';

/** A gap between the parts of a column, so that they can be told apart without colour. */
const GAP = 1;
/** Where there are few columns, each is no wider than this (units of the picture). */
const WIDEST = 56;

/** Stacked columns. An unknown value adds nothing. */
export function columns(chart: Chart): Html {
  const sums = chart.labels.map((_, at) => chart.series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const frame = frameOf(chart, Math.max(0, ...sums));
  const band = frame.x.bandwidth();
  const width = Math.min(band, WIDEST);
  const drawn = chart.labels.map((_, at) => {
    const start = (frame.x(String(at)) ?? 0) + (band - width) / 2;
    let below = 0;
    return chart.series.map(({ color, values }) => {
      const value = values[at] ?? 0;
      if (value <= 0) return null;
      const [from, to] = [frame.y(below), frame.y(below + value)];
      below += value;
      const height = Math.max(from - to - (from < frame.bottom ? GAP : 0), 0.5);
      return html`<rect class="f-${color}" x="${short(start)}" y="${short(to)}" width="${short(width)}" height="${short(height)}" rx="1"/>`;
    });
  });
  return html`${legend(chart.series)}${framed(chart, frame, drawn)}`;
}
