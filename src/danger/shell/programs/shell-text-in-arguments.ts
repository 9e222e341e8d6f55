/** Text for a shell among a program's arguments. */

/** The index of the text that a shell runs with `-c`: after its other options. */
export function textAt(args: readonly string[]): number | undefined {
  const flag = args.findIndex((text) => /^-(?:[a-z]*c|command)$/i.test(text));
  if (flag < 0) return undefined;
  const at = args.findIndex((text, index) => index > flag && !/^(?:[-+][a-zA-Z]+|--)$/.test(text));
  return at < 0 ? args.length : at;
}

/** Quotes a word for a shell. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A text with the arguments that it gets as `$0`, `$1` and so on. */
export function withArguments(text: string, [zero, ...rest]: readonly string[]): string {
  if (zero === undefined) return text;
  const body = text.replace(/\$(?:0|\{0\})/g, () => zero);
  return rest.length === 0 ? body : `set -- ${rest.map(quoted).join(' ')}; ${body}`;
}
