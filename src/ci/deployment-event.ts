/**
 * What a deployment job deploys: GitHub's `deployment` event, any other GitHub event with the commit that the job runs
 * on, or GitLab's variables. Anybody may choose names: only those that the policy can have are accepted.
 */
import { z } from 'zod';
import { commitIdSchema, readJson, shaped } from './event';
import { appendTo } from './outputs';
import { CiError, type Environment } from './types';

export interface DeploymentEvent {
  /** Name of the forge's environment; null when the event has none. Text from outside. */
  readonly environment: string | null;
  /** Full id of the commit to be deployed. */
  readonly commit: string;
  /** Login of the person who requests it; null when unknown. */
  readonly actor: string | null;
  /** The repository's default branch; null when unknown. */
  readonly defaultBranch: string | null;
}

const repository = z.object({ default_branch: z.string().min(1) });
const deploymentSchema = z.object({
  deployment: z.object({
    sha: commitIdSchema,
    environment: z.string().min(1),
    creator: z.object({ login: z.string().min(1) }).nullish(),
  }),
  repository,
});
const otherSchema = z.object({ repository: repository.optional() });

const DEPLOYMENT_EVENTS: readonly string[] = ['deployment', 'deployment_status'];

/** Throws a {@link CiError} when this is not a job, or its event is not what the forge sends. */
export function readDeploymentEvent(env: Environment): DeploymentEvent {
  const name = env['GITHUB_EVENT_NAME'];
  if (name !== undefined) return gitHub(name, env);
  if (env['GITLAB_CI'] !== undefined)
    return {
      environment: word(env['CI_ENVIRONMENT_NAME']),
      commit: commitIn(env, 'CI_COMMIT_SHA'),
      actor: word(env['GITLAB_USER_LOGIN']),
      defaultBranch: word(env['CI_DEFAULT_BRANCH']),
    };
  throw new CiError(
    'This is no job of GitHub Actions or GitLab CI, so what is to be deployed is not known. Elsewhere, "linekeeper deploy check --stage S --ref REV" decides.',
  );
}

function gitHub(name: string, env: Environment): DeploymentEvent {
  const event = readJson(env['GITHUB_EVENT_PATH']);
  if (DEPLOYMENT_EVENTS.includes(name)) {
    const { deployment, repository: where } = shaped(deploymentSchema, event, name);
    return {
      environment: deployment.environment,
      commit: deployment.sha,
      actor: deployment.creator?.login ?? word(env['GITHUB_ACTOR']),
      defaultBranch: where.default_branch,
    };
  }
  return {
    environment: null,
    commit: commitIn(env, 'GITHUB_SHA'),
    actor: word(env['GITHUB_ACTOR']),
    defaultBranch: shaped(otherSchema, event, name).repository?.default_branch ?? null,
  };
}

function commitIn(env: Environment, name: string): string {
  const commit = commitIdSchema.safeParse(env[name]);
  if (!commit.success) throw new CiError(`${name} is no id of a commit.`);
  return commit.data;
}

const word = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim();

/** Publishes the decision: the outputs `verdict` and `until`, and the job's summary. `text`: of any length. */
export function tellDeployment(
  env: Environment,
  {
    verdict,
    until,
    text,
  }: { readonly verdict: 'pass' | 'fail' | 'undecided'; readonly until: string; readonly text: string },
): void {
  appendTo(env, 'GITHUB_OUTPUT', `verdict=${verdict}\nuntil=${until.replace(/[^0-9TZ:.-]/g, '')}\n`);
  // Backticks would end the block that keeps the text from being read as Markdown.
  appendTo(
    env,
    'GITHUB_STEP_SUMMARY',
    `### Linekeeper: deployment\n\n\`\`\`\`text\n${text.replaceAll('`', "'").slice(0, 100_000)}\n\`\`\`\`\n`,
  );
}
