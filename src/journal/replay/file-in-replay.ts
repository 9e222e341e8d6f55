/** One file while its records are played, and what its moments say about its texts. */
import type { Operation } from '../../attribution';
import type { OpenBracket } from './open-brackets';
import type { Side } from './conflict-sides';
import type { Decoder } from './content-decoder';
import type { Observation } from './timeline';
import type { FileHistory } from './file-history';
import type { FileQuery } from './options';

/** A file that becomes another content. */
export interface Arrival {
  readonly file: File;
  readonly text: string;
  readonly deed: Operation;
  readonly recorded: boolean;
}

/** A commit of a content, and the content that is known next. */
export interface Committed {
  readonly file: File;
  readonly text: string;
  readonly deed: Operation;
  readonly commit: string;
  /** What its first parent had, where that is known. */
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
  readonly moments: readonly Observation[];
  /** Of the conflicts that git left in it. */
  sides: readonly Side[];
}

/** The brackets that say nothing of files, or name this one. */
export const bracketsOver = ({ want }: File, open: readonly OpenBracket[]): OpenBracket[] =>
  open.filter(({ record }) => record.files.some((f) => f.path === want?.path) || record.opens.all);

/** The file had a text at some moment: just before an edit, or after it. */
export const hasText = ({ edit, seen }: Observation, text: string, decoder: Decoder): boolean =>
  (edit !== undefined && decoder.content(edit.from) === text) || decoder.content(seen) === text;

/**
 * Whether a text was there before anything was recorded: where no commit is recorded, also if the file became so again,
 * as by an undo.
 */
export function wasBefore(base: string, file: File): boolean {
  const { moments, decoder } = file;
  if (moments.every(({ commit }) => commit === undefined)) return true;
  // What an edit that nobody saw says was there before it was only worked out.
  const states = moments.flatMap(({ edit, opened, seen }) => [
    ...(edit && (opened !== undefined || edit.operations) ? [decoder.content(edit.from)] : []),
    decoder.content(seen),
  ]);
  return !states.includes(base) || wasLeft(base, file);
}

/**
 * Work was put away, and only then was this seen: it had been there before the work, which came upon no commit that is
 * known.
 */
function wasLeft(text: string, { moments, decoder }: File): boolean {
  const first = moments.findIndex((moment) => hasText(moment, text, decoder));
  return moments[first - 1]?.away === true && moments.slice(0, first).every(({ commit }) => commit === undefined);
}
