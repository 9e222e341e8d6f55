/** What a program reads from its standard input, as far as the command and the files it names show. */
import { cellsOf, convertedNotebook } from '../programs/notebooks';
import { nameOf } from '../programs/program-name';
import type { Invocation } from '../words/invocation';
import type { ReadScript } from '../programs/script-readers';
import { LONGEST_PIPE, writtenBy } from './standard-output';

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
