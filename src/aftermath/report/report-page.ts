/** A report as one self-contained page. */
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
  tiles,
  type Chart,
  type Html,
  type Part as Piece,
  type Series,
  type Table,
} from '../charts';
import type { Counts } from '../../provenance/authorship/types';
import { assistantOf } from '../../provenance/assistants';
import { DEFINITIONS, meaning } from './figure-definitions';
import { countOf } from '../../policy';
import type { Severity } from '../../policy/types';
import { agentRuns } from './agent-runs-figure';
import { observed } from './figure-of-observing-policy';
import { share } from './add-up-figures';
import { placeOf } from './report-text-and-csv';
import type { Figures, Group, Part, Report } from './types';
import { weekLabels } from './weeks';

const percent = (part: Part): string => numberText(share(part), 'share');
const number = (value: number): string => numberText(value, 'count');

/** At most this many rows of a list are drawn; the table has all. */
const DRAWN = 12;

/** `nonce`: a random word, see `Page`. `made`: when, as a reader would write it. */
export function reportPage(report: Report, { nonce, made }: { readonly nonce: string; readonly made: string }): string {
  const { total } = report;
  const lead = html`${report.repository}, ${placeOf(report)} at ${report.head.slice(0, 10)}, ${daysOf(report)}. ${number(total.commits)} ${total.commits === 1 ? 'commit' : 'commits'}.${found(total)}`;
  const content =
    total.commits === 0
      ? html`<p>No commits in this time.</p>`
      : html`${overview(report)}${weekFigures(report)}${groupFigures(report)}${concentration(report)}${reviews(report)}${agentRuns(report)}${observed(report)}${findings(report)}`;
  const notices = [...report.notices, ...(report.peopleWhy === null ? [] : [report.peopleWhy])];
  return page({
    title: `AI in ${report.repository.split('/').slice(-2).join('/')}`,
    lead,
    content: html`${content}${definitions()}${notices.map((notice) => html`<p class="note">${notice}</p>`)}`,
    footer: html`Made by Linekeeper on ${made}. Policy: ${report.policy}. Nothing was sent anywhere, and no figure is about a single person${report.people === null ? '' : ' but in the table that was asked for'}.${report.runs === null ? '' : ' What agents ran names who let it.'}`,
    nonce,
  });
}

const daysOf = ({ since, until }: Report): string => (since === until ? since : `${since} to ${until}`);

/** When findings were looked for: their number, with a link, since that section is far below. */
const found = ({ findings }: Figures): Html | null =>
  findings === null
    ? null
    : html` <a href="#findings">${countOf(findings.ai, 'finding')} on AI lines</a>, ${number(findings.human + findings.unknown)} on others.`;

function overview({ total, concentration: { assistant } }: Report): Html {
  const { survival, reverted } = total;
  return tiles([
    {
      label: 'AI share of changed lines',
      value: percent(total.ai),
      note: `${number(total.ai.count)} of ${number(total.ai.of)} lines`,
      color: 'ai',
    },
    {
      label: 'Commits with AI lines',
      value: percent({ count: total.aiCommits, of: total.commits }),
      note: `${number(total.aiCommits)} of ${number(total.commits)}`,
      color: 'ai',
    },
    {
      label: 'Unknown share',
      value: percent(total.unknown),
      note: `${percent(total.coverage)} of the commits have a note${total.unknown.count === 0 ? '' : `; ${percent(total.unrecorded)} of the unknown lines have neither note nor trailers`}`,
      color: 'unknown',
    },
    {
      label: 'AI lines still there after 30 days',
      value: percent(survival.ai.after30),
      note: `people's: ${percent(survival.human.after30)}`,
      color: 'human',
    },
    {
      label: 'Reverted AI commits',
      value: percent(reverted.ai),
      note: `people's: ${percent(reverted.human)}`,
      color: 'bad',
    },
    {
      label: 'Most AI lines by',
      value: mostLinesBy(assistant.name, total.unknown),
      note: assistant.name === null ? '' : `${percent(assistant.share)} of AI lines`,
      color: 'four',
    },
  ]);
}

