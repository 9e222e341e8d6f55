/** Which assistants a call names, and where their hooks are set up. */
import path from 'node:path';
import { dataPlace } from '../base/files';
import { ASSISTANTS, assistantOf, type Assistant, type Scope } from '../provenance/assistants';
import type { SetupOptions } from '../provenance/assistants/setup';
import type { Repository } from '../git';
import { folderOf } from '../base/launcher';
import { nearestOf } from '../policy';
import { CannotSay, type Call } from './verb';
import { runtimeOf } from './runtime-for-hooks';

/** A word in place of ids: `found` is for the assistants on this machine. */
export const isGroup = (word: string): boolean => word === 'all' || word === 'found';

/** The ids of the assistants on this machine, or at work in this repository. */
export async function assistantsHere(call: Call): Promise<ReadonlySet<string>> {
  const { examineAssistants, isHere } = await import('../provenance/assistants/coverage');
  const repository = call.repository();
  const { reports } = examineAssistants(repository, (scope) => setupOptions(call, scope, repository));
  return new Set(reports.filter(isHere).map(({ id }) => id));
}

/** The ids in the words of a call, `all` and `found` among them. */
export function namedAssistants({ values, positionals }: Call): readonly string[] {
  const named = values['assistant'];
  return (Array.isArray(named) ? named : []).map(String).concat(positionals);
}

/** Throws a {@link CannotSay} that names those that are known. */
export function knownAssistant(id: string): Assistant {
  const assistant = assistantOf(id);
  if (!assistant) {
    const ids = ASSISTANTS.map((known) => known.id);
    const near = ids.find((known) => known.split('-').includes(id.toLowerCase())) ?? nearestOf(id, ids);
    throw new CannotSay(
      `"${id}" is not an assistant that Linekeeper knows.${id.includes(',') ? ' Repeat --assistant for each.' : near === undefined ? '' : ` Did you mean ${near}?`} Known are: ${ids.join(', ')}.`,
    );
  }
  return assistant;
}

export function setupOptions(call: Call, scope: Scope, repository: Repository | undefined): SetupOptions {
  const { launcher } = runtimeOf(call.terminal);
  return {
    scope,
    program: launcher === undefined ? call.terminal.program : [launcher],
    stateDir:
      scope === 'project' && repository
        ? dataPlace(repository.commonDir, 'setup')
        : path.join(folderOf(call.terminal.home), 'setup'),
    home: call.terminal.home,
    env: call.terminal.env,
    electron: launcher === undefined && process.versions['electron'] !== undefined,
    ...(repository ? { repositoryRoot: repository.root } : {}),
  };
}
