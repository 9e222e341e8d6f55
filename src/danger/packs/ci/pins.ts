/** Third-party actions: which version runs, and whether it can change by itself. */
import { entriesOf, get, named, on, textAt, type Tree } from '../../tree';
import type { Noticed } from '../../types';
import { stepsOf } from './untrusted';

const RULE = 'permissions/ci-unpinned';
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

export function noticePins(before: Tree | undefined, after: Tree): readonly Noticed[] {
  const old = usesOf(before);
  return usesOf(after).flatMap(({ action, ref, tree }): readonly Noticed[] => {
    if (COMMIT.test(ref) || ref.startsWith('sha256:') || ref.includes('${{')) return [];
    const was = old.filter((one) => one.action === action);
    if (was.some((one) => one.ref === ref)) return [];
    if (was.some((one) => COMMIT.test(one.ref) || one.ref.startsWith('sha256:')))
      return [
        on(
          RULE,
          tree,
          `${quoted(action)} is no longer pinned to a commit: whoever can move ${named(ref) || 'its tag'} runs code here.`,
        ),
      ];
    if (action.startsWith('docker://')) return [];
    const moving = MOVING.test(ref) || ref === '';
    if (was.length > 0 && !(moving && was.some((one) => !MOVING.test(one.ref)))) return []; // one tag for another
    if (action.includes('/.github/workflows/') ? false : OWN.test(action) ? moving : true)
      return [
        on(
          RULE,
          tree,
          `${quoted(action)} is not pinned to a commit: whoever can move ${named(ref) || 'its branch'} runs code here.`,
        ),
      ];
    return [];
  });
}

const quoted = (action: string): string => `"${named(action)}"`;
