/** Kubernetes manifests, including those in chart templates, with Argo CD and Flux. */
import { asLow } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import { compare, entriesOf, get, textAt, type Tree } from '../../yaml-and-json';
import type { Change, Noticed, NoticedIn, AnalyzerOfChanges } from '../../types';
import { noticeAccess } from './rbac-exposure-and-secret-values';
import { isDeletion, noticeChanged, noticeDeletion, noticeRemoved } from './removed-and-changed-objects';
import { looksLikeManifests, versionsIn, type Manifest, type Versions } from './read-manifests';

export const kubernetes: AnalyzerOfChanges = {
  id: 'kubernetes',
  concerns: ({ path, before, after }) =>
    /\.(?:ya?ml|json|tpl|j2)$/i.test(path) && (looksLikeManifests(before) || looksLikeManifests(after)),
  noticeAll: (changes): readonly NoticedIn[] => {
    const all = versionsIn(changes);
    return all.flatMap((versions) =>
      isGuardOfGone(versions, changes) || goesWithWorkload(versions, all)
        ? []
        : notice(versions).map((noticed) => ({ ...noticed, path: versions.path })),
    );
  },
};

/** A budget that is removed with the workload whose pods it counts. */
function goesWithWorkload({ path, before, after }: Versions, all: readonly Versions[]): boolean {
  if (before?.kind !== 'PodDisruptionBudget' || after !== undefined) return false;
  const counted = entriesOf(get(before.tree, 'spec', 'selector', 'matchLabels'));
  const isCounted = (labels: Tree | undefined): boolean =>
    counted.length > 0 && counted.every(([key, { text }]) => textAt(labels, key) === text);
  return all.some(
    (versions) =>
      versions.path === path &&
      versions.after === undefined &&
      [['spec'], ['spec', 'jobTemplate', 'spec']].some((steps) =>
        isCounted(get(versions.before?.tree, ...steps, 'template', 'metadata', 'labels')),
      ),
  );
}

/** With a whole chart leaves whom its policy guarded. */
function isGuardOfGone({ path, before, after }: Versions, changes: readonly Change[]): boolean {
  const templates = /^(?:.*\/)?templates\//.exec(path)?.[0];
  if (before?.kind !== 'NetworkPolicy' || after !== undefined || templates === undefined) return false;
  const beside = changes.filter((one) => one.path.startsWith(templates));
  return beside.every((one) => one.after === null) && beside.some((one) => RUNS.test(one.before ?? ''));
}
const RUNS = /^\s*kind:\s*["']?(?:Deployment|StatefulSet|DaemonSet|CronJob|Job|Pod)\b/m;

function notice({ path, before, after }: Versions): readonly Noticed[] {
  if (after === undefined) {
    const found = before === undefined ? [] : noticeRemoved(before);
    // the Operator Lifecycle Manager's bundle is made from manifests that the operator keeps
    return /(?:^|\/)bundle\/manifests\//.test(path) ? found.map(asLow) : found;
  }
  if (isDeletion(after)) return before !== undefined && isDeletion(before) ? [] : noticeDeletion(after);
  return [
    ...(before === undefined ? [] : noticeChanged(before, after)),
    ...noticeAccess(before, after),
    ...privileges(path, before, after),
  ];
}

/** Kinds that legitimately name a directory of the host. */
const OF_THE_HOST = new Set(['PersistentVolume', 'CustomResourceDefinition', 'ConfigMap', 'Secret']);

function privileges(path: string, before: Manifest | undefined, after: Manifest): readonly Noticed[] {
  if (OF_THE_HOST.has(after.kind)) return [];
  const found: Noticed[] = [];
  const chart = /(?:^|\/)([\w-]+)\/templates\//.exec(path)?.[1] ?? '';
  const subject = { it: after.label, type: after.kind, words: { chart } };
  compare(before?.tree, after.tree, (pair) => found.push(...noticeSetting('kubernetes', pair, subject)));
  return found;
}
