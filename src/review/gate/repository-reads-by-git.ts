/** What the gate reads of a repository, by git. */
import { NOTES_REF } from '../../provenance/commits';
import { diffTrees, readBlobs, type Repository } from '../../git';
import { incidentsIn } from '../../policy/incidents';
import { ownCiFiles } from '../../policy/load';
import { mailmapIn } from './approvals/contributors-and-mailmap-of-range';
import { approvingRuns } from './approvals/approvals-made-in-agent-runs';
import { earlierHeadsOf } from './approvals/earlier-signed-heads-of-range';
import { changedSinceApprovals } from './approvals/changes-since-approval';
import { usedUp } from './approvals/approvals-used-up-by-reverted-merge';
import type { ChangeSource } from './repository-reads';
import type { FindingsOf } from './gate-input-types';
import { commitsOf, listRange } from './range/commit-range';
import { sinceAdoption } from './range/adoption-commit';
import { exactRevert } from './range/reverts-recent-merge';
import { readNames } from './range/resolve-revision-names';
import { beginNetChange, netChange } from './range/net-change-with-authors';
import { treesIn } from './read-deciding-files-of-base';

export const gitSource = (repository: Repository, findingsOf: FindingsOf): ChangeSource => ({
  ...treesIn(repository),
  names: (revisions) => readNames(repository, revisions),
  list: (base, head) => listRange(repository, base, head),
  commits: (listed) => commitsOf(repository, listed),
  sinceAdoption: (range, since, mergedInto) => sinceAdoption(repository, range, since, mergedInto),
  beginNet: (listed, attributionOf) => {
    const begun = beginNetChange(repository, listed, attributionOf);
    return (range) => netChange(repository, range, attributionOf, begun);
  },
  incidents: (commit) => incidentsIn(repository, commit),
  findings: (files, policy, head) => findingsOf(repository, files, policy, head),
  blobs: (ids) => readBlobs(repository, ids),
  ownCiFiles: (commit, changed) => ownCiFiles(repository, commit, changed),
  mailmap: (mailmap) => mailmapIn(repository, mailmap),
  changedSince: (range, approved) => changedSinceApprovals(repository, range, approved),
  usedUp: (range, searched) => usedUp(repository, range, searched),
  approvingRuns: () => approvingRuns(repository),
  earlierHeads: (range, isIn) => earlierHeadsOf(repository, range, isIn),
  exactRevert: (range) => exactRevert(repository, range),
  differences: (from, to) => diffTrees(repository, from, to),
  hasNotes: async () => (await repository.commitId(NOTES_REF)) !== undefined,
});
