/** Clones that have handed their notes to each other, both at once, say the same of every commit that both have. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Examiner, Range, Shown } from './examine';
import { CLI } from './scratch';
import type { World } from './world';

/** Who is told for each line, in one word. */
const told = ({ files }: Shown): string => {
  const of = (sign: string, ranges: Range[]) =>
    ranges.flatMap(({ start, end, author, assistant, session }) =>
      Array.from(
        { length: end - start + 1 },
        (_, at) => `${sign}${String(start + at)} ${author} ${assistant ?? ''} ${session ?? ''}`,
      ),
    );
  return files
    .map((file) => `${file.path}: ${[...of('+', file.ranges), ...of('-', file.removed)].join(', ')}`)
    .join('; ');
};

export function agree(examiner: Examiner, world: World): void {
  const { scratch } = world;
  const clones = ['repo', 'mate'].map((name) => join(scratch.home, name));
  if (!clones.every((dir) => existsSync(dir))) return;
  const each = (words: string) =>
    clones.map((dir) => `'${process.execPath}' '${CLI}' ${words} origin --repo '${dir}' & p=$!;`);
  const [one = '', other = ''] = each('notes push');
  const pushed = scratch.run('sh', ['-c', `${one} q=$p; ${other} wait $q && wait $p`]);
  if (pushed.code !== 0) examiner.fault('failed', 'HEAD', 'notes push', '', pushed.err, 'silence');
  for (const dir of clones) scratch.run(process.execPath, [CLI, 'notes', 'fetch', 'origin', '--repo', dir]);
  const has = clones.map(
    (dir) =>
      new Set(scratch.run('git', ['rev-list', '--all'], { dir, env: scratch.plain }).out.split('\n').filter(Boolean)),
  );
  for (const sha of [...(has[0] ?? [])].filter((id) => examiner.shows.has(id) && has[1]?.has(id) === true)) {
    const [here, there] = clones.map((dir) =>
      told(JSON.parse(scratch.run(process.execPath, [CLI, 'show', sha, '--json', '--repo', dir]).out) as Shown),
    );
    if (here !== there) examiner.fault('clones', sha, 'show', '', there ?? '', here ?? '');
  }
}
