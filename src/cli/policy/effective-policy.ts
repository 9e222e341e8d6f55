/** The policy that applies here, for the verbs that show it. */
import path from 'node:path';
import { BUILT_IN_SOURCE, POLICY_PATH, type Policy } from '../../policy';
import {
  baseBranch,
  baseCommit,
  commandToFindBase,
  loadPolicyAndPeople,
  PeopleFileError,
  peopleInFolder,
  type LoadedPolicy,
} from '../../policy/load';
import { baseRemote } from '../../git';
import { remotesOf } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import { CannotSay, type Call } from '../verb';
import { floorsOf } from '../arguments/floor-file';
import { lessThanFloor, problemLines, readPolicyFile } from './check-policy-file';

/** Loads it and prints on standard error what a person should know. Throws a {@link CannotSay} when it is broken. */
export async function decidingPolicy(call: Call): Promise<LoadedPolicy> {
  const { file } = call.values;
  if (typeof file === 'string') return draft(call, file);
  const loaded = await loadPolicyAndPeople(call.repository(), floorsOf(call, call.repository()));
  if (loaded.problems.length > 0)
    throw new CannotSay(
      `The policy is broken. Fix this first:\n${problemLines(loaded.source, loaded.problems).join('\n')}`,
    );
  for (const line of lessThanFloor(loaded.source, loaded.less)) call.terminal.err(`linekeeper: ${line}`);
  if (loaded.enforced !== undefined)
    call.terminal.err('linekeeper: a floor only observes here (mode: observe), and this answer is without it.');
  if (loaded.unread !== '') call.terminal.err(`linekeeper: ${loaded.unread}`);
  if (loaded.differsFromWorkingCopy)
    call.terminal.err(
      `linekeeper: ${loaded.source} decides. The policy in your working copy differs: what this branch changes in it takes effect once merged.`,
    );
  if (loaded.source === BUILT_IN_SOURCE)
    call.terminal.err('linekeeper: no .linekeeper.yml. The built-in policy only warns; CI needs a policy file.');
  return loaded;
}

/** A file that does not apply yet (`--file FILE`), so that it can be tried before it is merged. */
async function draft(call: Call, file: string): Promise<LoadedPolicy> {
  const floors = call.values['floor'] === undefined ? undefined : floorsOf(call, call.repository());
  const parsed = await readPolicyFile(path.resolve(call.terminal.cwd, file), file, false, floors);
  if (!parsed.ok)
    throw new CannotSay(`The policy is broken. Fix this first:\n${problemLines(file, parsed.problems).join('\n')}`);
  return {
    policy: await withPeopleHere(call, file, parsed.policy),
    patternLines: parsed.patternLines,
    origins: parsed.origins,
    problems: [],
    source: file,
    digest: '',
    differsFromWorkingCopy: false,
  };
}

/** Which version of the policy answers; nothing for a draft, a floor alone and the built-in policy, whose source says it. */
export async function answeringVersion(call: Call, { source }: LoadedPolicy): Promise<readonly string[]> {
  if (typeof call.values['file'] === 'string') return [];
  const repository = call.repository();
  const base = baseBranch(repository);
  if (base !== undefined && source === `${base.name}:${POLICY_PATH}`) {
    const commit = await baseCommit(repository);
    return [`the commit ${commit?.slice(0, 10) ?? 'at the tip'} of ${base.name}`];
  }
  if (source !== POLICY_PATH) return [];
  if (base !== undefined) return [`the file in your work tree; ${base.name} has no policy`];
  const remote = baseRemote(repository);
  const isRemote = (await remotesOf(repository)).includes(remote);
  return [
    `the file in your work tree; no base branch is known${isRemote ? `. To find it: ${commandToFindBase(remote)}` : ''}`,
  ];
}

/** A draft with the people of the files that it names, as they are in the work tree. */
export async function withPeopleHere(call: Call, file: string, policy: Policy): Promise<Policy> {
  if (Object.keys(policy.peopleFiles).length === 0) return policy;
  try {
    return await peopleInFolder(call.repository().root, file, policy);
  } catch (error) {
    if (error instanceof PeopleFileError) throw new CannotSay(error.message, { cause: error });
    throw error;
  }
}
