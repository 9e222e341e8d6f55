/** Hooks in lists of a JSON file, by event, which most assistants have. */
import { below } from './join-paths';
import type { HookEntry, HookSetup, ListedHooks, Scope, Surroundings } from './types';

/** In a file of this name, below the home folder or the repository's root. */
export const hooksBelow =
  (names: readonly string[], listed: Omit<ListedHooks, 'kind' | 'file'>) =>
  (scope: Scope, where: Surroundings): readonly HookSetup[] => {
    const folder = scope === 'user' ? where.home : where.repositoryRoot;
    return folder === undefined ? [] : [{ kind: 'listed', file: below(folder, ...names), ...listed }];
  };

/** One hook for each event. Those about tools are limited to what `matcher` names. */
export const hookOfEach = (
  { tools, matcher, others }: Readonly<Record<'tools' | 'others', readonly string[]>> & { readonly matcher: string },
  hookOf: (event: string) => object,
): HookEntry[] => [
  ...tools.map((event) => ({ at: ['hooks', event], value: { matcher, hooks: [hookOf(event)] } })),
  ...others.map((event) => ({ at: ['hooks', event], value: { hooks: [hookOf(event)] } })),
];
