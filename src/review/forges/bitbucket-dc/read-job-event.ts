/**
 * What started a job: Bitbucket Data Center runs none itself, so the job that was set up for it says so in variables of
 * ours, or in those of Jenkins (plugins.jenkins.io/cloudbees-bitbucket-branch-source).
 */
import { commitIn, numberIn } from '../client-parts';
import { CiError, wordOf, type CiEvent, type Environment } from '../client-parts/ci-events-and-variables';

const NUMBER = 'LINEKEEPER_BITBUCKET_PR_ID';
const COMMIT = 'LINEKEEPER_BITBUCKET_COMMIT';
const JENKINS = 'CHANGE_ID';

/** Throws a {@link CiError} when nothing can be decided in this job. */
export function readEvent(env: Environment): CiEvent {
  const name = [NUMBER, JENKINS].find((each) => wordOf(env, each) !== undefined);
  // Jenkins builds a merge of its own, whose commit Bitbucket does not have: then the latest one is asked for.
  const commit = wordOf(env, COMMIT) === undefined ? null : commitIn(env, COMMIT);
  if (name !== undefined)
    return {
      kind: 'change',
      number: numberIn(env, name, 'pull request'),
      head: commit,
      statusOf: commit,
      queued: false,
    };
  const branch = wordOf(env, 'LINEKEEPER_BITBUCKET_BRANCH');
  if (branch !== undefined && commit !== null) return { kind: 'push', branch, before: null, after: commit };
  throw new CiError(
    `This job does not say which pull request it is about: set ${NUMBER} to its number (Jenkins sets ${JENKINS} in builds of pull requests). After a merge, set LINEKEEPER_BITBUCKET_BRANCH and ${COMMIT} instead.`,
  );
}
