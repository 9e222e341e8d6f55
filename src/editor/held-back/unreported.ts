/** Which refusals and breaches have not been reported to the person yet. Pure. */
import type { Breach } from '../../provenance/journal/breaches';
import type { Refusal } from '../../provenance/journal';

interface News {
  readonly refusals: readonly Refusal[];
  readonly breaches: readonly Breach[];
}

/** An agent that was refused something tries other ways: within this time (milliseconds) it is the same turn. */
const TURN_MS = 2 * 60_000;

/**
 * Remembers what was reported: each reason once per session, one refusal a turn, each breach once. What is older than
 * `since` (ms since the epoch) is not news.
 */
export class Untold {
  private readonly announced = new Set<string>();
  /** When each session was refused something last. */
  private readonly latest = new Map<string, number>();

  constructor(private readonly since: number) {}

  /** `where`: the work tree. What is returned counts as reported. */
  of(where: string, { refusals, breaches }: News): News {
    const isNew = (key: readonly unknown[], at: number): boolean => {
      const text = JSON.stringify([where, ...key]);
      if (at < this.since || this.announced.has(text)) return false;
      this.announced.add(text);
      return true;
    };
    return {
      refusals: [...refusals]
        .sort((one, other) => one.at - other.at)
        .filter((one) => isNew(['refused', one.assistant, one.session, one.reason, one.brief], one.at))
        .filter((one) => this.beginsTurn(where, one)),
      breaches: breaches.filter(({ assistant, session, tier, paths, at }) =>
        isNew(['breach', assistant, session, tier, at, [...paths].sort()], at),
      ),
    };
  }

  private beginsTurn(where: string, { assistant, session, at }: Refusal): boolean {
    const key = JSON.stringify([where, assistant, session]);
    const before = this.latest.get(key);
    this.latest.set(key, Math.max(at, before ?? at));
    return before === undefined || at - before > TURN_MS;
  }
}
