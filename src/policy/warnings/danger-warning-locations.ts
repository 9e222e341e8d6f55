/** Where warnings about dangers are in a file, and what identifies them. Pure. */
import type { Author, FileAttribution, LineRange } from '../../provenance/authorship/types';
import type { Finding } from '..';
import { hunksOf, type ChangedLines } from './author-warning-locations';
import type { LineSpan } from '../../provenance/declarations';

/** Lines that changed together, and their old position. */
interface DangerHunk extends ChangedLines {
  /** The first line of the hunk in the old file; for a hunk that only adds, the line that followed. */
  readonly was: number;
}

/** One cause of a warning: several findings by one rule at the same line are one. */
export interface DangerCause {
  readonly finding: Finding;
  /** Its line in the current file, 1-based. */
  readonly line: number;
  /** Who wrote the changed lines that caused it. */
  readonly author: Author;
  /** Lines of an unknown author that caused it. */
  readonly unknown?: LineSpan;
  /** How many findings it represents. */
  readonly count: number;
}

/** Whether a person must be warned whoever wrote it. */
export const isGrave = ({ severity }: Pick<Finding, 'severity'>): boolean =>
  severity === 'critical' || severity === 'high';

/**
 * What is worth a warning in a file of `lineTotal` lines: in a person's lines only findings that are high or critical.
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

/** The same for a file's attribution as counted by git. */
export const dangersOf = (
  findings: readonly Finding[],
  { ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>,
  lineTotal: number,
): readonly DangerCause[] => dangersIn(findings, hunksOf(ranges, removed), lineTotal);

/** The changed lines that caused a finding, by its file's attribution; undefined when no line changed. */
export const linesBehind = (
  { line, side }: Pick<Finding, 'line' | 'side'>,
  { ranges, removed }: Pick<FileAttribution, 'ranges' | 'removed'>,
): LineRange | undefined => nearest({ line, side }, hunksOf(ranges, removed))?.run;

/**
 * What an acknowledgement of a danger applies to: another rule, message or text is another warning. `text`: of its
 * line.
 */
export const subjectOfDanger = ({ rule, message }: Pick<Finding, 'rule' | 'message'>, text: string): string =>
  JSON.stringify([rule, message, text.trim()]);

/**
 * The changed lines that caused a finding: those at its line, else the nearest ones, for example inside a block whose
 * header it names.
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

/** The runs of a hunk on one side; if it has none there, those of the other side as the place between two lines. */
function runsOf({ added, removed, line, was: oldLine }: DangerHunk, side: Finding['side']): readonly LineRange[] {
  const at = (runs: readonly LineRange[], place: number): readonly LineRange[] =>
    runs.map((run) => ({ ...run, start: place, end: place }));
  if (side === 'new') return added.length > 0 ? added : at(removed, line);
  return removed.length > 0 ? removed : at(added, oldLine);
}

/** The line now in the place of an old one: among replaced lines, the one in the same position. */
function standsNow(hunk: DangerHunk, line: number): number {
  const added = hunk.added.reduce((sum, { start, end }) => sum + end - start + 1, 0);
  return hunk.line + Math.max(0, Math.min(line - (hunk.removed[0]?.start ?? line), added - 1));
}
