/** A question about a deployment. */
import type { AttributionOf, GivenApproval, Range, SignedFor } from '../../review/gate';
import type { HeldByDebts } from '../../review/gate/sign-offs';
import type { Repository } from '../../git';
import type { ChangedFile } from '../../policy';

export interface DeployRequest {
  readonly repository: Repository;
  readonly stage: string;
  /** Ids of commits: what is to be deployed, and the base branch's tip, whose policy and incidents decide. */
  readonly ref: string;
  readonly base: string;
  /** How the base was called. */
  readonly baseName: string;
  /** What the stage runs now, where nothing is recorded; by its id. */
  readonly from: string | null;
  readonly actor: string | null;
  readonly approvals: readonly GivenApproval[] | null;
  /** Looks up signed sign-offs. Default: there are none. */
  readonly signedFor?: SignedFor;
  readonly attributionOf: AttributionOf;
  /**
   * Debts of break-glass merges that are still unpaid: those that hold the deployment back, others to name, and the
   * commits that the emergency deploys without a soak time.
   */
  readonly debtsOf?: (range: Range) => Promise<HeldByDebts>;
  /** It is an outage, which the policy's calendar may let through. */
  readonly hasEmergency?: boolean;
  /** What would be applied with it, as a changed file. Default: nothing is known of that. */
  readonly plan?: ChangedFile;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
