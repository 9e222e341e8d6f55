/** Third-party actions: which version runs, and whether it can change by itself. */
import { factAt } from '../../rows/facts';
import { entriesOf, get, named, textAt, type Tree } from '../../tree';
import type { Noticed } from '../../types';
import { stepsOf } from './untrusted';

const OWN = /^(?:actions|github)\//;
const COMMIT = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i;
const MOVING = /^(?:main|master|develop|dev|trunk|latest|HEAD|next|edge|canary|nightly)$/i;

interface Use {
  readonly action: string;
  readonly ref: string;
  readonly tree: Tree;
}

function usesOf(tree: Tree | undefined): readonly Use[] {
  const jobs = entriesOf(get(tree, 'jobs')).map(([, job]) => job);
  const all = [...jobs, ...jobs.flatMap(stepsOf), ...(get(tree, 'runs', 'steps')?.list ?? [])].flatMap((one) => {
    const uses = get(one, 'uses');
    return uses === undefined || uses.text === null || textAt(one, 'uses') === '' ? [] : [uses];
  });
  return all.flatMap((uses): readonly Use[] => {
    const text = (uses.text ?? '').trim();
    if (text.startsWith('./') || text.startsWith('docker://')) {
      const [action = '', ref = ''] = text.split('@');
      return text.startsWith('docker://') ? [{ action: action.replace(/:[^/:]*$/, ''), ref, tree: uses }] : [];
    }
    const [action = '', ref = ''] = text.split('@');
    return [{ action, ref, tree: uses }];
  });
}

const isPinned = (ref: string): boolean => COMMIT.test(ref) || ref.startsWith('sha256:');

/** Step by step: a use is compared with the one whose place it takes, whatever other steps do. */
export function noticePins(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const left = [...usesOf(before)];
  const fresh = usesOf(after).filter((use) => {
    const same = left.findIndex(({ action, ref }) => action === use.action && ref === use.ref);
    if (same !== -1) left.splice(same, 1);
    return same === -1;
  });
  return fresh.flatMap(({ action, ref, tree }): readonly Noticed[] => {
    const at = left.findIndex((one) => one.action === action);
    const [was] = at === -1 ? [] : left.splice(at, 1);
    if (isPinned(ref) || ref.includes('${{')) return [];
    const words = { action: quoted(action), ref: named(ref) };
    if (was !== undefined && isPinned(was.ref))
      return [factAt('action no longer pinned', tree, { ...words, ref: words.ref || 'its tag' })];
    if (action.startsWith('docker://')) return [];
    const moving = MOVING.test(ref) || ref === '';
    if (was !== undefined && !(moving && !MOVING.test(was.ref))) return []; // one tag for another
    return OWN.test(action) && !moving && !action.includes('/.github/workflows/')
      ? []
      : [factAt('action not pinned', tree, { ...words, ref: words.ref || 'its branch' })];
  });
}

const quoted = (action: string): string => `"${named(action)}"`;
