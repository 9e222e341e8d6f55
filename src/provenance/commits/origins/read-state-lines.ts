/** Files in which git, or we, keep what is in progress. */
import { readStateFile } from '../../../git';

/** A whole id of git. */
export const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The lines of a file in which git or we keep what is in progress; none where it is missing. */
export const readLines = (file: string): string[] =>
  readStateFile(file)
    .split('\n')
    .filter((line) => line !== '');
