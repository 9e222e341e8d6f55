export interface Score {
  steps: number;
  commits: number;
  lines: number;
  /** Lines of which the rules leave several authors open. */
  open: number;
  missed: number;
  wrong: number;
}

export const NO_SCORE: Readonly<Score> = { steps: 0, commits: 0, lines: 0, open: 0, missed: 0, wrong: 0 };

export const tell = ({ steps, commits, lines, open, missed, wrong }: Score): string =>
  `${String(steps)} steps, ${String(commits)} commits, ${String(lines)} changed lines (${String(open)} with more than one right answer), ${String(wrong)} wrong, ${String(missed)} missed`;