/** The title of the assistant with this name. No name: unknown lines may be an assistant's. */
const mostLinesBy = (name: string | null, unknown: Part): string =>
  name === null ? (unknown.count > 0 ? 'not known' : 'nobody') : (assistantOf(name)?.title ?? name);

const series = (
  name: string,
  color: Series['color'],
  groups: readonly Group[],
  of: (group: Group) => number | null,
): Series => ({ name, color, values: groups.map(of) });

const linesBy = (author: keyof Counts, { added, removed }: Figures): number => added[author] + removed[author];

const byAuthor = (groups: readonly Group[]): Series[] => [
  series('AI', 'ai', groups, (group) => linesBy('ai', group)),
  series('human', 'human', groups, (group) => linesBy('human', group)),
  series('unknown', 'unknown', groups, (group) => linesBy('unknown', group)),
];

const TOGETHER = 'Each point is a week together with the three before it.';

/** Shares over a week and the three before it: single weeks fluctuate. */
const fourWeeks = (weeks: readonly Group[], of: (group: Group) => Part): (number | null)[] =>
  weeks.map((_, at) =>
    share(
      weeks
        .slice(Math.max(0, at - 3), at + 1)
        .map(of)
        .reduce((sum, part) => ({ count: sum.count + part.count, of: sum.of + part.of }), { count: 0, of: 0 }),
    ),
  );

function weekFigures(report: Report): Html {
  const { weeks } = report;
  const labels = weekLabels(weeks.map(({ name }) => name));
  const chart = (summary: string, unit: Chart['unit'], all: readonly Series[]): Chart => ({
    summary,
    unit,
    labels,
    series: all,
  });
  const changed = chart(
    `Changed lines in each week by AI, people and unknown authors; ${countOf(weeks.length, 'week')}.`,
    'count',
    byAuthor(weeks),
  );
  const together = (name: string, color: Series['color'], of: (group: Group) => Part): Series => ({
    name,
    color,
    values: fourWeeks(weeks, of),
  });
  const shares = chart(
    'AI share and unknown share of changed lines, and AI commits of all commits, each over four weeks.',
    'share',
    [
      together('AI share', 'ai', ({ ai }) => ai),
      together('commits with AI', 'four', ({ aiCommits, commits }) => ({ count: aiCommits, of: commits })),
      together('unknown share', 'unknown', ({ unknown }) => unknown),
    ],
  );
  const alive = chart(
    'Share of the lines added in four weeks that were still there 30 and 90 days later, by AI and by people.',
    'share',
    [
      together('AI, 30 days', 'ai', ({ survival }) => survival.ai.after30),
      together('human, 30 days', 'human', ({ survival }) => survival.human.after30),
      together('AI, 90 days', 'five', ({ survival }) => survival.ai.after90),
      together('human, 90 days', 'six', ({ survival }) => survival.human.after90),
    ],
  );
  const isYoung = weeks.length < FEW_WEEKS;
  return html`${drawn('lines', 'Changed lines by week', meaning('AI, human, unknown'), changed, isYoung ? null : columns, 'Week')}${drawn('shares', 'Shares over time', html`${meaning('AI share')} ${meaning('Unknown share')} ${isYoung ? null : TOGETHER}`, shares, isYoung ? null : lines, 'Week')}${survivalFigure(report, alive)}`;
}

/** A line over fewer points shows nothing that their table does not. */
const FEW_WEEKS = 4;

/** While no line is old enough there is nothing to draw: since when there will be. */
function survivalFigure({ since, until }: Report, chart: Chart): Html {
  const meant = meaning('Still there after 30 or 90 days');
  const known = chart.series.filter(({ values }) => values.some((value) => value !== null));
  if (known.length > 0)
    return drawn(
      'survival',
      'Still there after 30 and 90 days',
      html`${meant} ${TOGETHER}`,
      { ...chart, series: known },
      lines,
      'Week',
    );
  const first = new Date(Date.parse(since) + 30 * 86_400_000).toISOString().slice(0, 10);
  return figure({
    id: 'survival',
    title: 'Still there after 30 and 90 days',
    definition: html`${meant} ${first > until ? `No line here is 30 days old yet; the first ones are on ${first}.` : 'No such line is old enough yet.'}`,
    picture: null,
  });
}

