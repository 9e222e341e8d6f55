/** What the history says of the suspects of an incident's file: that keeps only their ids, and why they are listed. */
import { readCommits, type Repository } from '../../git';
import type { AttributionOf } from '../../review/gate';
import type { Incident } from '../../policy/incidents';
import type { RunsAround } from '../runs/runs-around-outage';
import { runRows } from '../runs/describe-runs-and-exceptions';
import type { TracedReview } from '../trace/types';
import { describeCommits } from './describe-commits';
import { gateThen } from './recompute-gate-verdict';
import { isTied } from './is-tied-to-outage';

export interface KnownSuspect {
  readonly subject: string;
  /** The author's name; null where nothing but the time ties the commit to the outage. */
  readonly by: string | null;
  /** When it was committed, as `2026-11-24`. */
  readonly day: string;
  /** The merge that brought it, as a sentence. */
  readonly merge: string;
  /** What the policy asked, and who signed it off, as sentences. */
  readonly gate: string;
  /** What agents ran in its sessions, or where it was checked out. */
  readonly runs: readonly string[];
}

/** More suspects are shown as the file has them: what the gate asked takes a moment for each. */
const KNOWN_AT_MOST = 10;

/** By the commit as the file names it; without those that are not in this clone. Throws a GitError. */
export async function knownSuspects(
  repository: Repository,
  { suspects }: Pick<Incident, 'suspects'>,
  { runs }: Pick<RunsAround, 'runs'>,
  { attributionOf, now }: { readonly attributionOf: AttributionOf; readonly now: () => number },
): Promise<ReadonlyMap<string, KnownSuspect>> {
  const looked = suspects.slice(0, KNOWN_AT_MOST);
  const commits = await readCommits(
    repository,
    looked.map(({ commit }) => commit),
  );
  const described = await describeCommits(repository, [...commits.values()]);
  const known = new Map<string, KnownSuspect>();
  for (const { commit, reasons, assistants } of looked) {
    const found = described.get(commit);
    if (found === undefined) continue;
    const { review, says } = await gateThen(repository, commit, attributionOf, now);
    const sessions = new Set([...assistants, ...found.assistants].flatMap(({ session }) => session ?? []));
    known.set(commit, {
      subject: found.subject,
      by: isTied(reasons) ? found.by : null,
      day: found.at.slice(0, 10),
      merge: mergeText(review),
      gate: says,
      runs: runs
        .filter((run) => run.commit === commit || (run.session !== null && sessions.has(run.session)))
        .map((run) => `${runRows(run)[0] ?? ''}, run ${run.id}`),
    });
  }
  return known;
}

/** How a commit came into the branch. */
export const mergeText = ({ merge }: TracedReview): string =>
  merge === null ? 'No merge brought it.' : `Merged in ${merge.commit.slice(0, 10)} (${merge.subject}).`;
