/** A report as text and as CSV. */
import { numberText } from '../charts';
import { runCounts } from './count-agent-runs';
import { share } from './add-up-figures';
import type { Figures, Group, Observed, Part, Report } from './types';

const percent = (part: Part): string => numberText(share(part), 'share');
const number = (value: number): string => numberText(value, 'count');

/** For a terminal. Texts from outside go through `printable`. */
export function reportText(report: Report, printable: (text: string) => string): string {
  const { total, concentration, reviews } = report;
  const { added, removed } = total;
  const lines = [
    `${printable(report.repository)}, ${printable(placeOf(report))}, ${report.since} to ${report.until}: ${number(total.commits)} ${total.commits === 1 ? 'commit' : 'commits'}, ${number(total.aiCommits)} with AI lines (${percent({ count: total.aiCommits, of: total.commits })})`,
    `  lines      AI +${number(added.ai)} −${number(removed.ai)} (${percent(total.ai)}), human +${number(added.human)} −${number(removed.human)}, unknown +${number(added.unknown)} −${number(removed.unknown)} (${percent(total.unknown)})`,
    `  coverage   ${percent(total.coverage)} of the commits have a note${total.unknown.count === 0 ? '' : `; ${percent(total.unrecorded)} of the unknown lines are in commits without a note or trailers`}`,
    `  still there after 30 days: AI ${percent(total.survival.ai.after30)}, human ${percent(total.survival.human.after30)}; after 90 days: AI ${percent(total.survival.ai.after90)}, human ${percent(total.survival.human.after90)}`,
    `  reverted   AI ${percent(total.reverted.ai)}, human ${percent(total.reverted.human)}`,
    `  reviews    required ${number(reviews.asked)}, given ${reviews.given === null ? 'not known' : number(reviews.given)}; ${reviews.days === null ? 'time to merge not known' : `${numberText(reviews.days, 'days')} from the last commit to the merge (middle of ${number(reviews.merges)})`}`,
    ...(concentration.assistant.name === null
      ? []
      : [
          `  most by    ${printable(concentration.assistant.name)} (${percent(concentration.assistant.share)} of AI lines)${concentration.model.name === null ? '' : `; model ${printable(concentration.model.name)} (${percent(concentration.model.share)})`}`,
        ]),
  ];
  const groups = (title: string, all: readonly Group[]): void => {
    if (all.length === 0) return;
    lines.push(
      '',
      ...aligned([
        [title, 'commits', 'with AI', 'AI lines', 'AI share', 'unknown'],
        ...all.map((group) => [
          printable(group.name),
          number(group.commits),
          number(group.aiCommits),
          number(group.added.ai + group.removed.ai),
          percent(group.ai),
          percent(group.unknown),
        ]),
      ]),
    );
  };
  groups('assistant', report.assistants);
  groups('model', report.models);
  groups('tier', report.tiers);
  groups('team', report.teams);
  groups('path', report.paths.slice(0, 15));
  groups('person', report.people ?? []);
  groups('week', report.weeks.slice(-12));
  if (report.findings?.rules.length === 0) lines.push('', '  No danger rule found anything in these commits.');
  if (report.findings && report.findings.rules.length > 0)
    lines.push(
      '',
      ...aligned([
        ['finding', 'severity', 'AI', 'human', 'unknown', 'commits', 'with AI'],
        ...report.findings.rules.map(({ rule, severity, findings: { ai, human, unknown }, commits, aiCommits }) => [
          printable(rule),
          severity,
          number(ai),
          number(human),
          number(unknown),
          number(commits),
          number(aiCommits),
        ]),
      ]),
    );
  if (report.runs !== null)
    lines.push(
      '',
      `  what agents ran: ${runCounts(report.runs) || 'nothing with permission, and nothing was refused'}`,
      ...report.runs.latest.map(({ says }) => `    ${printable(says)}`),
    );
  if (report.observed !== null) lines.push('', ...observedLines(report.observed));
  for (const notice of [...report.notices, ...(report.peopleWhy === null ? [] : [report.peopleWhy])])
    lines.push('', printable(notice));
  lines.push('', '"linekeeper report --format html --output report.html" defines each figure.');
  return `${lines.join('\n')}\n`;
}

