/** The forge whose job this is. */
import type { ForgeApi, Patience } from './client-parts';
import {
  CiError,
  type CiEvent,
  type DeploymentEvent,
  type Environment,
  wordOf,
} from './client-parts/ci-events-and-variables';
import type { Forge } from './forge-interface';
import { FORGES } from './forges';

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
      ? `This is not a CI job that Linekeeper knows (${able.map(({ jobs }) => jobs.runner).join(', ')}).${outside === undefined ? '' : ` ${outside}`}`
      : `LINEKEEPER_FORGE names ${JSON.stringify(named)}, which Linekeeper does not know. It knows: ${able.map(({ id }) => id).join(', ')}.`,
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
