/**
 * What the gate takes from the outside.
 */
import type { FileAttribution } from '../attribution/types';
import type { Commit, DiffFile, Repository } from '../git';
import type { Finding, OverruledPolicy, Policy, SwitchedOff } from '../policy';
import type { NetFile } from './range/net-change';

/** Who wrote what in one commit, and how that is known. */
export interface CommitAuthors {
  /** Exactly what the commit changed: for a merge, what differs from every parent. */
  readonly files: readonly FileAttribution[];
  readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  /** Ids of the assistants at work. */
  readonly assistants: readonly string[];
  /** What the note tells of agents that did what the policy keeps from them. */
  readonly overruled?: readonly OverruledPolicy[];
}

/** Who wrote what in a commit. `changes`: what it changed itself. Undefined: nothing is known of it. */
export type AuthorsOf = (commit: Commit, changes: readonly DiffFile[]) => CommitAuthors | undefined;

/** Looks up at once what is known of commits, by their ids; then each is asked about with what it changed. */
export type AttributionOf = (commits: readonly string[]) => Promise<AuthorsOf>;

/** What the danger rules notice in files of a net change. */
export interface NoticedInRange {
  readonly findings: readonly Finding[];
  /** What would have been found by rules that the policy switches off. */
  readonly off: readonly SwitchedOff[];
  /** Paths of files that could not be looked at to the end. Default: none. */
  readonly unread?: ReadonlySet<string>;
  /** Paths of files whose change can't be counted in lines. Default: none. */
  readonly beyondLines?: ReadonlySet<string>;
  /** How many files depend on a changed one, by its path, where a tier's `blast` asks. Default: not asked. */
  readonly dependents?: ReadonlyMap<string, number>;
  /** What was not looked at, as sentences. */
  readonly notices: readonly string[];
}

/** Looks for dangers in a net change. Contents are read by the ids of the files' blobs. */
export type FindingsOf = (
  repository: Repository,
  files: readonly Pick<NetFile, 'attribution' | 'oldId' | 'newId'>[],
  policy: Policy,
  /** Id of the head, in whose files dependents are looked for. */
  head: string,
) => Promise<NoticedInRange>;

/** An approval as a forge or a file tells it, not judged yet. Everything in it is from outside. */
export interface GivenApproval {
  /** Login at the forge, or an e-mail address. */
  readonly by: string;
  readonly email: string | null;
  /** Whole id of the commit that was approved. */
  readonly commit: string;
  /** `re-requested`: an approval of somebody who has been asked to look again since. */
  readonly state: 'approved' | 'dismissed' | 'changes_requested' | 're-requested';
  /** Milliseconds since the epoch; null when not told. */
  readonly at: number | null;
  /**
   * The forge says that the account belongs neither to the repository nor to its organization, as anybody's may who can
   * read it.
   */
  readonly outsider?: boolean;
  /** What a signature is over. Undefined for an approval of a forge, which is for everything in its commit. */
  readonly signed?: {
    /** Id of the base's tip that it was signed for. */
    readonly base: string;
    /** The change that was signed, by the name of its tier (see `tierChanges`). */
    readonly changes: Readonly<Record<string, string>>;
    /** Whose key it is: every name that the allowed signers give for it. */
    readonly names: readonly string[];
  };
}

/** A range that sign-offs may be for. */
export interface RangeToSign {
  /** Id of the base's tip, whose allowed signers count. */
  readonly base: string;
  readonly head: string;
  /** Ids of the commits in the range. */
  readonly commits: ReadonlySet<string>;
  /** Digest of the policy that decides. */
  readonly policy: string;
  /** See `tierChanges`. */
  readonly changes: Readonly<Record<string, string>>;
}

/** Signed sign-offs for a range, their signatures verified. */
export interface SignedApprovals {
  readonly approvals: readonly GivenApproval[];
  /** Those that do not count whatever the policy says. `why` is the end of a sentence. */
  readonly refused: readonly {
    readonly by: string;
    readonly tiers: readonly string[];
    readonly commit: string;
    readonly why: string;
  }[];
}

export type SignedFor = (range: RangeToSign) => Promise<SignedApprovals>;
