/** Everything that is known of a scope, as rows. What isn't known is a row too. */
import {
  DEPLOYMENTS_REF,
  mayHaveNotes,
  PROMPTS_REF,
  RUNS_REF,
  showCommits,
  SIGN_OFFS_REF,
} from '../../provenance/commits';
import { lostNotes } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { asCounted, GateError, readBase, readRange } from '../../review/gate';
import { debts, signOffsOnEach, unpaidDebts } from '../../review/gate/sign-offs';
import { readCommits, whereCutOff, type Commit, type Repository } from '../../git';
import { incidentsIn, workTreeIncidents, type Incident } from '../../policy/incidents';
import { SKEW_MS } from '../deployments/clock-skew';
import { Contents } from '../deployments/commits-in-deployment';
import { readDeployments } from '../deployments/deployment-notes';
import { readPrompts } from '../prompts-in-git-notes';
import { changeRows, timeOf } from './evidence-rows-of-commits';
import { DECIDED_AT_MOST, decisionRows, type Brought, type DecisionPorts } from './evidence-rows-of-redecided-merges';
import { missingRows } from './evidence-rows-of-gaps';
import { rowsFrom } from './row-ids-and-digests';
import { runRows } from './evidence-rows-of-runs-and-exceptions';
import type { Row, RowBody } from './row-fields-by-kind';
import { EvidenceError, type Scope } from './types';
import { listIf } from '../../policy';

export interface GatherRequest extends DecisionPorts {
  readonly repository: Repository;
  readonly scope: Scope;
  /** Milliseconds since the epoch: what is recorded later is left out. */
  readonly at: number;
  readonly progress?: (done: number, all: number) => void;
}

/** Longer ranges have to be taken in parts. */
const COMMITS_AT_MOST = 20_000;

/** Throws an {@link EvidenceError}, or a GitError. */
export async function gather(request: GatherRequest): Promise<readonly Row[]> {
  const { repository, scope, at, approvals } = request;
  const { commits } = await readRange(repository, scope.base, scope.head);
  if (commits.length > COMMITS_AT_MOST)
    throw new EvidenceError(
      `${scope.query} has ${String(commits.length)} commits. Ask for at most ${String(COMMITS_AT_MOST)} at a time.`,
    );
  const ids = new Set(commits.map(({ id }) => id));
  const brought = broughtBy(commits, scope);
  const bringer = new Map(brought.flatMap((one) => [...one.commits].map((id) => [id, one.commit.id] as const)));
  const found = await showCommits(repository, [...ids]);
  const shown = new Map((await asCounted(repository, [...found.values()])).map((one) => [one.commit.id, one]));
  const bodies: RowBody[] = commits.flatMap(({ id }) => {
    const counted = shown.get(id);
    return counted === undefined ? [] : changeRows(counted, bringer.get(id) ?? id);
  });
  const signedOn = new Set<string>();
  for (const [index, part] of brought.slice(0, DECIDED_AT_MOST).entries()) {
    const { rows, signedHeads } = await decisionRows(request, part);
    bodies.push(...rows);
    for (const head of signedHeads) signedOn.add(head);
    request.progress?.(index + 1, brought.length);
  }
  bodies.push(...messageRows(commits, bringer));
  bodies.push(...(await signOffRows(repository, new Set([...ids, ...signedOn]), at)));
  for (const approval of approvals ?? [])
    if (ids.has(approval.commit))
      bodies.push({
        kind: 'review',
        by: approval.by,
        email: approval.email,
        commit: approval.commit,
        state: approval.state,
        at: approval.at === null ? null : timeOf(approval.at / 1000),
      });
  for (const { commit, assistant, session, digest, excerpt } of await readPrompts(repository))
    if (ids.has(commit))
      bodies.push({ kind: 'prompt', commit, assistant, session, prompt: digest, excerpt: excerpt ?? null });
  bodies.push(...(await debtRows(repository, scope, ids, at, request.teams)));
  bodies.push(...(await stageRows(repository, scope, ids, at)));
  const incidents = await incidentRows(repository, scope, ids);
  bodies.push(...incidents);
  bodies.push(
    ...(await runRows({
      repository,
      scope,
      commits: ids,
      sessions: new Set(
        bodies.flatMap((row) =>
          row.kind === 'change' ? row.sessions.flatMap(({ session }) => (session === null ? [] : [session])) : [],
        ),
      ),
      ...(await timeOfScope(repository, scope, incidents)),
      now: at,
    })),
  );
  bodies.push(
    ...(await missingRows({
      repository,
      scope,
      bodies,
      approvals,
      changes: brought.length,
      isCut: whereCutOff(repository).length > 0,
      lost: (await lostNotes(repository)).filter(({ isHarmless }) => !isHarmless).map(({ says }) => says),
      known: {
        signOffs: mayHaveNotes(repository, SIGN_OFFS_REF),
        deployments: mayHaveNotes(repository, DEPLOYMENTS_REF),
        prompts: mayHaveNotes(repository, PROMPTS_REF),
        runs: mayHaveNotes(repository, RUNS_REF),
      },
    })),
  );
  return rowsFrom(bodies);
}

