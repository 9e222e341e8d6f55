/** The gate's input and output. */
import type { FileAttribution } from '../../provenance/authorship/types';
import type { BlastRadius } from '../../policy/blast-radius/types';
import type { Repository } from '../../git';
import type {
  AddedDependency,
  ChangeFacts,
  ChangedFile,
  Decision,
  Level,
  NoRecorder,
  Policy,
  PolicySource,
  SwitchedOff,
  Teams,
} from '../../policy';
import type { Floor } from '../../policy/file/parse';
import type { SignOff } from './approvals/count-valid-approvals';
import type { LessonHit } from './lessons-for-change';
import type { AttributionOf, FindingsOf, GivenApproval, SignedFor } from './gate-input-types';
import type { Range } from './range/commit-range';
import type { NetChange } from './range/net-change-with-authors';

/** A question about a range, wherever its commits are read from. */
export interface ChangeQuestion {
  /** Revisions, as a person writes them. */
  readonly base: string;
  readonly head: string;
  /** Name of the branch that the change is for. Default: what `base` names. */
  readonly onto?: string;
  /** Number of the pull request, where it is known. */
  readonly number?: number;
  /** Login of the pull request's opener. Null: unknown, which is an error when it affects the verdict. */
  readonly actor: string | null;
  /** True, or where it only observes: the answer is what holds whoever they are, and a notice says what was assumed. */
  readonly anyOpener?: boolean;
  /** True: judges a pull request that nobody has opened yet. */
  readonly beforehand?: boolean;
  /** Null: no source of approvals was given. */
  readonly approvals: readonly GivenApproval[] | null;
  /** Looks up signed sign-offs. Default: there are none. */
  readonly signedFor?: SignedFor;
  /**
   * Why this can't wait for the sign-offs that the policy requires: then one at any level is enough, and none for an
   * exact revert.
   */
  readonly emergency?: string | undefined;
  /** True: says what the policy would require, and requires nothing, whatever its `mode`. */
  readonly observe?: boolean;
  /** A company's policies that lie under the base's. Default: none. */
  readonly floors?: readonly Floor[];
  readonly teams: Teams;
  readonly attributionOf: AttributionOf;
  /** The commit that policy, people and owners are read from, by its id, if that is not the base. */
  readonly policyAt?: string;
  /** The policy to decide by, derived from the base's. Default: the base's own. */
  readonly policyOf?: (policy: Policy) => Policy;
  /** What a plan would do, as a changed file. */
  readonly plan?: ChangedFile;
  /** When it is decided, in milliseconds since the epoch, for the policy's calendar. Default: it is not asked. */
  readonly now?: number;
  /** How the checks at a commit ended, by the forge. Asked only where the policy requires some. Undefined: not known. */
  readonly checksAt?: (commit: string) => Promise<ChangeFacts['checks']>;
  /** Which of AI's lines tests run, by a report. Left out: none was given. */
  readonly testedOf?: (files: readonly FileAttribution[]) => ChangeFacts['tested'];
  /**
   * The net change of the range, with `AI-Risk` claims applied (`withRiskClaims`). Default: computed here; a caller
   * that needs it too passes a memoized one.
   */
  readonly netOf?: (range: Range) => Promise<NetChange>;
}

/** The same about a range of a repository. */
export interface CheckRequest extends ChangeQuestion {
  readonly repository: Repository;
  readonly findingsOf: FindingsOf;
  /** Named by each caller: a verdict of today that forgets the machine's floors differs from the gate's. */
  readonly floors: readonly Floor[];
}

/** The verdict with all its inputs. `base`, `head` and `mergeBase` are ids of commits. */
export interface CheckResult extends Decision {
  /** Under `mode: observe` the verdict is `pass`, and this is what it would be otherwise; left out: it is enforced. */
  readonly wouldBe?: Decision['verdict'];
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
  /** The branch that signed sign-offs are for; null when no branch was named. */
  readonly onto: string | null;
  readonly policy: PolicySource;
  readonly authors: readonly { readonly email: string; readonly level: Level; readonly known: boolean }[];
  readonly findings: readonly (Decision['findings'][number] & { readonly commit: string | null })[];
  readonly commits: readonly {
    readonly commit: string;
    readonly assistants: readonly string[];
    readonly provenance: 'note' | 'trailers' | 'markers' | 'none';
  }[];
  /** The result of each approval, tier by tier. */
  readonly signOffs: readonly SignOff[];
  /**
   * Who could give what is missing, by the name of the tier: people and teams of the policy without those involved in
   * the change and those who signed off. Empty when the policy lists nobody else; left out when somebody who is not
   * listed could.
   */
  readonly signers: Readonly<Record<string, readonly string[]>>;
  /** Why lines count as they do, as sentences by the name of the tier; left out when nothing needs explaining. */
  readonly why?: Readonly<Record<string, readonly string[]>>;
  /** What rules that the policy switches off would have found, with the policy's reasons. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Libraries that the change declares. */
  readonly dependencies: readonly AddedDependency[];
  /** Lessons of incidents that apply to AI's lines. They inform, and require nothing. */
  readonly lessons: readonly LessonHit[];
  /** What changed in each tier, for signatures (see `tierChanges`). */
  readonly changes: Readonly<Record<string, string>>;
  /** Lines of commits made where Linekeeper was not; left out where the policy says nothing of them. */
  readonly withoutRecorder?: { readonly commits: number; readonly lines: number; readonly countedAs: NoRecorder };
  /** What passed as an emergency and would not have passed otherwise; null when nothing did. */
  readonly emergency: Emergency | null;
  /** What depends on the change, if it was computed; and the same as lines for people. */
  readonly blast?: BlastRadius;
  readonly blastLines?: readonly string[];
  /** What is assumed of an opener who is not named, as a sentence; also among the notices. Left out: nothing. */
  readonly assumed?: string;
  /** What else a reader should know, as sentences. */
  readonly notices: readonly string[];
}

export interface Emergency {
  readonly reason: string;
  /** Tiers with a missing sign-off. */
  readonly tiers: readonly string[];
  /** Who signed off instead; empty for an exact revert. */
  readonly by: readonly string[];
  /** The commit that this reverts exactly; null when it is not a revert. */
  readonly reverts: string | null;
  /** Addresses and logins of those involved in the change: none of them can pay for it. */
  readonly people: readonly string[];
}
