/** Compose files: database volumes, rights on the host, ports. */
import { sensitivePort } from '../../net/ports';
import { entriesOf, get, gone, isYes, itemsOf, named, on, same, sidesOf, textAt, textsOf, type Tree } from '../../tree';
import type { Noticed, NoticedIn, PackOfChanges } from '../../types';
import { hasData, mountsOf, type Mount } from './mounts';

export const compose: PackOfChanges = {
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
  now: Tree | undefined,
  moved: ReadonlySet<string>,
  fresh: boolean,
): readonly Noticed[] {
  const found: Noticed[] = [];
  const volumes = get(now, 'volumes');
  for (const [name, before] of entriesOf(get(old, 'services'))) {
    const after = get(now, 'services', name);
    if (after !== undefined) found.push(...lost(name, before, after, volumes));
    else if (!moved.has(name)) found.push(...serviceGone(name, before, now));
  }
  for (const [name, after] of entriesOf(get(now, 'services'))) {
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
    const [was, is] = [get(before, 'name'), get(after, 'name')];
    if (after !== undefined && was !== undefined && is?.text !== was.text)
      found.push(
        is === undefined
          ? gone(
              'destructive/container-volumes',
              was,
              `The volume ${named(name)} gets another name: its services start with an empty one.`,
            )
          : on(
              'destructive/container-volumes',
              is,
              `The volume ${named(name)} gets another name: its services start with an empty one.`,
            ),
      );
  }
  return found;
}

/** A database whose volume is no longer mounted or has been replaced by another. */
function lost(service: string, before: Tree, after: Tree, volumes: Tree | undefined): readonly Noticed[] {
  const left = mountsOf(after);
  return mountsOf(before).flatMap((mount): readonly Noticed[] => {
    if (!hasData(textAt(before, 'image') ?? service, mount)) return [];
    const still = left.find(
      ({ target, kind }) => kind !== 'tmpfs' && (mount.target === target || mount.target.startsWith(`${target}/`)),
    );
    if (still !== undefined && (still.source === mount.source || sameFolder(still, mount))) return [];
    if (
      still === undefined &&
      left.some(({ source, kind }) => source === mount.source && source !== '' && kind !== 'tmpfs')
    )
      return []; // the same volume, mounted elsewhere
    const place = left.find(({ target }) => target === mount.target);
    const what = `Service ${named(service)} loses its volume ${named(mount.source) || 'with its data'}`;
    if (place !== undefined)
      return [
        on(
          'destructive/container-volumes',
          place.tree,
          `${what}: ${place.kind === 'tmpfs' ? 'its data is in memory and goes with it' : 'it starts with an empty one'}.`,
        ),
      ];
    return [
      gone(
        'destructive/container-volumes',
        mount.tree,
        `${what}: its data goes with the container${get(volumes, mount.source) === undefined ? '' : ', which no longer sees the volume'}.`,
      ),
    ];
  });
}

const sameFolder = (one: Mount, other: Mount): boolean =>
  one.source.replace(/^\.\/|\/+$/g, '') === other.source.replace(/^\.\/|\/+$/g, '');

function serviceGone(name: string, before: Tree, now: Tree | undefined): readonly Noticed[] {
  if (now === undefined) return [];
  const mount = mountsOf(before).find((one) => one.kind === 'volume' && hasData(textAt(before, 'image') ?? name, one));
  const used = entriesOf(get(now, 'services')).some(([, service]) =>
    mountsOf(service).some(({ source }) => source === mount?.source),
  );
  return mount === undefined || used || get(now, 'volumes', mount.source) !== undefined
    ? []
    : [
        gone(
          'destructive/container-volumes',
          before,
          `Service ${named(name)} leaves with its volume ${named(mount.source)}: nothing keeps the data.`,
        ),
      ];
}

const HOST_PATHS =
  /^(?:\/|\/(?:etc|root|home|boot|dev|proc|sys|usr|var|var\/run|run|var\/lib|var\/lib\/docker|lib|bin|sbin|opt)\/?|~\/?|\$HOME\/?|\$\{HOME\}\/?)$/;
const RULE = 'permissions/container-root';