/** The commits of the branch's own line, oldest first, each with what it brought. */
function broughtBy(commits: readonly Commit[], { base, head }: Scope): readonly Brought[] {
  const known = new Map(commits.map((one) => [one.id, one]));
  const line: Commit[] = [];
  for (let commit = known.get(head); commit !== undefined; commit = known.get(commit.parents[0] ?? ''))
    line.push(commit);
  line.reverse();
  const visited = new Set<string>();
  return line.map((commit) => {
    const found = new Set<string>();
    const todo = [commit];
    for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
      if (visited.has(one.id)) continue;
      visited.add(one.id);
      found.add(one.id);
      for (const parent of one.parents) {
        const next = known.get(parent);
        if (next !== undefined) todo.push(next);
      }
    }
    return { commit, before: commit.parents[0] ?? base, commits: found };
  });
}

const REVIEW_KEYS = /^(?:reviewed-by|approved-by|acked-by): *(.+)$/gim;

/** Reviews that only a message tells of. They count for nothing. */
const messageRows = (commits: readonly Commit[], bringer: ReadonlyMap<string, string>): readonly RowBody[] =>
  commits.flatMap(({ id, message }) =>
    [...message.matchAll(REVIEW_KEYS)].map(([, by = '']): RowBody => ({
      kind: 'approval',
      change: bringer.get(id) ?? id,
      source: 'message',
      by: by.trim(),
      tier: null,
      commit: id,
      counts: false,
      why: 'it is only a line in a message',
    })),
  );

async function signOffRows(
  repository: Repository,
  commits: ReadonlySet<string>,
  at: number,
): Promise<readonly RowBody[]> {
  if (!mayHaveNotes(repository, SIGN_OFFS_REF)) return [];
  const found = await signOffsOnEach(repository, commits);
  return found.flatMap(({ commit, by, why, at: signedAt, signed }): readonly RowBody[] =>
    listIf(Date.parse(signedAt) <= at + SKEW_MS, [
      { kind: 'sign-off', commit, by, valid: why === '', why, at: signedAt, ...signed },
    ]),
  );
}

async function debtRows(
  repository: Repository,
  { recordsAt }: Scope,
  ids: ReadonlySet<string>,
  now: number,
  teams: DecisionPorts['teams'],
): Promise<readonly RowBody[]> {
  const owed = (await debts(repository)).filter(({ head, at }) => ids.has(head) && at <= now + SKEW_MS);
  if (owed.length === 0) return [];
  const base = await readBase(repository, recordsAt, recordsAt).catch((error: unknown) => {
    if (error instanceof GateError) return null;
    throw error;
  });
  const unpaid =
    base === null
      ? null
      : await unpaidDebts(repository, { now, teams, base: { policy: base.policy, commit: recordsAt } });
  return owed.map(({ head, base: onto, tiers, reason, by, at, due }): RowBody => ({
    kind: 'debt',
    commit: head,
    base: onto,
    tiers,
    reason,
    by,
    at: timeOf(at / 1000),
    due: timeOf(due / 1000),
    paid: unpaid === null ? null : unpaid.every((one) => one.head !== head || one.at !== at),
  }));
}

