/**
 * The attribution of the next commit on HEAD. Past records are many, and hardly ever needed while HEAD only moves
 * forward; so they are read only where the others do not explain everything.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChangeAttribution } from '../../authorship/types';
import { timeOf } from '../../journal';
import { isFullyKnown } from './reuse-source-attribution';
import { attributeChange, type ChangeInput } from './attribute-change';
import { readStateFile, type Repository } from '../../../git';
import { parseLog, type ReflogEntry } from '../origins/head-moves-in-reflog';

/** The attribution of a change that starts from HEAD. Throws a GitError. */
export async function attributeStaged(repository: Repository, input: ChangeInput): Promise<ChangeAttribution> {
  const [first] = input.journal.shelved();
  if (first === undefined || !(await hasAllSince(repository, input.from, timeOf(first))))
    return attributeChange(repository, input);
  const change = await attributeChange(repository, { ...input, records: input.journal.readPending() });
  return isFullyKnown(change) ? change : attributeChange(repository, input);
}

/** Far more than HEAD moves while past records are kept; anything older is irrelevant. */
const LOG_BYTES = 256 * 1024;
/** Rebases and other moves in that time; with more, the past records are read sooner than git's answers. */
const REBASES_AT_MOST = 8;
const MOVES_AT_MOST = 200;

const COMMIT = /^commit(?: \((?:initial|merge)\))?: /;
const REBASE = /^(?:pull[^:(]*|rebase)(?: -i)? \((start|pick|reword|finish)\): (?:returning to refs\/heads\/(.*))?/;
const MOVE = /^(?:checkout|merge [^:]*|pull[^:(]*): /;

/**
 * Whether `head` has every commit that HEAD was at since a time (milliseconds since the epoch), or what a whole rebase
 * made of it: then no past record tells of work that is in none of its commits.
 */
async function hasAllSince(repository: Repository, head: string, since: number): Promise<boolean> {
  let log: Buffer;
  try {
    log = readFileSync(path.join(repository.gitDir, 'logs', 'HEAD'));
  } catch {
    return false;
  }
  const all = parseLog(log.subarray(Math.max(0, log.length - LOG_BYTES)), 0);
  const from = all.findIndex(({ time }) => time * 1000 + 999 >= since);
  // Not all of it was read.
  if ((from === 0 && log.length > LOG_BYTES) || all.at(-1)?.after !== head) return false;
  const steps = from < 0 ? [] : all.slice(from);
  if (!steps.every(({ what }) => COMMIT.test(what) || REBASE.test(what) || MOVE.test(what))) return false;
  const moves = steps.filter(({ what }) => !COMMIT.test(what));
  const rebased = await wholeRebases(repository, moves);
  const there = [head, ...rebased];
  const open = [...new Set(moves.map(({ before }) => before))].filter((id) => !there.includes(id));
  if (open.length === 0) return true;
  if (open.length > MOVES_AT_MOST) return false;
  const { code, stdout } = await repository.git(['rev-list', '--max-count=1', ...open, '--not', ...there], {
    codes: [0, 128],
  });
  return code === 0 && stdout.length === 0;
}

/** The commits that branches were at before a rebase that picked each of their commits without a conflict. */
async function wholeRebases(repository: Repository, moves: readonly ReflogEntry[]): Promise<readonly string[]> {
  const rebased: string[] = [];
  let start: ReflogEntry | undefined;
  let picks = 0;
  for (const step of moves) {
    const [, phase, branch] = REBASE.exec(step.what) ?? [];
    if (phase === 'start') [start, picks] = [step, 0];
    else if (phase === 'pick' || phase === 'reword') picks++;
    else if (phase === 'finish' && start !== undefined && branch !== undefined) {
      const branchLog = readStateFile(path.join(repository.commonDir, 'logs', 'refs', 'heads', ...branch.split('/')));
      if (!branchLog.includes(`${start.before} ${step.after} `) || rebased.length >= REBASES_AT_MOST) continue;
      const { code, stdout } = await repository.git(['rev-list', '--count', `${start.after}..${start.before}`], {
        codes: [0, 128],
      });
      if (code === 0 && Number(stdout.toString('utf8')) === picks) rebased.push(start.before);
    }
  }
  return rebased;
}
