/** What programs list, as far as their arguments show. */
import { gitCall } from './git-command-line';
import { hasOption } from '../words/options';
import { wordSet } from '../../../base/patterns';
import { nameOf } from './program-name';
import type { Invocation, Word } from '../words/invocation';

/** Those that may start a program with what they list. */
export const LISTERS_THAT_START: ReadonlySet<string> = new Set(['find', 'fd', 'fdfind']);

/** What `find`, `ls` and similar programs list, as patterns separated by a blank; with `-name` if given. */
export function listedBy(invocation: Invocation): Word | undefined {
  const patterns = patternsListedBy(invocation);
  return patterns.length === 0 ? undefined : { text: patterns.join(' '), open: false };
}

/** At most this many filters of one pipe are looked behind. */
const MOST_FILTERS = 8;

/** The same, as separate patterns; empty for anything that lists nothing. */
export function patternsListedBy(
  { words, from }: Pick<Invocation, 'words'> & Partial<Pick<Invocation, 'from'>>,
  filters = 0,
): string[] {
  const name = nameOf(words[0]);
  const args = words.slice(1);
  if (from && filters < MOST_FILTERS && FILTERS.has(name)) {
    const before = (from.group ?? [from]).flatMap((program) => patternsListedBy(program, filters + 1));
    const remaining = before.length > 0 ? keptByFilter(name, args) : undefined;
    if (remaining !== undefined)
      return before.some((pattern) => /^(?:\.\/)?(?:\.|\*\*)?$/.test(pattern)) ? remaining : before;
  }
  if (name === 'find') return [foundBy(words)];
  if (name === 'ls' && args.every((word) => word.text.startsWith('-'))) return ['./*'];
  return placesIn(name, args)
    .filter((word) => !word.text.startsWith('-') && !word.open)
    .flatMap(({ text }) => [text, `${text.replace(/\/+$/, '')}/**`]);
}

/** Programs that write some of the lines that they read. */
const FILTERS = wordSet('grep egrep fgrep sort uniq head tail tac');

/**
 * What a filter leaves of all files: for the words of a search, names that hold them. Undefined for a search that reads
 * files itself or has an expression with more in it: what that finds is not known.
 */
function keptByFilter(name: string, args: readonly Word[]): string[] | undefined {
  if (!name.endsWith('grep')) return ['**'];
  const plain = args.filter(({ text }) => !text.startsWith('-'));
  const [search] = plain;
  if (search === undefined || search.open || plain.length > 1) return undefined;
  if (hasOption(args, /^-[a-zA-Z]*v|^--invert-match$/)) return ['**'];
  const text = search.text.replace(/^\^|\$$/g, '').replaceAll('\\.', '.');
  return /^[\w./-]+$/.test(text) ? [`**/*${text}*`, `**/*${text.replace(/\/+$/, '')}*/**`] : undefined;
}

/** The arguments that say where a program looks. */
function placesIn(name: string, args: readonly Word[]): readonly Word[] {
  switch (name) {
    case 'ls':
    case 'fd':
    case 'rg':
      return args.filter((word) => word.text.includes('/'));
    case 'grep': // its first argument is what it searches for
      return hasOption(args, /^-[a-zA-Z]*[lL]|^--files-with(?:out)?-match/)
        ? args.filter((word) => !word.text.startsWith('-')).slice(hasOption(args, /^-[a-zA-Z]*e$/) ? 0 : 1)
        : [];
    case 'git': {
      const { verb, rest } = gitCall(args);
      if (verb === 'for-each-ref' || verb === 'show-ref') return rest.filter((word) => word.text.startsWith('refs/'));
      if (verb !== 'ls-files') return [];
      if (rest.every((word) => /^(?:-z|-c|--cached|--full-name)$/.test(word.text))) return [{ text: '.', open: false }];
      return rest;
    }
    default:
      return [];
  }
}

export function foundBy(words: readonly Word[]): string {
  const start = words.slice(1).find((word) => !word.text.startsWith('-') && !word.open)?.text ?? '.';
  const name = words.findIndex((word) => /^-i?name$/.test(word.text));
  // treat a name without wildcards as one with them: only existing files are found
  const pattern =
    name < 0 || words[name - 1]?.text === '!' || words[name - 1]?.text === '-not'
      ? undefined
      : words[name + 1]?.text.replace(/^([^*?[\]]*)(\w)$/, '$1[$2]');
  return `${start}/**${pattern === undefined ? '' : `/${pattern}`}`;
}
