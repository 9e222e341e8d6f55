/** What is known at the commits of a range while it is walked, kept no longer than a later commit builds on it. Pure. */
import type { Listed } from './commit-range';

export class StateByCommit<State> {
  private readonly states = new Map<string, State>();
  private readonly waiting = new Map<string, number>();

  /** `empty`: the state before the range. */
  constructor(
    private readonly range: Pick<Listed, 'mergeBase' | 'head' | 'commits'>,
    private readonly empty: () => State,
    private readonly copy: (state: State) => State,
  ) {
    for (const { parents } of range.commits)
      for (const parent of parents) this.waiting.set(parent, (this.waiting.get(parent) ?? 0) + 1);
  }

  put(id: string, state: State): void {
    this.states.set(id, state);
  }

  at(id: string): State {
    return this.states.get(id) ?? this.empty();
  }

  /** The state of a parent, for modification: a copy while other commits still build on it. */
  take(parent: string | undefined): State {
    const state = parent === undefined ? undefined : this.states.get(parent);
    if (parent === undefined || state === undefined) return this.empty();
    const count = (this.waiting.get(parent) ?? 1) - 1;
    this.waiting.set(parent, count);
    if (count > 0 || parent === this.range.mergeBase || parent === this.range.head) return this.copy(state);
    this.states.delete(parent);
    return state;
  }
}
