/** Terraform, OpenTofu and Terragrunt: what a change to a configuration or to variable values would do. */
import { factAt, factWas } from '../../rule-rows/facts-from-sentences';
import { EXPRESSION, type Configuration, type Item } from '../../terraform/read-configuration';
import { readSides } from '../../terraform/read-both-sides';
import { get, textAt, type Tree } from '../../yaml-and-json';
import type { Change, Noticed, NoticedIn, AnalyzerOfChanges, Tools } from '../../types';
import { openedAccess } from './access-opened-in-terraform';
import { filtersGone, switchedOff } from './switched-off-arguments-and-lost-deny-rules';
import { entriesGone, expiries } from './scheduled-deletions-and-lost-entries';
import { lostGuards } from './guards-removed-from-resources';
import { acrossFolders, folderOf, type Folder } from './group-removals-across-folders';
import { acrossRoots } from './moved-to-other-roots';
import { byReason, ofOneChange, ofOneType, withFolder, withParts } from './group-removals-by-reason';
import { contentsOf, isOfConnections } from './does-module-hold-data';
import { leftConfiguration, madeAnew, pastOf, type Placed } from './removed-and-recreated-resources';
import { isKeptAccess, openedBefore } from './successors-and-carried-over-access';
import { addressOf, plainName, refersTo, settingsOf, type Both, type Setting } from './flat-settings-and-addresses';
import { provisioners } from './deleting-provisioners';
import { tracedNames } from './renames-through-variables';
import { changedValues } from './settings-weakened-through-variables';

export const terraform: AnalyzerOfChanges = {
  id: 'terraform',
  concerns: ({ path }) =>
    /\.(?:tf|tofu|tfvars)(?:\.json)?$|(?:^|\/)(?:terragrunt|root)\.hcl$/i.test(path) &&
    !/(?:^|\/)\.terraform\//.test(path),
  async noticeAll(changes, tools) {
    const modules = new Map<string, Change[]>();
    for (const change of changes) {
      const folder = folderOf(change.path);
      modules.set(folder, [...(modules.get(folder) ?? []), change]);
    }
    const folders: Folder[] = [];
    for (const [path, files] of modules) folders.push({ path, ...(await ofModule(files, changes, tools)) });
    return ofOneChange(ofOneType(acrossFolders(acrossRoots(folders, changes))));
  },
};

interface Sides {
  readonly change: Change;
  readonly before: Configuration;
  readonly after: Configuration;
}

/** The files of one folder are one module: what one file loses may be in another. */
async function ofModule(
  changes: readonly Change[],
  all: readonly Change[],
  tools: Tools,
): Promise<Omit<Folder, 'path'>> {
  const sides: Sides[] = [];
  for (const change of changes) {
    const [before, after] = await readSides(change.path, change.before, change.after, tools);
    if (before !== undefined && after !== undefined) sides.push({ change, before, after });
  }
  const placed = (side: 'before' | 'after'): readonly Placed[] =>
    sides.flatMap(({ change, [side]: { items } }) => items.map((item) => ({ item, path: change.path })));
  const [before, after] = [placed('before'), placed('after')];
  const known = byKey(before);
  const now = byKey(after);
  const past = pastOf(after);
  const texts = new Map(changes.map(({ path, after: text }) => [path, text ?? '']));
  const fresh = after.filter(({ item }) => !known.has(keyOf(item)));
  const noticed: NoticedIn[] = [];
  // With everything else of a folder, its backend is no second cause.
  const [leaving, backends]: [NoticedIn[], NoticedIn[]] = [[], []];
  for (const one of before) {
    if (now.has(keyOf(one.item))) continue;
    if (one.item.kind === 'resource' || one.item.kind === 'module') {
      const removal = leftConfiguration(one, { past, now, fresh, before });
      const seen = removal === undefined ? undefined : await asFarAsSeen(removal, one, all, tools);
      if (seen !== undefined) leaving.push(seen);
    } else if (one.item.kind === 'terraform' && !after.some(({ item }) => item.kind === 'terraform'))
      backends.push(...backend(one.item, undefined, one.path));
  }
  // a module may have several of these blocks, one of which says where the state is
  const [was, is] = [before, after].map((all) => all.find(({ item }) => backendsOf(item).length > 0));
  const other = after.find(({ item }) => item.kind === 'terraform');
  if (was?.item.kind === 'terraform' && other !== undefined && was.item.source !== is?.item.source)
    backends.push(...backend(was.item, (is ?? other).item, is?.path ?? was.path));
  const isGone = changes.every((change) => change.after === null);
  const empty = isGone && (await isEmpty(changes, tools));
  noticed.push(
    ...(isGone && leaving.length > 0
      ? withFolder(leaving, before)
      : // nothing was left that a state could be looked for
        [...byReason(leaving, before, changes), ...(empty && leaving.length === 0 ? [] : backends.map(asOne))]),
  );
  const open = openedBefore(before, after);
  const typesOf = (all: readonly Placed[]): ReadonlySet<string> => new Set(all.map(({ item }) => item.labels[0] ?? ''));
  const types = { known: typesOf(before), fresh: typesOf(fresh) };
  for (const one of after) {
    const old = known.get(keyOf(one.item));
    if (old?.item.source === one.item.source || (old === undefined && isKeptAccess(one.item, before))) continue;
    const context = { text: texts.get(one.path) ?? '', past, before, open, types };
    noticed.push(
      ...ofItem({ before: old?.item, after: one.item }, one, context).filter(
        (found) => !isVersionedElsewhere(found, fresh),
      ),
    );
  }
  const values = changedValues(
    sides.map(({ change, ...side }) => ({ path: change.path, text: change.after ?? '', ...side })),
  );
  for (const { usedBy = [], ...one } of values) {
    const made = usedBy.length === 0 ? 'a guard' : await madeBy(usedBy, one.path, all, tools);
    if (made === 'data') noticed.push({ ...one, severity: 'critical' });
    else if (made !== 'no data') noticed.push(one);
  }
  noticed.push(
    ...(await tracedNames(
      sides.map(({ change: { path }, ...side }) => ({ path, ...side })),
      tools,
    )),
  );
  for (const { change, before: old, after: top } of sides) noticed.push(...ofValues(change, old.top, top.top));
  return { isGone, isEmpty: empty, before, after, noticed: [...withParts(noticed, after)] };
}

