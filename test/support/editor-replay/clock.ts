/** The time of a replay: it goes on only when it is told to, so that pauses of a person cost nothing. */

export class Clock {
  private readonly timers = new Map<Timer, { readonly due: number; readonly run: () => void }>();

  constructor(private time: number) {}

  readonly now = (): number => this.time;

  readonly setTimeout = (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]): Timer => {
    const timer = new Timer();
    this.timers.set(timer, { due: this.time + Math.max(1, delay), run: () => run(...args) });
    return timer;
  };

  readonly clearTimeout = (timer: unknown): void => {
    if (timer instanceof Timer) this.timers.delete(timer);
  };

  /** Goes on to a time. Timers that are due by then run at theirs, one by one; `rest` is awaited after each. */
  async goTo(end: number, rest: () => Promise<void>): Promise<void> {
    for (;;) {
      const [next] = [...this.timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due);
      if (next === undefined) break;
      const [timer, { due, run }] = next;
      this.timers.delete(timer);
      this.time = Math.max(this.time, due);
      run();
      await rest();
    }
    this.time = Math.max(this.time, end);
  }
}

/** What Node's timers have that their users call. */
class Timer {
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
