/** Compose files: database volumes, rights on the host, ports. */
import { sensitivePort } from '../../sensitive-ports-and-world-cidrs';
import { factAt, factOn, factWas } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import {
  compare,
  entriesOf,
  get,
  itemsOf,
  named,
  same,
  sidesOf,
  textAt,
  type Pair,
  type Tree,
} from '../../yaml-and-json';
import type { Noticed, NoticedIn, AnalyzerOfChanges } from '../../types';
import { hasData, mountsOf, type Mount } from './mounts';

export const compose: AnalyzerOfChanges = {
  id: 'compose',
  concerns: ({ path, before, after }) =>
    /\.ya?ml$/i.test(path) &&
    (/(?:^|\/)(?:docker-)?(?:compose|stack)[^/]*\.ya?ml$/i.test(path) || /(?:^|\/)docker-compose/.test(path)) &&
    /^services\s*:/m.test(`${before ?? ''}\n${after ?? ''}`),
  noticeAll: (changes): readonly NoticedIn[] => {
    const files = changes.flatMap((change) => {
      const sides = sidesOf(change);
      return sides === null ? [] : [{ change, old: sides.before[0], now: sides.after[0] }];
    });
    const everywhere = new Set(
      files.flatMap(({ old, now }) =>
        entriesOf(get(now, 'services')).flatMap(([name]) => (get(old, 'services', name) === undefined ? [name] : [])),
      ),
    );
    return files.flatMap(({ change, old, now }) =>
      notice(old, now, everywhere, change.before === null).map((noticed) => ({ ...noticed, path: change.path })),
    );
  },
};

function notice(
  old: Tree | undefined,
  newService: Tree | undefined,
  moved: ReadonlySet<string>,
  fresh: boolean,
): readonly Noticed[] {
  const found: Noticed[] = [];
  const volumes = get(newService, 'volumes');
  for (const [name, before] of entriesOf(get(old, 'services'))) {
    const after = get(newService, 'services', name);
    if (after !== undefined) found.push(...lost(name, before, after, newService));
    else if (!moved.has(name)) found.push(...serviceGone(name, before, newService));
  }
  for (const [name, after] of entriesOf(get(newService, 'services'))) {
    const before = get(old, 'services', name);
    if (!same(before, after))
      found.push(
        ...rights(name, before, after),
        ...settings(name, before, after),
        ...(fresh || before === undefined ? [] : ports(name, before, after)),
      );
  }
  for (const [name, before] of entriesOf(get(old, 'volumes'))) {
    const after = get(volumes, name);
    const [oldName, newName] = [get(before, 'name'), get(after, 'name')];
    if (after !== undefined && oldName !== undefined && newName?.text !== oldName.text)
      found.push(
        factOn(
          'destructive/container-volumes: The volume {name} gets another name: its services start with an empty one.',
          oldName,
          newName,
          { name: named(name) },
        ),
      );
  }
  return found;
}

/** Where a variable alone says where the data is: under another name it can say the same. */
const isVariable = (source: string): boolean => /^\$\{?\w+\}?$/.test(source);

/** A database whose volume is no longer mounted or has been replaced by another. */
function lost(service: string, before: Tree, after: Tree, newTree: Tree | undefined): readonly Noticed[] {
  const newMounts = mountsOf(after);
  return mountsOf(before).flatMap((mount): readonly Noticed[] => {
    if (!hasData(textAt(before, 'image') ?? service, mount)) return [];
    const [still] = newMounts
      .filter(
        ({ target, kind }) => kind !== 'tmpfs' && (mount.target === target || mount.target.startsWith(`${target}/`)),
      )
      // the innermost is what the service sees there; two in one place were so before, too
      .sort(
        (one, other) =>
          other.target.length - one.target.length ||
          Number(other.source === mount.source) - Number(one.source === mount.source),
      );
    if (still !== undefined && (still.source === mount.source || sameFolder(still, mount))) return [];
    if (
      still === undefined &&
      newMounts.some(({ source, kind }) => source === mount.source && source !== '' && kind !== 'tmpfs')
    )
      return []; // the same volume, mounted elsewhere
    if (still === undefined && isUsedBy(newTree, mount.source)) return []; // what the service did, another does
    const place = newMounts.find(({ target }) => target === mount.target);
    const words = { service: named(service), source: named(mount.source) || 'with its data' };
    if (place !== undefined && place.kind !== 'tmpfs' && isVariable(mount.source) && isVariable(place.source))
      return [
        factAt(
          'destructive/container-volumes (medium): Service {service} gets its volume by another variable than {source}: where nobody sets it to the same folder, it starts with an empty one.',
          place.tree,
          words,
          { cause: 'variable' },
        ),
      ];
    if (place !== undefined)
      return [
        factAt(
          place.kind === 'tmpfs'
            ? 'destructive/container-volumes: Service {service} loses its volume {source}: its data is in memory and goes with it.'
            : 'destructive/container-volumes: Service {service} loses its volume {source}: it starts with an empty one.',
          place.tree,
          words,
        ),
      ];
    const rest = get(newTree, 'volumes', mount.source) === undefined ? '' : ', which no longer sees the volume';
    return [
      factWas(
        'destructive/container-volumes: Service {service} loses its volume {source}: its data goes with the container{rest}.',
        mount.tree,
        { ...words, rest },
      ),
    ];
  });
}

