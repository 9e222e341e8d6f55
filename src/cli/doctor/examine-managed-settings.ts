/** What the organization locks on this machine, and whether the hooks that it requires are there. */
import { assistantOf } from '../../provenance/assistants';
import type { AssistantReport } from '../../provenance/assistants/coverage';
import type { HooksState } from '../../git';
import { printable } from '../../policy';
import type { ManagedSettings } from '../../policy/load';
import type { Finding } from './doctor-finding';

export const BY_ORGANIZATION = 'by your organization';

/** Nothing where nothing is locked. `hooks`: git's. */
export function examineManaged(
  settings: ManagedSettings | undefined,
  hooks: HooksState,
  assistants: readonly AssistantReport[],
): readonly Finding[] {
  if (settings === undefined) return [];
  const { locked, problem } = settings;
  const name = 'managed settings';
  const file = printable(settings.file);
  if (problem !== null)
    return [
      {
        name,
        ok: false,
        says: `${file} is broken: ${printable(problem)}. Until your administrator mends it, the strictest settings hold here, and CI on this machine cannot pass.`,
      },
    ];
  const said = Object.entries(locked).map(([key, value]) => `${key} is ${printable(JSON.stringify(value))}`);
  const all = said.length === 0 ? 'nothing is locked' : `locked ${BY_ORGANIZATION}: ${said.join('; ')}`;
  return [
    { name, ok: true, says: `${all} (${file})` },
    ...(locked.hooks ?? []).flatMap((id): Finding[] => {
      if (id === 'git')
        return hooks === 'installed' ? [] : [requiredHooks('git hooks', file, 'linekeeper install --git')];
      const report = assistants.find((candidate) => candidate.id === id);
      // Of one that is not on this machine nothing can be recorded.
      if (report?.found !== true || report.hooks.user === 'installed' || report.hooks.project === 'installed')
        return [];
      return [requiredHooks(assistantOf(id)?.title ?? id, file, `linekeeper install --assistant ${id}`)];
    }),
  ];
}

const requiredHooks = (name: string, file: string, mend: string): Finding => ({
  name,
  ok: false,
  says: `hooks are required ${BY_ORGANIZATION} (${file}) and are not all there; run "${mend}"`,
});
