/** Which files a program would write, move or remove, as far as its words tell. */
import { nameOf } from './programs';
import type { Invocation, Word } from './shell-words';

/** Programs whose arguments that are no options are all files they change. */
const CHANGE_ALL = new Set(['rm', 'rmdir', 'unlink', 'shred', 'touch', 'truncate', 'tee', 'mv', 'mkdir', 'srm', 'trash']);
/** The last argument is what they write. */
const CHANGE_LAST = new Set(['cp', 'ln', 'install', 'rsync', 'scp']);
/** The first argument is no file. */
const CHANGE_AFTER_FIRST = new Set(['chmod', 'chown', 'chgrp']);
/** Change the files that they are given when told so by an option. */
const IN_PLACE = new Set(['sed', 'gsed', 'perl', 'ruby', 'awk', 'gawk']);
/** Options that take a word, of the programs above. */
const WITH_WORD: Readonly<Record<string, readonly string[]>> = {
  truncate: ['-s', '--size', '-r', '--reference'],
  touch: ['-r', '--reference', '-t', '-d', '--date'],
  mkdir: ['-m', '--mode'],
  cp: ['-t', '--target-directory', '-S', '--suffix'],
  mv: ['-t', '--target-directory', '-S', '--suffix'],
  ln: ['-t', '--target-directory', '-S', '--suffix'],
  install: ['-t', '--target-directory', '-m', '--mode', '-o', '-g'],
  shred: ['-n', '-s'],
  sed: ['-e', '--expression', '-f', '--file'],
  gsed: ['-e', '--expression', '-f', '--file'],
  perl: ['-e', '-E'],
  ruby: ['-e'],
  rsync: ['-e', '--exclude', '--include'],
};
const GIT_PATHS = new Set(['rm', 'mv', 'restore', 'checkout', 'clean']);

/** Programs that take a folder with everything in it. */
const DEEP = new Set(['rm', 'rmdir', 'mv', 'srm', 'trash', 'chmod', 'chown', 'chgrp', 'find']);
const INTO_FOLDERS = new Set(['cp', 'mv', 'ln', 'install', 'rsync']);

export interface Write {
  /** As written, wildcards included. */
  readonly path: string;
  /** When it is a folder, everything in it is meant too. */
  readonly deep: boolean;
}

/** Open words are left out, since nobody can say what they name. */
export function writesOf({ words, outputs }: Invocation): Write[] {
  const name = nameOf(words[0]);
  const args = words.slice(1);
  const deep = DEEP.has(name) || (name === 'git' && /^(?:rm|mv)$/.test(args.find((word) => !word.text.startsWith('-'))?.text ?? ''));
  const named = targets(name, args).map((word) => ({ ...word, deep }));
  return [...outputs.map((word) => ({ ...word, deep: false })), ...named, ...(INTO_FOLDERS.has(name) ? insideOf(plainWords(name, args)) : [])]
    .filter((word) => !word.open && word.text !== '' && !word.text.startsWith('/dev/'))
    .map((word) => ({ path: word.text, deep: word.deep }));
}

/** What a copy is called when the last word names a folder. */
function insideOf(plain: readonly Word[]): (Word & { readonly deep: boolean })[] {
  const last = plain.at(-1);
  if (last === undefined || last.open) return [];
  return plain.slice(0, -1).map((word) => ({ text: `${last.text.replace(/\/+$/, '')}/${word.text.replace(/\/+$/, '').split('/').at(-1) ?? ''}`, open: word.open, deep: false }));
}

function targets(name: string, args: readonly Word[]): readonly Word[] {
  if (name === 'git') return gitTargets(args);
  if (name === 'dd') return args.filter((word) => word.text.startsWith('of=')).map((word) => ({ ...word, text: word.text.slice(3) }));
  if (name === 'find') return args.some((word) => word.text === '-delete') ? args.slice(0, 1) : [];
  const plain = plainWords(name, args);
  if (CHANGE_ALL.has(name)) return plain;
  if (CHANGE_LAST.has(name)) return [...plain.slice(-1), ...args.filter((_, index) => /^(?:-t|--target-directory)$/.test(args[index - 1]?.text ?? ''))];
  if (CHANGE_AFTER_FIRST.has(name)) return args.some((word) => /^-[rwxXstugoa,]+$/.test(word.text)) ? plain : plain.slice(1); // `chmod -x FILE`
  if (IN_PLACE.has(name) && args.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word.text))) return args.some((word) => /^(?:-[a-zA-Z]*e|--expression|-f)/.test(word.text)) ? plain : plain.slice(1);
  return [];
}

function plainWords(name: string, args: readonly Word[]): Word[] {
  const takes = Object.hasOwn(WITH_WORD, name) ? (WITH_WORD[name] ?? []) : [];
  const end = args.findIndex((word) => word.text === '--');
  const before = end < 0 ? args : args.slice(0, end);
  const plain = before.filter((word, index) => !word.text.startsWith('-') && !takes.includes(before[index - 1]?.text ?? ''));
  return end < 0 ? plain : [...plain, ...args.slice(end + 1)];
}

function gitTargets(args: readonly Word[]): readonly Word[] {
  const at = args.findIndex((word, index) => !word.text.startsWith('-') && !/^-[cC]$/.test(args[index - 1]?.text ?? ''));
  const verb = args[at]?.text ?? '';
  if (!GIT_PATHS.has(verb)) return [];
  const rest = args.slice(at + 1);
  const dashes = rest.findIndex((word) => word.text === '--');
  if (verb === 'checkout') return dashes < 0 ? [] : rest.slice(dashes + 1);
  return plainWords('git', rest);
}
