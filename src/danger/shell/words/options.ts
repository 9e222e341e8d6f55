/** Which arguments of a program are options, which are their values, and which are neither. */
import type { Word } from './invocation';

/** The words that follow an option. */
export const after = (args: readonly Word[], option: RegExp): Word[] =>
  args.filter((_, index) => index > 0 && option.test(args[index - 1]?.text ?? ''));

/** The values that an option has in its own word: the first group of `option`. */
export function joinedTo(args: readonly Word[], option: RegExp): Word[] {
  return args.flatMap((word) => {
    const text = option.exec(word.text)?.[1];
    return text === undefined ? [] : [{ ...word, text }];
  });
}

export const hasOption = (args: readonly Word[], option: RegExp): boolean =>
  args.some((word) => option.test(word.text));

/** The words that may be options: there are none after `--`. */
export function beforeDashes(args: readonly Word[]): readonly Word[] {
  const end = args.findIndex((word) => word.text === '--');
  return end < 0 ? args : args.slice(0, end);
}

/** Words that are neither options nor values of those in `takes`; after `--` all of them. */
export function plainOf(args: readonly Word[], takes: readonly string[] = []): Word[] {
  const before = beforeDashes(args);
  const plain = before.filter(
    (word, index) => !word.text.startsWith('-') && !takes.includes(before[index - 1]?.text ?? ''),
  );
  return [...plain, ...args.slice(before.length + 1)];
}
