/** Changes of what the text, the services and the paths of an outage name. */
import { compileGlob, foldPath } from '../../policy';
import { onlyName, type MatchedFrame } from './suspects-by-stack-frames';
import type { Changes, Search } from './suspect-search-types';
import { REASON_WEIGHTS, type Add, type ReasonKind } from './weigh-reasons';
import { rarity } from './clues-to-changes';

interface Named {
  readonly changes: Changes;
  /** Where the text says that it was, in its order. */
  readonly places: readonly MatchedFrame[];
  readonly names: readonly string[];
  readonly hasKind: (commit: string, kind: ReasonKind) => boolean;
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

/** A change so many lines from a line of the trace is next to it. */
const NEAR = 6;
/** A place further down in a trace says a little less. */
const DEEPER = 0.9;

export function byChanges(
  { services, paths }: Search,
  { changes, places, names, resources, hasKind }: Named,
  add: Add,
): void {
  const globs = paths.map((path) => ({ path, glob: compileGlob(path) }));
  const files = [...new Set(places.filter(({ close }) => close).map(({ file }) => file))];
  /** Files of which only the name is in the trace, with the path that has it there. */
  const alike = new Map(places.filter(({ file }) => !files.includes(file)).map(({ file, path }) => [file, path]));
  const byName = new Map<string, Map<string, string>>();
  for (const [commit, changed] of changes) {
    for (const file of changed) {
      const depth = files.indexOf(file.path);
      if (depth >= 0) {
        const weigh = (weight: number): number => weight * DEEPER ** Math.min(depth, 10);
        add(commit, 'file', `It changes ${file.path}, which the trace names.`, weigh(REASON_WEIGHTS.file));
        const near = places.find(
          (place) =>
            place.file === file.path &&
            file.hunks.some(({ newStart, newEnd }) => newStart - NEAR < place.line && place.line <= newEnd + NEAR),
        );
        if (near !== undefined && !hasKind(commit, 'line'))
          add(
            commit,
            'near',
            `It changes lines next to ${file.path}:${String(near.line)}, which the trace names.`,
            weigh(REASON_WEIGHTS.near),
          );
      }
      const there = alike.get(file.path);
      if (there !== undefined) add(commit, 'file', `It changes ${file.path}. ${onlyName(there)}`);
      const folded = foldPath(file.path);
      for (const { path, glob } of globs)
        if (glob.matches(folded)) add(commit, 'place', `It changes ${file.path}, which is in ${path}.`);
      for (const service of services)
        if (hasName(file.path, service))
          add(commit, 'place', `It changes ${file.path}, which has the name of the service ${service}.`);
      const texts = {
        removed: file.hunks.flatMap(({ removed }) => removed),
        added: file.hunks.flatMap((hunk) => hunk.added),
      };
      for (const { type, name } of resources) {
        const declares = (line: string): boolean => line.includes(`"${type}"`) && line.includes(`"${name}"`);
        if (texts.removed.some(declares) && !texts.added.some(declares))
          add(commit, 'resource', `It removes ${type}.${name}, which the text names.`);
        else if (texts.added.some(declares) && !texts.removed.some(declares))
          // What made it is seldom what broke it.
          add(commit, 'resource', `It adds ${type}.${name}, which the text names.`, REASON_WEIGHTS.resource / 2);
      }
      for (const name of names) {
        if (files.some((one) => one.includes(name)) || resources.some(({ type }) => type === name)) continue;
        const where = hasWord(texts.added, name) ? 'adds' : hasWord(texts.removed, name) ? 'removes' : undefined;
        if (where === undefined) continue;
        const hits = byName.get(name) ?? new Map<string, string>();
        hits.set(commit, `It ${where} a line with "${name}", which the text names (${file.path}).`);
        byName.set(name, hits);
      }
    }
  }
  for (const hits of byName.values())
    for (const [commit, says] of hits) add(commit, 'name', says, REASON_WEIGHTS.name * rarity(hits.size));
}

export const hasName = (path: string, service: string): boolean =>
  path
    .toLowerCase()
    .split(/[/._-]/)
    .some((part) => part === service.toLowerCase()) || path.toLowerCase().split('/').includes(service.toLowerCase());

function hasWord(lines: readonly string[], word: string): boolean {
  return lines.some((line) => {
    const at = line.indexOf(word);
    return at >= 0 && !/\w/.test(line[at - 1] ?? ' ') && !/\w/.test(line[at + word.length] ?? ' ');
  });
}
