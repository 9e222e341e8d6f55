/** Lines over labels such as weeks, one for each series. */
import { curveMonotoneX, line } from 'd3-shape';
import { frameOf, framed, legend, middle, short } from './chart-frame';
import { html, type Html } from './escaped-html';
import type { Chart } from './types';

/** The first series is solid, the others are dashed, so that they can be told apart without colour. */
const DASHES = ['', '6 4', '2 3', '10 3 2 3', '4 2', '1 2'];

/** Lines. An unknown value leaves a gap, and one between two gaps is a dot. */
export function lines(chart: Chart): Html {
  const known = chart.series.flatMap(({ values }) => values.filter((value) => value !== null));
  const frame = frameOf(
    chart,
    known.reduce((most, value) => Math.max(most, value), 0),
  );
  const drawn = chart.series.map(({ color, values }, index) => {
    const path = line<number | null>(
      (_, at) => short(middle(frame.x, at)),
      (value) => short(frame.y(value ?? 0)),
    )
      .defined((value) => value !== null)
      .curve(curveMonotoneX);
    const dots = values.flatMap((value, at) =>
      value === null
        ? []
        : [
            html`<circle class="f-${color}" cx="${short(middle(frame.x, at))}" cy="${short(frame.y(value))}" r="${values.length > 60 ? 1.2 : 2.6}"/>`,
          ],
    );
    return html`<path class="line s-${color}" d="${path(values) ?? ''}" stroke-dasharray="${DASHES[index % DASHES.length] ?? ''}"/>${dots}`;
  });
  return html`${legend(chart.series)}${framed(chart, frame, drawn)}`;
}
