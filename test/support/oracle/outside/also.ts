/** What besides `show` must say the same: `blame`, and `status` of what is not committed. */
import type { Examiner, Range } from './examine';
import { linesOf } from './ledger';
import { EMPTY } from './objects';
import type { Kind } from './truth';
import type { World } from './world';

/** What is not committed, against HEAD. */
export function status(examiner: Examiner, world: World): void {
  const { scratch, objects } = world;
  scratch.steps.push({ kind: 'status' });
  const head = scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
  const env = { GIT_INDEX_FILE: `${scratch.home}/index` };
  if (head === '') scratch.run('git', ['read-tree', '--empty'], { env });
  else scratch.run('git', ['read-tree', head], { env });
  scratch.run('git', ['add', '-A'], { env });
  const tree = scratch.run('git', ['write-tree'], { env }).out.trim();
  const { answer } = examiner.asked('worktree', 'status', ['status']);
  if (answer === undefined) return;
  const told = answer as { files: { path: string; ranges: Range[]; removedRanges: Range[] }[] };
  const from = head === '' ? EMPTY : head;
  const change = {
    parent: head === '' ? new Map<string, string>() : objects.files(head),
    files: objects.files(tree),
    past: head === '' ? new Set<string>() : objects.past(head),
    inverse: 'perhaps' as const,
  };
  examiner.lines('worktree', change, objects.diff(from, tree), {
    files: told.files.map((file) => ({ path: file.path, ranges: file.ranges, removed: file.removedRanges })),
  });
}

interface Blamed {
  lines: { line: number; author: Kind; commit: string | null }[];
}

/** `blame` of every file of HEAD says what `show` says of the commit that git names. */
export function blame(examiner: Examiner, world: World): void {
  const { scratch, objects } = world;
  const head = scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
  if (head === '') return;
  for (const [path, text] of [...objects.files(head)].slice(0, 3)) {
    if (path.startsWith('.git') || linesOf(text).length === 0) continue;
    const { answer } = examiner.asked(head, `blame ${path}`, ['blame', 'HEAD', path]);
    if (answer === undefined) continue;
    const told = answer as Blamed;
    const named = [
      ...scratch
        .ask('blame', '-w', '-M', '-C', '--porcelain', 'HEAD', '--', path)
        .matchAll(/^([0-9a-f]{40}) (\d+) (\d+)[^\n]*\n(?:[^\t\n][^\n]*\n)*?(?=\t)/gm),
    ];
    const files = new Map(
      [
        ...scratch
          .ask('blame', '-w', '-M', '-C', '--line-porcelain', 'HEAD', '--', path)
          .matchAll(/^([0-9a-f]{40}) \d+ (\d+)[^\n]*\n(?:[^\t\n][^\n]*\n)*?filename ([^\n]*)\n/gm),
      ].map((found) => [Number(found[2]), found[3] ?? '']),
    );
    for (const [, commit = '', old, at] of named) {
      const show = examiner.shows.get(commit);
      const line = told.lines.find((one) => one.line === Number(at));
      if (show === undefined) continue;
      const range = show.files
        .find((file) => file.path === files.get(Number(at)))
        ?.ranges.find((one) => one.start <= Number(old) && Number(old) <= one.end);
      const truth = range?.author ?? 'unknown';
      if (line?.commit !== commit || line.author !== truth)
        examiner.fault(
          'blame',
          head,
          `${path} ${String(at)}`,
          linesOf(text)[Number(at) - 1] ?? '',
          `${line?.author ?? 'nothing'} ${line?.commit ?? ''}`,
          `${truth} ${commit}`,
        );
    }
  }
}
