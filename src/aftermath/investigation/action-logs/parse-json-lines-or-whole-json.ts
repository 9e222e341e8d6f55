/** JSON texts that logs come in: one value a line, or one for all. */
import { PROBLEMS_AT_MOST, type LogProblem } from './types';

interface ReadValues {
  readonly values: readonly { readonly line: number; readonly value: unknown }[];
  readonly problems: readonly LogProblem[];
}

/** One value a line; empty lines are passed over. */
export function jsonLines(text: string, most: number): ReadValues {
  const values: { readonly line: number; readonly value: unknown }[] = [];
  const problems: LogProblem[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    if (values.length >= most) {
      problems.push({ line: at + 1, message: `only the first ${String(most)} entries are read` });
      break;
    }
    try {
      values.push({ line: at + 1, value: JSON.parse(line) });
    } catch {
      if (problems.length < PROBLEMS_AT_MOST)
        problems.push({ line: at + 1, message: 'it is no JSON, or is cut off, so it is left out' });
    }
  }
  return { values, problems };
}

/** One value for the whole text, with the line of what is wrong with it. */
export function wholeJson(text: string): { readonly value: unknown } | LogProblem {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, line] = /line (\d+)/.exec(message) ?? [];
    const [, position] = /position (\d+)/.exec(message) ?? [];
    const until = position === undefined ? text : text.slice(0, Number(position));
    return {
      line: line === undefined ? until.split('\n').length : Number(line),
      message: 'the JSON is broken or cut off here',
    };
  }
}
