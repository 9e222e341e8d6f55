/** The results as a page for people. */
import type { Started } from './commits';
import type { Machine } from './machine';
import { isWithin, type Fact, type Row } from './rows';

export interface Results {
  /** Day of the run, as `2026-01-31`. */
  readonly date: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
  readonly facts: readonly Fact[];
  readonly started: readonly Started[];
}

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map(row).join('');

export function asMarkdown({ machine, rows, facts, started, date }: Results): string {
  const measured = table(
    ['Wait for', 'Baseline', 'Ratio', 'Processor', 'Fastest', 'Half of the rounds', 'Budget', '', 'ms', 'Baseline ms'],
    rows.map((r) => [
      r.what,
      `\`${r.baseline}\``,
      times(r.ratio),
      r.processor === undefined ? '' : times(r.processor),
      times(r.fastest),
      `${r.from.toFixed(2)} to ${r.to.toFixed(2)}`,
      r.budget === null ? 'none' : times(r.budget),
      r.budget === null ? '' : isWithin(r) ? 'within' : '**over**',
      ms(r.ms),
      ms(r.baselineMs),
    ]),
  );
  const counted = table(
    ['One commit', 'Hooks run (sh)', 'More git processes', 'Starts of Node'],
    started.map((s) => [s.what, String(s.hooks), String(s.git), String(s.runtime)]),
  );
  const stated = table(
    ['Figure', 'Value', 'Limit', ''],
    facts.map((fact) => [
      fact.what,
      `${fact.value.toFixed(1)} ${fact.unit}`,
      fact.limit === null ? 'none' : `${String(fact.limit)} ${fact.unit}`,
      fact.limit === null ? '' : fact.value <= fact.limit ? 'within' : '**over**',
    ]),
  );
  return `# Costs

Written by \`npm run bench\`. Each row is one wait of a person, with and without Linekeeper, in turns in one run. It has the medians, their ratio,
and the ratio of the fastest rounds, which a busy machine disturbs least. The ratios travel from machine to machine; the milliseconds do not. A row that is over its
budget says so. *Processor* is the same ratio of processor time, of the command and all that it waits for, where that was taken:
then the budget is one of it.

The editor's rows are measured in the real extension host, with real keys. A block is the extension's work there without
letting others go first, on the processor and with its garbage, measured by samples of a profile. The editor’s own work does not count.

${measured}
${facts.length === 0 ? '' : `${stated}\n`}${started.length === 0 ? '' : `Processes that a commit starts, besides itself:\n\n${counted}\n`}Measured on ${date}, on ${String(machine.processors)} processors and ${String(machine.memoryGb)} GB (${machine.system}), Node ${machine.node}, git ${machine.git}; load at the end ${machine.load.toFixed(1)}.
`;
}
