/** A format of a verdict. */
import type { CheckResult } from '../check-question-and-result';

/** A writer of verdicts. Its output ends with a line break; line breaks are the only control characters in it. */
export interface Format {
  readonly id: FormatId;
  readonly render: (result: CheckResult) => string;
}

export const FORMAT_IDS = ['text', 'json', 'markdown', 'sarif', 'github', 'gitlab'] as const;

export type FormatId = (typeof FORMAT_IDS)[number];
