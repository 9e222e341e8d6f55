/** The names of Kubernetes objects, services and images in a line of a log, an event or a list of labels. */

const KINDS =
  'pods?|endpoints?|endpointslices?|nodes?|replicationcontrollers?|deployments?(?:\\.apps)?|statefulsets?(?:\\.apps)?|daemonsets?(?:\\.apps)?|replicasets?(?:\\.apps)?|jobs?(?:\\.batch)?|cronjobs?(?:\\.batch)?|configmaps?|secrets?|serviceaccounts?|services?|ingress(?:es)?|horizontalpodautoscalers?|hpa|persistentvolumeclaims?|pvc|networkpolic(?:y|ies)|containers?';
const LABELS =
  'app|app\\.kubernetes\\.io/name|component|release|chart|workload|function|lambda|queue|topic|bucket|table|cluster|logger|program|process|job_name|service_name|service\\.name|container_name|unit';
const NAME = String.raw`\\?["']?([a-z0-9](?:[a-z0-9_.-]{0,80}[a-z0-9])?)(?![\w/])`;
/** `pod/orders-1`, `secret "orders-db"`, `container orders`, and `service=orders`, `"app":"orders"`. */
const LABELLED: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w/.-])(?:${KINDS})["']?(?:\.name)?(?:\s*[/=:]\s*|\s+)${NAME}`, 'gi'),
  new RegExp(String.raw`(?<![\w/.-])(?:${LABELS})["']?\s*[=:]\s*${NAME}`, 'gi'),
];
/** A pod of a Deployment, wherever it stands. */
const POD =
  /(?<![\w.-])([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)-(?:[a-f0-9]{8,10}|[bcdfghjklmnpqrstvwxz2456789]{8,10})-[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9-])/g;
/** `orders-7c9d_shop(2f…)`: how the kubelet writes a pod and its namespace. */
const POD_IN_NAMESPACE = /(?<![\w.-])([a-z0-9](?:[a-z0-9.-]{0,80}[a-z0-9])?)_[a-z0-9-]{1,60}(?=\(|[\s",;:]|$)/g;
/** `hl7-gateway.service: …`, `gateway[811]: …`: how systemd and syslog mark a line. */
const UNIT = /(?<![\w./-])([a-z][\w@-]{2,60})\.(?:service|timer|socket)\b|(?:^|\s)([a-z][\w.-]{2,60})\[\d+\]:/gi;
const IMAGE = /\bimage\s*[=:]?\s*\\?["']?(?:[\w.-]+(?::\d+)?\/)*([a-z0-9][\w.-]{0,80})(?:[:@][\w.:-]+)?/gi;
const SUFFIXES: readonly RegExp[] = [
  /-(?:[a-f0-9]{8,10}|[bcdfghjklmnpqrstvwxz2456789]{8,10})(?:-[bcdfghjklmnpqrstvwxz2456789]{5})?$/,
  /-(?=[a-z]*\d)[a-z0-9]{3,10}(?:-(?=[a-z0-9]*\d|[bcdfghjklmnpqrstvwxz]{5}$)[a-z0-9]{5})?$/,
];
/** Words after the name of a kind that are no name. */
const WORDS: ReadonlySet<string> = new Set(
  'a about action address after alert all already an and any are as at back be because been before being by can cannot claim could crashed create created delete deleted did does down error errors exceeded exited failed failing failure for from get had has have id event exception expected failure hint in info init into is it its kernel kind killed last list log logs marked may message missing name named namespace new no none not null of off on or out pending reason ready reported resource restarted restarting running scaled started statement status stopped summary terminated than that the their there this to type unavailable unable unhealthy unknown update updated version warning was were when which while will with without you'.split(
    ' ',
  ),
);

/** `orders` of `orders-7c9d6b5f4-x2x9z`, `orders-7c9d` or `orders-0`. */
function withoutSuffix(pod: string): string {
  for (const suffix of SUFFIXES) {
    const rest = pod.replace(suffix, '');
    if (rest !== pod && rest.length > 1) return rest;
  }
  return pod;
}

/** `orders: …`, `orders-1 | …`: how programs that start others mark their lines. */
const PREFIX = /^\s*([a-z][a-z0-9-]{2,40}?)(?:[-_.]\d+)?\s*[:|]\s/;
/** A row of what `kubectl get` prints. */
const ROW =
  /^([a-z0-9][a-z0-9.-]{1,100})\s{2,}(?:\d+\/\d+|<none>|<pending>|<unknown>|(?:Running|Pending|Unknown|Bound|Lost|Active|Ready|NotReady)\s)/;

/** The head of such a table. */
export const isHead = (line: string): boolean => /^(?:NAMESPACE\s{2,})?NAME\s{2,}[A-Z]/.test(line);

/** The names in a line, each once, those of pods without what the cluster put behind them. */
export function workloadsIn(line: string): readonly string[] {
  if (isHead(line)) return [];
  const names = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name === undefined || name.length < 3 || WORDS.has(name.toLowerCase()) || /^[\d.:-]+$/.test(name)) return;
    names.add(name);
  };
  for (const [, pod = ''] of line.matchAll(POD)) add(pod);
  for (const [, pod = ''] of line.matchAll(POD_IN_NAMESPACE)) if (pod.includes('-')) add(withoutSuffix(pod));
  for (const form of LABELLED)
    for (const [whole, name = ''] of line.matchAll(form))
      add(/^pods?\b/i.test(whole) ? withoutSuffix(name.replace(/_[a-z0-9-]+$/, '')) : name);
  for (const [, image = ''] of line.matchAll(IMAGE)) add(image);
  for (const [, unit, program] of line.matchAll(UNIT)) add(unit ?? program);
  add(PREFIX.exec(line)?.[1]);
  add(withoutSuffix(ROW.exec(line)?.[1] ?? ''));
  return [...names].filter(
    // What another one ends with is its tail, such as what stands behind a slash.
    (name) => ![...names].some((other) => other !== name && withoutSuffix(name) === other),
  );
}