/** Where the states of several folders go is decided once. */
const asOne = (one: NoticedIn): NoticedIn => ({ ...one, cause: `backend ${one.message}`, across: true });

/** The worst of what is made for each entry of a value; undefined where a module's source can't be read. */
async function madeBy(
  items: readonly Item[],
  path: string,
  all: readonly Change[],
  tools: Tools,
): Promise<'data' | 'no data' | undefined> {
  let worst: 'no data' | undefined = 'no data';
  for (const item of items) {
    if (get(item.body, 'lifecycle', 'prevent_destroy')?.text === 'true') continue; // Terraform refuses to
    const contents = item.kind === 'module' ? await contentsOf(item, path, all, tools) : 'data';
    if (contents === 'data') return 'data';
    if (contents === undefined && !isOfConnections(item)) worst = undefined;
  }
  return worst;
}

/** Whether nothing of a module is left where its files leave. */
async function isEmpty([change]: readonly Change[], { beside }: Tools): Promise<boolean> {
  const lines = change === undefined ? undefined : await beside?.(change.path, ' "');
  return lines !== undefined && !lines.some((line) => /^\s*(?:resource|module|data|variable|output)\s+"/.test(line));
}

const ADDRESS = 'destructive/tf-address-changed';

/** A module that is known to hold no data counts as what is in it; settings under another name are made again. */
async function asFarAsSeen(
  removal: NoticedIn,
  { item, path }: Placed,
  all: readonly Change[],
  tools: Tools,
): Promise<NoticedIn | undefined> {
  const contents = item.kind === 'module' ? await contentsOf(item, path, all, tools) : undefined;
  if (contents === 'settings' && removal.rule === ADDRESS) return undefined;
  if (item.kind !== 'module' || contents === 'data') return removal;
  const isSmall = contents === 'settings' || (contents === undefined && isOfConnections(item));
  return { ...removal, severity: isSmall ? 'low' : 'medium' };
}

/** Since version 4 of its provider a bucket's versions are a resource of their own. */
const isVersionedElsewhere = ({ message, address }: NoticedIn, fresh: readonly Placed[]): boolean =>
  message.startsWith('versioning') &&
  fresh.some(
    ({ item: { labels, source } }) =>
      labels[0] === 'aws_s3_bucket_versioning' && /"Enabled"/.test(source) && refersTo(source, address),
  );

/** Since the same version its lifecycle is one, too: the rule stood in the bucket before, with as many days. */
const isLifecycleMoved = ({ labels, source }: Item, before: readonly Placed[]): boolean =>
  labels[0] === 'aws_s3_bucket_lifecycle_configuration' &&
  before.some(
    ({ item: bucket }) =>
      bucket.labels[0] === 'aws_s3_bucket' &&
      bucket.source.includes('lifecycle_rule') &&
      (source.match(/\bdays\s*=\s*\d+/g) ?? []).every((days) =>
        bucket.source.replaceAll(/\s+/g, '').includes(days.replaceAll(/\s+/g, '')),
      ),
  );

const PUBLIC = 'permissions/public-data';

const keyOf = (item: Item): string =>
  item.kind === 'provider'
    ? `provider.${item.labels.join('.')}.${get(item.body, 'alias')?.text ?? ''}`
    : addressOf(item);

const byKey = (all: readonly Placed[]): ReadonlyMap<string, Placed> =>
  new Map(all.map((one) => [keyOf(one.item), one]));

/** How the secrets and files of a folder leave is decided once; each database is its own. */
const AS_OTHERS = /^(?:recovery_window_in_days|force_destroy|force_delete|force_overwrite_replica_secret)$/;

const QUIET = new Set(['variable', 'output', 'locals', 'moved', 'removed', 'import', 'check']);

interface Context {
  readonly text: string;
  readonly past: ReturnType<typeof pastOf>;
  /** The folder as it was. */
  readonly before: readonly Placed[];
  /** The ports that are open already. */
  readonly open: ReadonlySet<string>;
  /** Types of resources: those that were there, and those that come. */
  readonly types: { readonly known: ReadonlySet<string>; readonly fresh: ReadonlySet<string> };
}

function ofItem(
  both: Both,
  { item, path }: Placed,
  { text, past, before: earlier, open, types }: Context,
): readonly NoticedIn[] {
  if (QUIET.has(item.kind)) return [];
  const { before } = both;
  const settings = {
    before: before === undefined ? new Map<string, Setting>() : settingsOf(before.body),
    after: settingsOf(item.body),
  };
  const subject = addressOf(item);
  const type = item.kind === 'resource' || item.kind === 'data' ? (item.labels[0] ?? '') : '';
  const here = (noticed: Noticed): NoticedIn => ({
    ...noticed,
    path,
    ...(item.kind === 'resource' ? { address: subject } : {}),
    ...(noticed.rule === PUBLIC && type.startsWith('aws_s3_bucket')
      ? { cause: `bucket ${textAt(item.body, 'bucket') ?? subject}` }
      : {}),
  });
  return [
    ...lostGuards({
      subject,
      type,
      path,
      ...settings,
      isNew: before === undefined,
      isUsual: (name, value) =>
        AS_OTHERS.test(name) &&
        earlier.some((other) => other.item.labels[0] === type && textAt(other.item.body, name) === value),
      text,
    }).map(here),
    ...(before === undefined ? [] : switchedOff(settings, subject)).map(here),
    ...((item.kind === 'resource' || item.kind === 'module') &&
    !(before === undefined && isLifecycleMoved(item, earlier))
      ? expiries({ subject, type, isNew: before === undefined, ...settings, body: item.body, types })
      : []
    ).map(here),
    ...(before === undefined || item.kind !== 'module' ? [] : entriesGone(before.body, item.body)).map(here),
    ...filtersGone(type, before?.body, item.body).map(here),
    ...openedAccess({ subject, kind: item.kind, type, before: before?.body, after: item.body, open }).map(here),
    ...madeAnew(both, settings, path, past),
    ...(item.kind === 'remote_state' ? backend(before, item, path) : []),
    ...(item.kind === 'provider' && before !== undefined
      ? changedPlace(
          settings,
          /^(?:region|project|zone|subscription_id|tenant_id|account_id|profile|assume_role\.role_arn|allowed_account_ids|host|config_context|endpoint|organization)$/,
          `the provider ${plainName(item.labels[0] ?? '')}`,
          path,
        )
      : []),
    ...reviewsGone(type, settings, path, subject),
    ...provisioners(settings, path, subject),
  ];
}

function changedPlace(
  settings: { readonly before: ReadonlyMap<string, Setting>; readonly after: ReadonlyMap<string, Setting> },
  names: RegExp,
  subject: string,
  path: string,
): readonly NoticedIn[] {
  for (const [where, { value }] of settings.after) {
    const old = settings.before.get(where)?.value;
    if (
      !names.test(where) ||
      old === undefined ||
      value.text === null ||
      value.text === old.text ||
      value.tag === EXPRESSION ||
      old.tag === EXPRESSION ||
      isOfOneAccount(old.text ?? '', value.text)
    )
      continue;
    return [
      {
        ...factAt(
          'destructive/tf-backend-changed: {where} of {subject} changes: everything would be looked for, and made, in another place.',
          value,
          { where, subject },
        ),
        path,
      },
    ];
  }
  return [];
}

/** Another role of the same account sees the same things. */
function isOfOneAccount(one: string, other: string): boolean {
  const [mine, theirs] = [one, other].map((arn) => /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1]);
  return mine !== undefined && mine === theirs;
}

