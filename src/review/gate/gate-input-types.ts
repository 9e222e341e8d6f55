/**
 * What the gate is given by its callers.
 */
import type { FileAttribution } from '../../provenance/authorship/types';
import type { Commit, DiffFile, Repository } from '../../git';
import type { AddedDependency, Finding, OverruledPolicy, Policy, PolicySource, SwitchedOff } from '../../policy';
import type { NetFile } from './range/net-change-with-authors';

/** Who wrote what in one commit, and how that is known. */
export interface CommitAuthors {
  /** Exactly what the commit changed: for a merge, what differs from every parent. */
  readonly files: readonly FileAttribution[];
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  /** Ids of the assistants involved. */
  readonly assistants: readonly string[];
  /** The note's record of agents that did what the policy forbids. */
  readonly overruled?: readonly OverruledPolicy[];
  /** Id of the commit that this one exactly reverts, if it is a person's revert. */
  readonly reverts?: string;
  /** An assistant's added lines that such a revert brings back from before the adoption. */
  readonly excused?: { readonly added: number; readonly assistants: readonly string[] };
  /** The same files by a record that anybody may have written: what it calls AI's is added, and nothing else. */
  readonly claimedAi?: readonly FileAttribution[];
}

/** Who wrote what in a commit. `changes`: what it changed itself. Undefined: nothing is known about it. */
export type AuthorsOf = (commit: Commit, changes: readonly DiffFile[]) => CommitAuthors | undefined;

/** Looks up commits by their ids, all at once; the resulting function is called for each with its changes. */
export type AttributionOf = (commits: readonly string[]) => Promise<AuthorsOf>;

/** What the danger rules notice in files of a net change. */
export interface NoticedInRange {
  readonly findings: readonly Finding[];
  /** What rules that the policy switches off would have found. */
  readonly off: readonly SwitchedOff[];
  /** Paths of files that could not be read to the end. Default: none. */
  readonly unread?: ReadonlySet<string>;
  /** Paths of files whose change can't be counted in lines. Default: none. */
  readonly beyondLines?: ReadonlySet<string>;
  /** How many files depend on a changed one, by its path, when a tier's `blast` needs it. Default: not counted. */
  readonly dependents?: ReadonlyMap<string, number>;
  /** Libraries that the change declares. Default: none. */
  readonly dependencies?: readonly Omit<AddedDependency, 'author'>[];
  /** What was not examined, as sentences. */
  readonly notices: readonly string[];
}

/** Looks for dangers in a net change. Contents are read by the ids of the files' blobs. */
export type FindingsOf = (
  repository: Repository,
  files: readonly Pick<NetFile, 'attribution' | 'oldId' | 'newId'>[],
  policy: Policy,
  /** Id of the head, whose files are searched for dependents. */
  head: string,
) => Promise<NoticedInRange>;

/** An approval as reported by a forge or a file, not judged yet. Everything in it is from outside. */
export interface GivenApproval {
  /** Login at the forge, or an e-mail address. */
  readonly by: string;
  readonly email: string | null;
  /** Full id of the approved commit. */
  readonly commit: string;
  /** `re-requested`: an approval of somebody who has since been asked to review again. */
  readonly state: 'approved' | 'dismissed' | 'changes_requested' | 're-requested';
  /** Milliseconds since the epoch; null when unknown. */
  readonly at: number | null;
  /** Where the forge tells only when a review was begun and when it was last changed: the earliest time. */
  readonly earliest?: number;
  /**
   * The forge reports that the account belongs neither to the repository nor to its organization. Anybody who can read
   * the repository may have such an account.
   */
  readonly outsider?: boolean;
  /** What a signature covers. Undefined for an approval of a forge, which covers everything in its commit. */
  readonly signed?: {
    /** Id of the base's tip that it was signed for. */
    readonly base: string;
    /** The change that was signed, by the name of its tier (see `tierChanges`). */
    readonly changes: Readonly<Record<string, string>>;
    /** Whose key it is: every principal that the allowed signers list for it. */
    readonly names: readonly string[];
  };
}

/** A range that sign-offs may cover. */
export interface RangeToSign {
  /** Id of the base's tip, whose allowed signers count. */
  readonly base: string;
  /** The branch that the change is for; null when no branch was named. */
  readonly onto: string | null;
  readonly head: string;
  /** Ids of the commits in the range. */
  readonly commits: ReadonlySet<string>;
  /** The policy that decides. */
  readonly policy: PolicySource;
  /** See `tierChanges`. */
  readonly changes: Readonly<Record<string, string>>;
  readonly earlierHeads: EarlierHeads;
}

/** Of signed commits that are not in a range, latest first: those that are earlier heads of it, by their ids. */
export type EarlierHeads = (
  signed: readonly { readonly commit: string; readonly tiers: readonly string[] }[],
) => Promise<ReadonlySet<string>>;

/** Signed sign-offs for a range, with verified signatures. */
export interface SignedApprovals {
  readonly approvals: readonly GivenApproval[];
  /** Those that do not count under any policy. `why` is the end of a sentence. */
  readonly refused: readonly {
    readonly by: string;
    readonly tiers: readonly string[];
    readonly commit: string;
    readonly why: string;
  }[];
}

export type SignedFor = (range: RangeToSign) => Promise<SignedApprovals>;
