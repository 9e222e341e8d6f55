/** How many lines of files are whose, as the record says. */
import assert from 'node:assert/strict';
import { statusOf } from '../../../src/commits';
import { Repository } from '../../../src/git';
import type { Workspace } from '../host';

export interface Count {
  readonly human: number;
  readonly unknown: number;
  readonly ai: number;
}

/** Of the lines that are added or removed in files. */
export async function countOf(workspace: Workspace, paths: readonly string[]): Promise<Count> {
  const repository = Repository.find(workspace.root);
  assert.ok(repository);
  const { files } = await statusOf(repository, Date.now);
  const count = { human: 0, unknown: 0, ai: 0 };
  for (const file of files) {
    if (!paths.includes(file.path)) continue;
    for (const range of [...file.ranges, ...file.removed]) count[range.author] += range.end - range.start + 1;
  }
  return count;
}

export const sumOf = (counts: readonly Count[]): Count =>
  counts.reduce(
    (sum, one) => ({ human: sum.human + one.human, unknown: sum.unknown + one.unknown, ai: sum.ai + one.ai }),
    { human: 0, unknown: 0, ai: 0 },
  );

export const total = ({ human, unknown, ai }: Count): number => human + unknown + ai;
