/** An attributed change in the form that the decision takes. */
import { countLines } from '../attribution';
import type { ChangeAttribution, FileAttribution } from '../attribution/types';
import type { ChangedFile, Finding } from '../policy';

/** The decision's view of a file. */
export function changedFile(file: FileAttribution, findings: readonly Finding[] = []): ChangedFile {
  const assistants = [...file.ranges, ...file.removed, ...(file.change ? [file.change] : [])].flatMap((range) => (range.author === 'ai' && range.assistant !== null ? [range.assistant] : []));
  return {
    path: file.path,
    from: file.from,
    added: countLines(file.ranges),
    removed: countLines(file.removed),
    change: file.change?.author ?? null,
    ranges: file.ranges,
    removedRanges: file.removed,
    assistants: [...new Set(assistants)],
    findings,
  };
}

export const changedFiles = (change: ChangeAttribution): ChangedFile[] => change.files.map((file) => changedFile(file));
