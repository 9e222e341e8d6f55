/** On a person's machine: the forge, from the remote's address, and the token that its command-line client stores. */
import { forgeNamed, withJobs } from '../../forge';
import { defaultRemote } from '../../commits/sync';
import type { Repository } from '../../git';
import { whichForge } from '../../review';
import { runProgram, type RunProgram } from '../../forge/api/run-program';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that a job's environment would have (src/forge/api). Tokens that are set take precedence over that of
 * the forge's own program. Throws a ReviewError or a NotesError when the remote is not on a forge.
 */
export async function forgeEnvironment(
  repository: Repository,
  env: Environment,
  run: RunProgram = runProgram,
): Promise<Environment> {
  if (withJobs().some(({ jobs }) => jobs.isHere(env))) return env;
  const name = await defaultRemote(repository);
  const address = (await repository.text(['remote', 'get-url', '--', name])).trim();
  const { forge, remote } = await whichForge(repository, { remote: { name, address }, mayAsk: true });
  const tokenBy = async (program: string, words: readonly string[]): Promise<string> =>
    (await run(program, words, { cwd: repository.root, env })).out.trim();
  const own = await forgeNamed(forge).jobs?.environmentFor?.(remote, env, tokenBy);
  return own === undefined ? env : { ...own, LINEKEEPER_FORGE: forge };
}