const drawn = (
  id: string,
  title: string,
  definition: Piece,
  chart: Chart,
  /** Null: the table alone says it. */
  draw: ((chart: Chart) => Html) | null,
  first: string,
): Html =>
  figure({
    id,
    title,
    definition,
    picture: draw === null ? null : draw(chart),
    table: table(tableOf(chart.summary, first, chart)),
    open: draw === null,
  });

function groupFigures(report: Report): Html {
  const { assistants, models, tiers, teams, paths, people } = report;
  return html`${ofAi('assistants', 'By assistant', assistants, 'Lines that each assistant added and removed, and what became of them.')}${ofAi('models', 'By model', models, 'The same by model, if the assistant named it.')}${mixed('tiers', 'By tier', tiers, meaning('Tier'))}${teams.length === 0 ? null : mixed('teams', 'By team', teams, meaning('Team'))}${mixed('paths', 'By path', paths, 'By the folder that a file is in.')}${people === null ? null : mixed('people', 'By person', people, "In the order of the alphabet. Lines say nothing about how good somebody's work is.", false)}`;
}

function ofAi(id: string, title: string, groups: readonly Group[], definition: string): Html | null {
  if (groups.length === 0) return null;
  const top = groups.slice(0, DRAWN);
  const chart: Chart = {
    summary: `${title}: lines added and removed by AI. Most: ${top[0]?.name ?? ''}.`,
    unit: 'count',
    labels: top.map(({ name }) => name),
    series: [
      series('added', 'ai', top, ({ added }) => added.ai),
      series('removed', 'bad', top, ({ removed }) => removed.ai),
    ],
  };
  const rows: Table = {
    caption: `${title}: lines by AI`,
    columns: [
      { title: 'Name' },
      { title: 'Commits', unit: 'count' },
      { title: 'Added', unit: 'count' },
      { title: 'Removed', unit: 'count' },
      { title: 'Share of all lines', unit: 'share' },
      { title: 'There after 30 d', unit: 'share' },
      { title: 'After 90 d', unit: 'share' },
      { title: 'Reverted', unit: 'share' },
    ],
    rows: groups.map((group) => [
      group.name,
      group.commits,
      group.added.ai,
      group.removed.ai,
      share(group.ai),
      share(group.survival.ai.after30),
      share(group.survival.ai.after90),
      share(group.reverted.ai),
    ]),
  };
  return figure({ id, title, definition, picture: bars(chart), table: table(rows) });
}

function mixed(id: string, title: string, groups: readonly Group[], definition: string, picture = true): Html | null {
  if (groups.length === 0) return null;
  const top = groups.slice(0, DRAWN);
  const chart: Chart = {
    summary: `${title}: changed lines by AI, people and unknown authors.`,
    unit: 'count',
    labels: top.map(({ name }) => name),
    series: byAuthor(top),
  };
  const rows: Table = {
    caption: `${title}: changed lines`,
    columns: [
      { title: 'Name' },
      { title: 'Commits', unit: 'count' },
      { title: 'With AI', unit: 'count' },
      { title: 'AI lines', unit: 'count' },
      { title: 'Human lines', unit: 'count' },
      { title: 'Unknown lines', unit: 'count' },
      { title: 'AI share', unit: 'share' },
      { title: 'Reverted AI', unit: 'share' },
    ],
    rows: groups.map((group) => [
      group.name,
      group.commits,
      group.aiCommits,
      linesBy('ai', group),
      linesBy('human', group),
      linesBy('unknown', group),
      share(group.ai),
      share(group.reverted.ai),
    ]),
  };
  return figure({ id, title, definition, picture: picture ? bars(chart) : null, table: table(rows), open: !picture });
}

