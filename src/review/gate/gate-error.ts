/** Why the gate cannot say yes or no. Whatever cannot be decided ends here and never passes. */
type GateReason =
  /** A revision names no commit, or the two have no history in common. */
  | 'range'
  /** History is cut off, so the range can't be known. */
  | 'shallow'
  /** The base has no policy, or one that is broken. */
  | 'policy'
  /** A file with people that the policy names can't be read. */
  | 'people'
  /** The approvals can't be read or trusted. */
  | 'approvals'
  /** The opener of the pull request affects the verdict but is unknown. */
  | 'actor';

/** `reason` is for code, the message for people: what happened, why, what to do. */
export class GateError extends Error {
  override readonly name = 'GateError';
  constructor(
    readonly reason: GateReason,
    message: string,
  ) {
    super(message);
  }
}
