/** The policy that applies here, for the verbs that show it. */
import path from 'node:path';
import { BUILT_IN_SOURCE } from '../../policy';
import { loadPolicy, type LoadedPolicy } from '../../policy/load';
import { CannotSay, type Call } from '../command';
import { problemLines, readPolicyFile } from './check-file';

/** Loads it and prints on standard error what a person should know. Throws a {@link CannotSay} when it is broken. */
export async function decidingPolicy(call: Call): Promise<LoadedPolicy> {
  const { file } = call.values;
  if (typeof file === 'string') return draft(call, file);
  const loaded = await loadPolicy(call.repository());
  if (loaded.problems.length > 0)
    throw new CannotSay(
      `The policy is broken. Fix this first:\n${problemLines(loaded.source, loaded.problems).join('\n')}`,
    );
  if (loaded.differsFromWorkingCopy)
    call.terminal.err(
      `linekeeper: ${loaded.source} decides. The policy in your working copy differs; it takes effect once merged.`,
    );
  if (loaded.source === BUILT_IN_SOURCE)
    call.terminal.err('linekeeper: no .linekeeper.yml. The built-in policy only warns; CI needs a policy file.');
  return loaded;
}

/** A file that does not apply yet (`--file FILE`), so that it can be tried before it is merged. */
async function draft(call: Call, file: string): Promise<LoadedPolicy> {
  const parsed = await readPolicyFile(path.resolve(call.terminal.cwd, file), file, false);
  if (!parsed.ok)
    throw new CannotSay(`The policy is broken. Fix this first:\n${problemLines(file, parsed.problems).join('\n')}`);
  return {
    policy: parsed.policy,
    patternLines: parsed.patternLines,
    origins: parsed.origins,
    problems: [],
    source: file,
    digest: '',
    differsFromWorkingCopy: false,
  };
}
