/** What changed in each tier, as one short text: a signature over it covers exactly this change. */
import { createHash } from 'node:crypto';
import { tierOf, type ChangedFile, type Policy } from '../../policy';
import type { NetFile } from './range/net-change';

/**
 * By the tier's name, `sha256:` and the hash of its files: their names, kinds and contents at the merge base and at the
 * head. Two ranges with the same text make the same change to the same files.
 */
export function tierChanges(
  policy: Policy,
  files: readonly ChangedFile[],
  net: readonly NetFile[],
): Readonly<Record<string, string>> {
  const byPath = new Map(net.map((file) => [file.attribution.path, file]));
  const entries = new Map<string, string[]>();
  for (const file of files) {
    const tier = tierOf(policy, file)?.tier.name;
    const changed = byPath.get(file.path);
    if (tier === undefined) continue;
    // A plan that is not a file of the change has no contents: its findings take their place.
    const entry =
      changed === undefined
        ? [file.path, file.findings.map(({ rule, address, line }) => [rule, address ?? '', line])]
        : [
            changed.attribution.path,
            changed.attribution.from,
            changed.attribution.status,
            changed.oldMode,
            changed.newMode,
            changed.oldId,
            changed.newId,
          ];
    entries.set(tier, [...(entries.get(tier) ?? []), JSON.stringify(entry)]);
  }
  return Object.fromEntries(
    [...entries].map(([tier, all]) => [
      tier,
      `sha256:${createHash('sha256').update(all.sort().join('\n')).digest('hex')}`,
    ]),
  );
}
