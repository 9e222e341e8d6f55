/** The files named in texts that a command gives an interpreter. */
import { isWindowsPath, relativeSlashes, resolveIn } from '../base/platform';
import { POLICY_PATH } from '../policy';
import type { Program } from '../danger/shell';
import type { Forbidden } from './forbidden/types';
import { shown, type GuardAnswer, type GuardInput } from './types';
import { byTier, covers, heldAt, onHeld } from './judge-changed-paths';

export const byLeash = ({ ask, why, instead }: Forbidden): GuardAnswer => ({
  verdict: ask ? 'ask' : 'deny',
  reason: why,
  instead,
});

/** Parts of a path that a program joins: `join('a', 'b')`, `Path('a') / 'b'`, `'a/' + b`. */
const PUT_TOGETHER = /\/?['"`]\s*\)?\s*[,/+]\s*['"`]\/?/g;

/** The joint of a string that is written in parts: `'in' + 'fra'`. */
const IN_PARTS = /(["'`])\s*[+.]?\s*\1/g;

/** A text for an interpreter that names a guarded file and writes something: what it writes is unknown here. */
function rewrites(program: Program, { guarded, root, home }: GuardInput): Forbidden | undefined {
  const written = `${program.text}\n${program.text.replace(PUT_TOGETHER, '/')}`;
  const text = isWindowsPath(root ?? home) ? written.replace(/\\+/g, '/') : written;
  const short = (file: string): string => {
    const folder = [root, home].find((one) => one !== null && covers(one.toLowerCase(), file.toLowerCase()));
    return typeof folder === 'string' ? relativeSlashes(folder, file) : file;
  };
  const named = [
    ...guarded()
      .filter((one) => !one.shared)
      .map((one) => ({ name: short(one.path), what: one.what })),
    { name: POLICY_PATH, what: 'the policy' },
  ].find((one) => one.name.length > 4 && names(text, one.name));
  return (
    named && {
      why: `This names ${shown(named.name)}, which belongs to ${named.what}, and writes: an agent may not change what records or restricts agents.`,
      instead: 'Show the person the change that you would make, and let them make it.',
      ...(program.inFile ? { ask: true } : {}),
    }
  );
}

/** Whether a text contains a name that is not part of a longer one. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w.-]/.test(text.charAt(at + name.length))) return true;
  return false;
}

/**
 * Restricted places named in a text for an interpreter that changes something: a person is asked, since the text may
 * change something else.
 */
export function* inProgram(input: GuardInput, program: Program, cwd: string): Generator<GuardAnswer> {
  const forbidden = rewrites(program, input);
  if (forbidden) yield byLeash(forbidden);
  // a file may contain much that this run does not use
  for (const answer of onNamed(input, `${program.text}\n${program.text.replace(IN_PARTS, '')}`, cwd))
    yield program.inFile && answer.verdict === 'deny' ? { ...answer, verdict: 'ask' } : answer;
}

/** .NET calls, in PowerShell's syntax, that do not only read. */
export const DOT_NET = /\[(?:System\.)?IO\.\w+\]::(?!Read|Exists|Get|Enumerate|Combine|OpenRead|OpenText)\w+/i;

/** The files that a program's text names in quotes. */
export function* onNamed(input: GuardInput, text: string, cwd: string): Generator<GuardAnswer> {
  const named = new Set(
    [...text.slice(0, 100_000).matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n]){1,1000})\1/g)].map(
      ([, , literal = '']) => literal,
    ),
  );
  for (const one of [...named].slice(0, 200)) {
    const place = resolveIn(cwd, one);
    const held = heldAt(input, place, false);
    if (held) yield onHeld(place, held);
    const answer = byTier(input, place);
    if (answer.verdict === 'deny' && !answer.leash)
      yield { ...answer, verdict: 'ask', reason: `This names a file and changes something. ${answer.reason}` };
    else yield answer;
  }
}
