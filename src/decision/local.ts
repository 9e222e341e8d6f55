/** The decision on work that is not shared yet, by the policy that will decide on it later. */
import type { ChangeAttribution, FileAttribution } from '../attribution/types';
import type { Repository } from '../git';
import { decide, identityOf, levelOf, tierOf, type Decision, type KnownLevel } from '../policy';
import { loadPolicy, type LoadedPolicy } from '../policy-source';
import { changedFiles } from './changed-files';

export interface LocalDecision {
  readonly decision: Decision;
  readonly policy: LoadedPolicy;
  /** The level of whoever commits here, as far as it is known on this machine. */
  readonly level: KnownLevel;
  /** The file's tier by name, or null. */
  readonly tierOfFile: (file: Pick<FileAttribution, 'path' | 'from'>) => string | null;
  /** What people must know about the policy itself, as sentences. */
  readonly notices: readonly string[];
}

/** Decides as CI will, without any sign-off yet. Never throws for what a policy says; a git that can't be started throws a GitError. */
export async function decideLocally(repository: Repository, change: ChangeAttribution): Promise<LocalDecision> {
  const policy = await loadPolicy(repository);
  const email = await repository.git(['config', '--get', 'user.email'], { codes: [0, 1] });
  const level = levelOf(policy.policy, identityOf(email.stdout.toString('utf8').trim()), {});
  const decision = decide({ policy: policy.policy, files: changedFiles(change), level: level.level, approvals: {} });
  return {
    decision,
    policy,
    level,
    tierOfFile: (file) => tierOf(policy.policy, { path: file.path, from: file.from, findings: [] })?.tier.name ?? null,
    notices: noticesOf(policy),
  };
}

function noticesOf(policy: LoadedPolicy): string[] {
  const problem = policy.problems[0];
  const notices: string[] = [];
  if (problem) {
    notices.push(`${policy.source} has a mistake at line ${String(problem.line)}, column ${String(problem.column)}: ${problem.message}. Until it is fixed, the built-in policy warns here and CI cannot pass. "linekeeper policy check" lists every mistake.`);
  }
  if (policy.differsFromWorkingCopy) notices.push(`${policy.source} decides. The policy in your working copy differs; it takes effect once merged.`);
  return notices;
}
