/** One file during the replay of its records, and what its observations show about its texts. */
import type { Operation } from '../../authorship';
import type { OpenBracket } from './open-brackets';
import type { Side } from './deletions-by-choosing-conflict-side';
import type { Decoder } from './content-decoder';
import type { Observation } from './observations-from-records';
import type { FileHistory } from './file-history';
import type { FileQuery } from './replay-input';

/** A file that gets a new content. */
export interface Arrival {
  readonly file: File;
  readonly text: string;
  readonly operation: Operation;
  readonly recorded: boolean;
}

/** A committed content, and the content observed next. */
export interface Committed {
  readonly file: File;
  readonly text: string;
  readonly operation: Operation;
  readonly commit: string;
  /** What its first parent had, if known. */
  readonly was: string | undefined;
  readonly next: string | undefined;
  /** HEAD had been there before. */
  readonly again: boolean;
}

/** A file of the records, or of the change in question. */
export interface File {
  readonly track: FileHistory;
  readonly decoder: Decoder;
  readonly want?: FileQuery;
  readonly observations: readonly Observation[];
  /** The sides of the conflicts that git left in it. */
  sides: readonly Side[];
}

/** The brackets that cover all files, or list this one. */
export const bracketsOver = ({ want }: File, open: readonly OpenBracket[]): OpenBracket[] =>
  open.filter(({ record }) => record.files.some((f) => f.path === want?.path) || record.opens.all);

/** Whether the file had a text at an observation: right before its edit, or after it. */
export const hasText = ({ edit, seen }: Observation, text: string, decoder: Decoder): boolean =>
  (edit !== undefined && decoder.content(edit.from) === text) || decoder.content(seen) === text;

/**
 * Whether a text was there before recording began. If no commit is recorded, this also holds when the file returned to
 * it, for example by an undo.
 */
export function wasBefore(base: string, file: File): boolean {
  const { observations, decoder } = file;
  if (observations.every(({ commit }) => commit === undefined)) return true;
  // For an unseen edit, the content before was only inferred.
  const states = observations.flatMap(({ edit, opened, seen }) => [
    ...(edit && (opened !== undefined || edit.operations) ? [decoder.content(edit.from)] : []),
    decoder.content(seen),
  ]);
  return !states.includes(base) || wasLeft(base, file);
}

/**
 * Whether work was stashed and this text seen only after that: then it had been there before the work, which was not
 * based on any recorded commit.
 */
function wasLeft(text: string, { observations, decoder }: File): boolean {
  const first = observations.findIndex((observation) => hasText(observation, text, decoder));
  return (
    observations[first - 1]?.away === true && observations.slice(0, first).every(({ commit }) => commit === undefined)
  );
}
