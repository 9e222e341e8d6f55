/** The changes of a window at which nothing points, so that whoever asks sees what there was. */
import { findInEach } from '../../policy/findings';
import { GitError, isZero, type Commit, type PatchFile, type Repository } from '../../git';
import { tierOf, type Finding, type Policy } from '../../policy';
import { readDeployments } from '../deployments/deployment-notes';
import { Contents } from '../deployments/commits-in-deployment';
import { describeCommits, type DescribedCommit } from './describe-commits';
import type { Changes } from './suspect-search-types';

export interface WindowChange extends DescribedCommit {
  /** The highest tier that it touches; null: none. */
  readonly tier: string | null;
  /** Ids of the danger rules that find something in it. */
  readonly findings: readonly string[];
  /** Where it went first, by the records. */
  readonly deployments: readonly { readonly stage: string; readonly at: string }[];
}

/** At most this many are described. */
const CHANGES_AT_MOST = 200;
/** Of the newest, what the danger rules find is looked up too. */
const FINDINGS_OF = 60;

interface Window {
  /** Newest first. */
  readonly commits: readonly Commit[];
  readonly changes: Changes;
}

/** The newest first, which says nothing of which one it was. Throws a GitError. */
export async function windowChanges(
  repository: Repository,
  { commits, changes }: Window,
  policy: Policy,
): Promise<readonly WindowChange[]> {
  const listed = commits.slice(0, CHANGES_AT_MOST);
  const described = await describeCommits(repository, listed);
  const ids = [...described.keys()];
  const stages = await deploymentsOf(repository, ids);
  const found = await findingsOf(
    repository,
    ids.slice(0, FINDINGS_OF).map((id) => changes.get(id) ?? []),
    policy,
  );
  const all: WindowChange[] = [];
  for (const [at, id] of ids.entries()) {
    const commit = described.get(id);
    if (commit === undefined) continue;
    const files = changes.get(id) ?? [];
    const findings = found[at] ?? [];
    const ranks = files.flatMap(({ path, from }) => {
      const found = tierOf(policy, { path, from, findings: findings.filter((finding) => finding.path === path) });
      return found === null ? [] : [found];
    });
    const [highest] = ranks.sort((a, b) => a.rank - b.rank);
    all.push({
      ...commit,
      tier: highest?.tier.name ?? null,
      findings: [...new Set(findings.map(({ rule }) => rule))].sort(),
      deployments: stages.get(id) ?? [],
    });
  }
  return all;
}

/** Of each change, in their order. */
async function findingsOf(
  repository: Repository,
  changes: readonly (readonly PatchFile[])[],
  policy: Policy,
): Promise<readonly (readonly Finding[])[]> {
  const looked = changes.map((files) =>
    files
      .filter(({ oldId, newId, hunks }) => hunks.length > 0 && !(isZero(oldId) && isZero(newId)))
      .map(({ path, from, oldId, newId }) => ({ path, from, oldId, newId })),
  );
  const found: (readonly Finding[])[] = [];
  try {
    for await (const { findings } of findInEach(repository, looked, policy)) found.push(findings);
  } catch (error) {
    // What no rule can read hides no other answer.
    if (error instanceof GitError) throw error;
  }
  return found;
}

async function deploymentsOf(
  repository: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, WindowChange['deployments']>> {
  const contents = new Contents(repository, commits);
  const found = new Map<string, { readonly stage: string; readonly at: string }[]>();
  for (const deployment of (await readDeployments(repository)).all) {
    if (deployment.state !== 'deployed') continue;
    for (const commit of (await contents.of(deployment.commit)) ?? []) {
      const known = found.get(commit) ?? [];
      if (!known.some(({ stage }) => stage === deployment.stage))
        known.push({ stage: deployment.stage, at: new Date(deployment.at).toISOString() });
      found.set(commit, known);
    }
  }
  return found;
}
