/** What the organization keeps on this machine: floors, locked settings, and the hooks that it requires. */
import { assistantOf } from '../../provenance/assistants';
import type { AssistantFinding, AssistantReport } from '../../provenance/assistants/coverage';
import type { HooksState } from '../../git';
import { printable } from '../../policy';
import { managedFloors, misnamedFiles, type LoadedPolicy, type ManagedSettings } from '../../policy/load';
import { problemLines } from '../policy/check-policy-file';

/** The floors, and the lines of the policy that are mistakes once a floor enforces that only observes. */
export async function examineFloors({ source, less = [] }: LoadedPolicy): Promise<readonly AssistantFinding[]> {
  const { parseFloor } = await import('../../policy/file/parse');
  const floors = managedFloors().flatMap(({ file, bytes, ofSettings }) => {
    if (ofSettings === true) return [];
    const observes = parseFloor(bytes, file).part?.policy.mode === 'observe';
    return [{ name: 'floor', ok: true, says: `${printable(file)} ${observes ? 'only observes' : 'is in force'}` }];
  });
  const mistakes = problemLines(source, less).map((line) => ({
    name: 'policy',
    ok: false,
    note: true,
    says: `Once the floor enforces, this line is a mistake: ${line}`,
  }));
  return [...floors, ...mistakes];
}

/** A file that was meant to be a floor or the locked settings, and is neither. */
export const examineNames = (): readonly AssistantFinding[] =>
  misnamedFiles().map((file) => ({
    name: 'managed place',
    ok: false,
    says: `${printable(file)} is not read, since only policy.yml and settings.json count; your administrator can rename it`,
  }));

const BY_ORGANIZATION = 'by your organization';

/** What it locks, and whether the hooks that it requires are there. Nothing where nothing is locked. `hooks`: git's. */
export function examineManaged(
  settings: ManagedSettings | undefined,
  hooks: HooksState,
  assistants: readonly AssistantReport[],
): readonly AssistantFinding[] {
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
    ...(locked.hooks ?? []).flatMap((id): AssistantFinding[] => {
      if (id === 'git')
        return hooks === 'installed' ? [] : [requiredHooks('git hooks', file, 'linekeeper install --git')];
      const report = assistants.find((candidate) => candidate.id === id);
      const title = assistantOf(id)?.title ?? id;
      if (report?.hooks.user === 'installed' || report?.hooks.project === 'installed') return [];
      // Of one that is not on this machine nothing can be recorded.
      if (report?.found !== true)
        return [
          {
            name: title,
            ok: false,
            note: true,
            says: `hooks are required ${BY_ORGANIZATION}, and it is not on this machine`,
          },
        ];
      return [requiredHooks(title, file, `linekeeper install --assistant ${id}`)];
    }),
  ];
}

const requiredHooks = (name: string, file: string, mend: string): AssistantFinding => ({
  name,
  ok: false,
  says: `hooks are required ${BY_ORGANIZATION} (${file}) and are not all there; run "${mend}"`,
});
