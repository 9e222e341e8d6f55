/** Sanitises names from outside (models, sessions, ids) before they reach a journal, a trailer or a screen. */

const LONGEST_NAME = 200;

/**
 * `value`, trimmed, when it is a name: a string of 1 to 200 printable characters on one line. Undefined for anything
 * else (control, format and line-breaking characters, lone surrogates, over-long, not a string).
 */
export function cleanName(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 4 * LONGEST_NAME) return undefined;
  const name = value.trim();
  if (name === '' || name.length > LONGEST_NAME) return undefined;
  if (/^[ -~]*$/.test(name)) return name; // the character sets below take a hook a millisecond to build
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(name) ? undefined : name;
}
