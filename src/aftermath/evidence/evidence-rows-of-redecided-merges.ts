/** What the policy of the time asked of each change that got into the branch, decided again, with what was there. */
import { findInRange } from '../../policy/findings';
import { checkRange, GateError, type AttributionOf, type CheckResult, type GivenApproval } from '../../review/gate';
import { signedFor } from '../../review/gate/sign-offs';
import { GitError, type Commit, type Repository } from '../../git';
import type { Teams } from '../../policy';
import type { RowBody } from './row-fields-by-kind';

/** A commit on the branch's own line, with what it brought. */
export interface Brought {
  readonly commit: Commit;
  /** The branch before it. */
  readonly before: string;
  /** All of its commits, itself included. */
  readonly commits: ReadonlySet<string>;
}

export interface DecisionPorts {
  readonly repository: Repository;
  readonly attributionOf: AttributionOf;
  readonly teams: Teams;
  /** The forge's reviews; null when nobody gave them. */
  readonly approvals: readonly GivenApproval[] | null;
}

/** More are not decided again: each is a comparison of its own. */
export const DECIDED_AT_MOST = 1_000;

/** The rows, and the heads of other commits that were signed for it. */
export async function decisionRows(
  { repository, attributionOf, teams, approvals }: DecisionPorts,
  { commit, before, commits }: Brought,
): Promise<{ readonly rows: readonly RowBody[]; readonly signedHeads: readonly string[] }> {
  const about = {
    kind: 'decision',
    commit: commit.id,
    base: before,
    subject: commit.message.split('\n', 1)[0] ?? '',
  } as const;
  try {
    const result = await checkRange({
      repository,
      base: before,
      head: commit.id,
      actor: null,
      beforehand: true,
      approvals: (approvals ?? []).filter((approval) => commits.has(approval.commit)),
      // What counted then: a sign-off is valid for some days.
      signedFor: signedFor(repository, commit.committer.time * 1000),
      teams,
      attributionOf,
      findingsOf: findInRange,
      floors: [], // this machine's of today say nothing of then
    });
    const { policy, level, authors, tiers, required } = result;
    // What is only observed was not required of anybody: the record says whether the sign-offs are there.
    const verdict = result.wouldBe ?? result.verdict;
    const rows: readonly RowBody[] = [
      {
        ...about,
        verdict,
        why: '',
        policy,
        level,
        usesTeams: JSON.stringify([tiers, result.signOffs, result.signers]).includes('"@'),
        authors,
        tiers: tiers.map((tier) => ({
          name: tier.name,
          files: tier.files,
          added: tier.added,
          removed: tier.removed,
          required: tier.required.map(({ kind, from, approvals: count, codeOwner, satisfied, by, missing }) => ({
            kind,
            from,
            approvals: count,
            codeOwner,
            satisfied,
            by,
            missing,
          })),
        })),
        unmet: required.flatMap(({ missing }) => (missing === '' ? [] : [missing])),
      },
      ...findingRows(commit.id, result),
      ...approvalRows(commit.id, result, approvals ?? []),
    ];
    return { rows, signedHeads: result.signOffs.map((signOff) => signOff.commit) };
  } catch (error) {
    if (!(error instanceof GateError) && !(error instanceof GitError)) throw error;
    return {
      rows: [
        {
          ...about,
          verdict: 'undecided',
          why: error.message,
          policy: null,
          level: null,
          usesTeams: false,
          authors: [],
          tiers: [],
          unmet: [],
        },
      ],
      signedHeads: [],
    };
  }
}

const findingRows = (change: string, { findings }: CheckResult): readonly RowBody[] =>
  findings.map(({ commit, rule, class: kind, severity, tier, path, line, side, message }) => ({
    kind: 'finding',
    change,
    commit,
    rule,
    class: kind,
    severity,
    tier: tier ?? null,
    path,
    line,
    side,
    message,
  }));

const approvalRows = (change: string, { signOffs }: CheckResult, forge: readonly GivenApproval[]): readonly RowBody[] =>
  signOffs.map(({ by, tier, commit, counts, why }) => ({
    kind: 'approval',
    change,
    source: forge.some((one) => one.by === by && one.commit === commit) ? 'forge' : 'signed',
    by,
    tier,
    commit,
    counts,
    // The moment that it is judged at is that of the merge.
    why: why.replace(/^it is dated in the future/, 'it was given after the merge'),
  }));
