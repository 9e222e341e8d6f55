/** What the danger rules find in what was deployed, and in the commits that it comes from. */
import { findInBlobs } from '../../policy/findings';
import { diffTrees, isZero, type Commit, type DiffFile } from '../../git';
import type { Finding } from '../../policy';
import { loadPolicy } from '../../policy/load';
import type { Changes, Search } from './suspect-search-types';
import type { Add } from './weigh-reasons';

const FINDINGS_OF = 300;

/**
 * What came and went again within the window is left out; and looking through each commit whole would take minutes.
 * Throws a GitError.
 */
export async function byDangers(
  { repository, lastGood, deployed }: Search,
  changes: Changes,
  commits: ReadonlyMap<string, Commit>,
  add: Add,
): Promise<void> {
  const { policy } = await loadPolicy(repository);
  const oldest = [...commits.values()].at(-1);
  // What the first commit of all brought was no change of anything: the dangers are in what came after it.
  const from = lastGood ?? oldest?.parents[0] ?? oldest?.id;
  if (from === undefined || changes.size === 0) return;
  const dangers = async (files: readonly DiffFile[]): Promise<readonly Finding[]> => {
    const looked = files
      .filter(({ oldId, newId, hunks }) => hunks.length > 0 && !(isZero(oldId) && isZero(newId)))
      .map(({ path, from: was, oldId, newId }) => ({ path, from: was, oldId, newId }));
    const { findings } = await findInBlobs(repository, looked, policy).catch(() => ({
      findings: [] as readonly Finding[],
    }));
    return findings.filter(
      ({ class: kind, severity }) => kind === 'destructive' && (severity === 'critical' || severity === 'high'),
    );
  };
  const net = await dangers(await diffTrees(repository, from, deployed));
  const paths = new Set(net.map(({ path }) => path));
  let budget = FINDINGS_OF;
  for (const [commit, changed] of changes) {
    const files = changed.filter(({ path }) => paths.has(path));
    if (files.length === 0 || budget-- <= 0) continue;
    for (const { rule, path, line, message } of await dangers(files))
      if (net.some((one) => one.rule === rule && one.path === path))
        add(commit, 'destructive', `${message} (${rule}, ${path}:${String(line)})`);
  }
}

const ADDRESS = /\b[a-z][a-z0-9]*_([a-z0-9_]+)\.([\w-]+)/g;

/**
 * Whether a text is about a resource that a message names: by its kind, as clouds spell it ("DBInstance" of
 * `aws_db_instance`), and its name.
 */
export function isNamed(message: string, text: string): boolean {
  const words = new Set(text.toLowerCase().match(/[a-z0-9_]+/g));
  const spelled = text.toLowerCase().replaceAll(/[_ -]/g, '');
  return [...message.matchAll(ADDRESS)].some(
    ([, kind = '', name = '']) =>
      kind.length > 5 && spelled.includes(kind.replaceAll('_', '')) && words.has(name.toLowerCase()),
  );
}
