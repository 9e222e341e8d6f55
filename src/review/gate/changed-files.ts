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
} from '../../policy';
import { mayBeCalledByCi } from '../../policy/load';
import type { ChangeSource } from './change-source';
import type { ChangeQuestion, CheckResult } from './check-request';
import type { NetFile } from './range/net-change';
import type { CheckedChange } from './read-change';
import { tierChanges } from './tier-digests';

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
