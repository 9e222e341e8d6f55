/** What `doctor --prove` found out. */

/** One link of a chain. `skipped`: it can't be asked for here, which is no fault. */
export interface Step {
  readonly name: 'hooks' | 'trust' | 'before' | 'after' | 'record' | 'trailers' | 'note' | 'check';
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** What happened; where it failed, also why and what to do. */
  readonly says: string;
}

/** One way from an assistant's hook file to the gate. */
export interface Chain {
  readonly assistant: string;
  readonly title: string;
  readonly surface: string | null;
  readonly scope: 'user' | 'project' | null;
  readonly proven: boolean;
  /** Ends with the first that failed. */
  readonly steps: readonly Step[];
}
