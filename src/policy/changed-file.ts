/**
 * From attribution to what the decision sees of a file.
 */
import type { Author, Counts, FileAttribution, LineRange } from '../attribution/types';
import type { ChangedFile, Finding } from './types';

/** One changed file for {@link decide}. A file that has changed lines counts by them alone, also a symbolic link. */
export function changedFileOf(file: FileAttribution, findings: readonly Finding[] = [], runsGate = false, unread = false): ChangedFile {
  const hands = [...file.ranges, ...file.removed, ...(file.change === null ? [] : [file.change])];
  const assistants = hands.flatMap((hand) => (hand.author === 'ai' ? [hand.assistant ?? 'unknown-assistant'] : []));
  return {
    path: file.path,
    from: file.from,
    added: countsOf(file.ranges),
    removed: countsOf(file.removed),
    change: file.ranges.length + file.removed.length > 0 ? null : (file.change?.author ?? 'unknown'),
    ranges: file.ranges,
    removedRanges: file.removed,
    assistants: [...new Set(assistants)].sort(),
    findings,
    ...(runsGate ? { runsGate } : {}),
    ...(unread && hands.some(({ author }) => author !== 'human') ? { unread } : {}),
  };
}

/** With what a plan would do, as a file of its own; a plan that is itself a changed file has the findings of both. */
export function withPlan(files: readonly ChangedFile[], plan: ChangedFile): readonly ChangedFile[] {
  const changed = files.some(({ path }) => path === plan.path);
  return changed ? files.map((file) => (file.path === plan.path ? { ...file, findings: [...file.findings, ...plan.findings] } : file)) : [...files, plan];
}

function countsOf(ranges: readonly LineRange[]): Counts {
  const of = (author: Author): number => ranges.reduce((sum, range) => (range.author === author ? sum + range.end - range.start + 1 : sum), 0);
  return { ai: of('ai'), human: of('human'), unknown: of('unknown') };
}