function concentration({ concentration: { assistant, model } }: Report): Html | null {
  if (assistant.name === null) return null; // no line by AI, which the first figures say
  const row = (name: string, figures: typeof assistant): readonly (string | number | null)[] => [
    name,
    figures.name ?? 'not known',
    share(figures.share),
    figures.effective === null ? 'not known' : figures.effective.toFixed(1),
  ];
  return figure({
    id: 'concentration',
    title: 'Most AI lines by',
    definition: meaning('Most AI lines by'),
    picture: null,
    open: true,
    table: table({
      caption: 'How much hangs on one',
      columns: [
        { title: 'Of' },
        { title: 'Most lines' },
        { title: 'Share', unit: 'share' },
        { title: 'Effective number' },
      ],
      rows: [row('Assistants', assistant), row('Models', model)],
    }),
  });
}

function reviews({ reviews: { asked, given, days, merges } }: Report): Html {
  if (asked === 0 && merges === 0)
    return figure({
      id: 'reviews',
      title: 'Reviews',
      definition: html`${meaning('Reviews required')} None was asked yet, and nothing was merged.`,
      picture: null,
    });
  return figure({
    id: 'reviews',
    title: 'Reviews',
    definition: html`${meaning('Reviews required')} ${meaning('Reviews given')}`,
    picture: null,
    open: true,
    table: table({
      caption: 'Changes that got into the branch',
      columns: [{ title: 'Figure' }, { title: 'Value' }],
      rows: [
        ['Reviews required', number(asked)],
        ['Reviews given', given === null ? 'not known' : number(given)],
        ['Time to merge (middle)', days === null ? 'not known' : numberText(days, 'days')],
        ['Merges', number(merges)],
      ],
    }),
  });
}

function findings({ findings: found }: Report): Html {
  if (found === null)
    return figure({
      id: 'findings',
      title: 'Findings',
      definition: html`Not looked for, because that reads every changed file and takes longer. On the command line, add <code>--findings</code>; in the editor, turn on the setting <code>linekeeper.report.findings</code>.`,
      picture: null,
    });
  if (found.rules.length === 0)
    return figure({
      id: 'findings',
      title: 'Findings',
      definition: html`${meaning('Findings')} No danger rule found anything in these commits.`,
      picture: null,
    });
  const bySeverity = (name: Severity, color: Series['color']): Series => ({
    name,
    color,
    values: found.weeks.map((week) => week[name]),
  });
  const chart: Chart = {
    summary: "Findings on AI's lines in each week by severity.",
    unit: 'count',
    labels: weekLabels(found.weeks.map(({ name }) => name)),
    series: [
      bySeverity('critical', 'bad'),
      bySeverity('high', 'warn'),
      bySeverity('medium', 'four'),
      bySeverity('low', 'unknown'),
    ],
  };
  const rows = found.rules.map(({ rule, severity, findings: { ai, human, unknown }, commits, aiCommits }) => [
    rule,
    severity,
    ai,
    human,
    unknown,
    commits,
    aiCommits,
  ]);
  const byRule = figure({
    id: 'findings',
    title: 'Findings by rule',
    definition: "The gravest first. With AI: commits where a finding comes from AI's lines.",
    picture: null,
    open: true,
    table: table({
      caption: 'By rule and by whose lines',
      columns: [
        { title: 'Rule' },
        { title: 'Severity' },
        { title: 'On AI lines', unit: 'count' },
        { title: 'Human', unit: 'count' },
        { title: 'Unknown', unit: 'count' },
        { title: 'Commits', unit: 'count' },
        { title: 'With AI', unit: 'count' },
      ],
      rows,
    }),
  });
  const isOnAi = chart.series.some(({ values }) => values.some((value) => value !== null && value > 0));
  const byWeek = isOnAi
    ? drawn('findings-weeks', "Findings on AI's lines by week", meaning('Findings'), chart, columns, 'Week')
    : null;
  return html`${byWeek}${byRule}`;
}

const definitions = (): Html =>
  html`<section class="figure" id="definitions" aria-labelledby="definitions-title"><h2 id="definitions-title">What the figures mean</h2><dl class="terms">${DEFINITIONS.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl></section>`;
