/** The result of one check by `doctor`. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** Worth knowing, but not a fault. */
  readonly note?: boolean;
  readonly says: string;
}
