/**
 * What any program's settings say, whatever the program: YAML, JSON and environment files that switch a check, a limit or
 * the backups off. What the rows of the file's own format say comes first.
 */
import { azure } from '../azure';
import { compose } from '../compose';
import { helm } from '../helm';
import { kubernetes } from '../kubernetes';
import { anyOf } from '../../../base/patterns';
import { surplus } from '../../multiset-difference';
import { isVendored } from '../../path-roles';
import { noticeInAnyFile } from '../../rule-rows/match-setting-in-any-file';
import { noticeSetting } from '../../rule-rows/match-setting-rows';
import type { Format, Subject } from '../../rules/types';
import { compare, itemsOf, same, sidesOf, textAt, textOnLine, type Pair, type Tree } from '../../yaml-and-json';
import type { AnalyzerOfFiles, Change, Noticed } from '../../types';

const DATA = /\.(?:ya?ml|json|sls|eyaml)(?:\.(?:j2|erb|tpl|tmpl|gotmpl|epp))?$/i;
/** A setting a line. */
const LINES =
  /(?:^|\/)\.(?:env(?:\.[\w-]+)*|npmrc|yarnrc)$|\.(?:env|properties|ini|cfg|conf|cnf|toml)(?:\.(?:j2|jinja2?|erb|tpl|tmpl|epp))?$|\.(?:py|rb|php)\.(?:j2|jinja2?|erb|tpl|tmpl|epp)$/i;
/** Settings of web servers have a reader of their own. */
const OF_WEB = /(?:^|\/)(?:nginx|apache2?|httpd|sites-\w+|conf\.d)(?:\/|[\w.-]*$)/i;
/** Data that configures nothing that runs, or has an analyzer of its own. */
const OTHER =
  /(?:^|\/)(?:locales?|i18n|lang|translations?|messages|\.github|\.circleci|\.gitlab|\.vscode|cassettes|schemas?)\/|(?:^|\/)(?:package|tsconfig|composer|pnpm|openapi|swagger)[\w.-]*\.(?:json|ya?ml)$|lock\.(?:json|ya?ml)$/i;
