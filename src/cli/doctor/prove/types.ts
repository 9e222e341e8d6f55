/** The result of `doctor --prove`. */

/** One link of a chain. `skipped`: it can't be tested here, which is not a fault. */
export interface Step {
  readonly name: 'hooks' | 'trust' | 'before' | 'after' | 'record' | 'trailers' | 'note' | 'check';
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** What happened; if it failed, also why and what to do. */
  readonly says: string;
}

/** One path from an assistant's hook file to the gate. */
export interface Chain {
  readonly assistant: string;
  readonly title: string;
  readonly surface: string | null;
  readonly scope: 'user' | 'project' | null;
  readonly proven: boolean;
  /** Ends with the first failure. */
  readonly steps: readonly Step[];
}
