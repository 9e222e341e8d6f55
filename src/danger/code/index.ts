/** The door of the reader of programs: calls, pairs and checks of a text, by its syntax tree. */
import { languageOf, withSyntax } from '../syntax';
import type { Tools } from '../types';
import { readCode } from './read';
import type { Code } from './types';

export type { Argument, Call, Check, Code, Pair, Text } from './types';

const LANGUAGES = new Set(['go', 'java', 'javascript', 'php', 'python', 'ruby', 'tsx', 'typescript']);

/** Whether the file is in a language that can be read here. */
export const isCode = (path: string): boolean => LANGUAGES.has(languageOf(path) ?? '');

/** What is in a text; null when it cannot be parsed. */
export async function codeOf(path: string, text: string | null, tools: Tools): Promise<Code | null> {
  const language = languageOf(path);
  if (text === null || language === undefined || !LANGUAGES.has(language)) return null;
  return (await withSyntax(language, text, tools, readCode)) ?? null;
}
