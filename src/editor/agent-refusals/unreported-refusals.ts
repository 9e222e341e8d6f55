/** Which refusals and breaches have not been reported to the person yet. Pure. */
import type { Breach } from '../../provenance/journal/breaches';
import { REFUSAL_SEVERITIES, type Refusal } from '../../provenance/journal';

interface News {
  readonly refusals: readonly Refusal[];
  readonly breaches: readonly Breach[];
}

/** An agent that was refused something tries other ways: within this time (milliseconds) it is the same turn. */
const TURN_MS = 2 * 60_000;

/** What a danger rule found, by its severity, before any other command, before an edit. */
export const gravity = ({ severity, brief }: Refusal): number =>
  severity === undefined
    ? Number(brief !== undefined)
    : 1 + REFUSAL_SEVERITIES.length - REFUSAL_SEVERITIES.indexOf(severity);

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
        .sort((a, b) => a.at - b.at)
        .filter((one) => isNew(['refused', one.assistant, one.session, one.reason, one.brief], one.at))
        .filter((one, _at, all) => this.beginsTurn(where, one, all)),
      breaches: breaches.filter(({ assistant, session, tier, paths, at }) =>
        isNew(['breach', assistant, session, tier, at, [...paths].sort()], at),
      ),
    };
  }

  /** Of the refusals of one turn that are news together, the gravest, else the first of them. */
  private beginsTurn(where: string, refusal: Refusal, news: readonly Refusal[]): boolean {
    const { assistant, session, at } = refusal;
    const key = JSON.stringify([where, assistant, session]);
    const turn = news.filter(
      (one) => one.assistant === assistant && one.session === session && Math.abs(one.at - at) <= TURN_MS,
    );
    const gravest = Math.max(...turn.map(gravity));
    const begins = this.latest.get(key);
    if (begins !== undefined && at - begins <= TURN_MS) {
      this.latest.set(key, Math.max(at, begins));
      return false;
    }
    if (gravity(refusal) < gravest) return false;
    this.latest.set(key, Math.max(at, begins ?? at));
    return true;
  }
}
