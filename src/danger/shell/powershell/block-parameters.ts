/** `& { param($p) … } src`: what stands behind a block are the values of its parameters. */
import type { Word } from '../words/invocation';

export interface BlockParameters {
  /** UTF-16 code units of the list. */
  readonly length: number;
  /** By name; undefined for a value that is not known. */
  readonly values: readonly (readonly [name: string, value: Word | undefined])[];
}

/** Of the block whose first character is at `at`. */
export function blockParameters(text: string, at: number): BlockParameters | undefined {
  const [head = '', list] = /^\s*param\s*\(([^)]{0,300})\)/i.exec(text.slice(at, at + 400)) ?? [];
  if (list === undefined) return undefined;
  let [end, open] = [at, 1];
  for (; end < text.length && open > 0; end++) open += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
  const behind = /^[^\n;|}]*/.exec(text.slice(end, end + 1000))?.[0] ?? '';
  const texts = (behind.match(/"[^"]*"|'[^']*'|[^\s,()]+/g) ?? []).filter((word) => !/^-[a-z]|^\./i.test(word));
  const values = [...list.matchAll(/\$(\w+)/g)].map(([, name = ''], index): readonly [string, Word | undefined] => {
    const value = texts[index]?.replace(/^(["'])(.*)\1$/, '$2');
    return [name.toLowerCase(), value === undefined || value.includes('$') ? undefined : { text: value, open: false }];
  });
  return { length: head.length, values };
}
