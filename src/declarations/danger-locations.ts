/** Where warnings about dangers stand in a file, and what they are known by. Pure. */
import type { Author, FileAttribution, LineRange } from '../attribution/types';
import type { Finding } from '../policy';
import { hunksOf, type ChangedLines } from './warning-locations';
import type { LineSpan } from './unknown-lines';

/** Lines that changed together, and where they were. */
export interface DangerHunk extends ChangedLines {
  /** The first line of the hunk in the file as it was; of one that only adds, the line that followed. */
  readonly was: number;
}

/** One cause of a warning: several findings by one rule at the same line are one. */
export interface DangerCause {
  readonly finding: Finding;
  /** Where it stands in the file as it is, from 1. */
  readonly line: number;
  /** Who wrote the changed lines that it comes from. */
  readonly author: Author;
  /** Lines of an unknown author that it comes from. */
  readonly unknown?: LineSpan;
  /** How many findings it stands for. */
  readonly count: number;
}

/** Whether a person must hear of it whoever wrote it. */
export const isGrave = ({ severity }: Pick<Finding, 'severity'>): boolean =>
  severity === 'critical' || severity === 'high';

/**
 * What is worth a warning in a file of `lineTotal` lines: what a person wrote only where the finding is high or
 * critical.
 */
export function dangersIn(
  findings: readonly Finding[],
  hunks: readonly DangerHunk[],
  lineTotal: number,
): readonly DangerCause[] {
  const causes = new Map<string, DangerCause>();
  for (const finding of findings) {
    const { author, line, unknown } = causeOf(finding, hunks);
    if (author === 'human' && !isGrave(finding)) continue;
    const at = Math.max(1, Math.min(line, lineTotal));
    const key = `${finding.rule} ${String(at)} ${finding.side}`;
    const known = causes.get(key);
    causes.set(
      key,
      known
        ? { ...known, count: known.count + 1 }
        : { finding, line: at, author, ...(unknown ? { unknown } : {}), count: 1 },
    );
  }
  return [...causes.values()];
}

/** The same by what git counted of a file. */
export const dangersOf = (
  findings: readonly Finding[],
  { ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>,
  lineTotal: number,
): readonly DangerCause[] => dangersIn(findings, hunksOf(ranges, removed), lineTotal);

/** The changed lines that a finding comes from, by what git counted of its file; undefined where no line changed. */
export const linesBehind = (
  { line, side }: Pick<Finding, 'line' | 'side'>,
  { ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>,
): LineRange | undefined => nearest({ line, side }, hunksOf(ranges, removed))?.run;

/**
 * What an acknowledgement of a danger is of: another rule, other words or another text is another warning. `text`: of
 * its line.
 */
export const subjectOfDanger = ({ rule, message }: Pick<Finding, 'rule' | 'message'>, text: string): string =>
  JSON.stringify([rule, message, text.trim()]);

/**
 * The changed lines that a finding comes from: those it is at, else those that are nearest, such as inside a block of
 * which it names the header.
 */
function causeOf(finding: Finding, hunks: readonly DangerHunk[]): Omit<DangerCause, 'finding' | 'count'> {
  const { line, side } = finding;
  const found = nearest(finding, hunks);
  if (!found) return { author: 'unknown', line };
  const { hunk, run } = found;
  const ofUnknown = hunk.added.filter(({ author }) => author === 'unknown');
  const [from] = ofUnknown;
  const unknown =
    run.author === 'unknown' && from ? { unknown: { start: from.start, end: ofUnknown.at(-1)?.end ?? from.end } } : {};
  return { author: run.author, line: side === 'new' ? line : standsNow(hunk, line), ...unknown };
}

function nearest(
  { line, side }: Pick<Finding, 'line' | 'side'>,
  hunks: readonly DangerHunk[],
): { readonly hunk: DangerHunk; readonly run: LineRange } | undefined {
  const runs = hunks.flatMap((hunk) => runsOf(hunk, side).map((run) => ({ hunk, run })));
  const distance = ({ run }: (typeof runs)[number]): number => Math.max(run.start - line, line - run.end, 0);
  const [first, ...others] = runs;
  return first && others.reduce((best, one) => (distance(one) < distance(best) ? one : best), first);
}

/** The runs of a hunk on one side; where it has none there, those of the other as the place between two lines. */
function runsOf({ added, removed, line, was }: DangerHunk, side: Finding['side']): readonly LineRange[] {
  const at = (runs: readonly LineRange[], place: number): readonly LineRange[] =>
    runs.map((run) => ({ ...run, start: place, end: place }));
  if (side === 'new') return added.length > 0 ? added : at(removed, line);
  return removed.length > 0 ? removed : at(added, was);
}

/** The line that now stands where an old one was: of lines that were replaced, the one in the same place. */
function standsNow(hunk: DangerHunk, line: number): number {
  const added = hunk.added.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return hunk.line + Math.max(0, Math.min(line - (hunk.removed[0]?.start ?? line), added - 1));
}
