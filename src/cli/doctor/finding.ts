/** One thing that `doctor` has looked at. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** Worth knowing, and no fault. */
  readonly note?: boolean;
  readonly says: string;
}
