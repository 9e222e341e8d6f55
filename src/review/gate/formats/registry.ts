/** The formats of a verdict: one file and one line each. */
import { github } from './github';
import { gitlab } from './gitlab';
import { json } from './json';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';
import type { Format, FormatId } from './types';

export const FORMATS: Readonly<Record<FormatId, Format>> = { text, json, markdown, sarif, github, gitlab };

export const isFormatId = (name: string): name is FormatId => Object.hasOwn(FORMATS, name);