const isUsedBy = (file: Tree | undefined, source: string): boolean =>
  source !== '' &&
  entriesOf(get(file, 'services')).some(([, service]) =>
    mountsOf(service).some((mount) => mount.kind !== 'tmpfs' && mount.source === source),
  );

const sameFolder = (one: Mount, other: Mount): boolean =>
  one.source.replace(/^\.\/|\/+$/g, '') === other.source.replace(/^\.\/|\/+$/g, '');

function serviceGone(name: string, before: Tree, now: Tree | undefined): readonly Noticed[] {
  if (now === undefined) return [];
  const mount = mountsOf(before).find((one) => one.kind === 'volume' && hasData(textAt(before, 'image') ?? name, one));
  if (mount === undefined || isUsedBy(now, mount.source) || get(now, 'volumes', mount.source) !== undefined) return [];
  return [
    factWas(
      'destructive/container-volumes: Service {service} leaves with its volume {source}: nothing keeps the data.',
      before,
      { service: named(name), source: named(mount.source) },
    ),
  ];
}

const HOST_PATHS =
  /^(?:\/|\/(?:etc|root|home|boot|dev|proc|sys|usr|var|var\/run|run|var\/lib|var\/lib\/docker|lib|bin|sbin|opt)\/?|~\/?|\$HOME\/?|\$\{HOME\}\/?)$/;

/** What the service may do to its host. */
function rights(name: string, before: Tree | undefined, after: Tree): readonly Noticed[] {
  const found: Noticed[] = [];
  const it = `Service ${named(name)}`;
  compare(before, after, (pair) => {
    if (pair.key !== 'environment' && pair.within?.key !== 'environment')
      found.push(...noticeSetting('compose', pair, { it }));
  });
  const known = new Set(mountsOf(before).map(({ source, target }) => `${source}\n${target}`));
  for (const { source, target, tree } of mountsOf(after)) {
    if (known.has(`${source}\n${target}`)) continue;
    const path = named(source);
    if (/\/(?:docker|containerd|crio|podman)(?:\/\w+)?\.sock$/.test(source))
      found.push(
        factAt(
          'permissions/container-root: {it} can start any container on its host: it has the socket {path}.',
          tree,
          { it, path },
        ),
      );
    else if (HOST_PATHS.test(source))
      found.push(factAt('permissions/container-root: {it} sees {path} of its host.', tree, { it, path }));
  }
  return found;
}

/** Settings of its image that let everybody in. */
function settings(name: string, before: Tree | undefined, after: Tree): readonly Noticed[] {
  if (before === undefined) return []; // the initial set-up is its author's choice
  const environment = get(after, 'environment');
  if (environment === undefined) return [];
  const within: Pair = { key: 'environment', path: ['environment'], before, after: environment, within: undefined };
  const had = new Map(environmentOf(before).map(([key, value, tree]) => [key, textOf(tree, value)]));
  return environmentOf(after).flatMap(([key, value, tree]) =>
    noticeSetting(
      'compose',
      { key, path: ['environment', key], before: had.get(key), after: textOf(tree, value), within },
      { it: `Service ${named(name)}` },
    ),
  );
}

const textOf = (tree: Tree, text: string): Tree => ({ ...tree, text, map: null, list: null });

function environmentOf(service: Tree | undefined): readonly (readonly [string, string, Tree])[] {
  const environment = get(service, 'environment');
  if (environment?.list)
    return environment.list.map(
      (item) => [(item.text ?? '').split('=')[0] ?? '', (item.text ?? '').replace(/^[^=]*=/, ''), item] as const,
    );
  return entriesOf(environment).map(([key, value]) => [key, value.text ?? '', value] as const);
}

/** Ports of data stores that used to be local to this machine, or not published at all. */
function ports(name: string, before: Tree, after: Tree): readonly Noticed[] {
  const had = new Set(
    itemsOf(get(before, 'ports'))
      .map(portOf)
      .filter((one) => one?.open === true)
      .map((one) => one?.inside),
  );
  const opened = itemsOf(get(after, 'ports')).find((item) => {
    const port = portOf(item);
    return port?.open === true && sensitivePort(port.inside) !== undefined && !had.has(port.inside);
  });
  const inside = opened === undefined ? undefined : portOf(opened)?.inside;
  if (opened === undefined || inside === undefined) return [];
  return [
    factAt('permissions/net-open: {what} of {it} can be reached from other machines (port {port}).', opened, {
      what: sensitivePort(inside) ?? '',
      it: named(name),
      port: String(inside),
    }),
  ];
}

function portOf(item: Tree): { readonly inside: number; readonly open: boolean } | undefined {
  if (item.map !== null)
    return {
      inside: Number(textAt(item, 'target')),
      open: textAt(item, 'published') !== undefined && !/^(?:127\.|::1|localhost)/.test(textAt(item, 'host_ip') ?? ''),
    };
  const parts = (item.text ?? '')
    .replace(/\/\w+$/, '')
    .replace(/\$\{[^}:]*:?-?([^}]*)\}/g, '$1')
    .split(':');
  const inside = Number((parts.at(-1) ?? '').split('-')[0]);
  if (!Number.isInteger(inside)) return undefined;
  return {
    inside,
    open: parts.length > 1 && !/^(?:127\.|\[?::1|localhost)/.test(parts.length > 2 ? (item.text ?? '') : ''),
  };
}