/** What a block says of where the state is. */
const backendsOf = (item: Item | undefined): readonly (readonly [string, Tree])[] =>
  item?.kind === 'remote_state'
    ? [['remote_state', item.body]]
    : item?.kind !== 'terraform'
      ? []
      : [...(item.body.map ?? [])].flatMap(([name, value]): (readonly [string, Tree])[] =>
          name.startsWith('backend.') || name === 'cloud'
            ? [[name, value]]
            : name === 'backend'
              ? [...(value.map ?? [])]
              : [],
        );

/** Where the state is stored. */
function backend(before: Item | undefined, after: Item | undefined, path: string): readonly NoticedIn[] {
  const [[oldName, old] = [], [name, now] = []] = [backendsOf(before)[0], backendsOf(after)[0]];
  if (old === undefined) return [];
  if (now === undefined)
    return before?.body.map === undefined
      ? []
      : [
          {
            ...factWas(
              'destructive/tf-backend-changed: The backend is removed: the state would be looked for in a local file.',
              old,
            ),
            path,
          },
        ];
  if (name !== oldName)
    return [
      {
        ...factAt(
          'destructive/tf-backend-changed: The state is looked for in another backend: Terraform would see none and create everything again.',
          now,
        ),
        path,
      },
    ];
  return changedPlace(
    { before: settingsOf(old), after: settingsOf(now) },
    /^(?:config\.)?(?:bucket|key|prefix|path|region|container_name|storage_account_name|resource_group_name|hostname|organization|workspaces\.(?:name|prefix)|address|schema_name|conn_str|dynamodb_table|workspace_key_prefix|backend)$/,
    'the backend',
    path,
  ).map((one) => (one.message.includes('dynamodb_table') ? { ...one, severity: 'medium' } : one));
}

