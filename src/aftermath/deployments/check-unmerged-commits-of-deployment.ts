/**
 * Commits of a deployment that the base branch does not have: nobody has asked for their sign-offs when they were
 * merged, so the gate is asked now.
 */
import { findInRange } from '../../policy/findings';
import { checkRange, GateError, type CheckRequest, type CheckResult } from '../../review/gate';
import { type Repository } from '../../git';
import { stillMissing } from '../../policy/decision';
import { listIf, countOf, quoted } from '../../policy';
import { knownTeams, managedFloors } from '../../policy/load';

export interface Unmerged {
  /** Ids, newest first. */
  readonly commits: readonly string[];
  /** What the gate misses, as ends of a sentence. */
  readonly missing: readonly string[];
  /** What that means and what to do, as sentences; empty where the gate misses nothing. */
  readonly says: string;
}

interface UnmergedQuery
  extends
    Required<Pick<CheckRequest, 'repository' | 'actor' | 'approvals' | 'attributionOf'>>,
    Pick<CheckRequest, 'signedFor'> {
  readonly ref: string;
  readonly base: string;
  readonly baseName: string;
  /** What the stage runs now: it is not asked about again. */
  readonly from: string;
  readonly now: number;
}

/** Throws a {@link GateError} for whatever can't be decided, or a GitError. */
export async function unmergedIn(query: UnmergedQuery): Promise<Unmerged> {
  const { repository, ref, base, baseName, from, now, ...rest } = query;
  const commits = await commitsWithout(repository, ref, [base, from]);
  if (commits.length === 0) return { commits, missing: [], says: '' };
  const are = `${countOf(commits.length, 'commit')} of ${ref.slice(0, 12)} ${commits.length === 1 ? 'is' : 'are'} not on ${quoted(baseName)}`;
  const result = await checkRange({
    repository,
    ...rest,
    base: baseName,
    head: ref,
    teams: knownTeams(repository, now),
    findingsOf: findInRange,
    floors: managedFloors(),
  }).catch((error: unknown) => {
    if (!(error instanceof GateError)) throw error;
    const why =
      error.reason === 'actor'
        ? '--actor is missing: pass the login at the Git host, or the commit e-mail, of the person who asks for this deployment'
        : error.message;
    throw new GateError(
      error.reason,
      `${are}, so the check decides about ${them(commits)}. ${sentence(why)} ${OTHERS}`,
    );
  });
  const missing = missingIn(result);
  return {
    commits,
    missing,
    says:
      missing.length === 0
        ? ''
        : `${are}, so nobody has asked for ${commits.length === 1 ? 'its' : 'their'} sign-offs yet: ${missing.join('; ')}. ${OTHERS}`,
  };
}

const OTHERS = 'Deploy what was merged, or name the branch that it was merged into with --base.';

const them = (commits: readonly string[]): string => (commits.length === 1 ? 'it' : 'them');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

const missingIn = ({ verdict, required, tiers }: CheckResult): readonly string[] =>
  listIf(verdict !== 'pass', [
    ...stillMissing(required).map((one) => one.missing),
    ...tiers.flatMap(({ name, required: due }) => stillMissing(due).map((one) => `${name}: ${one.missing}`)),
  ]);

async function commitsWithout(repository: Repository, ref: string, others: readonly string[]): Promise<string[]> {
  const listed = await repository.text(['rev-list', ref, ...others.map((one) => `^${one}`)], { timeout: 120_000 });
  return listed.split('\n').filter((id) => id !== '');
}
