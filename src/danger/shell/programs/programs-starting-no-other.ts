/** Programs that start no other: most of a script, of which nothing more needs to be asked. */
import { POWERSHELL, WRITES_PIPED } from '../powershell/texts-given-to-powershell';
import type { Invocation, Word } from '../words/invocation';
import { CONTAINERS } from './programs-in-containers-with-mounts';
import { mayRunText } from './texts-run-by-programs';
import { LISTERS_THAT_START } from './files-listed-by-programs';
import { nameOf } from './program-name';
import { isPackageManager } from './make-targets-and-package-scripts';
import { CMD, CMDLETS_THAT_RUN } from './powershell-and-cmd-texts';
import { isTaskRunner } from './task-runners';
import { isSentAway } from './remote-and-container-shells';
import { RUN_VALUE, RUNNERS, WRAPPERS } from './runner-and-shell-names';
import { isDisguised } from './unreadable-commands';

/** What was found of a program, by its word. */
const known = new Map<string, boolean>();
const KNOWN_AT_MOST = 2000;

/**
 * Whether an invocation runs its program and nothing else that can be read: no program among its words, no text, no file,
 * nothing that it wrote itself.
 */
export function startsNothing(invocation: Invocation): boolean {
  const { words, assignments, outputs } = invocation;
  const [program] = words;
  if (!outputs.every(goesNowhere) || assignments.some((text) => RUN_VALUE.test(text))) return false;
  if (program === undefined) return true;
  if (program.open && program.text === '') return false;
  let plain = known.get(program.text);
  if (plain === undefined) {
    plain = isPlain(program.text);
    if (known.size >= KNOWN_AT_MOST) known.clear();
    known.set(program.text, plain);
  }
  return plain && !isDisguised(invocation);
}

/** Where nothing is kept of an output. */
const NOWHERE: ReadonlySet<string> = new Set(['/dev/null', '/dev/stderr', '/dev/stdout', '/dev/tty']);

/** Whether nothing of an output that is redirected there can be read again. */
export const goesNowhere = ({ text, open }: Word): boolean => !open && NOWHERE.has(text);

function isPlain(word: string): boolean {
  if (/[\\/]|\.(?:ps1|bat|cmd)$/i.test(word)) return false; // a file that may be read
  const name = nameOf({ text: word, open: false });
  const lower = name.toLowerCase();
  return !(
    Object.hasOwn(WRAPPERS, name) ||
    RUNNERS.has(name) ||
    CONTAINERS.test(name) ||
    LISTERS_THAT_START.has(name) ||
    isSentAway(name) ||
    isPackageManager(name) ||
    isTaskRunner(name) ||
    lower === 'tee' ||
    mayRunText(lower) ||
    POWERSHELL.test(lower) ||
    CMD.has(lower) ||
    CMDLETS_THAT_RUN.test(lower) ||
    WRITES_PIPED.test(lower)
  );
}
