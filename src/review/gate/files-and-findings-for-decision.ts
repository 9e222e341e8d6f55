/** The files of a net change as the decision sees them. */
import {
  changedFileIn,
  isCiFile,
  withoutSwitchedOff,
  withPlan,
  type AddedDependency,
  type ChangedFile,
  type Decision,
  type SwitchedOff,
  tierOf,
  type Policy,
} from '../../policy';
import { mayBeCalledByCi } from '../../policy/load';
import type { ChangeSource } from './repository-reads';
import type { ChangeQuestion, CheckResult } from './check-question-and-result';
import type { NetFile } from './range/net-change-with-authors';
import type { CheckedChange } from './read-range-and-base';
import { createHash } from 'node:crypto';

/** The files, and what the search for dangers says besides. */
export interface ReadFiles {
  readonly files: readonly ChangedFile[];
  /** See `tierChanges`. */
  readonly changes: CheckResult['changes'];
  readonly switchedOff: readonly SwitchedOff[];
  readonly dependencies: readonly AddedDependency[];
  readonly notices: readonly string[];
}

/** Looks for dangers in the files, and for what CI runs the gate by. Throws a GitError. */
export async function readFiles(
  { plan }: Pick<ChangeQuestion, 'plan'>,
  source: ChangeSource,
  { range, net, decided: { policy } }: CheckedChange,
): Promise<ReadFiles> {
  const noticed = await source.findings(net.files, policy, range.head);
  const runsGate = await filesOfGate(source, net.files, [range.mergeBase, range.head]);
  const changed = net.files.map(({ attribution, unplaced }) =>
    changedFileIn({ ...noticed, runsGate }, attribution, unplaced),
  );
  const planned = withoutSwitchedOff(policy, plan?.findings ?? []);
  const files = plan === undefined ? changed : withPlan(changed, { ...plan, findings: planned.findings });
  return {
    files,
    changes: tierChanges(policy, files, net.files),
    switchedOff: [...noticed.off, ...planned.off],
    dependencies: (noticed.dependencies ?? []).map((one) => ({ ...one, author: authorOf(one, net.files) })),
    notices: noticed.notices,
  };
}

/** Who wrote the line of the new file. */
function authorOf(
  { path, line }: Omit<AddedDependency, 'author'>,
  files: readonly NetFile[],
): AddedDependency['author'] {
  const file = files.find(({ attribution }) => attribution.path === path);
  return file?.attribution.ranges.find(({ start, end }) => start <= line && line <= end)?.author ?? 'unknown';
}

/** Paths of changed files by which CI runs the gate, at one of `commits`. */
async function filesOfGate(
  source: ChangeSource,
  files: readonly NetFile[],
  commits: readonly string[],
): Promise<ReadonlySet<string>> {
  const ci = files.filter((file) => namesOf(file).some(isCiFile));
  const names = files.flatMap(namesOf);
  const called = names.some(mayBeCalledByCi)
    ? await Promise.all(commits.map((commit) => source.ownCiFiles(commit, names)))
    : [];
  const blobs = await source.blobs(ci.flatMap(sidesOf));
  const hasGate = (file: NetFile): boolean =>
    sidesOf(file).some((id) => /linekeeper/i.test(blobs.get(id)?.toString('latin1') ?? ''));
  return new Set(
    [
      ...ci.filter(hasGate),
      ...files.filter((file) => called.some((isOwn) => namesOf(file).some((path) => isOwn(path)))),
    ].map(({ attribution: { path } }) => path),
  );
}

const namesOf = ({ attribution: { path, from } }: NetFile): readonly string[] =>
  from === null ? [path] : [path, from];

const sidesOf = (file: NetFile): readonly string[] => [file.oldId, file.newId].filter((id) => !/^0+$/.test(id));

/** The findings, each with the commit that its line comes from. */
export function withCommits(findings: Decision['findings'], files: readonly NetFile[]): CheckResult['findings'] {
  const byPath = new Map(files.map((file) => [file.attribution.path, file]));
  return findings.map((finding) => ({
    ...finding,
    commit: byPath.get(finding.path)?.commitOf(finding.side, finding.line) ?? null,
  }));
}

/**
 * By the tier's name, `sha256:` and the hash of its files: their names, kinds and contents at the merge base and at the
 * head. Two ranges with the same text make the same change to the same files.
 */
function tierChanges(
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
