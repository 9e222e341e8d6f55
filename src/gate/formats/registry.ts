/** The formats of a verdict: one file and one line each. */
import type { CheckResult } from '../check-request';
import { github } from './github';
import { gitlab } from './gitlab';
import { json } from './json';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';

/** A writer of verdicts. Its output ends with a line break; line breaks are the only control characters in it. */
export interface Format {
  readonly id: FormatId;
  readonly render: (result: CheckResult) => string;
}

export const FORMAT_IDS = ['text', 'json', 'markdown', 'sarif', 'github', 'gitlab'] as const;
export type FormatId = (typeof FORMAT_IDS)[number];

export const FORMATS: Readonly<Record<FormatId, Format>> = { text, json, markdown, sarif, github, gitlab };

export const isFormatId = (name: string): name is FormatId => Object.hasOwn(FORMATS, name);
