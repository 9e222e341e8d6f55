/**
 * A new incident: the window, by the deployment records, the suspects, and the file. Command line and editor call this.
 */
import { commitOf, GateError, type AttributionOf } from '../../review/gate';
import { isAncestor } from '../../provenance/commits';
import type { Severity, TimelineEntry } from '../../policy/incidents';
import { readDeployments, type Deployment } from '../deployments/deployment-notes';
import { ranEntries, runsAround, type RunsAround } from '../runs/runs-around-outage';
import { gateThen, type GateThen } from './recompute-gate-verdict';
import { readLog, type GivenLog } from './action-logs';
import { besideSessions, destroyedIn } from './action-logs/compare-with-sessions';
import { findSuspects, type Found, type Suspect } from './find-suspects';
import type { Search } from './suspect-search-types';
import { writeIncident } from './write-incident-file';

export interface IncidentRequest extends Pick<Search, 'repository' | 'began' | 'services' | 'paths' | 'text' | 'now'> {
  readonly title: string;
  readonly severity?: Severity | null;
  /** What was seen, in a sentence or two: the summary, and read as the text is. */
  readonly seen?: string;
  /** Logs of a cloud, a cluster, Terraform or a shell, to lay beside what sessions ran. */
  readonly logs?: readonly GivenLog[];
  /** Revisions as a person names them; null to use the deployment records. */
  readonly deployed: string | null;
  readonly lastGood: string | null;
  readonly attributionOf: AttributionOf;
  /** For how many of the first suspects it is looked up what the gate asked. Default: 5. */
  readonly gated?: number;
  /** Writes the file. Default: true. */
  readonly write?: boolean;
}

