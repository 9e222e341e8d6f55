/** What a change does to running objects and to the data they keep. */
import { bytesOf } from '../../rule-rows/kubernetes-bytes';
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import { compare, firstDifference, get, isNo, isYes, itemsOf, same, textAt, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { GROUPS, IMMUTABLE, isDatabaseCluster, PRECIOUS } from './object-kinds-and-immutable-fields';
import type { Manifest } from './read-manifests';

const FIXED_FIELD = 'destructive/k8s-immutable: {it} has to be deleted and recreated: {field} of {what} cannot change.';
const VERSION_NOT_SERVED =
  'destructive/k8s-removed: {it} no longer serves {version}: objects of this version cannot be read.';

/** By its name, what it keeps is made again. */
const isCache = (name: string): boolean => /(?:^|[-_.])(?:te?mp|cache)(?:[-_.]|$)/i.test(name);

/** Whether it is a patch of Kustomize that deletes an object which its base brings. */
export const isDeletion = ({ tree }: Manifest): boolean => textAt(tree, '$patch') === 'delete';

/** What goes with an object of a kind that holds data, or that others rest on; undefined for any other. */
function lossOf(kind: string, api: string): string | undefined {
  if (isDatabaseCluster(kind, api)) return 'the database may be deleted';
  const group = GROUPS[kind];
  return Object.hasOwn(PRECIOUS, kind) && (group === undefined || group.test(api)) ? PRECIOUS[kind] : undefined;
}

/** A patch that deletes an object, of which it says only the kind and the name. */
export function noticeDeletion({ kind, label: it, head, tree }: Manifest): readonly Noticed[] {
  const api = textAt(tree, 'apiVersion') ?? '';
  const loss = lossOf(kind, api);
  if (loss !== undefined) return [factAt('destructive/k8s-removed: A patch deletes {it}: {loss}.', head, { it, loss })];
  if (/^Application(?:Set)?$/.test(kind) && api.startsWith('argoproj.io/'))
    return [
      factAt('destructive/k8s-removed (medium): A patch deletes {it}: its deployments may be deleted with it.', head, {
        it,
      }),
    ];
  return [];
}

/** An object that is removed from the manifests. */
export function noticeRemoved(old: Manifest): readonly Noticed[] {
  if (isDeletion(old)) return [];
  const api = textAt(old.tree, 'apiVersion') ?? '';
  // the cluster refuses one without a specification: it is part of a patch
  if (old.kind === 'CustomResourceDefinition' && get(old.tree, 'spec') === undefined) return [];
  if (old.kind === 'PersistentVolumeClaim' && isCache(textAt(old.tree, 'metadata', 'name') ?? '')) return [];
  if (old.kind === 'NetworkPolicy')
    return [
      factWas('permissions/net-open: {it} leaves the manifests: traffic that it kept out is let in.', old.head, {
        it: old.label,
      }),
    ];
  const loss = deletesWhatItMade(old, api) ? 'all that it deployed is deleted' : lossOf(old.kind, api);
  if (loss === undefined) return [];
  return [factWas('destructive/k8s-removed: {it} leaves the manifests: {loss}.', old.head, { it: old.label, loss })];
}

/** Argo CD and Flux delete what such an object deployed, where it says so. */
function deletesWhatItMade({ kind, tree }: Manifest, api: string): boolean {
  if (api.startsWith('argoproj.io/') && kind === 'Application')
    return itemsOf(get(tree, 'metadata', 'finalizers')).some(
      ({ text }) => text?.startsWith('resources-finalizer.') === true,
    );
  if (api.startsWith('argoproj.io/') && kind === 'ApplicationSet')
    return !isYes(get(tree, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion'));
  return (
    api.startsWith('kustomize.toolkit.fluxcd.io/') && kind === 'Kustomization' && isYes(get(tree, 'spec', 'prune'))
  );
}

/** An object that is on both sides. */
export function noticeChanged(old: Manifest, now: Manifest): readonly Noticed[] {
  const found: Noticed[] = [...immutable(old, now), ...claims(old, now), ...versions(old, now)];
  const subject = { it: now.label, type: now.kind };
  compare(old.tree, now.tree, (pair) => found.push(...noticeSetting('kubernetes-update', pair, subject)));
  return found;
}

const IMMUTABLE_TOO: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'a claim',
  StatefulSet: 'a StatefulSet',
};

function immutable(old: Manifest, now: Manifest): readonly Noticed[] {
  const paths = Object.hasOwn(IMMUTABLE, now.kind) ? (IMMUTABLE[now.kind] ?? []) : [];
  return paths.flatMap((path): readonly Noticed[] => {
    const [before, after] = [get(old.tree, ...path), get(now.tree, ...path)];
    const field = path.filter((step) => step !== 'spec').join('.');
    if (before === undefined || same(before, after) || isFilledAnew(before, after)) return [];
    const words = { it: now.label, field, what: IMMUTABLE_TOO[now.kind] ?? `a ${now.kind}` };
    if (after === undefined)
      return field === 'selector' || field === 'volumeClaimTemplates' || field === 'storageClassName'
        ? [factWas(FIXED_FIELD, before, words)]
        : [];
    if (field === 'volumeClaimTemplates' && sizeOnly(before, after))
      return shrinks(before, after, (at) => factAt(FIXED_FIELD, at, words));
    const { line, side } = firstDifference(before, after);
    return [(side === 'old' ? factWas : factAt)(FIXED_FIELD, { line }, words)];
  });
}

/**
 * Only expressions of the template change, or take the place of a value: what they give stays as far as anybody can tell
 * here. The kind of a claim is what the cluster writes there by itself.
 */
function isFilledAnew(before: Tree, after: Tree | undefined): boolean {
  let others = false;
  compare(before, after, ({ key, before: oldValue, after: newValue }) => {
    if ((oldValue?.text ?? null) === (newValue?.text ?? null)) return;
    if (oldValue === undefined && (key === 'apiVersion' || key === 'kind')) return;
    // `{{ … }}` alone is a map to a reader of YAML
    const isFilled = newValue?.text?.startsWith(FILLED) ?? (newValue?.map?.size === 0 && oldValue?.text !== null);
    if (oldValue === undefined || !isFilled) others = true;
  });
  return !others;
}
const FILLED = 'tpl_';

/** A larger size in a template is refused as well, but many tools grow claims that way. */
function sizeOnly(before: Tree, after: Tree): boolean {
  let others = false;
  compare(before, after, ({ path, before: oldValue, after: newValue }) => {
    if (
      (oldValue?.text ?? null) !== (newValue?.text ?? null) &&
      !path.includes('resources') &&
      !path.includes('labels') &&
      !path.includes('annotations')
    )
      others = true;
  });
  return !others;
}

function shrinks(before: Tree | undefined, after: Tree | undefined, report: (at: Tree) => Noticed): readonly Noticed[] {
  const found: Noticed[] = [];
  compare(before, after, ({ key, path, before: oldValue, after: newValue }) => {
    if (
      key === 'storage' &&
      path.includes('requests') &&
      newValue !== undefined &&
      (bytesOf(newValue.text) ?? 0) < (bytesOf(oldValue?.text ?? null) ?? 0)
    )
      found.push(report(newValue));
  });
  return found;
}

function claims(old: Manifest, now: Manifest): readonly Noticed[] {
  if (now.kind !== 'PersistentVolumeClaim') return [];
  return shrinks(get(old.tree, 'spec', 'resources'), get(now.tree, 'spec', 'resources'), (at) =>
    factAt('destructive/k8s-immutable: {it} has to be deleted and recreated: a claim cannot shrink.', at, {
      it: now.label,
    }),
  );
}

/** Versions of a custom resource that are no longer served. */
function versions(old: Manifest, now: Manifest): readonly Noticed[] {
  if (now.kind !== 'CustomResourceDefinition') return [];
  const newVersions = new Map(
    itemsOf(get(now.tree, 'spec', 'versions')).map((version) => [textAt(version, 'name') ?? '', version]),
  );
  if (newVersions.size === 0) return [];
  return itemsOf(get(old.tree, 'spec', 'versions')).flatMap((version): readonly Noticed[] => {
    const name = textAt(version, 'name') ?? '';
    const words = { it: now.label, version: name };
    const still = newVersions.get(name);
    if (still === undefined) return [factWas(VERSION_NOT_SERVED, version, words)];
    return isYes(get(version, 'served')) && isNo(get(still, 'served'))
      ? [factAt(VERSION_NOT_SERVED, get(still, 'served') ?? still, words)]
      : [];
  });
}
