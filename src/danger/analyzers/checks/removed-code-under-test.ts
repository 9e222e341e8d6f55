/** What tests test, as far as the change takes it away: files, words, lines. */
import { surplus } from '../../multiset-difference';
import type { Change } from '../../types';
import { mayHaveTests, type FoundTest } from './find-tests-and-assertions';

/** What leaves the code in the same change, and so takes its tests along. */
export interface Gone {
  /** Whether code that is no test changes. */
  readonly changesCode: boolean;
  /** Whether much code leaves. */
  readonly shrinks: boolean;
  /** Whether the file that is tested leaves, gets another name, or gets shorter: what was tested may be what it loses. */
  isSubjectOf(test: Change): boolean;
  /** Whether a lost test names what no changed file has any more, not even the tests beside it. */
  isUsedBy(test: FoundTest, file: Change): boolean;
  /** Whether what a new file of tests is about is new, too. */
  hasGained(test: Change): boolean;
}

/** Names, parts of paths, and words of messages. A shorter word says little. */
export const WORDS = /[A-Za-z_]\w{3,}/g;

/** What files without tests lost in a change. */
export function goneFrom(sources: readonly Change[]): Gone {
  const files = new Set<string>();
  const folders = new Set<string>();
  const gained = new Set<string>();
  for (const { path, from, before, after } of sources) {
    const oldPath = from ?? path;
    if (after === null || from !== null || linesIn(after) < linesIn(before)) files.add(stemOf(oldPath));
    if (after === null) folders.add(folderOf(oldPath));
    if (before === null) gained.add(stemOf(path));
  }
  let words: ReadonlySet<string> | undefined;
  return {
    changesCode: sources.some(({ path }) => isSource(path)),
    shrinks: lessIn(sources.filter(({ path }) => isSource(path))) >= MUCH,
    isSubjectOf: ({ path, from, after }) =>
      files.has(stemOf(from ?? path)) || (after === null && folders.has(folderOf(path))),
    isUsedBy({ name, body }, { after }) {
      const lost = (words ??= wordsLost(sources));
      if (lost.size === 0) return false;
      const used = [name, ...body].flatMap((line) => (line.match(WORDS) ?? []).filter((word) => lost.has(word)));
      if (used.length === 0) return false;
      const beside = new Set(after?.match(WORDS));
      return used.some((word) => !beside.has(word));
    },
    hasGained: ({ path }) => gained.has(stemOf(path)),
  };
}

/** By how many lines some files are shorter than before. */
const lessIn = (changes: readonly Change[]): number =>
  changes.reduce((sum, { before, after }) => sum + linesIn(before) - linesIn(after), 0);
const MUCH = 10;

const linesIn = (text: string | null): number => text?.split('\n').length ?? 0;

const isSource = (path: string): boolean =>
  mayHaveTests(path) || /\.(?:go|vue|svelte|exs?|erl|c|cc|cpp|h|hpp|sql|erb|html)$/i.test(path);

/** The words that changed files had, and that none of them has any more. */
function wordsLost(sources: readonly Change[]): ReadonlySet<string> {
  const lost = new Set<string>();
  for (const { before, after } of sources) {
    const more = surplus((before ?? '').split('\n'), (after ?? '').split('\n'));
    for (const [line, count] of more) if (count > 0) for (const word of line.match(WORDS) ?? []) lost.add(word);
  }
  // a command or a module is called by the name of its file
  for (const { path, after } of sources)
    if (after === null)
      for (const word of fileNameOf(path).match(WORDS) ?? []) if (word.length >= TELLING) lost.add(word);
  if (lost.size > 0) for (const { after } of sources) for (const word of after?.match(WORDS) ?? []) lost.delete(word);
  return lost;
}

const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
const TELLING = 8;

/** `src/a/user.test.ts`, `tests/a/test_user.py` and `UserTest.java` test `user`. */
export const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:[._-](?:test|tests|spec|specs|cy|e2e))*\.[\w.]+$/i, '')
    .replace(/^(?:test_|tests_)/i, '')
    .replace(/(?:Tests?|Spec|IT|TestCase|_test|_spec)$/, '')
    .replaceAll(/[_-]/g, '')
    .toLowerCase();

/** A folder without the names that only tests' folders have. */
const folderOf = (path: string): string =>
  path
    .split('/')
    .slice(0, -1)
    .filter((name) => !/^(?:src|lib|main|tests?|specs?|__tests__|unit|integration|e2e|java|kotlin|app)$/i.test(name))
    .join('/');
