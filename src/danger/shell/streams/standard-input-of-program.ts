/** What a program reads from its standard input, as far as the command and the files it names show. */
import { cellsOf, convertedNotebook } from '../programs/notebooks';
import { nameOf } from '../programs/program-name';
import type { Invocation } from '../words/invocation';
import type { ReadScript } from '../programs/readers-of-scripts-and-aliases';
import { LONGEST_PIPE, writtenBy } from './output-of-programs';

/** Undefined where it can't be known here, or where there is no input. */
export function handedText(
  { input, source, from }: Pick<Invocation, 'input' | 'source' | 'from'>,
  read: ReadScript,
): string | undefined {
  if (input !== null) return input;
  if (source !== null) return source.open ? undefined : read(source.text);
  return from === null ? undefined : textFrom(from, read);
}

/** Whether a file's name stands for the standard input. */
export const isStandardInput = (file: string): boolean => /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/0)$/.test(file);

/** What a program passes on, as far as its arguments show. */
export function textFrom(invocation: Invocation, read: ReadScript, depth = 0): string | undefined {
  if (depth > LONGEST_PIPE) return undefined;
  const { words, input, from, group } = invocation;
  if (group) {
    const known = group.flatMap((one) => textFrom(one, read, depth + 1) ?? []);
    return known.length === 0 ? undefined : known.join('\n');
  }
  const name = nameOf(words[0]);
  if (name === 'cat' && words[1]) return input ?? read(words[1].text);
  if (PASSES_ON.test(name)) return passedOn(invocation, read, depth);
  const notebook = convertedNotebook(words);
  if (notebook !== undefined) {
    const text = notebook.to === undefined ? read(notebook.from) : undefined;
    return text === undefined ? undefined : cellsOf(text);
  }
  if (name !== 'base64') return writtenBy(invocation)?.text;
  const before = input ?? (from === null ? undefined : textFrom(from, read, depth + 1));
  return before !== undefined && words.some((word) => /^(?:-[a-zA-Z]*[dD]|--decode)$/.test(word.text))
    ? Buffer.from(before, 'base64').toString('utf8')
    : undefined;
}

/** Programs that pass on lines of what they read, as these are. */
const PASSES_ON = /^(?:[ez]?grep|rg|head|tail|tac|sort|uniq|envsubst|pv)$/;

/** The whole of what such a program reads: its last operand is a file, or it reads what stands before it. */
function passedOn({ words, input, source, from }: Invocation, read: ReadScript, depth: number): string | undefined {
  if (input !== null) return input;
  if (source !== null) return source.open ? undefined : read(source.text);
  if (from !== null) return textFrom(from, read, depth + 1);
  const [last] = words
    .slice(1)
    .filter(({ text }) => !text.startsWith('-'))
    .slice(-1);
  return last === undefined || last.open ? undefined : read(last.text);
}
