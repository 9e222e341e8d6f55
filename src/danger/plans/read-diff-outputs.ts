/** Plans that are text: `cdk diff`, `kubectl diff`, `helm diff` and Azure's `what-if` as people read it. */
import { holdsData as holdsDataInCloudFormation } from '../analyzers/cloudformation/resource-types-and-replacing-properties';
import { kubernetes } from '../analyzers/kubernetes';
import { GROUPS, isDatabaseCluster, PRECIOUS } from '../analyzers/kubernetes/object-kinds-and-immutable-fields';
import type { Noticed } from '../types';
import { holdsDataByWords, typeInId } from './read-cloud-and-pulumi-plans';
import { destroyed, replaced, unsure, type Planned, type ReadPlan } from './plan-results-and-notices';

/** Undefined for text of none of them. */
export function readDiff(text: string): ReadPlan | undefined {
  const lines = text.replace(COLOURS, '').split(/\r?\n/);
  const reader = READERS.find(({ sign }) => lines.some((line) => sign.test(line)));
  return reader === undefined ? undefined : { noticed: reader.read(lines) };
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

const HELM =
  /^([^,\s][^,]*)?, ([^,]+), (\w+) \(([^)]*)\) (?:has been (removed|added)|has (changed)|(?:has been )?(?:renamed|unchanged).*):?$/;
/** What only their output has: other text must not pass for a plan that destroys nothing. */
const READERS: readonly { readonly sign: RegExp; readonly read: (lines: readonly string[]) => readonly Noticed[] }[] = [
  { sign: /^diff -u\S* -N \S*LIVE-\S+ \S*MERGED-\S+$/, read: kubectl },
  { sign: HELM, read: helm },
  { sign: /^\[[-+~]\] (?:\w+::)+\w+ |^There were no differences$|Number of stacks with differences: \d/, read: cdk },
  {
    sign: /^Resource and property changes are indicated with these symbols:|^\s{2}[-~+=*!x] [\w.]+\/\S+ \[\d{4}-\d\d-\d\d[\w-]*\]$/,
    read: whatIf,
  },
];

/** `[-] AWS::S3::Bucket Media MediaF6 destroy`; what follows the names says what becomes of it. */
function cdk(lines: readonly string[]): readonly Noticed[] {
  return lines.flatMap((line): readonly Noticed[] => {
    const [, sign = '', type = '', path = '', end = ''] =
      /^\[([-~])\] ((?:\w+::)+\w+) (\S+)(?: \S+)??(?: (destroy|orphan|replace|may be replaced))?(?: \(.*\))?$/.exec(
        line,
      ) ?? [];
    if (sign === '' || end === 'orphan') return [];
    const planned = { address: path, data: holdsDataInCloudFormation(type) };
    if (sign === '-') return [destroyed(planned)];
    if (end === 'replace') return [replaced(planned)];
    return end === 'may be replaced' ? [unsure(planned, 'whether it replaces')] : [];
  });
}

const WORKLOADS = /^(?:Deployment|DaemonSet|CronJob|Service|Ingress|HTTPRoute|Gateway|HorizontalPodAutoscaler)$/;

/** What a cluster loses with an object; undefined for what is made again in a moment. */
function lossOf(kind: string, group: string, name: string): Planned | undefined {
  const address = `${kind} ${name}`;
  const isMeant = Object.hasOwn(GROUPS, kind) ? (GROUPS[kind] as RegExp).test(group) : true;
  if (isDatabaseCluster(kind, group)) return { address, data: true };
  if (Object.hasOwn(PRECIOUS, kind) && isMeant)
    return {
      address,
      data: !/^(?:PodDisruptionBudget|StorageClass|Schedule|ScheduledBackup|BackupSchedule)$/.test(kind),
    };
  return WORKLOADS.test(kind) ? { address, data: false } : undefined;
}

/** Objects that `--prune` would remove, and services without replicas: the rest of a file is not in the diff. */
function kubectl(lines: readonly string[]): readonly Noticed[] {
  const found: Noticed[] = [];
  let object: { readonly kind: string; readonly group: string; readonly name: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const [, file] = /^diff -u\S* -N \S*LIVE-[^/\\\s]*[/\\](\S+) /.exec(line) ?? [];
    if (file !== undefined) {
      const [, group = '', kind = '', , name = ''] = /^(?:(.+?)\.)?v\d\w*\.([A-Z]\w*)\.([^.]*)\.(.+)$/.exec(file) ?? [];
      object = kind === '' ? undefined : { kind, group, name };
      continue;
    }
    if (object === undefined) continue;
    const { kind, group, name } = object;
    if (/^@@ -1(?:,\d+)? \+0,0 @@/.test(line)) {
      const loss = lossOf(kind, group, name);
      if (loss !== undefined) found.push(destroyed(loss));
    } else if (
      /^-\s+replicas: [1-9]/.test(line) &&
      lines.slice(index, index + 3).some((next) => /^\+\s+replicas: 0$/.test(next))
    )
      found.push(destroyed({ address: `${kind} ${name}`, data: false, why: 'replicas becomes 0' }));
  }
  return found;
}

/** A release's objects with all of their lines, each marked by what becomes of it. */
function helm(lines: readonly string[]): readonly Noticed[] {
  const found: Noticed[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = HELM.exec(lines[at] ?? '');
    if (head === null) continue;
    const [, , name = '', kind = '', group = '', gone = '', changed] = head;
    const end = lines.findIndex((line, index) => index > at && HELM.test(line));
    const body = lines.slice(at + 1, end === -1 ? undefined : end);
    if (gone === 'removed') {
      const loss = lossOf(kind, group, name);
      if (loss !== undefined && !keeps(body)) found.push(destroyed(loss));
    } else if (changed !== undefined) found.push(...changedObject(body, `${kind} ${name}`));
  }
  return found;
}

/** Helm leaves these where they are. */
const keeps = (body: readonly string[]): boolean =>
  body.some((line) => /^[-\s]\s+["']?helm\.sh\/resource-policy["']?:\s*["']?keep/.test(line));

/** The object on both sides, read by the rules for manifests. Without all of its lines nothing is said. */
function changedObject(body: readonly string[], address: string): readonly Noticed[] {
  const side = (sign: string): string =>
    body.flatMap((line) => (line.startsWith(' ') || line.startsWith(sign) ? [line.slice(2)] : [])).join('\n');
  const change = { path: 'manifest.yaml', from: null, before: side('-'), after: side('+') };
  if (!('noticeAll' in kubernetes) || !kubernetes.concerns(change)) return [];
  const noticed = kubernetes.noticeAll([change], { grammar: () => Promise.reject(new Error('none is needed')) });
  if (noticed instanceof Promise) return [];
  return noticed.map(({ rule, message, severity, row }) => ({
    rule,
    message,
    ...(severity === undefined ? {} : { severity }),
    ...(row === undefined ? {} : { row }),
    line: 1,
    side: 'new' as const,
    address,
  }));
}

/** `  - Microsoft.Storage/storageAccounts/media [2023-01-01]` is deleted. */
function whatIf(lines: readonly string[]): readonly Noticed[] {
  return lines.flatMap((line): readonly Noticed[] => {
    const [, id] = /^\s{2}-\s([\w.]+\/\S+)(?: \[[^\]]*\])?$/.exec(line) ?? [];
    if (id === undefined) return [];
    return [destroyed({ address: id.split('/').at(-1) ?? id, data: holdsDataByWords(typeInId(id)) })];
  });
}
