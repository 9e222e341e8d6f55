/** Which forge a job belongs to, and the token to query it with, from the job's environment. */
import { github } from './github';
import { gitlab } from './gitlab';
import type { Patience } from './transport';
import { ForgeError, type ForgeApi } from './types';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The forge's API. Tokens come from the environment only, since every process of a machine can read arguments:
 * `GITHUB_TOKEN` (else `GH_TOKEN`), for teams `LINEKEEPER_TEAM_TOKEN`, `LINEKEEPER_GITLAB_TOKEN` (else `GITLAB_TOKEN`).
 * Throws a {@link ForgeError} when they are ambiguous or missing.
 */
export function forgeOf(env: Environment, patience?: Partial<Patience>): ForgeApi {
  const more = patience === undefined ? {} : { patience };
  const project = word(env['CI_PROJECT_ID']) ?? word(env['CI_PROJECT_PATH']);
  const repository = word(env['GITHUB_REPOSITORY']);
  if (repository !== undefined) {
    const address = addressOf(env['GITHUB_API_URL'] ?? 'https://api.github.com', 'GITHUB_API_URL');
    refuseImitators(env, address);
    const token = word(env['GITHUB_TOKEN']) ?? word(env['GH_TOKEN']);
    if (token === undefined)
      throw new ForgeError(
        'no-token',
        "GitHub can't be asked without a token. In the workflow: env: { GITHUB_TOKEN: ${{ github.token }} }",
      );
    return github({
      address,
      token,
      teamToken: word(env['LINEKEEPER_TEAM_TOKEN']),
      repository,
      login: word(env['LINEKEEPER_LOGIN']),
      ...more,
    });
  }
  if (project !== undefined) {
    const token = word(env['LINEKEEPER_GITLAB_TOKEN']) ?? word(env['GITLAB_TOKEN']);
    if (token === undefined)
      throw new ForgeError(
        'no-token',
        'GitLab can\'t be asked for approvals without a token. Make a project access token with the scope "api" (or "read_api", then without comment and labels), and add it as the masked variable LINEKEEPER_GITLAB_TOKEN.',
      );
    return gitlab({
      address: addressOf(env['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4', 'CI_API_V4_URL'),
      token,
      project,
      defaultBranch: word(env['CI_DEFAULT_BRANCH']),
      ...more,
    });
  }
  throw new ForgeError(
    'answer',
    'Which repository of which forge is meant is not known. GITHUB_REPOSITORY (OWNER/NAME) or CI_PROJECT_PATH names it.',
  );
}

/**
 * Gitea, Forgejo and others give their jobs GitHub's variables, and most of GitHub's answers: a review that was
 * dismissed there is still APPROVED. Only an address that GitHub itself has is GitHub. Throws a {@link ForgeError}.
 */
function refuseImitators(env: Environment, address: string): void {
  const name = ['FORGEJO_ACTIONS', 'GITEA_ACTIONS'].find((one) => word(env[one]) !== undefined);
  if (name === undefined && isGitHubs(address)) return;
  throw new ForgeError(
    'unknown-forge',
    `${name === undefined ? 'GITHUB_API_URL is no address of GitHub' : `${name} is set`}, so this is no job of GitHub, whose variables it has. What was approved can't be asked for here. Decide with approvals that your own job writes: "linekeeper check --base B --head H --actor LOGIN --approvals FILE".`,
  );
}

/** The cloud's, that of a cloud with data residency, a server's own, or this machine. */
function isGitHubs(address: string): boolean {
  const { hostname, pathname } = new URL(address);
  if (LOOPBACK.includes(hostname)) return !/\/api\/v1\/?$/.test(pathname);
  return hostname === 'api.github.com' || /^api\.[\w-]+\.ghe\.com$/.test(hostname) || /\/api\/v3\/?$/.test(pathname);
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const word = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

/** A token must not travel unencrypted, except to this machine itself. */
export function addressOf(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafe(url))
    throw new ForgeError('answer', `${name} is no https address without user and password, so nothing was sent there.`);
  return url.href;
}

const isSafe = ({ protocol, hostname, username, password }: URL): boolean =>
  username === '' &&
  password === '' &&
  (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname)));
