/** The policy that decides here, for the verbs that talk about it. */
import { BUILT_IN_SOURCE } from '../../policy';
import { loadPolicy, type LoadedPolicy } from '../../policy-source';
import { CannotSay, type Call } from '../verb';
import { problemLines } from './check-file';

/** Loads it and says on standard error what a person should know. Throws a {@link CannotSay} when it is broken. */
export async function decidingPolicy(call: Call): Promise<LoadedPolicy> {
  const loaded = await loadPolicy(call.repository());
  if (loaded.problems.length > 0) throw new CannotSay(`The policy can't be used until this is mended:\n${problemLines(loaded.source, loaded.problems).join('\n')}`);
  if (loaded.differsFromWorkingCopy) call.terminal.err(`linekeeper: ${loaded.source} decides; the working copy's is another and decides once it is on that branch.`);
  if (loaded.source === BUILT_IN_SOURCE) call.terminal.err('linekeeper: there is no .linekeeper.yml, so the built-in policy warns and advises here; "linekeeper check" needs a file.');
  return loaded;
}
