/** Whether it is possible to read what a command runs. */
import { nameOf } from './program-name';
import { handedText, isStandardInput, textFrom } from '../streams/standard-input-of-program';
import { aliasByVariable } from './commands-run-by-git';
import { gitCall } from './git-command-line';
import { cronFile, MAKE_NAMES, readsRules } from './make-rules-and-crontabs';
import { type ReadScript } from './readers-of-scripts-and-aliases';
import type { Invocation, Word } from '../words/invocation';
import { LONGEST_PIPE, writtenBy } from '../streams/output-of-programs';
import { SHELLS } from './runner-and-shell-names';
import { textAt } from './shell-text-in-arguments';

/** Programs whose output sets up a shell, and which are normally used for that. */
const SETS_UP =
  /^(?:ssh-agent|gpg-agent|keychain|direnv|mise|asdf|rtx|fnm|nvm|n|pyenv|rbenv|nodenv|goenv|jenv|opam|conda|mamba|micromamba|brew|minikube|docker-machine|dircolors|lesspipe|starship|zoxide|fzf|kubectl|helm|register-python-argcomplete|thefuck)$/;
/** Programs whose output is the name of a program or a folder. */
const NAMES_PROGRAM =
  /^(?:which|command|type|whereis|realpath|readlink|dirname|basename|go|npm|pnpm|yarn|xcrun|git|brew|pyenv|rbenv|poetry|pipenv|rustup|pwd)$/;

/** Programs that transform their input: their output could be anything. */
export const DISGUISES =
  /^(?:rev|tr|xxd|od|hexdump|base(?:32|64)|openssl|gpg|python[\d.]*|perl|ruby|node|php|lua|zcat|gunzip|bzcat|xzcat|uudecode|iconv|curl|wget)$/;
/** Programs that change the files they are given. */
const CHANGERS =
  /^(?:rm|rmdir|mv|cp|ln|tee|touch|truncate|dd|shred|unlink|chmod|chown|chgrp|install|rsync|remove-item|set-content|move-item|del)$/;

/** Whether it changes a file whose name is known only at run time and looks deliberately obscured. */
export function isDisguised({ words, outputs }: Invocation): boolean {
  return outputs.some(isHiddenName) || (words.some(isHiddenName) && CHANGERS.test(nameOf(words[0]).toLowerCase()));
}

const isHiddenName = ({ open, text, by }: Word): boolean =>
  open && text === '' && by !== undefined && DISGUISES.test(by);

/** Interpreters; the words before their options; options that leave them at their standard input, with and without a value. */
const INTERPRETS: readonly {
  readonly name: RegExp;
  readonly verb?: string;
  readonly flag: RegExp;
  readonly takes: RegExp;
}[] = [
  { name: /^(?:python|pypy)[\d.]*$/, flag: /^-(?:[uBEIsSbdOqPx]+|[XW].+)$/, takes: /^-[XW]$/ },
  {
    name: /^node(?:js)?$/,
    flag: /^--(?:input-type|experimental|no-|harmony|max-|trace-|use-|enable-|disable-|unhandled-rejections|env-file|permission|allow-)[\w-]*(?:=.*)?$/,
    takes: /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions)$/,
  },
  { name: /^(?:deno|bun)$/, verb: 'run', flag: /^(?:-[AqrRWNES]+|--[\w-]+(?:=.*)?)$/, takes: /^(?:-c|--config)$/ },
  { name: /^ruby$/, flag: /^(?:-[wWUTrIE]\S*|--(?:jit|yjit|enable|disable)\S*)$/, takes: /^-[rIE]$/ },
  { name: /^perl$/, flag: /^-(?:[wWTtuX]+|[MmI]\S+)$/, takes: /^-I$/ },
  { name: /^php$/, flag: /^-(?:[nq]|d\S+)$/, takes: /^-[dc]$/ },
];
const FETCHES = /^(?:curl|curlie|wget|https?|xhs?)$/;

/** Whether it runs a program that another one fetches: `curl … | python3`, `python3 <(curl …)`. */
function runsFetched({ words, input, source, from }: Invocation, name: string): boolean {
  const row = INTERPRETS.find((interpreter) => interpreter.name.test(name));
  if (row === undefined) return false;
  const isPiped = input === null && source === null && from !== null && isFetched(from);
  let at = 1;
  if (row.verb !== undefined && words[at++]?.text !== row.verb) return false;
  for (; at < words.length; at++) {
    const { text = '', open = false, by = '' } = words[at] ?? {};
    if (open && text === '') return FETCHES.test(by);
    if (text === '-' || isStandardInput(text)) return isPiped;
    if (row.takes.test(text)) at++;
    else if (!row.flag.test(text)) return false;
  }
  return isPiped && row.verb === undefined;
}

/** Whether a program's output is what it, or the program before it, fetched. */
const isFetched = (from: Invocation, depth = 0): boolean =>
  (from.group ?? [from]).some(
    (source) =>
      FETCHES.test(nameOf(source.words[0]).toLowerCase()) ||
      (nameOf(source.words[0]) === 'tee' &&
        source.from !== null &&
        depth < LONGEST_PIPE &&
        isFetched(source.from, depth + 1)),
  );

/** Whether it runs a text or a program that is known only at run time. */
export function isUnread(invocation: Invocation, read: ReadScript): boolean {
  const { words, input, source, from } = invocation;
  const [program, ...args] = words;
  const hidden = (word: Word | undefined): boolean =>
    word?.open === true ? word.text.trim() === '' && !SETS_UP.test(word.by ?? '') : word?.by !== undefined;
  if (program?.open && program.text === '') return program.by !== undefined && !NAMES_PROGRAM.test(program.by);
  if (isDisguised(invocation)) return true;
  const name = nameOf(program).toLowerCase();
  if (name === 'crontab') {
    const file = cronFile(args.map(({ text }) => text));
    return file === undefined ? false : (file === '-' ? handedText(invocation, read) : read(file)) === undefined;
  }
  if (MAKE_NAMES.includes(name))
    return readsRules(args.map(({ text }) => text)) && handedText(invocation, read) === undefined;
  // an alias whose command is in a variable of nobody knows where
  if (name === 'git' && aliasByVariable(invocation.assignments, args, read) === '') return true;
  // it takes the names of the files to change from standard input
  if (name === 'git' && gitCall(args).verb === 'update-index' && args.some(({ text }) => text === '--index-info'))
    return (source !== null || from !== null) && handedText(invocation, read) === undefined;
  if (runsFetched(invocation, name)) return true;
  const sources = name === '.' || name === 'source';
  if (name === 'eval' || (sources && !isStandardInput(args[0]?.text ?? ''))) return hidden(args[0]);
  if (!sources && !SHELLS.has(name)) return false;
  const at = textAt(args.map(({ text }) => text));
  if (at !== undefined) return hidden(args[at]);
  const file = args.find(({ text }) => !text.startsWith('-'));
  if (file !== undefined && !isStandardInput(file.text) && !args.some(({ text }) => text === '-s')) return hidden(file);
  if (source !== null) return source.open && source.text === '';
  if (input !== null || from === null) return false;
  return (from.group ?? [from]).some((one) => {
    const handed = writtenBy(one);
    if (handed?.open && handed.text.trim() === '') return true;
    return textFrom(one, read) === undefined && !SETS_UP.test(nameOf(one.words[0]));
  });
}
