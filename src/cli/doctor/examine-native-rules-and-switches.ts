/** Whether assistants enforce the policy's rules by themselves: renewed when the policy has changed since. */
import type { AssistantFinding } from '../../provenance/assistants/coverage';
import path from 'node:path';
import { ASSISTANTS, assistantOf } from '../../provenance/assistants';
import { audit, AUDITORS } from '../../provenance/assistants/permissions';
import { dialectOf, hasRules, stateOfRules, writeRules } from '../../provenance/assistants/native-rules';
import { SetupError } from '../../provenance/assistants/setup';
import type { Repository } from '../../git';
import { SYSTEM } from '../../base/platform';
import { printable } from '../../policy';
import type { Call } from '../verb';
import { rulesHere, rulesOptions } from '../enforce/write-or-remove-native-rules';

/** Files of the repository that switch the hooks of everybody who works in it off. Read-only. */
export function examineSwitches(repository: Repository, { terminal }: Call): readonly AssistantFinding[] {
  const { allowed } = audit(AUDITORS, {
    home: terminal.home,
    env: terminal.env,
    platform: SYSTEM,
    top: path.parse(terminal.home).root,
    repositoryRoot: repository.root,
  });
  return allowed
    .filter(({ grant, scope }) => grant === 'no-hooks' && scope === 'project')
    .map(({ assistant, file, line, key, value }) => ({
      name: assistantOf(assistant)?.title ?? assistant,
      ok: false,
      says: `${printable(file)}${line === null ? '' : `:${String(line)}`} switches its hooks off for everybody who works here (${printable(key.join('.'))} is ${printable(value)}), so its edits are not recorded and nothing holds it back; take it out`,
    }));
}

/** Nothing for an assistant that never got any. Throws what reading the policy throws. */
export async function examineRules(repository: Repository, call: Call): Promise<readonly AssistantFinding[]> {
  const scopes = (['user', 'project'] as const).filter((scope) =>
    hasRules(rulesOptions(call, repository, scope).stateDir),
  );
  if (scopes.length === 0) return [];
  const rules = await rulesHere(repository, call);
  if (rules === undefined) return [];
  return ASSISTANTS.flatMap((assistant) =>
    scopes.flatMap((scope): AssistantFinding[] => {
      const dialect = dialectOf(assistant.id);
      if (dialect === undefined) return [];
      const options = rulesOptions(call, repository, scope);
      const { state, files, detail } = stateOfRules(assistant, dialect, rules, options);
      if (state === 'absent' || state === 'unreadable') return [];
      const name = assistant.title;
      const places = files.join(', ');
      const mend = `run "linekeeper install --enforce --assistant ${assistant.id} --${scope}"`;
      if (state === 'changed')
        return [
          {
            name,
            ok: false,
            says: `some of the policy's rules are missing in ${places}, so it does not enforce them where no hook runs; ${mend}. ${detail ?? ''}`.trim(),
          },
        ];
      if (state === 'held') return [{ name, ok: true, says: `it enforces the policy's rules by itself (${places})` }];
      try {
        writeRules(assistant, dialect, rules, options);
        return [
          {
            name,
            ok: true,
            says: `the policy or the folders here have changed, so its rules in ${places} are renewed`,
          },
        ];
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        return [{ name, ok: false, says: `its rules are out of date and could not be renewed: ${error.message}` }];
      }
    }),
  );
}
