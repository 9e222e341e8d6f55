/** What the gate is asked, and what it answers. */
import type { BlastRadius } from '../blast-radius/types';
import type { Repository } from '../git';
import type { ChangedFile, Decision, Level, Policy, PolicySource, SwitchedOff, Teams } from '../policy';
import type { SignOff } from './approvals/sign-offs';
import type { LessonHit } from './lessons';
import type { AttributionOf, FindingsOf, GivenApproval, SignedFor } from './ports';
import type { Range } from './range/commit-range';
import type { NetChange } from './range/net-change';

export interface CheckRequest {
  readonly repository: Repository;
  /** Revisions, as a person names them. */
  readonly base: string;
  readonly head: string;
  /** Login of whoever opened the pull request. Null: not told, which is refused wherever it decides. */
  readonly actor: string | null;
  /** True: what a pull request would be asked that nobody has opened yet. */
  readonly beforehand?: boolean;
  /** Null: no source of approvals was given. */
  readonly approvals: readonly GivenApproval[] | null;
  /** Looks up signed sign-offs. Default: there are none. */
  readonly signedFor?: SignedFor;
  /**
   * Why this can't wait for the sign-offs that the policy asks for: one at any level is enough then, and none for an
   * exact revert.
   */
  readonly emergency?: string | undefined;
  readonly teams: Teams;
  readonly attributionOf: AttributionOf;
  readonly findingsOf: FindingsOf;
  /** The commit that policy, people and owners are read from, by its id, where that is not the base. */
  readonly policyAt?: string;
  /** The policy to decide by, made from the base's. Default: the base's own. */
  readonly policyOf?: (policy: Policy) => Policy;
  /** What a plan would do, as a changed file. */
  readonly plan?: ChangedFile;
  /**
   * The net change of the range, with the claims of `AI-Risk` heard (`withRiskClaims`). Default: it is worked out here;
   * a caller that needs it too hands in what remembers it.
   */
  readonly netOf?: (range: Range) => Promise<NetChange>;
}

/** The verdict and everything it rests on. `base`, `head` and `mergeBase` are ids of commits. */
export interface CheckResult extends Decision {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  readonly policy: PolicySource;
  readonly authors: readonly { readonly email: string; readonly level: Level; readonly known: boolean }[];
  readonly findings: readonly (Decision['findings'][number] & { readonly commit: string | null })[];
  readonly commits: readonly {
    readonly commit: string;
    readonly assistants: readonly string[];
    readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  }[];
  /** What became of each approval, tier by tier. */
  readonly signOffs: readonly SignOff[];
  /**
   * Who could give what is missing, by the name of the tier: people and teams of the policy without those with a hand
   * in the change and those who signed off. Empty where the policy lists nobody else; left out where somebody who is
   * not listed could.
   */
  readonly signers: Readonly<Record<string, readonly string[]>>;
  /** What would have been found by rules that the policy switches off, with its reasons. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Lessons of incidents that AI's lines run into. They inform, and ask for nothing. */
  readonly lessons: readonly LessonHit[];
  /** What changed in each tier, for signatures (see `tierChanges`). */
  readonly changes: Readonly<Record<string, string>>;
  /** What an emergency let through that the policy would not have; null when nothing. */
  readonly emergency: Emergency | null;
  /** What depends on the change, where somebody worked it out; and the same as lines for people. */
  readonly blast?: BlastRadius;
  readonly blastLines?: readonly string[];
  /** What a reader should know beside the verdict, as sentences. */
  readonly notices: readonly string[];
}

export interface Emergency {
  readonly reason: string;
  /** Tiers with a sign-off missing. */
  readonly tiers: readonly string[];
  /** Who signed off instead. */
  readonly by: readonly string[];
  /** The commit that this takes back exactly; null when it is no revert. */
  readonly reverts: string | null;
  /** Addresses and logins of those with a hand in the change: none of them can pay for it. */
  readonly people: readonly string[];
}
