/**
 * Whether git is changing a work tree at the moment (a checkout, a rebase between two commits): files, index and HEAD are
 * then of different states, and a survey of them would ask sign-offs for changes that nobody made.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Git holds these while it writes files and moves HEAD. */
const LOCKS = ['index.lock', 'HEAD.lock'];
/** A lock that is older remained of a git that was killed. */
const LOCK_AT_MOST_MS = 5 * 60_000;
/** What exists during an operation of several steps, and what its steps write. */
const STEPS: readonly (readonly [operation: string, written: readonly string[]])[] = [
  ['rebase-merge', ['rebase-merge', 'rebase-merge/done']],
  ['rebase-apply', ['rebase-apply', 'rebase-apply/next']],
  ['sequencer', ['sequencer', 'sequencer/todo']],
  ['MERGE_HEAD', ['MERGE_HEAD']],
  ['CHERRY_PICK_HEAD', ['CHERRY_PICK_HEAD']],
  ['REVERT_HEAD', ['REVERT_HEAD']],
];
/** An operation without a new step for so long waits for a person, for example in a conflict. */
const STEP_MS = 2_000;

/** `now`: milliseconds since the epoch. */
export function isGitAtWork(gitDir: string, now: number): boolean {
  const age = (name: string): number | undefined => {
    const changed = statSync(join(gitDir, name), { throwIfNoEntry: false })?.mtimeMs;
    return changed === undefined ? undefined : Math.abs(now - changed); // a clock may have been set back
  };
  const within = (name: string, limit: number): boolean => (age(name) ?? Infinity) < limit;
  if (LOCKS.some((name) => within(name, LOCK_AT_MOST_MS))) return true;
  return STEPS.some(
    ([operation, written]) =>
      age(operation) !== undefined && [...written, 'HEAD', 'logs/HEAD'].some((name) => within(name, STEP_MS)),
  );
}

/** Changes if HEAD moves: a survey that began before and ended after it is of two states. */
export function headMark(gitDir: string): string {
  const moved = statSync(join(gitDir, 'logs/HEAD'), { throwIfNoEntry: false });
  let head = '';
  try {
    head = readFileSync(join(gitDir, 'HEAD'), 'utf8');
  } catch {
    // Git replaces the file: whoever compares sees a difference.
  }
  return `${head}${String(moved?.mtimeMs)} ${String(moved?.size)}`;
}
