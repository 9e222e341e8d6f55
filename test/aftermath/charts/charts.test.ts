import assert from 'node:assert/strict';
import {
  bars,
  columns,
  figure,
  html,
  lines,
  numberText,
  page,
  table,
  tableOf,
  type Chart,
} from '../../../src/aftermath/charts';

type Color = Chart['series'][number]['color'];

const EVIL = `"><script>alert('x')</script>&\u202e`;

const chart = (unit: Chart['unit'], values: readonly (number | null)[]): Chart => ({
  summary: EVIL,
  labels: values.map((_, at) => `${EVIL}${String(at)}`),
  series: [{ name: EVIL, color: 'ai', values }],
  unit,
});

describe('charts', () => {
  it('escape every text from outside', () => {
    for (const draw of [columns, lines, bars]) {
      const whole = page({
        title: EVIL,
        lead: EVIL,
        content: figure({
          id: 'one',
          title: EVIL,
          definition: EVIL,
          picture: draw(chart('count', [1, null, 3])),
          table: table(tableOf(EVIL, EVIL, chart('count', [1, null, 3]))),
        }),
        footer: EVIL,
        nonce: 'abc',
      });
      assert.doesNotMatch(whole, /<script|\u202e/);
      assert.match(whole, /&lt;script&gt;alert\(&#39;x&#39;\)/);
      assert.match(whole, /<td class="none">not known<\/td>/);
    }
  });

  it('their page allows no script and no loading', () => {
    const whole = page({ title: 'A', lead: '', content: '', footer: '', nonce: 'n0nce' });
    assert.match(whole, /default-src 'none'; style-src 'nonce-n0nce'/);
    assert.doesNotMatch(whole, /\b(?:src|href)=|https?:|\bstyle="/);
  });

  it('draw bars in proportion to their values, stacked', () => {
    const { text } = columns({
      summary: '',
      labels: ['a'],
      series: [
        { name: 'x', color: 'ai', values: [30] },
        { name: 'y', color: 'human', values: [10] },
      ],
      unit: 'count',
    });
    const [first = [], second = []] = [
      ...text.matchAll(/<rect class="f-\w+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
    ].map((match) => match.slice(1).map(Number));
    const [, y1 = 0, , h1 = 0] = first;
    const [, y2 = 0, , h2 = 0] = second;
    assert.ok(Math.abs(h1 / (h2 + 1) - 3) < 0.05, `${String(h1)} and ${String(h2)}`);
    assert.ok(Math.abs(y2 + h2 + 1 - y1) < 0.2, 'the second stands on the first');
  });

  it('colours of series: each has a rule in the page when a chart uses it', () => {
    const colors: readonly Color[] = ['ai', 'human', 'unknown', 'good', 'warn', 'bad'];
    const more: readonly Color[] = ['one', 'two', 'three', 'four', 'five', 'six'];
    const whole = page({ title: 'A', lead: '', content: '', footer: '', nonce: 'n' });
    for (const color of [...colors, ...more]) {
      const series = [{ name: 'x', color, values: [1] }];
      const { text } = columns({ summary: '', labels: ['a'], series, unit: 'count' });
      assert.ok(text.includes(`class="f-${color}"`), text);
      assert.ok(whole.includes(`.f-${color}{fill:var(--${color})}`), color);
    }
  });

  it('leave a gap for an unknown value, and have no NaN without values', () => {
    const { text } = lines({
      summary: '',
      labels: ['a', 'b', 'c', 'd', 'e'],
      series: [{ name: 'x', color: 'ai', values: [0.1, 0.2, null, 0.4, 0.5] }],
      unit: 'share',
    });
    assert.equal((/ d="([^"]*)"/.exec(text)?.[1] ?? '').match(/M/g)?.length, 2);
    assert.equal(text.match(/<circle/g)?.length, 4);
    for (const draw of [columns, lines, bars])
      assert.doesNotMatch(draw({ summary: '', labels: [], series: [], unit: 'count' }).text, /NaN|Infinity/);
  });

  it('numbers are never rounded to 0 or 100 percent, or to nothing', () => {
    assert.deepEqual(
      [0, 0.0004, 0.034, 0.5, 0.9999, 1].map((share) => numberText(share, 'share')),
      ['0%', '<0.1%', '3.4%', '50%', '>99.9%', '100%'],
    );
    assert.equal(numberText(1234567, 'count'), '1,234,567');
    assert.equal(numberText(null, 'count'), 'not known');
    assert.equal(html`<b>${['<', html`<i>x</i>`, null, 3]}</b>`.text, '<b>&lt;<i>x</i>3</b>');
  });
});