/** What the policy would have required: the figures behind the choice to enforce it. */
export function observedLines(observed: Observed): readonly string[] {
  const { changes, asked, signOffs, signOffsAWeek, readingHoursAWeek, waitsHours, findings, agents, since } = observed;
  const found = Object.entries(findings).filter(([, count]) => count > 0);
  return [
    `  if it had been enforced (mode: observe), since ${since}:`,
    `    sign-offs  ${number(asked)} of ${number(changes)} merged changes would have needed one: ${signOffs.map(({ from, count }) => `${number(count)} × ${from}`).join(', ') || 'none'}`,
    `    a week     ${String(signOffsAWeek)} sign-offs, ${String(readingHoursAWeek)} hours of reading`,
    `    wait       ${waitsHours === null ? 'not known' : `${String(Math.round(waitsHours * 10) / 10)} hours from the last commit to the merge today (middle); a sign-off comes on top`}`,
    `    findings   ${found.map(([severity, count]) => `${number(count)} ${severity}`).join(', ') || 'none'}`,
    `    agents     ${agents === 1 ? '1 command' : `${number(agents)} commands`} would have been refused or asked about`,
  ];
}

/** The branch, else the revision: `branch main`. */
export const placeOf = ({ branch, ref }: Pick<Report, 'branch' | 'ref'>): string =>
  branch === null ? `${ref}, on no branch` : branch === ref ? ref : `branch ${branch}`;

/** Rows with aligned columns: the first to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => Array.from(row[at] ?? '').length)));
  return rows.map((row) =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`.trimEnd(),
  );
}

const COLUMNS: readonly (readonly [string, (figures: Figures) => number | null])[] = [
  ['commits', (one) => one.commits],
  ['ai_commits', (one) => one.aiCommits],
  ...(['added', 'removed'] as const).flatMap((side) =>
    (['ai', 'human', 'unknown'] as const).map(
      (author) => [`${side}_${author}`, (one: Figures) => one[side][author]] as const,
    ),
  ),
  ...(
    [
      ['ai', (one) => one.ai],
      ['unknown', (one) => one.unknown],
      ['unknown_without_record', (one) => one.unrecorded],
      ['coverage', (one) => one.coverage],
      ['ai_after_30_days', (one) => one.survival.ai.after30],
      ['human_after_30_days', (one) => one.survival.human.after30],
      ['ai_after_90_days', (one) => one.survival.ai.after90],
      ['human_after_90_days', (one) => one.survival.human.after90],
      ['reverted_ai', (one) => one.reverted.ai],
      ['reverted_human', (one) => one.reverted.human],
    ] as readonly (readonly [string, (one: Figures) => Part])[]
  ).flatMap(([name, of]) => [
    [`${name}_count`, (one: Figures) => of(one).count] as const,
    [`${name}_of`, (one: Figures) => of(one).of] as const,
  ]),
  ...(['ai', 'human', 'unknown'] as const).map(
    (author) => [`findings_${author}`, (one: Figures) => one.findings?.[author] ?? null] as const,
  ),
];

/**
 * One table for spreadsheets: a row for each group, shares as "count" and "of"; empty when findings were not looked
 * for.
 */
export function reportCsv(report: Report): string {
  const groups: readonly (readonly [string, readonly Group[]])[] = [
    ['total', [{ name: '', ...report.total }]],
    ['week', report.weeks],
    ['assistant', report.assistants],
    ['model', report.models],
    ['tier', report.tiers],
    ['team', report.teams],
    ['path', report.paths],
    ['person', report.people ?? []],
  ];
  const rows = groups.flatMap(([kind, all]) =>
    all.map((group) => [kind, cell(group.name), ...COLUMNS.map(([, of]) => String(of(group) ?? ''))].join(',')),
  );
  return `${[['group', 'name', ...COLUMNS.map(([name]) => name)].join(','), ...rows].join('\r\n')}\r\n`;
}

/** RFC 4180, and nothing that a spreadsheet would interpret as a formula. */
const cell = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};
