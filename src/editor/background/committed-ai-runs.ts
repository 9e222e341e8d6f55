/** Lines of a file in HEAD that AI wrote, as runs that may be passed between processes. Pure. */
import type { LineAuthorship } from '../../provenance/authorship/types';
import type { BlamedLine } from '../../provenance/commits';

/** Lines of one commit by one author. 1-based, both ends included. */
export interface CommittedRun {
  readonly start: number;
  readonly end: number;
  readonly by: LineAuthorship;
  readonly commit: string;
  /** Who made the commit, and the day. */
  readonly made: BlamedLine['made'];
}

/** Those that are not AI's have no run. */
export function committedRuns(lines: readonly BlamedLine[]): readonly CommittedRun[] {
  const runs: (Omit<CommittedRun, 'end'> & { end: number })[] = [];
  for (const { line, commit, made, by } of lines) {
    if (by.author !== 'ai' || commit === null) continue;
    const last = runs.at(-1);
    const isNext =
      last?.end === line - 1 &&
      last.commit === commit &&
      last.by.assistant === by.assistant &&
      last.by.session === by.session &&
      last.by.edited === by.edited;
    if (isNext) last.end = line;
    else runs.push({ start: line, end: line, by, commit, made });
  }
  return runs;
}
