/** On a person's machine: the forge, from the remote's address, and the token that its command-line client stores. */
import { githubAddress, gitlabAddress } from '../../forge/api/addresses';
import { defaultRemote } from '../../commits/sync';
import type { Repository } from '../../git';
import { locateForge } from '../../review';
import { runProgram, type RunProgram } from '../../forge/api/run-program';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that a job's environment would have (src/forge/api). Tokens that are set take precedence over that of
 * `gh` or `glab`. Throws a ReviewError or a NotesError when the remote is not on a forge.
 */
export async function forgeEnvironment(
  repository: Repository,
  env: Environment,
  run: RunProgram = runProgram,
): Promise<Environment> {
  if (env['GITHUB_REPOSITORY'] !== undefined || env['CI_PROJECT_ID'] !== undefined) return env;
  const name = await defaultRemote(repository);
  const address = (await repository.text(['remote', 'get-url', '--', name])).trim();
  const { forge, remote } = locateForge({ name, address });
  const tokenBy = async (program: string, words: readonly string[]): Promise<string> =>
    (await run(program, words, { cwd: repository.root, env })).out.trim();
  if (forge === 'github') {
    const token =
      env['GITHUB_TOKEN'] ?? env['GH_TOKEN'] ?? (await tokenBy('gh', ['auth', 'token', '--hostname', remote.host]));
    return {
      ...env,
      GITHUB_REPOSITORY: remote.path,
      GITHUB_TOKEN: token,
      GITHUB_API_URL: env['GITHUB_API_URL'] ?? githubAddress(remote),
    };
  }
  if (forge !== 'gitlab') return env;
  const token =
    env['LINEKEEPER_GITLAB_TOKEN'] ??
    env['GITLAB_TOKEN'] ??
    (await tokenBy('glab', ['config', 'get', 'token', '--host', remote.host]));
  return {
    ...env,
    CI_PROJECT_PATH: remote.path,
    LINEKEEPER_GITLAB_TOKEN: token,
    CI_API_V4_URL: env['CI_API_V4_URL'] ?? gitlabAddress(remote),
  };
}
