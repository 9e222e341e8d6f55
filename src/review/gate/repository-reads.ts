/**
 * What the gate reads, as a port: `repository-reads-by-git.ts` reads it from a repository, and a test tells it as literals. Ids are
 * those of commits and blobs.
 */
import type { DiffFile } from '../../git';
import type { Incidents } from '../../policy/incidents';
import type { Policy } from '../../policy';
import type { TreeFile } from '../../policy/load';
import type { MailmapOf } from './approvals/contributors-and-mailmap-of-range';
import type { ApprovingRun } from './approvals/approvals-made-in-agent-runs';
import type { ChangeSinceApproval } from './approvals/changes-since-approval';
import type { ApprovalsToSearch } from './approvals/approvals-used-up-by-reverted-merge';
import type { AttributionOf, EarlierHeads, GivenApproval, NoticedInRange } from './gate-input-types';
import type { Listed, Range } from './range/commit-range';
import type { Adopted } from './range/adoption-commit';
import type { Names } from './range/resolve-revision-names';
import type { NetChange, NetFile } from './range/net-change-with-authors';

/** Files of a commit, as `treeFiles` reads them. */
export interface TreeSource {
  /** Top of the checked-out tree, where anybody could have written a file. */
  readonly root: string;
  readonly files: (commit: string, paths: readonly string[]) => Promise<ReadonlyMap<string, TreeFile>>;
}

/** Each function throws a GitError, or a GateError for whatever cannot be decided. */
export interface ChangeSource extends TreeSource {
  readonly names: (revisions: readonly string[]) => Promise<Names>;
  readonly list: (base: string, head: string) => Promise<Listed>;
  readonly commits: (listed: Listed) => Promise<Range>;
  readonly sinceAdoption: (range: Range, since: string | null, mergedInto?: string) => Promise<Adopted>;
  /** Starts reading what the commits changed; the resulting function needs the range. */
  readonly beginNet: (listed: Listed, attributionOf: AttributionOf) => (range: Range) => Promise<NetChange>;
  readonly incidents: (commit: string) => Promise<Incidents>;
  /** What the danger rules notice. `head`: its files are searched for dependents. */
  readonly findings: (files: readonly NetFile[], policy: Policy, head: string) => Promise<NoticedInRange>;
  /** Contents of blobs; those that do not exist are left out. */
  readonly blobs: (ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  /** Which of `changed`, and of the files beside them, the CI of a commit runs the gate by. */
  readonly ownCiFiles: (commit: string, changed: readonly string[]) => Promise<(path: string) => boolean>;
  /** `mailmap`: id of its blob; null for none. */
  readonly mailmap: (mailmap: string | null) => MailmapOf;
  /** What has changed since each of the approved commits; the first ones count where there are too many. */
  readonly changedSince: (
    range: Range,
    approved: readonly string[],
  ) => Promise<ReadonlyMap<string, ChangeSinceApproval>>;
  /** By tier, the approvals of what the base has had and took back. */
  readonly usedUp: (
    range: Range,
    searched: ApprovalsToSearch,
  ) => Promise<ReadonlyMap<string, ReadonlySet<GivenApproval>>>;
  /** What is recorded of agents that approved. */
  readonly approvingRuns: () => Promise<readonly ApprovingRun[]>;
  readonly earlierHeads: (range: Range, isIn: (path: string, tier: string) => boolean) => EarlierHeads;
  /** The commit that a range takes back exactly; null for none. */
  readonly exactRevert: (range: Range) => Promise<string | null>;
  readonly differences: (from: string, to: string) => Promise<readonly DiffFile[]>;
  /** Whether there are notes here at all. */
  readonly hasNotes: () => Promise<boolean>;
}
