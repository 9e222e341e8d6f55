/** Commands that change no file of a work tree, whatever they read: an assistant's bracket around one proves nothing. */
import { gitCall, goesNowhere, hasOption, nameOf, plainOf, programsIn, type Invocation } from '../danger/shell';
import { wordSet } from '../base/patterns';

/** Programs that write to their output alone, with any options. */
const READERS = wordSet(`
  [ basename cat cd cksum cmp comm cut df diff dirname du echo egrep false fgrep grep head hexdump id join jq ls md5sum nl
  od paste pgrep popd printenv printf ps pushd pwd readlink realpath rev seq sha1sum sha256sum shasum sleep stat strings
  tac tail test tr true type uname wc which whoami
`);

/** Programs that only read unless one of these options is there. */
const READERS_WITHOUT: Readonly<Record<string, RegExp>> = {
  ag: /^--pager/,
  column: /^-o/,
  fd: /^-[a-zA-Z]*[xX]|^--exec/,
  file: /^-[a-zA-Z]*C|^--compile/,
  find: /^-(?:delete|exec|execdir|fls|fprint0?|fprintf|ok|okdir)$/,
  rg: /^--(?:pre|hostname-bin)/,
  sort: /^-[a-zA-Z]*o|^--(?:output|compress-program)/,
  tree: /^-[a-zA-Z]*o|^--output/,
};

const GIT_READERS = wordSet(`
  annotate blame cat-file count-objects describe diff diff-files diff-index diff-tree for-each-ref grep log ls-files
  ls-tree merge-base name-rev rev-list rev-parse shortlog show show-ref status version
`);
/** They write a file, or start a program. */
const GIT_WRITES = /^(?:-O|--(?:output|open-files-in-pager|ext-diff|textconv|filters))/;

/** Lines that sed prints, by their numbers alone. */
const PRINTED_LINES = /^(?:\d+(?:,\d+|,\$)?p;?)+$/;

/** Whether each program of a command in sh's language only reads. What is not known for certain may write. */
export function onlyReads(command: string): boolean {
  const programs = programsIn(command, {});
  return programs.length > 0 && programs.every(readsOnly);
}

function readsOnly(invocation: Invocation): boolean {
  const { words, assignments, outputs, unread, away, group } = invocation;
  const [program, ...args] = words;
  if (unread || away !== undefined || assignments.length > 0 || !outputs.every(goesNowhere)) return false;
  if (group !== undefined) return group.every(readsOnly);
  if (program === undefined || program.open || /[\\/]/.test(program.text)) return false;
  const name = nameOf(program);
  if (READERS.has(name)) return true;
  if (args.some(({ open }) => open)) return false; // it may be an option
  if (Object.hasOwn(READERS_WITHOUT, name)) return !hasOption(args, READERS_WITHOUT[name] ?? /^/);
  if (name === 'uniq') return plainOf(args, ['-f', '-s', '-w']).length < 2;
  if (name === 'sed')
    return (
      args.length >= 2 &&
      args[0]?.text === '-n' &&
      PRINTED_LINES.test(args[1]?.text ?? '') &&
      !hasOption(args.slice(1), /^-/)
    );
  if (name !== 'git') return false;
  const { verb, rest, settings } = gitCall(args);
  return settings.length === 0 && GIT_READERS.has(verb) && !hasOption(rest, GIT_WRITES);
}
