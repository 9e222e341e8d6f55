/** What a word of the command line names: a range, a deployment or an incident, with everything pinned by id. */
import { commitOf } from '../../review/gate';
import { baseCommit, baseHead, baseName } from '../../policy/load';
import { incidentsIn, workTreeIncidents, type Incident } from '../../policy/incidents';
import { repositoryName, type Repository } from '../../git';
import { isAncestor } from '../../provenance/commits';
import { quoted } from '../../policy';
import { readDeployments, type Deployment } from '../deployments/deployment-notes';
import { timeOf } from './evidence-rows-of-commits';
import { EvidenceError, type Scope } from './types';

interface ScopeRequest {
  readonly repository: Repository;
  readonly query: string;
  /** Where it begins, for a deployment or an incident of which that isn't recorded; a revision. */
  readonly from: string | null;
}

type Ends = Pick<Scope, 'kind' | 'deployment' | 'incident'> & { readonly base: string; readonly head: string };

/** Throws an {@link EvidenceError}, a GateError for a revision that isn't here, or a GitError. */
export async function scopeOf(request: ScopeRequest): Promise<Scope> {
  const { repository, query } = request;
  const recordsAt = await recordsCommit(repository);
  const ends = query.includes('..') ? await rangeEnds(request) : await recordedEnds(request, recordsAt);
  const { name, isRemote } = await repositoryName(repository);
  return {
    ...ends,
    query,
    repository: name,
    resource: isRemote ? `git+https://${name}` : null,
    branch: await branchWith(repository, ends.head),
    baseNames: await namesOf(repository, ends.base),
    headNames: await namesOf(repository, ends.head),
    recordsAt,
  };
}

/** The base branch's tip, else HEAD. */
async function recordsCommit(repository: Repository): Promise<string> {
  const found = (await baseCommit(repository)) ?? (await repository.commitId('HEAD'));
  if (found === undefined) throw new EvidenceError(`There is no commit yet in ${repository.root}.`);
  return found;
}

async function rangeEnds({ repository, query, from }: ScopeRequest): Promise<Ends> {
  const [, base = '', head = ''] = /^(.+?)\.{2,3}(.*)$/.exec(query) ?? [];
  if (base === '' || from !== null)
    throw new EvidenceError(
      from === null
        ? 'A range of commits is missing, such as v1.4..v1.5.'
        : '--from is for a deployment or an incident: a range says itself where it begins.',
    );
  return {
    kind: 'range',
    base: await commitOf(repository, base),
    head: await commitOf(repository, head === '' ? 'HEAD' : head),
    deployment: null,
    incident: null,
  };
}

async function recordedEnds(request: ScopeRequest, recordsAt: string): Promise<Ends> {
  const { repository, query, from } = request;
  const { all } = await readDeployments(repository);
  const done = all.filter(({ state }) => state === 'deployed');
  const incidents = await incidentsNamed(repository, recordsAt, query);
  const byId = done.filter(({ id }) => id !== '' && id === query);
  const byStage = done.filter(({ stage }) => stage === query).slice(-1);
  const deployments = byId.length > 0 ? byId : byStage;
  const [incident, second] = incidents;
  if (second !== undefined)
    throw new EvidenceError(
      `${quoted(query)} may be ${incidents
        .slice(0, 3)
        .map(({ id }) => id)
        .join(' or ')}. Write the whole id.`,
    );
  if (incident !== undefined && deployments.length > 0)
    throw new EvidenceError(
      `${quoted(query)} is a deployment and part of the incident ${incident.id}. Write the incident's whole id, or the deployment as A..B.`,
    );
  if (incident !== undefined) return incidentEnds(request, incident, done);
  const deployment = deployments.at(-1);
  if (deployment === undefined)
    throw new EvidenceError(
      `${quoted(query)} is no range A..B, and no recorded deployment, stage or incident. "linekeeper deploy list" and "linekeeper incident list" show them.`,
    );
  const before = done.filter((one) => one.stage === deployment.stage && one.at < deployment.at).at(-1);
  const base = from === null ? before?.commit : await commitOf(repository, from);
  if (base === undefined)
    throw new EvidenceError(
      `Nothing is recorded in ${deployment.stage} before ${new Date(deployment.at).toISOString()}, so it isn't known what it changed. Say what ran before with --from REV.`,
    );
  return {
    kind: 'deployment',
    base: await here(repository, base),
    head: await here(repository, deployment.commit),
    deployment: { stage: deployment.stage, at: timeOf(deployment.at / 1000), id: deployment.id },
    incident: null,
  };
}

