/** What gives somebody more access than before. */
import { isAdminPolicy, judge, judgeStatements, type Judgement, type Placed, type Statement, widened } from '../../iam';
import { isWorld, sensitiveRange } from '../../sensitive-ports-and-world-cidrs';
import { factAt } from '../../rule-rows/facts-from-sentences';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import { EXPRESSION } from '../../terraform/read-configuration';
import { entriesOf, get, itemsOf, textAt, textsOf, type Tree } from '../../yaml-and-json';
import type { Noticed } from '../../types';
import { plainName, settingsOf, type Setting } from './flat-settings-and-addresses';

interface Accessed {
  readonly subject: string;
  readonly kind: string;
  readonly type: string;
  readonly before: Tree | undefined;
  readonly after: Tree;
  /** Ports that others opened until now, as {@link openPortsOf} has them. */
  readonly open?: ReadonlySet<string>;
}

type Say = (fact: Noticed) => void;

export function openedAccess(one: Accessed): readonly Noticed[] {
  const noticed: Noticed[] = [];
  const say: Say = (fact) => void noticed.push(fact);
  const before = one.before === undefined ? new Map<string, Setting>() : settingsOf(one.before);
  for (const [path, setting] of settingsOf(one.after)) {
    const old = before.get(path)?.value;
    if (setting.value.text !== null && old?.text === setting.value.text) continue;
    settingOpened(one, setting, old, say, noticed);
    policyOf(setting, old, say);
  }
  networks(one, noticed);
  if (one.kind === 'data' && one.type === 'aws_iam_policy_document') documents(one, say);
  return noticed;
}

const ADMIN_ROLES =
  /^(?:roles\/(?:owner|resourcemanager\.organizationAdmin|iam\.securityAdmin)|Owner|User Access Administrator|cluster-admin)$/;

