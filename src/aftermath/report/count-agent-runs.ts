/** What agents ran with permission and were refused in a time. */
import type { ReportedRun, ReportedRuns } from './types';

const SHOWN = 20;

/** `since`, `until`: seconds, both included. */
export function runsBetween(runs: readonly ReportedRun[], since: number, until: number): ReportedRuns {
  const inTime = runs.filter(({ at }) => at >= since && at <= until);
  const count = (outcome: ReportedRun['outcome']): number => inTime.filter((run) => run.outcome === outcome).length;
  const newest = [...inTime].sort((a, b) => b.at - a.at);
  const permitted = newest.filter(({ outcome }) => outcome !== 'refused');
  const refused = newest.filter(({ outcome }) => outcome === 'refused');
  return {
    counts: {
      refused: count('refused'),
      asked: count('asked'),
      observed: count('observed'),
      requested: count('requested'),
      approved: count('approved'),
      ran: count('ran'),
      exception: count('exception'),
    },
    latest: [...permitted, ...refused].slice(0, SHOWN).sort((a, b) => b.at - a.at),
  };
}

/** `3 ran, 1 refused`, without what did not happen; empty when nothing did. */
export function runCounts({ counts }: ReportedRuns): string {
  const words = [
    ['ran', 'ran with permission'],
    ['refused', 'refused'],
    ['asked', 'put to a person'],
    ['observed', 'would have been refused (mode: observe)'],
    ['requested', 'requested and not approved'],
    ['approved', 'approved and not known to have run'],
    ['exception', counts.exception === 1 ? 'exception granted' : 'exceptions granted'],
  ] as const;
  return words.flatMap(([key, what]) => (counts[key] === 0 ? [] : [`${String(counts[key])} ${what}`])).join(', ');
}
