/**
 * The places that a command names or changes into, by its words alone: each may lie in another work tree, submodule or
 * repository than the one that the assistant works in. Too many are harmless, since a bracket credits only what changes.
 */
import { resolveIn } from '../../base/platform';

/** A longer command is a script with data in it; its first words are looked at. */
const WORDS_AT_MOST = 200;
/** Folders that a command changes into one after the other. */
const CHANGES_AT_MOST = 8;

/** Absolute places, without duplicates. */
export function placesNamedBy(command: string, cwd: string, home: string | undefined): readonly string[] {
  const places = new Set<string>();
  const folders = [cwd];
  const words = wordsOf(command).slice(0, WORDS_AT_MOST);
  words.forEach((word, i) => {
    const before = words[i - 1];
    const changes = before === 'cd' || before === 'pushd' || before === '-C';
    if ((word.startsWith('-') && !changes) || word === '' || word.includes('\0')) return;
    const expanded = home === undefined ? word : word.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, home);
    for (const folder of folders) places.add(resolveIn(folder, expanded));
    if (changes && folders.length <= CHANGES_AT_MOST) folders.push(resolveIn(folders.at(-1) ?? cwd, expanded));
  });
  return [...places];
}

/** The words of a command; of a quoted command, its words too. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s;&|()<>="'`\\]|\\.)+)/gs)].flatMap(
    ([, double, single, plain]) => {
      const quoted = double?.replace(/\\(["\\$`])/g, '$1') ?? single;
      if (quoted === undefined) return [plain?.replace(/\\(.)/gs, '$1') ?? ''];
      return /[;&|\n]/.test(quoted) ? [quoted, ...wordsOf(quoted)] : [quoted];
    },
  );
}
