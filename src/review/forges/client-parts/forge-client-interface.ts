/** What a forge's folder exports to be loaded on demand. */
import type { CiEvent, DeploymentEvent, Environment } from './ci-events-and-variables';
import type { PullRequests, RequestApi, RequestOptions } from './pull-requests-interface';
import type { Patience } from './rest-transport';
import type { ForgeApi } from './forge-api-interface';

export interface ForgeClient {
  /** What started the job. Throws a CiError when nothing can be decided in it. */
  readonly readEvent: (env: Environment) => CiEvent;
  /** What a deployment job deploys. Throws a CiError. Left out where jobs don't say. */
  readonly readDeploymentEvent?: (env: Environment) => DeploymentEvent;
  /**
   * The forge's API. Tokens come from the environment only, since every process of a machine can read arguments. Throws
   * a ForgeError when one is missing, or what it is for is not clear.
   */
  readonly connect: (env: Environment, patience?: Partial<Patience>) => ForgeApi;
  /**
   * Pull requests for a person whose token is in the environment. Left out where the forge's own program does it. Throws
   * as `connect` does.
   */
  readonly pullRequests?: (env: Environment, patience?: Partial<Patience>) => PullRequests;
  /** Creates and updates pull requests for a person. Left out where that is not supported. */
  readonly requestsAt?: (place: RequestOptions) => RequestApi;
}
