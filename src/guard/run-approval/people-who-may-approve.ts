/** Who may approve a run: the base branch's people and keys. */
import type { Repository } from '../../git';
import {
  ALLOWED_SIGNERS_PATHS,
  highestLevel,
  identityOf,
  isSamePerson,
  levelOf,
  list,
  meets,
  type Policy,
  type Teams,
} from '../../policy';
import { baseName, baseCommit, knownTeams, loadPolicyAndPeople, treeFiles } from '../../policy/load';

interface Authority {
  readonly policy: Policy;
  /** Why the people that it takes from files are not known, as a sentence; empty when they are. */
  readonly unread: string;
  /** As the forge last resolved them (`policy people --refresh`). */
  readonly teams: Teams;
  /** Content of the allowed-signers file; null when there is none. */
  readonly allowedSigners: string | null;
  /** Where it was looked for, for people: `origin/main`. */
  readonly where: string;
}

/**
 * Reads policy and keys from the tip of the base branch, if known, else from HEAD. Throws a GitError.
 */
export async function readAuthority(repository: Repository, now: number): Promise<Authority> {
  const { policy, unread } = await loadPolicyAndPeople(repository);
  const base = await baseCommit(repository);
  const commit = base ?? (await repository.commitId('HEAD'));
  const files =
    commit === undefined ? new Map<string, never>() : await treeFiles(repository, commit, ALLOWED_SIGNERS_PATHS);
  const file = ALLOWED_SIGNERS_PATHS.map((name) => files.get(name)).find((one) => one?.kind === 'file');
  return {
    policy,
    unread,
    teams: knownTeams(repository, now),
    allowedSigners: file?.kind === 'file' ? file.bytes.toString('utf8') : null,
    where: base === undefined ? 'HEAD' : baseName(repository),
  };
}

/** Why a key's principals may not approve somebody's request, as a sentence; empty when one of them may. */
export function objectionTo(
  principals: readonly string[],
  requestedBy: string,
  { policy, teams, unread }: Authority,
): string {
  const people = principals.map((name) => ({ name, identity: identityOf(name) }));
  const asker = identityOf(requestedBy);
  if (people.some(({ identity }) => isSamePerson(policy, identity, asker)))
    return `${requestedBy} asked for this run, so somebody else must approve it.`;
  const levels = people.map(({ identity }) => levelOf(policy, identity, teams));
  if (levels.some(({ level }) => meets(policy, level, highestLevel(policy)))) return '';
  const highest = highestLevel(policy);
  const senior = highest === 'senior' ? 'a senior' : highest;
  const unresolved = [...new Set(levels.flatMap(({ unresolved: open }) => open))];
  return unresolved.length === 0
    ? `${principals.join(', ')} is not listed as ${senior} in the policy.${unread === '' ? '' : ` ${unread}`}`
    : `Whether ${principals.join(', ')} is ${senior} isn't known here, because the members of ${list(unresolved)} were never fetched from the Git host. To fetch them: "linekeeper policy people --refresh".`;
}