/** Reviews that a forge's branch protection requires. */
function reviewsGone(
  type: string,
  { before, after }: { readonly before: ReadonlyMap<string, Setting>; readonly after: ReadonlyMap<string, Setting> },
  path: string,
  subject: string,
): readonly NoticedIn[] {
  if (
    !/^(?:github|gitlab)_(?:branch_protection|branch_protection_v3|repository_ruleset|project_approval_rule)$/.test(
      type,
    )
  )
    return [];
  const removedProtection = [...before.values()].find(
    ({ path: where, name }) => /^required_(?:pull_request_reviews|status_checks)$/.test(name) && !after.has(where),
  );
  if (removedProtection !== undefined)
    return [
      {
        ...factWas('permissions/ci-gate: {name} is removed from {subject}.', removedProtection.value, {
          name: removedProtection.name,
          subject: plainName(subject),
        }),
        path,
      },
    ];
  const fewer = [...after.values()].find(
    ({ path: where, name, value }) =>
      /^(?:required_approving_review_count|approvals_required)$/.test(name) &&
      Number(value.text) < Number(before.get(where)?.value.text ?? NaN),
  );
  if (fewer === undefined) return [];
  return [
    {
      ...factAt('permissions/ci-gate: Fewer reviews are asked for by {subject}.', fewer.value, {
        subject: plainName(subject),
      }),
      path,
    },
  ];
}

/** Values of variables, and Terragrunt's attributes outside blocks. */
function ofValues(change: Change, before: Tree, after: Tree): readonly NoticedIn[] {
  const settings = { before: settingsOf(before), after: settingsOf(after) };
  const lowered = [...settings.after.values()].flatMap(({ path: where, name, value }): NoticedIn[] => {
    const old = Number(settings.before.get(where)?.value.text ?? NaN);
    return /(?:^|_)(?:count|instances|replicas|number|num)$|^(?:num|number|count)_/.test(name) &&
      value.text === '0' &&
      old > 0
      ? [
          {
            ...factAt(
              'destructive/tf-address-changed: {name} goes from {old} to 0: what it counts is destroyed.',
              value,
              { name: plainName(name), old: String(old) },
            ),
            path: change.path,
          },
        ]
      : [];
  });
  return [
    ...lostGuards({
      subject: 'what uses this value',
      type: '',
      path: change.path,
      ...settings,
      isNew: change.before === null,
      text: change.after ?? '',
    }).map((one) => ({ ...one, path: change.path })),
    ...lowered,
    ...(change.before === null ? [] : [...switchedOff(settings, change.path), ...entriesGone(before, after)]).map(
      (one) => ({ ...one, path: change.path }),
    ),
    ...openedAccess({ subject: 'what uses this value', kind: 'values', type: '', before, after }).map((one) => ({
      ...one,
      path: change.path,
    })),
  ];
}
