/** Kubernetes manifests, and what identifies an object. */
import { get, itemsOf, named, sidesOf, textAt, type Tree } from '../../yaml-and-json';
import type { Change } from '../../types';

export interface Manifest {
  readonly kind: string;
  readonly name: string;
  /** Kind, namespace and name: how the cluster identifies an object. The API version is not part of it. */
  readonly id: string;
  /** For messages, such as `Deployment api`. */
  readonly label: string;
  readonly tree: Tree;
  /** The line of `kind`, for findings about the whole. */
  readonly head: Tree;
}

/** An object that is on one side or both. */
export interface Versions {
  readonly path: string;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
}

/** Cheap: whether a text may hold manifests. */
export const looksLikeManifests = (text: string | null): boolean =>
  text !== null &&
  /^[ \t]*apiVersion\s*:|"apiVersion"\s*:|\{\s*apiVersion\s*:/m.test(text) &&
  /^[ \t]*(?:- )?kind\s*:|"kind"\s*:|\bkind\s*:/m.test(text);

function manifestsIn(trees: readonly Tree[]): readonly Manifest[] {
  return trees.flatMap((tree): readonly Manifest[] => {
    const kind = textAt(tree, 'kind');
    const head = get(tree, 'kind');
    if (kind === undefined || head === undefined || textAt(tree, 'apiVersion') === undefined) return [];
    if (kind.endsWith('List') && tree.map?.has('items') === true) return manifestsIn(itemsOf(get(tree, 'items')));
    const name = textAt(tree, 'metadata', 'name') ?? textAt(tree, 'metadata', 'generateName') ?? '';
    return [
      {
        kind,
        name,
        id: `${kind}\n${textAt(tree, 'metadata', 'namespace') ?? ''}\n${name}`,
        label: `${kind} ${named(name)}`.trim(),
        tree,
        head,
      },
    ];
  });
}

/** The objects of all files, matched across them: one that moves to another file is the same object. */
export function versionsIn(changes: readonly Change[]): readonly Versions[] {
  const old = new Map<string, { readonly path: string; readonly manifest: Manifest }[]>();
  const present: { readonly path: string; readonly manifest: Manifest }[] = [];
  for (const change of changes) {
    const sides = sidesOf(change);
    if (sides === null) continue;
    for (const manifest of manifestsIn(sides.before)) {
      const same = old.get(manifest.id) ?? [];
      same.push({ path: change.path, manifest });
      old.set(manifest.id, same);
    }
    present.push(...manifestsIn(sides.after).map((manifest) => ({ path: change.path, manifest })));
  }
  const partners = new Map<Manifest, Manifest>();
  for (const anywhere of [false, true]) {
    for (const { path, manifest } of present) {
      const same = old.get(manifest.id) ?? [];
      const index = partners.has(manifest) ? -1 : same.findIndex((one) => anywhere || one.path === path);
      const [partner] = index === -1 ? [] : same.splice(index, 1);
      if (partner !== undefined) partners.set(manifest, partner.manifest);
    }
  }
  // the namespace is written into the manifest now, or no longer: the cluster has the same object
  for (const { path, manifest } of present) {
    for (const same of old.values()) {
      if (partners.has(manifest)) break;
      const index = same.findIndex(
        (placed) =>
          placed.path === path &&
          placed.manifest.kind === manifest.kind &&
          placed.manifest.name === manifest.name &&
          [placed.manifest, manifest].some(({ tree }) => isOpen(textAt(tree, 'metadata', 'namespace'))),
      );
      const [partner] = index === -1 ? [] : same.splice(index, 1);
      if (partner !== undefined) partners.set(manifest, partner.manifest);
    }
  }
  // whatever it is called, a policy keeps out what its own words say
  for (const { path, manifest } of present) {
    if (partners.has(manifest) || !(isNamedLater(manifest) || manifest.kind === 'NetworkPolicy')) continue;
    for (const same of old.values()) {
      const index = same.findIndex((one) => one.path === path && one.manifest.kind === manifest.kind);
      const [partner] = index === -1 ? [] : same.splice(index, 1);
      if (partner !== undefined) partners.set(manifest, partner.manifest);
    }
  }
  return [
    ...present.map(({ path, manifest }): Versions => ({ path, before: partners.get(manifest), after: manifest })),
    ...[...old.values()].flat().map(({ path, manifest }): Versions => ({ path, before: manifest, after: undefined })),
  ];
}

/** Whether whoever applies a manifest says the namespace: it has none, or that of a template. */
const isOpen = (namespace: string | undefined): boolean => namespace === undefined || namespace.startsWith('tpl_');

/** A kustomization gives this namespace its name: what stands there is no name of one. */
const isNamedLater = ({ kind, name }: Manifest): boolean =>
  kind === 'Namespace' && /^(?:_+|not-?used|placeholder|unused)$/i.test(name);
