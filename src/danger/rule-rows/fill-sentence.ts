/** Sentences with gaps. */

/** Puts words into a sentence's gaps, `{name}`. */
export const filled = (
  sentence: string,
  words: Readonly<Record<string, string>>,
  more: (name: string) => string | undefined = () => undefined,
): string => sentence.replace(/\{([\w.]+)\}/g, (gap, name: string) => words[name] ?? more(name) ?? gap);
