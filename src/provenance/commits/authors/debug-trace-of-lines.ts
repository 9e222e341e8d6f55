/** Why the lines of a change got their authors, for the trace. */
import type { Attribution, Provenance } from '../../authorship';
import type { FileAttribution, LineAuthorship } from '../../authorship/types';
import { trace } from '../../../base/debug-trace';

/** Lines of one file whose authors the records and the sources of its commit decided. */
export function traceLines(path: string, { added, removed }: Attribution): void {
  for (const [sign, lines] of [
    ['+', added],
    ['-', removed],
  ] as const)
    for (const run of runsOf(lines, ({ by }) => `${by.author}: ${why(by.hand)}`))
      trace(
        'line',
        () =>
          `${path} ${sign}${spanOf(run)} ${run.what}${run.lines[0]?.by.edited === true ? ', edited by another' : ''}`,
      );
}

/** A file whose change was attributed as a whole, or whose lines are known from the commit that it repeats. */
export function traceFile({ path, ranges, removed, change }: FileAttribution, because: string): void {
  for (const [sign, lines] of [
    ['+', ranges],
    ['-', removed],
  ] as const)
    for (const range of lines)
      trace(
        'line',
        () => `${path} ${sign}${spanOf({ first: range.start, last: range.end })} ${authorship(range)}, ${because}`,
      );
  if (change) trace('line', () => `${path} (no lines) ${authorship(change)}, ${because}`);
}

interface Run<T> {
  readonly first: number;
  readonly what: string;
  readonly lines: T[];
  last: number;
}

/** Neighbouring lines of which the same is said. */
function runsOf<T extends { readonly line: number }>(lines: readonly T[], say: (line: T) => string): Run<T>[] {
  const runs: Run<T>[] = [];
  for (const line of lines) {
    const text = say(line);
    const latest = runs.at(-1);
    if (latest?.last === line.line - 1 && latest.what === text) {
      latest.last = line.line;
      latest.lines.push(line);
    } else runs.push({ first: line.line, last: line.line, what: text, lines: [line] });
  }
  return runs;
}

const spanOf = ({ first, last }: { readonly first: number; readonly last: number }): string =>
  first === last ? String(first) : `${String(first)}-${String(last)}`;

const authorship = ({ author, assistant, evidence }: LineAuthorship): string =>
  [author, assistant, evidence].filter((word) => word !== null).join(' ');

/** What is known of who did it, and how. */
function why(by: Provenance): string {
  if (by === null) return 'no record and no source commit shows who';
  const { assistant, model, evidence, reason, time } = by;
  return [
    ...(assistant === undefined ? [] : [model === undefined ? assistant : `${assistant} ${model}`]),
    ...(evidence === undefined ? [] : [evidence === 'inferred' ? 'inferred, which counts as unknown' : evidence]),
    ...(reason === undefined ? [] : [reason]),
    ...(time === undefined ? [] : [`at ${new Date(time).toISOString()}`]),
  ].join(', ');
}
