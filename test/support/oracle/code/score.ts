/** What came of playing histories of real code. */
export interface Score {
  histories: number;
  commits: number;
  lines: number;
  wrong: number;
  /** Lines that were called unknown although somebody is known. */
  missed: number;
  /** Marked by git, though one like it was changed. */
  twins: number;
  /** As one that another wrote elsewhere: either may be named. */
  copies: number;
  /** Changed by several one after another: any of them may be named. */
  several: number;
  /** In a file that git takes for another one under a new name. */
  renamed: number;
}

export const noScore = (): Score => ({
  histories: 0,
  commits: 0,
  lines: 0,
  wrong: 0,
  missed: 0,
  twins: 0,
  copies: 0,
  several: 0,
  renamed: 0,
});

export const tell = ({ histories, commits, lines, wrong, missed, twins, copies, several, renamed }: Score): string =>
  `${String(histories)} histories, ${String(commits)} commits, ${String(lines)} changed lines, ${String(wrong)} wrong, ${String(missed)} missed; could not be judged: ${String(twins)} twins, ${String(copies)} copies, ${String(several)} by several, ${String(renamed)} in renamed files`;
