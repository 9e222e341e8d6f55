/**
 * What git will do to a commit message after the hooks: which of its lines it strips (git-commit(1) `--cleanup`;
 * git-config(1) `commit.cleanup`, `core.commentChar`).
 */
import { readFileSync } from 'node:fs';
import type { Repository } from '../../../git';

export interface Cleanup {
  /** What starts a comment line; null when no line is git's: then all of it is the message. */
  readonly comment: string | null;
  /**
   * Every comment line; what is below the scissors line; or nothing, and git's own hints stay if nobody deletes them.
   */
  readonly takes: 'comments' | 'below-scissors' | 'nothing';
  /** The user edits the message before it is used. */
  readonly edited: boolean;
}

/** What git passed to the hook. */
export interface MessageHookCall {
  readonly messageFile: string;
  /** Second argument of `prepare-commit-msg`: where the message comes from. */
  readonly source: string;
  /** Its third argument: the commit whose message is used. */
  readonly object?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The arguments of the git command that runs the hook, when visible. */
  readonly argv: readonly string[];
  /** The index's difference from a commit, as passed to the hook. */
  readonly diff?: { readonly from: string; readonly output: Buffer };
}

/** What git will strip from this message. Throws a GitError. */
export async function cleanupOf(repository: Repository, message: string, call: MessageHookCall): Promise<Cleanup> {
  // githooks(5): without an editor git sets GIT_EDITOR to `:`. A message with no source is always written by the user.
  const edited = call.source === '' || call.source === 'template' || call.env['GIT_EDITOR'] !== ':';
  // The usual case needs no git: nobody edits the message, and none of its lines could be a comment.
  if (!edited && !/^[!-/:-@[-`{-~]/m.test(message)) return { comment: null, takes: 'nothing', edited };
  const mode = argument(call.argv, '--cleanup') ?? (await configValue(repository, 'commit.cleanup')) ?? 'default';
  const takes =
    mode === 'strip' || (mode === 'default' && edited)
      ? 'comments'
      : mode === 'scissors' && edited
        ? 'below-scissors'
        : 'nothing';
  if (takes === 'comments' || edited) return { comment: await commentStart(repository, message), takes, edited };
  // git reads no trailers below a scissors line, even where it leaves that line in the message.
  return message.includes(`# ${SCISSORS}`)
    ? { comment: '#', takes: 'below-scissors', edited }
    : { comment: null, takes: 'nothing', edited };
}

async function commentStart(repository: Repository, message: string): Promise<string> {
  // Several characters since git 2.45; older versions ignore this setting.
  const long = await configValue(repository, 'core.commentString');
  if (long !== undefined && long !== 'auto' && startsALine(message, long)) return long;
  const configured = (await configValue(repository, 'core.commentChar')) ?? '#';
  if (configured !== 'auto' && long !== 'auto') return configured;
  // git chose a character that no line of the message starts with; its own lines come last, except for a patch below
  // scissors.
  return SCISSORS_OF_ANY.exec(message)?.[1] ?? /(?:^|\n)([#;@!$%^&|:])(?:[ \t][^\n]*)?\n*$/.exec(message)?.[1] ?? '#';
}

const SCISSORS = '------------------------ >8 ------------------------';
const SCISSORS_OF_ANY = new RegExp(`^([#;@!$%^&|:]) ${SCISSORS}\\r?$`, 'm');
const startsALine = (message: string, start: string): boolean =>
  message.startsWith(`${start} `) || message.includes(`\n${start} `);

/** The message's own text, followed by what is git's: comments at its end, and everything from the scissors line on. */
export function splitMessage(
  message: string,
  { comment, takes }: Pick<Cleanup, 'comment' | 'takes'>,
): { readonly head: string; readonly tail: string } {
  if (comment === null || comment === '') return { head: message, tail: '' };
  const lines = linesOf(message);
  let end = scissorsAt(lines, comment, takes);
  if (takes !== 'below-scissors') {
    for (let at = end; at > 0 && (isBlank(lines[at - 1]) || lines[at - 1]?.startsWith(comment) === true); at--)
      if (!isBlank(lines[at - 1])) end = at - 1;
    while (end > 0 && end < lines.length && isBlank(lines[end - 1])) end--;
  }
  return { head: lines.slice(0, end).join(''), tail: lines.slice(end).join('') };
}

/**
 * The end of everything that git keeps or reads. Git's own scissors line has its warning below it; any other is a mere
 * comment where comments are stripped.
 */
function scissorsAt(lines: readonly string[], comment: string, takes: Cleanup['takes']): number {
  const at = lines.findIndex(
    (line, i) =>
      line.replace(/\r?\n$/, '') === `${comment} ${SCISSORS}` &&
      (takes !== 'comments' || lines[i + 1]?.startsWith(comment) === true),
  );
  return at < 0 ? lines.length : at;
}

/** The lines that remain of a message, without blank ones and trailing white space. */
export function wordsOf(message: string, { comment, takes }: Pick<Cleanup, 'comment' | 'takes'>): string[] {
  const all = linesOf(message);
  const head = comment === null || comment === '' ? all : all.slice(0, scissorsAt(all, comment, takes));
  const lines = head.map((line) => line.trimEnd());
  return lines.filter((line) => line !== '' && !(takes === 'comments' && comment !== null && line.startsWith(comment)));
}

/** Whether git considers what remains of a message empty: sign-offs do not count (git's `message_is_empty`). */
export const isEmptyMessage = (words: readonly string[]): boolean =>
  words.every((word) => word.startsWith('Signed-off-by: '));

/** The lines of a text, each with its own line break. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
export const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** A message file as text that can be written back byte for byte: UTF-8, or one character per byte. */
export function readMessage(file: string): { readonly text: string; readonly encoding: 'utf8' | 'latin1' } {
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes)
    ? { text, encoding: 'utf8' }
    : { text: bytes.toString('latin1'), encoding: 'latin1' };
}

async function configValue(repository: Repository, key: string): Promise<string | undefined> {
  const answer = await repository.git(['config', '--get', key], { codes: [0, 1] });
  return answer.code === 0 ? answer.stdout.toString('utf8').replace(/\n$/, '') : undefined;
}

function argument(argv: readonly string[], name: string): string | undefined {
  const at = argv.findLastIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = argv[at];
  return word === undefined ? undefined : word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1];
}
