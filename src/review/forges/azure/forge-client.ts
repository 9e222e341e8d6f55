/** The API of Azure DevOps for a job. */
import { addressOf, ForgeError, type ForgeClient, type Patience } from '../client-parts';
import { wordOf, type Environment } from '../client-parts/ci-events-and-variables';
import { readDeploymentEvent, readEvent, refuseOtherForges } from './read-job-event';
import { azureRequests } from './pull-requests';
import { azure, reach, type AzureOptions } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  readDeploymentEvent,
  connect: (env, patience) => azure(optionsFrom(env, patience)),
  pullRequests(env, patience) {
    const { server, here } = reach(optionsFrom(env, patience));
    return azureRequests(server, here);
  },
};

function optionsFrom(env: Environment, patience: Partial<Patience> | undefined): AzureOptions {
  refuseOtherForges(env);
  const [collection, project] = [wordOf(env, 'SYSTEM_COLLECTIONURI'), wordOf(env, 'SYSTEM_TEAMPROJECT')];
  const repository = wordOf(env, 'BUILD_REPOSITORY_ID') ?? wordOf(env, 'BUILD_REPOSITORY_NAME');
  if (collection === undefined || project === undefined || repository === undefined)
    throw new ForgeError(
      'answer',
      'Which repository is meant is not known: SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT and BUILD_REPOSITORY_ID name it.',
    );
  return {
    address: addressOf(collection, 'SYSTEM_COLLECTIONURI'),
    authorization: authorizationFrom(wordOf(env, 'LINEKEEPER_AZURE_TOKEN'), wordOf(env, 'SYSTEM_ACCESSTOKEN')),
    project,
    repository,
    ...(patience && { patience }),
  };
}

/** A personal token is a password without a name; a job's own is a bearer's. */
function authorizationFrom(personal: string | undefined, job: string | undefined): string {
  if (personal !== undefined) return `Basic ${Buffer.from(`:${personal}`).toString('base64')}`;
  if (job !== undefined) return `Bearer ${job}`;
  throw new ForgeError(
    'no-token',
    "Azure DevOps can't be asked without a token. In the step: env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }",
  );
}