function rights(name: string, before: Tree | undefined, after: Tree): readonly Noticed[] {
  const found: Noticed[] = [];
  const service = `Service ${named(name)}`;
  const privileged = get(after, 'privileged');
  if (privileged !== undefined && isYes(privileged) && !isYes(get(before, 'privileged')))
    found.push(on(RULE, privileged, `${service} gets all rights on its host (privileged).`));
  for (const key of ['network_mode', 'pid', 'ipc', 'userns_mode', 'uts', 'cgroup']) {
    const now = get(after, key);
    if (now?.text === 'host' && textAt(before, key) !== 'host')
      found.push(on(RULE, now, `${service} shares ${key === 'network_mode' ? 'the network' : key} with its host.`));
  }
  const strong = added(before, after, 'cap_add').find(({ text }) =>
    /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|SYS_RAWIO|NET_ADMIN|DAC_READ_SEARCH|BPF)$/i.test(text ?? ''),
  );
  if (strong !== undefined)
    found.push(
      on(RULE, strong, `${service} gets the capability ${strong.text ?? ''}, which is close to root on its host.`),
    );
  const unconfined = added(before, after, 'security_opt').find(({ text }) =>
    /unconfined|label[:=]disable|no-new-privileges[:=]false|systempaths=unconfined/.test(text ?? ''),
  );
  if (unconfined !== undefined)
    found.push(on(RULE, unconfined, `${service} runs without a protection of its host (${unconfined.text ?? ''}).`));
  const [user, had] = [get(after, 'user'), get(before, 'user')];
  if (user !== undefined && isRoot(user.text) && !isRoot(had?.text))
    found.push(on(RULE, user, `${service} runs as root.`));
  if (user === undefined && had !== undefined && before !== undefined && !isRoot(had.text))
    found.push(gone(RULE, had, `${service} may run as root: its user is removed.`));
  const known = new Set(mountsOf(before).map(({ source, target }) => `${source}\n${target}`));
  for (const { source, target, tree } of mountsOf(after)) {
    if (known.has(`${source}\n${target}`)) continue;
    if (/\/(?:docker|containerd|crio|podman)(?:\/\w+)?\.sock$/.test(source))
      found.push(on(RULE, tree, `${service} can start any container on its host: it has the socket ${named(source)}.`));
    else if (HOST_PATHS.test(source)) found.push(on(RULE, tree, `${service} sees ${named(source)} of its host.`));
  }
  return found;
}

const isRoot = (user: string | null | undefined): boolean => /^(?:root|0)(?::.*)?$/.test(user ?? '');

function added(before: Tree | undefined, after: Tree, key: string): readonly Tree[] {
  const had = new Set(textsOf(get(before, key)));
  return itemsOf(get(after, key)).filter(({ text }) => text !== null && !had.has(text));
}

/** Image settings that let everybody in. */
const OPEN_SETTINGS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/, 'asks nobody for a password'],
  [
    /^(?:MYSQL|MARIADB)_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$|^ALLOW_EMPTY_PASSWORD$/,
    /^(?:yes|true|1)$/i,
    'lets root in without a password',
  ],
  [
    /^xpack\.security\.enabled$|^DISABLE_SECURITY_PLUGIN$|^plugins\.security\.disabled$/,
    /^(?:false|true)$/,
    'asks nobody for a password',
  ],
  [/^NEO4J_AUTH$/, /^none$/i, 'asks nobody for a password'],
];

function settings(name: string, before: Tree | undefined, after: Tree): readonly Noticed[] {
  const had = new Map(environmentOf(before).map(([key, value]) => [key, value]));
  if (before === undefined) return []; // the initial set-up is its author's choice
  return environmentOf(after).flatMap(([key, value, tree]): readonly Noticed[] => {
    const open =
      had.get(key) === value
        ? undefined
        : OPEN_SETTINGS.find(
            ([setting, means]) =>
              setting.test(key) && means.test(value) && (!key.startsWith('xpack') || value === 'false'),
          );
    return open === undefined ? [] : [on('permissions/db-grant', tree, `Service ${named(name)} ${open[2]} (${key}).`)];
  });
}

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
  return opened === undefined || inside === undefined
    ? []
    : [
        on(
          'permissions/net-open',
          opened,
          `${sensitivePort(inside) ?? ''} of ${named(name)} can be reached from other machines (port ${String(inside)}).`,
        ),
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
