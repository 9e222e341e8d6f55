/** Environment variables and keys of a configuration that a program missed, or named with what was wrong. */
import type { Clue } from './types';

const VARIABLE = /(?<![\w.-])([A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,8})(?![\w(-])/g;
const MISSED =
  /not set|is required|undefined|missing|empty|KeyError|invalid|must be|unset|not found|not defined|unknown|environment|env\b|config/i;

export function settings(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line) =>
    MISSED.test(line)
      ? [...line.matchAll(VARIABLE)]
          // Codes of errors look like variables.
          .filter(([, name = '']) => !/^(?:ERR|ECONN|E[A-Z]+$)/.test(name))
          .map(([, name = '']): Clue => ({
            says: `${name} was missing or wrong`,
            names: [name],
            about: /env|value|key|config|secret|=|:/i,
          }))
      : [],
  );
}
