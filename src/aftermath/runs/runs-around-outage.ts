/** What agents ran and were refused around an outage. */
import { readCommits, type Repository } from '../../git';
import { knownRuns, timeOf, type KnownRun, type KnownRuns } from './runs-with-checked-approvals';
import { commandWords, exceptionWords, runWords } from './describe-runs-and-exceptions';

export interface RunsAround extends KnownRuns {
  /** The time that was looked at; RFC 3339. */
  readonly from: string;
  readonly to: string;
}

interface Outage {
  /** Milliseconds since the epoch; `ended`: null while it goes on, or where that is not said. */
  readonly began: number;
  readonly ended: number | null;
  /** A commit that worked; null when none is known. */
  readonly lastGood: string | null;
}

const DAY = 24 * 3600_000;
/** Where nothing is known to have worked, so many days before it began are looked at. */
const DAYS_BEFORE = 14;

/** Whatever was recorded from the last good commit, or two weeks, until a day after it began or its end. Throws a GitError. */
export async function runsAround(
  repository: Repository,
  { began, ended, lastGood }: Outage,
  now: () => number,
): Promise<RunsAround> {
  const good = lastGood === null ? undefined : (await readCommits(repository, [lastGood])).get(lastGood);
  const made = good === undefined ? Infinity : good.committer.time * 1000;
  const from = Math.min(began - DAY, Math.max(began - DAYS_BEFORE * DAY, Math.min(made, began)));
  const to = Math.max(began + DAY, ended ?? 0);
  const isIn = (one: { readonly at: string }): boolean => timeOf(one) >= from - 60_000 && timeOf(one) <= to;
  const known = await knownRuns({ repository, now, run: isIn, exception: isIn });
  return { ...known, from: iso(from), to: iso(to) };
}

const iso = (time: number): string => new Date(time).toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z');

const SHOWN = 10;

/**
 * The runs in words, oldest first, then the exceptions; where there are many runs, what ran before what did not, and the
 * nearest to `began`. `words`: a run in one line, or in several.
 */
export function runLines(
  { runs, exceptions }: KnownRuns,
  began: number,
  words: (run: KnownRun) => readonly string[] = (run) => [runWords(run)],
): readonly (readonly string[])[] {
  const nearest = [...runs].sort(
    (a, b) => Number(b.outcome === 'ran') - Number(a.outcome === 'ran') || away(a, began) - away(b, began),
  );
  const shown = new Set(nearest.slice(0, SHOWN));
  const unshown = runs.length - shown.size;
  return [
    ...runs.filter((run) => shown.has(run)).map(words),
    ...(unshown > 0 ? [[`and ${String(unshown)} more, farther from when it began or not run`]] : []),
    ...exceptions.slice(0, SHOWN).map((exception) => [exceptionWords(exception)]),
  ];
}

const away = (run: KnownRun, began: number): number => Math.abs(timeOf(run) - began);

/** As entries of a timeline: only what ran. */
export const ranEntries = (
  { runs }: KnownRuns,
  began: number,
): readonly { readonly at: string; readonly what: string }[] =>
  runs
    .filter(({ outcome }) => outcome === 'ran')
    .sort((a, b) => away(a, began) - away(b, began))
    .slice(0, SHOWN)
    .map((run) => ({
      at: run.at.replace(/Z$/, ':00Z'),
      what: `${run.assistant ?? 'An agent'} ran ${commandWords(run)}${letBy(run)} (run ${run.id})`,
    }));

function letBy({ approvals, under }: KnownRun): string {
  const by = [...new Set(approvals.flatMap((approval) => (approval.signed ? approval.by : [])))];
  if (by.length > 0) return `, approved by ${by.join(' and ')}`;
  return under === null ? '' : `, under the exception ${under}`;
}