/** By the whole id, else by a part of it. The work tree's count where the base branch has none of the name yet. */
async function incidentsNamed(repository: Repository, commit: string, query: string): Promise<readonly Incident[]> {
  const stored = await incidentsIn(repository, commit);
  const all = new Map(
    [...(await workTreeIncidents(repository)).incidents, ...stored.incidents].map((one) => [one.id, one] as const),
  );
  const whole = all.get(query);
  if (whole !== undefined) return [whole];
  const part = query.toLowerCase();
  return part.length < 3 ? [] : [...all.values()].filter(({ id }) => id.toLowerCase().includes(part));
}

async function incidentEnds(
  { repository, from }: ScopeRequest,
  incident: Incident,
  done: readonly Deployment[],
): Promise<Ends> {
  const began = Date.parse(incident.began);
  const ran = done.filter(({ at }) => at <= began);
  const last = ran.at(-1);
  const deployed = incident.deployed ?? last?.commit;
  if (deployed === undefined)
    throw new EvidenceError(
      `${incident.id} doesn't say what ran when it began, and no deployment before it is recorded. Write "deployed" into ${incident.file}, or ask for the range: linekeeper evidence A..B.`,
    );
  const good =
    from ??
    incident.lastGood ??
    ran.filter((one) => one.stage === last?.stage && one.commit !== deployed && !one.commit.startsWith(deployed)).at(-1)
      ?.commit;
  if (good === undefined)
    throw new EvidenceError(
      `${incident.id} doesn't say what worked before it, and no deployment before ${deployed.slice(0, 12)} is recorded. Say it with --from REV, or write "last-good" into ${incident.file}.`,
    );
  return {
    kind: 'incident',
    base: await here(repository, good),
    head: await here(repository, deployed),
    deployment: null,
    incident: incident.id,
  };
}

async function here(repository: Repository, revision: string): Promise<string> {
  const found = revision.startsWith('-') ? undefined : await repository.commitId(revision);
  if (found !== undefined) return found;
  throw new EvidenceError(`${quoted(revision)}, which the records name, is not in this clone. Fetch it first.`);
}

/** The branch that is checked out if it has the commit, else the remote's default branch if that has it. */
async function branchWith(repository: Repository, head: string): Promise<string | null> {
  const current = (await repository.text(['symbolic-ref', '--quiet', '--short', 'HEAD'], { codes: [0, 1] })).trim();
  const base = baseName(repository);
  const places = [
    ...(current === '' ? [] : [{ ref: `refs/heads/${current}`, name: current }]),
    { ref: `refs/remotes/${base}`, name: base.slice(baseHead(repository).length - 'HEAD'.length) },
  ];
  for (const { ref, name } of places) {
    if ((await repository.commitId(ref)) === undefined) continue;
    if (await isAncestor(repository, head, ref)) return name;
  }
  return null;
}

/** Tags first, then branches. */
async function namesOf(repository: Repository, commit: string): Promise<readonly string[]> {
  const listed = await repository.text([
    'for-each-ref',
    `--points-at=${commit}`,
    '--format=%(refname)',
    'refs/tags',
    'refs/heads',
  ]);
  return listed
    .split('\n')
    .filter((name) => name !== '')
    .slice(0, 20);
}
