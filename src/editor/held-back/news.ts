/** Which refusals and breaches have not been reported to the person yet. Pure. */
import type { Breach } from '../../journal/breaches';
import type { Refusal } from '../../journal';

interface News {
  readonly refusals: readonly Refusal[];
  readonly breaches: readonly Breach[];
}

/**
 * Remembers what was reported: each reason once per session, each breach once. What is older than `since` (ms since the
 * epoch) is not news.
 */
export class Untold {
  private readonly told = new Set<string>();

  constructor(private readonly since: number) {}

  /** `where`: the work tree. What is returned counts as reported. */
  of(where: string, { refusals, breaches }: News): News {
    const isNew = (key: readonly unknown[], at: number): boolean => {
      const text = JSON.stringify([where, ...key]);
      if (at < this.since || this.told.has(text)) return false;
      this.told.add(text);
      return true;
    };
    return {
      refusals: refusals.filter(({ assistant, session, reason, at }) =>
        isNew(['refused', assistant, session, reason], at),
      ),
      breaches: breaches.filter(({ assistant, session, tier, paths, at }) =>
        isNew(['breach', assistant, session, tier, at, [...paths].sort()], at),
      ),
    };
  }
}
