/** What `make` and `crontab` are given to run. */
import type { ReadScript } from './readers-of-scripts-and-aliases';

/** The names of `make`. */
export const MAKE_NAMES: readonly string[] = ['make', 'gmake', 'nmake', 'pmake', 'bmake'];
/** Whether it reads its rules from standard input. */
export const readsRules = (args: readonly string[]): boolean =>
  args.some(
    (text, index) =>
      /^(?:-f-|--(?:make)?file=-|-f\/dev\/stdin)$/.test(text) ||
      (/^(?:-f|--file|--makefile)$/.test(args[index - 1] ?? '') && /^(?:-|\/dev\/stdin)$/.test(text)),
  );
/** The rules that `make` is given as words. */
export const evaluated = (args: readonly string[]): string[] =>
  args.flatMap((text, index) =>
    /^(?:-E|--eval)$/.test(args[index - 1] ?? '') ? text : (/^--eval=([^]+)$/.exec(text)?.[1] ?? []),
  );
/** What the rules of `make` run. */
export const ruleTexts = (rules: string): string[] =>
  rules
    .split('\n')
    .flatMap((line) => /^(?:\t\s*|[^#\t=:]*:[^=;]*;)[@+-]*(.+)$/.exec(line)?.[1]?.replaceAll('$$', '$') ?? []);

/** What `crontab` is given to run, from its standard input or from a file. */
export function cronTexts(args: readonly string[], handed: string | undefined, read: ReadScript): string[] {
  const file = cronFile(args);
  const table = file === undefined ? '' : file === '-' ? handed : read(file);
  return (table ?? '')
    .split('\n')
    .flatMap((line) => /^\s*(?:@\w+|(?:[\d*][^\s]*\s+){4}[^\s]+)\s+(.+)$/.exec(line)?.[1] ?? []);
}

/** The table that `crontab` installs; undefined when it only shows, removes or edits. */
export function cronFile(args: readonly string[]): string | undefined {
  if (args.some((text) => /^-[a-z]*[lre]/.test(text))) return undefined;
  return args.find((text, index) => (text === '-' || !text.startsWith('-')) && args[index - 1] !== '-u') ?? '-';
}
