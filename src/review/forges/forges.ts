/** The forges. A new one is a folder next to this file and a line here. */
import type { ForgeApi, Patience } from './client-parts';
import type { PullRequests, RequestApi, RequestPlace } from './client-parts/pull-requests';
import { ReviewError } from './review-error';
import type { Forge, ForgeId } from './forge';
import { CiError, wordOf, type CiEvent, type DeploymentEvent, type Environment } from './client-parts/ci-job';
import type { Remote } from './parse-remote';
import { azure } from './azure';
import { bitbucketCloud } from './bitbucket-cloud';
import { bitbucketDc } from './bitbucket-dc';
import { forgejo } from './forgejo';
import { gitea } from './gitea';
import { github } from './github';
import { gitlab } from './gitlab';

/**
 * A forge's own host name is stronger evidence than a path, which any forge may have: those that are known by their
 * path come last.
 */
export const FORGES: readonly Forge[] = [github, gitlab, bitbucketCloud, gitea, forgejo, azure, bitbucketDc];

export const FORGE_IDS: readonly ForgeId[] = FORGES.map(({ id }) => id);

export const isForgeId = (id: string): boolean => FORGE_IDS.includes(id);

/** The forge with an id of the table. Throws a {@link ReviewError} `unknown-forge` for any other. */
export function forgeNamed(id: ForgeId, forges: readonly Forge[] = FORGES): Forge {
  const found = forges.find((one) => one.id === id);
  if (found === undefined)
    throw new ReviewError(
      'unknown-forge',
      `No forge is called ${JSON.stringify(id)}. There is: ${forges.map((one) => one.id).join(', ')}.`,
    );
  return found;
}

/** The forge a remote is on. Throws a {@link ReviewError} `unknown-forge` when neither host nor path identifies it. */
export function forgeOf(remote: Remote, forges: readonly Forge[] = FORGES): Forge {
  const found = forges.find((one) => one.recognises(remote));
  if (found !== undefined) return found;
  throw new ReviewError(
    'unknown-forge',
    `The name ${remote.host} doesn't say which Git host it is. Name it: --forge ${forges.map(({ id }) => id).join(' | ')}`,
  );
}

/** Those whose jobs can run the gate. */
export const withJobs = (forges: readonly Forge[] = FORGES): readonly WithJobs[] =>
  forges.filter((one): one is WithJobs => one.jobs !== undefined && one.client !== undefined);

type WithJobs = Forge & Required<Pick<Forge, 'jobs' | 'client'>>;

/**
 * The forge of a job: the one that LINEKEEPER_FORGE names, else the one whose variables are set. Throws a
 * {@link CiError} when there is none. `outside`: a sentence for it, what to do outside of all jobs.
 */
export function forgeOfJob(env: Environment, forges: readonly Forge[] = FORGES, outside?: string): WithJobs {
  const able = withJobs(forges);
  const named = wordOf(env, 'LINEKEEPER_FORGE');
  const found = named === undefined ? able.find(({ jobs }) => jobs.isHere(env)) : able.find(({ id }) => id === named);
  if (found !== undefined) return found;
  throw new CiError(
    named === undefined
      ? `This is no job of ${able.map(({ jobs }) => jobs.runner).join(', ')}, so the repository at its Git host is not known.${outside === undefined ? '' : ` ${outside}`}`
      : `LINEKEEPER_FORGE names ${JSON.stringify(named)}, whose jobs are not known here. There is: ${able.map(({ id }) => id).join(', ')}.`,
  );
}

/** The API of a job's forge. Throws a CiError, or a ForgeError when the token is missing. */
export async function connectForge(
  env: Environment,
  patience?: Partial<Patience>,
  forges: readonly Forge[] = FORGES,
): Promise<ForgeApi> {
  return (await forgeOfJob(env, forges).client()).connect(env, patience);
}

/**
 * Pull requests at a forge, for a person whose token is in the environment; undefined for a forge whose own program does
 * it. Throws a ForgeError when the token is missing.
 */
export async function pullRequestsAt(id: ForgeId, env: Environment): Promise<PullRequests | undefined> {
  return (await forgeNamed(id).client?.())?.pullRequests?.(env, PATIENCE);
}

/** What started a job. Throws a CiError when nothing can be decided in it. */
export async function readEvent(env: Environment, forges: readonly Forge[] = FORGES): Promise<CiEvent> {
  return (await forgeOfJob(env, forges).client()).readEvent(env);
}

/** What a deployment job deploys. Throws a CiError when that is not known. */
export async function readDeploymentEvent(
  env: Environment,
  forges: readonly Forge[] = FORGES,
): Promise<DeploymentEvent> {
  const forge = forgeOfJob(env, forges);
  const { readDeploymentEvent: read } = await forge.client();
  if (read !== undefined) return read(env);
  throw new CiError(
    `A job of ${forge.jobs.runner} does not say what is deployed where. Say it: "linekeeper deploy check --stage S --ref REV".`,
  );
}

/** A person waits for it: less patience than a job has. Milliseconds. */
const PATIENCE: Patience = { answer: 15_000, between: 500, limit: 5_000, retries: 1 };

/** Throws a ForgeError for an address that a token must not be sent to, and for a forge that can't do it. */
export async function requestsAt({ kind, address, token, repository, patience }: RequestPlace): Promise<RequestApi> {
  const [{ addressOf, ForgeError }, client] = await Promise.all([
    import('./client-parts'),
    forgeNamed(kind).client?.(),
  ]);
  if (client?.requestsAt === undefined)
    throw new ForgeError('answer', `Pull requests at ${forgeNamed(kind).name} can't be created here.`);
  return client.requestsAt({
    address: addressOf(address, "The remote's forge"),
    token,
    repository,
    patience: { ...PATIENCE, ...patience },
  });
}