/** One of these words is on a line that changes, wherever the rows find something. */
const WORDS = /* @__PURE__ */ anyOf(
  String.raw`2fa access acl admin alert approv bcrypt bucket cron dbs? database ferm interval job owners? policy readers rds rule rootdirectory viewers volume writers confirm iterations rounds two_?factor allow anonymous bind cookie cors debug encrypt enforce exclu expir group guest hash host internal jwt level life(?:time|span) listen member orgs? organi[sz]ation origin owner password prevention public regist role scheme sign_?up session superuser teams? tenant token ttl users\b assign audit auth availability backup bypass clear exception exempt exclusion csrf ddos _role\b delete deny drop dry_?run erase failover firewall iptables keep nftables retain retention selinux ufw
  guard isolat reject requir restrict superuser logging logs\b scan_?on mutab tde_ rotation upgrade trail root_?access secure_?boot included_?namespaces pitr self_?signed failure_?action validation_?actions enable-policy restricted_ insecure_ encrypt tokens \bhttp_?allowed local_?a
  insecure limit login mfa modes?\b monitor multi_?az oidc otp paused perm(?:ission)?s?\b ports?\b private protect purge rbac refs/ reject reset restore root_?login
  saml secure snapshot ssl sso subject suspend throttl tls truncate verif visibility \bwaf whitelist wipe hosted_?domain source_?range inbound zone_?`,
  { before: '', after: '', flags: 'i' },
);
/** Or it is in the path: each line of such a file is about what is watched, or kept. */
const OF_GUARDS = /(?:^|[/_-])(?:monitors?|alerts?|alarms?|backups?)[/_.-]/i;
/** Or the word is above it: what is switched on or off, or an item of a list. */
const BELOW = /^\s*(?:-\s|["']?(?:enabled|disabled|create)["']?\s*[:=])|^\s*["'][^"':]*["'],?\s*$/i;

/** Most changes are about something else: their files are not parsed. */
function isWorthReading(before: string, after: string): boolean {
  const changed = [...surplus(after.split('\n'), before.split('\n')).keys()];
  return (
    changed.some((line) => WORDS.test(line)) ||
    (changed.some((line) => BELOW.test(line)) && (WORDS.test(before) || WORDS.test(after)))
  );
}

export const dataFiles: AnalyzerOfFiles = {
  id: 'data-files',
  concerns: ({ path, before, after }) =>
    before !== null &&
    after !== null &&
    (DATA.test(path) || (LINES.test(path) && !OF_WEB.test(path))) &&
    !OTHER.test(path) &&
    !isVendored(path) &&
    (OF_GUARDS.test(path) || isWorthReading(before, after)),
  notice: (change) => {
    const found: Noticed[] = [];
    const formats = OTHERS.flatMap(([concerns, said]) => (concerns(change) ? said : []));
    for (const [before, after, subject] of documentsOf(change))
      compare(before, after, (pair) => found.push(...judged(pair, subject, formats)));
    return found;
  },
};

/** The documents that are there on both sides: the first values of a new one are its author's choice. */
function documentsOf(change: Change): readonly (readonly [Tree, Tree, Subject])[] {
  if (LINES.test(change.path))
    return [[linesOf(change.before ?? ''), linesOf(change.after ?? ''), { it: '', type: change.path }]];
  const sides = sidesOf(change);
  return (sides?.after ?? []).flatMap((after) => {
    const [kind = '', name = ''] = identity(after);
    const before = sides?.before.find((one) => identity(one).join() === [kind, name].join());
    return before === undefined ? [] : [[before, after, { it: '', type: `${kind} ${name} ${change.path}` }] as const];
  });
}

const identity = (document: Tree): readonly string[] => [
  textAt(document, 'kind') ?? '',
  textAt(document, 'metadata', 'name') ?? '',
];

/** `NAME=value`, a line each, and `[sections]` of them. */
function linesOf(text: string): Tree {
  const map = new Map<string, Tree>();
  let section = '';
  text.split('\n').forEach((line, index) => {
    const head = /^\s*\[{1,2}([\w.:" -]{1,100})\]{1,2}\s*$/.exec(line)?.[1];
    if (head !== undefined) section = `${head}.`;
    const [, name, value = ''] =
      /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)(?:\s*[=:]\s*|[ \t]+(?=\S+$))(.{0,1000})/.exec(line) ?? [];
    if (name !== undefined)
      map.set(`${section}${name}`, textOnLine(value.trim().replace(/^(["'])(.*)\1$/, '$2'), index + 1));
  });
  return { ...textOnLine('', 1), text: null, map };
}

/** Whose rows have said it in their own words. */
const OTHERS: readonly (readonly [AnalyzerOfFiles['concerns'], readonly Format[]])[] = [
  [(change) => helm.concerns(change), ['helm', 'kubernetes']],
  [(change) => kubernetes.concerns(change), ['kubernetes', 'kubernetes-update']],
  [(change) => compose.concerns(change), ['compose']],
  [(change) => azure.concerns(change), ['azure']],
];

function judged(pair: Pair, subject: Subject, formats: readonly Format[]): readonly Noticed[] {
  if (same(pair.before, pair.after)) return [];
  const one = variable(pair) ?? pair;
  if (formats.some((format) => noticeSetting(format, one, subject).length > 0)) return [];
  return noticeInAnyFile(one, subject);
}

/** A variable of an environment, under its own name: `{ name: A, value: b }`, `A=b`. */
function variable(pair: Pair): Pair | undefined {
  const { key, before, after, within } = pair;
  if (key !== '[]') return undefined;
  const [old, now] = [variableOf(before), variableOf(after)];
  const name = now?.name ?? old?.name;
  if (name === undefined) return undefined;
  const was =
    old?.name === name
      ? old
      : itemsOf(within?.before)
          .map(variableOf)
          .find((one) => one?.name === name);
  const is =
    now ??
    itemsOf(within?.after)
      .map(variableOf)
      .find((one) => one?.name === name);
  return { ...pair, key: name, path: [...pair.path.slice(0, -1), name], before: was?.value, after: is?.value };
}

function variableOf(item: Tree | undefined): { readonly name: string; readonly value: Tree } | undefined {
  if (item === undefined) return undefined;
  if (item.map !== null) {
    const [name, value] = [textAt(item, 'name'), item.map.get('value')];
    return name === undefined || value === undefined ? undefined : { name, value };
  }
  // an option of a program, too: `--authorization-mode=RBAC`, `--insecure`
  const [, name, value = 'true'] =
    /^(?:--(?=[a-z]))?([A-Za-z_][\w.-]*)=(.*)$/s.exec(item.text ?? '') ??
    /^--([a-z][\w.-]*)$/.exec(item.text ?? '') ??
    [];
  return name === undefined ? undefined : { name, value: { ...item, text: value } };
}