export interface BegunIncident {
  /** Null when nothing was written. */
  readonly id: string | null;
  readonly file: string | null;
  /** Milliseconds since the epoch. */
  readonly began: number;
  readonly deployed: string;
  readonly lastGood: string | null;
  readonly found: Found;
  /** What the gate required of the first suspects, by commit. */
  readonly gate: ReadonlyMap<string, GateThen>;
  /** What agents ran with permission and were refused around it. */
  readonly runs: RunsAround;
  /** What is known to have happened when, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly hasLogs: boolean;
  readonly notices: readonly string[];
}

const DAYS = 24 * 3600_000;
/** When no working state is known, this many days before it began are searched. */
const WINDOW_DAYS = 14;
const GATED = 5;

/** Throws a {@link GateError} for a revision that does not exist here, a LogError for a log, or a GitError. */
export async function beginIncident(request: IncidentRequest): Promise<BegunIncident> {
  const { repository, began, now } = request;
  const seen = request.seen?.trim() ?? '';
  const read = (request.logs ?? []).map(readLog);
  const done = (await readDeployments(repository)).all.filter(({ state }) => state === 'deployed');
  const notices: string[] = [];
  const { deployed, stage, guessed } = await deployedAt(request, done, notices);
  const lastGood =
    request.lastGood === null ? before(done, stage, deployed, began) : await commitOf(repository, request.lastGood);
  const good = lastGood !== null && (await repository.commitId(lastGood)) !== undefined ? lastGood : null;
  if (lastGood !== null && good === null)
    notices.push(
      `The last good revision ${lastGood.slice(0, 12)} is not in this clone. Fetch it for a narrower window.`,
    );
  if (good === null)
    notices.push(
      `No last good revision is known, so this covers the ${String(WINDOW_DAYS)} days before the beginning.`,
    );
  if (good !== null && good !== deployed && (await isAncestor(repository, deployed, good)))
    notices.push(
      `The last good revision ${good.slice(0, 12)} already has all of what was deployed (${deployed.slice(0, 12)}), so no commit is between them: are the two the other way round?`,
    );
  if (began > now() + 5 * 60_000) notices.push('The time it began is still to come: is its zone right?');
  const found = await findSuspects({
    repository,
    deployed,
    lastGood: good,
    since: began - WINDOW_DAYS * DAYS,
    began,
    guessed,
    services: request.services,
    paths: request.paths,
    text: [request.text, seen, destroyedIn(read, began)].filter((one) => one !== '').join('\n'),
    now,
  });
  const gate = new Map<string, GateThen>();
  for (const { commit } of found.suspects.slice(0, request.gated ?? GATED))
    gate.set(commit, await gateThen(repository, commit, request.attributionOf, now));
  const runs = await runsAround(repository, { began, ended: null, lastGood: good }, now);
  const logs = besideSessions(read, runs.runs, began);
  const timeline = [
    ...timelineOf(done, found.suspects, { began, since: began - WINDOW_DAYS * DAYS }),
    ...ranEntries(runs, began),
    ...logs.timeline,
  ].sort((a, b) => a.at.localeCompare(b.at));
  const written =
    request.write === false
      ? { id: null, file: null }
      : writeIncident(repository, {
          title: request.title,
          severity: request.severity ?? null,
          seen,
          began,
          services: request.services,
          paths: request.paths,
          deployed,
          lastGood: good,
          timeline,
          found,
        });
  return {
    ...written,
    began,
    deployed,
    lastGood: good,
    found,
    gate,
    runs,
    timeline,
    hasLogs: read.length > 0,
    notices: [...notices, ...logs.notices, ...found.notices],
  };
}

async function deployedAt(
  { repository, deployed, began }: IncidentRequest,
  done: readonly Deployment[],
  notices: string[],
): Promise<{ readonly deployed: string; readonly stage: string | null; readonly guessed: boolean }> {
  const stages = stageOrder(done);
  if (deployed !== null) {
    const commit = await commitOf(repository, deployed);
    return {
      deployed: commit,
      stage: done.filter((one) => one.commit === commit && one.at <= began).at(-1)?.stage ?? stages.at(-1) ?? null,
      guessed: false,
    };
  }
  const last = done.filter(({ at, stage }) => at <= began && stage === stages.at(-1)).at(-1);
  if (last !== undefined && (await repository.commitId(last.commit)) !== undefined) {
    notices.push(`By the records ${last.stage} ran ${last.commit.slice(0, 12)} since ${iso(last.at)}.`);
    return { deployed: last.commit, stage: last.stage, guessed: false };
  }
  const head = await repository.commitId('HEAD');
  if (head === undefined) throw new GateError('range', 'There is no commit yet.');
  notices.push('No deployment is recorded. The checked-out commit counts as deployed.');
  return { deployed: head, stage: null, guessed: true };
}

/** Stages by the first appearance of their latest deployment: the last one is closest to users. */
function stageOrder(done: readonly Deployment[]): readonly string[] {
  const named = [...new Set(done.map(({ stage }) => stage))];
  const production = named.filter((stage) => /^(?:prod|production|live)$/.test(stage));
  return [...named.filter((stage) => !production.includes(stage)), ...production];
}

/** What the stage ran before. */
function before(done: readonly Deployment[], stage: string | null, deployed: string, began: number): string | null {
  const there = done.filter((one) => one.stage === stage && one.at <= began);
  const at = there.findLastIndex(({ commit }) => commit === deployed);
  return there.slice(0, Math.max(0, at)).findLast(({ commit }) => commit !== deployed)?.commit ?? null;
}

function timelineOf(
  done: readonly Deployment[],
  suspects: readonly Suspect[],
  { began, since }: { readonly began: number; readonly since: number },
): readonly TimelineEntry[] {
  const entries = [
    ...done
      .filter(({ at }) => at >= since && at <= began + DAYS)
      .slice(-20)
      .map(({ at, stage, commit }) => ({ at: iso(at), what: `${commit.slice(0, 10)} was deployed to ${stage}` })),
    ...suspects.slice(0, 5).map(({ at, commit, subject }) => ({
      at: iso(Date.parse(at)),
      what: `Commit ${commit.slice(0, 10)}: ${subject}`,
    })),
    { at: iso(began), what: 'It began' },
  ];
  return entries.sort((a, b) => a.at.localeCompare(b.at));
}

const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