function settingOpened(
  { subject, type, before, after, kind }: Accessed,
  { name, value }: Setting,
  old: Tree | undefined,
  say: Say,
  noticed: Noticed[],
): void {
  const who = plainName(subject);
  const [open] =
    kind === 'variable' || value.tag === EXPRESSION
      ? []
      : noticeSetting(
          'terraform',
          {
            key: name,
            path: [name],
            before: old,
            after: value,
            within: { key: '', path: [], before, after, within: undefined },
          },
          { it: who, type },
        );
  if (open !== undefined) return void noticed.push(open);
  if (
    /^(?:policy_arns?|managed_policy_arns|permissions_boundary|iam_role_policies|role_policy_arns)$/.test(name) ||
    /policy_arn/.test(name)
  ) {
    const admin = [...itemsOf(value), ...entriesOf(value).map(([, inner]) => inner)].find(({ text }) =>
      isAdminPolicy((text ?? '').replace(/"/g, '')),
    );
    if (admin !== undefined && name !== 'permissions_boundary' && !textsOf(old).includes(admin.text ?? ''))
      say(
        factAt('permissions/iam-admin: {who} gets {what}: it may do everything.', admin, {
          who,
          what: plainName((admin.text ?? '').split('/').at(-1) ?? ''),
        }),
      );
    return;
  }
  if (
    /^(?:role|roles|role_definition_name|built_in_role|name)$/.test(name) &&
    (name !== 'name' || /role_binding/.test(type))
  ) {
    const admin = itemsOf(value).find(({ text }) => ADMIN_ROLES.test(text ?? ''));
    if (admin !== undefined && /iam|role|access_context|project|organization|folder/.test(`${type}${kind}`))
      return say(
        factAt('permissions/iam-admin: {who} hands out {admin}.', admin, { who, admin: plainName(admin.text ?? '') }),
      );
  }
  if (/^members?$/.test(name) && type.startsWith('google_')) {
    const all = itemsOf(value).find(({ text }) => /^all(?:Authenticated)?Users$/.test(text ?? ''));
    if (all !== undefined && !ADMIN_ROLES.test(textAt(after, 'role') ?? '') && !textsOf(old).includes(all.text ?? ''))
      return say(
        factAt(
          /storage|bigquery/.test(type)
            ? 'permissions/public-data: {who} gives access to everybody ({everybody}).'
            : 'permissions/iam-principal: {who} gives access to everybody ({everybody}).',
          all,
          { who, everybody: all.text ?? '' },
        ),
      );
  }
}

/** AWS policies as JSON. */
function policyOf({ value }: Setting, old: Tree | undefined, say: Say): void {
  const statements = get(value, 'Statement');
  if (statements === undefined) return;
  const before = old === undefined ? undefined : get(old, 'Statement');
  for (const found of judgeStatements({ before, after: statements }, old?.text === '' ? true : undefined))
    say({ side: 'new', ...found });
}

function documents({ before, after }: Accessed, say: Say): void {
  const judged = (body: Tree | undefined): readonly Judgement[] =>
    body === undefined ? [] : itemsOf(get(body, 'statement')).flatMap((statement) => judge(statementIn(statement)));
  const known = new Set(judged(before).map(({ rule, message }) => `${rule} ${message}`));
  const fresh = judged(after).filter(({ rule, message }) => !known.has(`${rule} ${message}`));
  const statements = (body: Tree | undefined): readonly Statement[] => itemsOf(get(body, 'statement')).map(statementIn);
  for (const found of fresh.length > 0 ? fresh : widened(statements(before), statements(after)))
    say({ side: 'new', ...found });
}

function statementIn(body: Tree): Statement {
  const placed = (name: string): readonly Placed[] =>
    itemsOf(get(body, name)).map((one) => ({ text: one.text ?? '(expression)', line: one.line }));
  const principals = itemsOf(get(body, 'principals')).flatMap((block) =>
    /^Service$/i.test(textAt(block, 'type') ?? '')
      ? []
      : itemsOf(get(block, 'identifiers')).map((one) => ({ text: one.text ?? '(expression)', line: one.line })),
  );
  const conditions = itemsOf(get(body, 'condition')).map((block) => ({
    key: textAt(block, 'variable') ?? '',
    operator: textAt(block, 'test') ?? '',
    values: itemsOf(get(block, 'values')).map((one) => ({ text: one.text ?? '(expression)', line: one.line })),
  }));
  // the policy of a key is about that key, however it says so
  const isOfKey =
    get(body, 'principals') !== undefined &&
    itemsOf(get(body, 'actions')).every(({ text }) => /^kms:/i.test(text ?? ''));
  return {
    allows: !/^deny$/i.test(textAt(body, 'effect') ?? 'Allow'),
    actions: placed('actions'),
    notActions: placed('not_actions'),
    resources: isOfKey ? placed('resources').map((one) => ({ ...one, text: 'this key' })) : placed('resources'),
    notResources: placed('not_resources'),
    principals,
    conditions,
  };
}

/** One firewall rule: who may connect, and to what. */
interface Opening {
  readonly sources: readonly Tree[];
  readonly ports: readonly (readonly [number, number])[];
}

/** What a firewall rule opens to the world, in words to compare. */
export const openPortsOf = (type: string, body: Tree): readonly string[] =>
  openingsOf(type, body)
    .flatMap(openedPorts)
    .map(({ key }) => key);

function networks({ subject, type, before, after, open }: Accessed, noticed: Noticed[]): void {
  const known = new Set([...(open ?? []), ...(before === undefined ? [] : openPortsOf(type, before))]);
  for (const opening of openingsOf(type, after)) {
    for (const { key, source, what } of openedPorts(opening))
      if (!known.has(key))
        return void noticed.push(
          factAt('permissions/net-open: {it} opens {what} to the whole world ({range}).', source, {
            it: plainName(subject),
            what,
            range: plainName(source.text ?? ''),
          }),
        );
  }
  // on any port: a rule that named its networks until now
  const isWide = (body: Tree | undefined): Tree | undefined =>
    body === undefined
      ? undefined
      : openingsOf(type, body)
          .flatMap(({ sources }) => sources)
          .find(({ text }) => isWorld(text ?? ''));
  const named = before === undefined ? [] : openingsOf(type, before).flatMap(({ sources }) => sources);
  const wide = isWide(after);
  if (
    wide !== undefined &&
    isWide(before) === undefined &&
    named.some(({ text, tag }) => tag === EXPRESSION || /^[\d.:a-f]+\/\d+$/i.test(text ?? ''))
  )
    noticed.push(factAt(EVERY_ADDRESS, wide, { it: plainName(subject), range: plainName(wide.text ?? '') }));
}

const EVERY_ADDRESS = 'permissions/net-open (medium): {it} lets in every address from now on ({range}).';

function openedPorts({
  sources,
  ports,
}: Opening): readonly { readonly key: string; readonly source: Tree; readonly what: string }[] {
  const source = sources.find(({ text }) => isWorld(text ?? ''));
  if (source === undefined) return [];
  return ports.flatMap(([from, to]) => {
    const what = sensitiveRange(from, to);
    return what === undefined ? [] : [{ key: `${source.text ?? ''} ${what}`, source, what }];
  });
}

const EVERY_PORT = [0, 65_535] as const;
/** Protocols without ports, by their names and numbers. */
const NO_PORTS = /^(?:icmp\w*|ipv6-icmp|igmp|esp|ah|ipip|1|2|4|50|51|58)$/i;

function openingsOf(type: string, body: Tree): readonly Opening[] {
  const at = (block: Tree, ...names: readonly string[]): readonly Tree[] =>
    names.flatMap((name) => itemsOf(get(block, name)));
  if (/^aws_(?:default_)?security_group$/.test(type))
    return at(body, 'ingress').map((block) => ({
      sources: at(block, 'cidr_blocks', 'ipv6_cidr_blocks'),
      ports: awsPorts(block),
    }));
  if (type === 'aws_security_group_rule')
    return textAt(body, 'type') === 'egress'
      ? []
      : [{ sources: at(body, 'cidr_blocks', 'ipv6_cidr_blocks'), ports: awsPorts(body) }];
  if (type === 'aws_vpc_security_group_ingress_rule')
    return [{ sources: at(body, 'cidr_ipv4', 'cidr_ipv6'), ports: awsPorts(body) }];
  if (type === 'google_compute_firewall') {
    if (/^EGRESS$/i.test(textAt(body, 'direction') ?? '')) return [];
    const ports = at(body, 'allow').flatMap((block) =>
      NO_PORTS.test(textAt(block, 'protocol') ?? '')
        ? []
        : get(block, 'ports') === undefined
          ? [EVERY_PORT]
          : rangesOf(at(block, 'ports')),
    );
    return [{ sources: at(body, 'source_ranges'), ports }];
  }
  if (type === 'google_sql_database_instance')
    return [...settingsOf(body).values()]
      .filter(({ path }) => /authorized_networks(?:\.\d+)?\.value$/.test(path))
      .map(({ value }) => ({ sources: [value], ports: [[5432, 5432] as const] }));
  if (/^azurerm_network_security_(?:rule|group)$/.test(type)) {
    return (type.endsWith('rule') ? [body] : at(body, 'security_rule'))
      .filter(
        (rule) => !/^outbound$/i.test(textAt(rule, 'direction') ?? '') && !/^deny$/i.test(textAt(rule, 'access') ?? ''),
      )
      .map((rule) => ({
        sources: at(rule, 'source_address_prefix', 'source_address_prefixes'),
        ports: rangesOf(at(rule, 'destination_port_range', 'destination_port_ranges')),
      }));
  }
  if (/^azurerm_\w+_firewall_rule$/.test(type))
    return textAt(body, 'start_ip_address') === '0.0.0.0' && textAt(body, 'end_ip_address') === '255.255.255.255'
      ? [{ sources: at(body, 'start_ip_address'), ports: [EVERY_PORT] }]
      : [];
  if (type === 'digitalocean_firewall')
    return at(body, 'inbound_rule').map((rule) => ({
      sources: at(rule, 'source_addresses'),
      ports: rangesOf(at(rule, 'port_range')),
    }));
  if (type === 'hcloud_firewall')
    return at(body, 'rule')
      .filter((rule) => textAt(rule, 'direction') === 'in')
      .map((rule) => ({ sources: at(rule, 'source_ips'), ports: rangesOf(at(rule, 'port')) }));
  return [];
}

function awsPorts(block: Tree): readonly (readonly [number, number])[] {
  const protocol = textAt(block, 'protocol') ?? textAt(block, 'ip_protocol') ?? '';
  if (/^(?:-1|all)$/i.test(protocol)) return [EVERY_PORT];
  if (NO_PORTS.test(protocol)) return [];
  const [from, to] = [Number(textAt(block, 'from_port') ?? NaN), Number(textAt(block, 'to_port') ?? NaN)];
  return Number.isNaN(from) || Number.isNaN(to) ? [] : [[from, to]];
}

const rangesOf = (ports: readonly Tree[]): readonly (readonly [number, number])[] =>
  ports.flatMap(({ text }) => {
    if (/^(?:\*|all|any)$/i.test(text ?? '')) return [EVERY_PORT];
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text ?? '') ?? [];
    return from === undefined ? [] : [[Number(from), Number(to ?? from)] as const];
  });
