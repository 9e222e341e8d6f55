/** Records the deployments that a forge knows: each once, by the forge's own number for it. */
import { readCommits, type Repository } from '../../git';
import type { ForgeApi } from '../../review/forges/client-parts';
import { listIf, countOf, list, quoted } from '../../policy';
import { readDeployments, recordDeployments, STAGE, type Deployment } from './deployment-notes';
import { SKEW_MS } from './clock-skew';

interface FromForgeRequest {
  /** Stages of the policy; without any, every environment whose name is a valid stage name is one. */
  readonly stages: readonly string[];
  /** Stages of environments with other names, by the name in lower case. */
  readonly environments: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface FromForge {
  /** New records, oldest first. */
  readonly recorded: readonly Deployment[];
  /** What was left out and why, as sentences. */
  readonly notices: readonly string[];
}

/** At most this many names are listed. */
const NAMED = 10;

/** Throws a GitError, or what the forge's client throws. */
export async function recordFromForge(
  repository: Repository,
  forge: Pick<Required<ForgeApi>, 'deployments'>,
  { stages, environments, now }: FromForgeRequest,
): Promise<FromForge> {
  const others = new Set<string>();
  const stageOf = (environment: string): string | undefined => {
    const name = environment.toLowerCase();
    const stage = environments.get(name) ?? name;
    return STAGE.test(stage) && (stages.length === 0 || stages.includes(stage)) ? stage : undefined;
  };
  const known = new Set(
    (await readDeployments(repository)).all.flatMap(({ id, state }) => (state === 'deployed' ? id : [])),
  );
  const { ended, more } = await forge.deployments({
    wanted: (environment) => {
      if (stageOf(environment) !== undefined) return true;
      others.add(environment);
      return false;
    },
    known: (id) => known.has(id),
  });
  const here = await readCommits(
    repository,
    ended.map(({ commit }) => commit),
  );
  let early = 0;
  const missing = new Set<string>();
  const deployments: Deployment[] = [];
  for (const { environment, commit, at, ...rest } of ended) {
    const stage = stageOf(environment);
    if (stage === undefined) continue;
    if (at > now + SKEW_MS) early++;
    else if (!here.has(commit)) missing.add(commit);
    else deployments.push({ ...rest, commit, stage, at });
  }
  const recorded = await recordDeployments(
    repository,
    deployments.sort((a, b) => a.at - b.at),
    now,
  );
  const named = [...others].sort();
  return {
    recorded,
    notices: [
      ...listIf(missing.size > 0, [
        `${countOf(missing.size, 'deployed commit')} ${missing.size === 1 ? 'is' : 'are'} not in this clone (${list([...missing].slice(0, 5).map((one) => one.slice(0, 12)))}${missing.size > 5 ? ' and more' : ''}), so nothing is recorded for ${missing.size === 1 ? 'it' : 'them'}. Fetch and run this again.`,
      ]),
      ...listIf(early !== 0, [
        `${countOf(early, 'deployment')} ${early === 1 ? 'is' : 'are'} dated in the future, and left out: a clock is wrong somewhere.`,
      ]),
      ...listIf(named.length > 0, [
        `Left out, as no stage has that name: ${list(named.slice(0, NAMED).map((name) => quoted(name)))}${named.length > NAMED ? ` and ${String(named.length - NAMED)} more` : ''}. --environment NAME=STAGE says which stage one is.`,
      ]),
      ...(more ? ['The Git host has older deployments, which were not read.'] : []),
    ],
  };
}
