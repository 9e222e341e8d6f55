/** Makes a report of a repository. */
import { noteIds, readLineNotes, SIGN_OFFS_REF } from '../../provenance/commits';
import { branchNow, repositoryName, type Repository } from '../../git';
import { listIf, isGenerated, type Policy } from '../../policy';
import { loadPolicy, ownersAt, treeFiles } from '../../policy/load';
import { figuresOf } from './figures-of-history';
import { readHistory, type ReadOptions } from './read-history';
import { effectiveTimes } from './credible-commit-times';
import { personsOf } from './person-behind-address';
import { findingsOf, type CommitFinding } from './findings-of-commits';
import { runsBetween } from './count-agent-runs';
import type { CommitFacts, Report, ReportedRun } from './types';
import { remembered } from './memoize';
import { startOfWeek } from './weeks';

interface ReportRequest extends Pick<ReadOptions, 'tip' | 'ref' | 'now' | 'progress'> {
  /** Seconds since the epoch; left out: 52 weeks before the end. */
  readonly since?: number;
  /** Left out: now. */
  readonly until?: number;
  readonly people: boolean;
  readonly depth: number;
  readonly fresh: boolean;
  /** As `progress`, while commits are searched for findings. */
  readonly findingsProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
  /** Include what danger rules find in each commit, which takes longer. */
  readonly findings?: boolean;
  /** What agents ran with permission and were refused, at any time. Default: nothing is recorded. */
  readonly runs?: readonly ReportedRun[];
}

interface MadeReport {
  readonly report: Report;
  /** How many commits had to be read for it; the others came from the cache. */
  readonly read: number;
}

const WEEKS = 52;
const WEEK = 7 * 86_400;

/** Throws a GitError, or the signal's reason. */
export async function makeReport(here: Repository, request: ReportRequest): Promise<MadeReport> {
  // Git's output is streamed, so that git works in parallel and nothing large is held in memory.
  const repository = here.beside();
  const { tip, ref, now, signal } = request;
  const until = request.until ?? Math.floor(now / 1000);
  const since = request.since ?? startOfWeek(until - (WEEKS - 1) * WEEK);
  const { policy, source, problems } = await loadPolicy(repository);
  const ownersOf = await ownersAt(repository, tip);
  const { history, read } = await readHistory(repository, {
    tip,
    ref,
    since,
    now,
    signal,
    fresh: request.fresh,
    ...(request.progress ? { progress: request.progress } : {}),
    skipped: {
      is: remembered(
        (path: string) => path,
        (path) => isGenerated(policy, path),
      ),
      key: JSON.stringify([policy.generated, policy.since]),
    },
  });
  // A sign-off is a note of its own on the head that was signed.
  const signOffs = await readLineNotes(repository, SIGN_OFFS_REF);
  const signed = signOffs.length === 0 ? null : new Set(signOffs.map(({ commit }) => commit));
  const times = effectiveTimes(history.commits, now);
  const notices = [
    ...listIf(problems.length > 0, [
      `The policy has mistakes, so the built-in one gives the tiers ("linekeeper policy check" names them).`,
    ]),
    ...listIf(history.commits.length > 0 && history.commits.every(({ provenance }) => provenance === 'none'), [
      'No commit here says who wrote its lines. "linekeeper install" sets recording up, and "linekeeper notes fetch" fetches the notes of others.',
    ]),
  ];
  const first = history.commits.reduce((earliest, _, index) => Math.min(earliest, times.at(index)), until);
  const wanted = history.commits.filter((_, index) => times.at(index) >= since && times.at(index) <= until);
  const findings = request.findings === true ? await findingsIn(repository, wanted, policy, request) : null;
  const report = figuresOf({
    history,
    timeOf: times.at,
    repository: (await repositoryName(repository)).name,
    branch: ref === 'HEAD' ? branchNow(repository) : ref,
    ref,
    since: Math.max(since, first),
    until,
    policy,
    policySource: source,
    ownersOf,
    signed,
    personOf: await personsOf(
      repository,
      history.commits.map(({ author }) => author),
      policy,
      await mailmapAt(repository, tip),
    ),
    people: request.people,
    depth: request.depth,
    findings,
    notices,
  });
  const { runs = [] } = request;
  return { report: { ...report, runs: runs.length === 0 ? null : runsBetween(runs, since, until) }, read };
}

async function findingsIn(
  repository: Repository,
  commits: readonly CommitFacts[],
  policy: Policy,
  { fresh, findingsProgress, signal }: ReportRequest,
): Promise<ReadonlyMap<string, readonly CommitFinding[]>> {
  return findingsOf(repository, {
    listed: commits.map(({ id, parents }) => ({ id, parents })),
    notes: await noteIds(repository),
    policy,
    fresh,
    progress: findingsProgress,
    signal,
  });
}

async function mailmapAt(repository: Repository, commit: string): Promise<string | null> {
  const file = (await treeFiles(repository, commit, ['.mailmap'])).get('.mailmap');
  return file?.kind === 'file' ? file.id : null;
}
