import { readStateFile } from '../../../git';

/** The lines of a file in which git or we keep what is in progress; none where it is missing. */
export const readLines = (file: string): string[] =>
  readStateFile(file)
    .split('\n')
    .filter((line) => line !== '');