/** Deployments of commits of the scope, and the first one to each stage that has all of it. */
async function stageRows(
  repository: Repository,
  { head }: Scope,
  ids: ReadonlySet<string>,
  now: number,
): Promise<readonly RowBody[]> {
  const contents = new Contents(repository, [head]);
  const first = new Set<string>();
  const rows: RowBody[] = [];
  for (const { commit, stage, at, state, id, by } of (await readDeployments(repository)).all) {
    if (at > now + SKEW_MS) continue;
    const hasAll = state === 'deployed' && !first.has(stage) && (await contents.of(commit))?.has(head) === true;
    if (hasAll) first.add(stage);
    if (hasAll || ids.has(commit))
      rows.push({ kind: 'stage', stage, commit, at: timeOf(at / 1000), state, record: id, by });
  }
  return rows;
}

/** The scope's own incident, and those that name one of its commits. */
async function incidentRows(
  repository: Repository,
  { recordsAt, incident: incidentId }: Scope,
  ids: ReadonlySet<string>,
): Promise<readonly RowBody[]> {
  const stored = (await incidentsIn(repository, recordsAt)).incidents;
  const begun =
    incidentId === null || stored.some(({ id }) => id === incidentId)
      ? []
      : (await workTreeIncidents(repository)).incidents.filter(({ id }) => id === incidentId);
  return [...stored, ...begun].flatMap((incident): readonly RowBody[] => {
    const suspects = suspectsIn(incident, ids);
    const named = [incident.deployed, incident.lastGood].some(
      (name) => name !== null && matching(name, ids) !== undefined,
    );
    if (incident.id !== incidentId && suspects.length === 0 && !named) return [];
    return [
      {
        kind: 'incident',
        incident: incident.id,
        title: incident.title,
        state: incident.state,
        began: incident.began,
        ended: incident.ended,
        contribution: incident.contribution,
        failureMode: incident.failureMode,
        services: incident.services,
        summary: incident.summary,
        suspects,
        lessons: incident.lessons.map(({ message }) => message),
      },
    ];
  });
}

/** From the commit before the first to the last; with a deployment until that, with an incident until it was over. */
async function timeOfScope(
  repository: Repository,
  { base, head, deployment, incident }: Scope,
  incidents: readonly RowBody[],
): Promise<{ readonly from: number; readonly until: number }> {
  const commits = await readCommits(repository, [base, head]);
  const [first, last] = [base, head].map((id) => (commits.get(id)?.committer.time ?? 0) * 1000);
  const over = incidents.map((row) =>
    row.kind === 'incident' && row.incident === incident
      ? Date.parse(row.ended ?? row.began) + (row.ended === null ? DAY : 0)
      : 0,
  );
  return { from: first ?? 0, until: Math.max(last ?? 0, deployment === null ? 0 : Date.parse(deployment.at), ...over) };
}

const DAY = 24 * 3_600_000;

const suspectsIn = (
  { suspects }: Incident,
  ids: ReadonlySet<string>,
): readonly { readonly commit: string; readonly contribution: string }[] =>
  suspects.flatMap(({ commit, contribution }) => {
    const id = matching(commit, ids);
    return id === undefined ? [] : [{ commit: id, contribution }];
  });

function matching(name: string, ids: ReadonlySet<string>): string | undefined {
  if (ids.has(name)) return name;
  return /^[0-9a-f]{7,}$/.test(name) ? [...ids].find((id) => id.startsWith(name)) : undefined;
}
