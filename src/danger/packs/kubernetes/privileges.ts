/** What lets a container out of its sandbox, in manifests and in chart values alike. */
import { entriesOf, get, isNo, isYes, on, gone, numberOf, same, textAt, textsOf, type Pair } from '../../tree';
import type { Noticed } from '../../types';

const RULE = 'permissions/k8s-privileged';

/** Keys that are dangerous when they are true. */
const TRUE_KEYS: Readonly<Record<string, string>> = {
  privileged: 'runs a container with all rights on its host',
  hostNetwork: "puts the pod on the host's network",
  hostPID: 'lets the pod see and signal the processes of its host',
  hostIPC: "shares the host's memory with the pod",
  allowPrivilegeEscalation: 'lets processes gain more rights than their parent',
  allowPrivilegedContainer: 'lets pods run with all rights on their host',
  hostProcess: "runs a Windows container as the host's own process",
};

/** Linux capabilities that are nearly root on the host. */
const CAPABILITIES = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_PTRACE',
  'SYS_MODULE',
  'SYS_RAWIO',
  'NET_ADMIN',
  'NET_RAW',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'BPF',
  'SYS_BOOT',
  'SYS_TIME',
]);

/** Looks at one place; `what` names the object in messages. */
export function noticePrivilege(pair: Pair, what: string): readonly Noticed[] {
  const { key, before, after } = pair;
  if (after !== undefined && same(before, after)) return [];
  const why = Object.hasOwn(TRUE_KEYS, key) ? TRUE_KEYS[key] : undefined;
  if (why !== undefined && isYes(after) && !isYes(before))
    return [on(RULE, after ?? { line: 1 }, `${what} ${why} (${key}).`)];
  if (after === undefined) return removed(pair, what);
  switch (key) {
    case 'runAsUser':
      return numberOf(after) === 0 ? [on(RULE, after, `${what} runs as root (runAsUser: 0).`)] : [];
    case 'runAsUserName':
      return /^ContainerAdministrator$/i.test(after.text ?? '')
        ? [on(RULE, after, `${what} runs as an administrator.`)]
        : [];
    case 'runAsNonRoot':
      return isNo(after) ? [on(RULE, after, `${what} may run as root (runAsNonRoot: false).`)] : [];
    case 'add':
      return pair.within?.key === 'capabilities' ? capabilities(pair, what) : [];
    case 'hostPath':
      return after.map === null || textAt(before, 'path') === textAt(after, 'path')
        ? []
        : [on(RULE, after, `${what} mounts a directory of its host: ${textAt(after, 'path') ?? 'hostPath'}.`)];
    case 'type':
      return pair.within?.key === 'seccompProfile' && after.text === 'Unconfined'
        ? [on(RULE, after, `${what} runs without the filter of system calls (seccomp Unconfined).`)]
        : [];
    case 'procMount':
      return after.text === 'Unmasked' ? [on(RULE, after, `${what} sees all of /proc (procMount: Unmasked).`)] : [];
    default:
      return [];
  }
}

function capabilities({ before, after }: Pair, what: string): readonly Noticed[] {
  const had = new Set(textsOf(before).map(short));
  const item = (after?.list ?? []).find(
    ({ text }) => CAPABILITIES.has(short(text ?? '')) && !had.has(short(text ?? '')),
  );
  return item === undefined
    ? []
    : [on(RULE, item, `${what} gets the capability ${short(item.text ?? '')}, which is close to root on its host.`)];
}

const short = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

/** Protections that are removed while what they protect stays. */
function removed({ key, before, within }: Pair, what: string): readonly Noticed[] {
  if (before === undefined) return [];
  const stays =
    within?.after !== undefined || (within?.key === 'securityContext' && within.within?.after !== undefined);
  if (!stays) return [];
  if (key === 'runAsNonRoot' && isYes(before) && !elsewhere(within))
    return [gone(RULE, before, `${what} is no longer kept from running as root: runAsNonRoot is removed.`)];
  if (key === 'runAsUser' && (numberOf(before) ?? 0) > 0 && !elsewhere(within))
    return [gone(RULE, before, `${what} may now run as root: runAsUser is removed.`, 'medium')];
  if (key === 'allowPrivilegeEscalation' && isNo(before) && !elsewhere(within))
    return [
      gone(RULE, before, `${what} may gain more rights again: allowPrivilegeEscalation: false is removed.`, 'medium'),
    ];
  return [];
}

/**
 * Whether the same protection is now set for the whole pod or for its containers, or another finding already reports
 * the loss.
 */
function elsewhere(within: Pair | undefined): boolean {
  const context = within?.key === 'securityContext' ? within.after : undefined;
  if (isYes(get(context, 'runAsNonRoot')) || (numberOf(get(context, 'runAsUser')) ?? 0) > 0) return true;
  for (let above = within?.within; above !== undefined; above = above.within) {
    const pod = get(above.after, 'securityContext');
    if (
      pod !== undefined &&
      pod !== context &&
      (isYes(get(pod, 'runAsNonRoot')) || (numberOf(get(pod, 'runAsUser')) ?? 0) > 0)
    )
      return true;
    const containers = get(above.after, 'containers')?.list;
    if (containers?.some((container) => isYes(get(container, 'securityContext', 'runAsNonRoot'))) === true) return true;
  }
  const old = within?.before;
  return entriesOf(old).some(([key]) => key === 'runAsNonRoot') && !isYes(get(old, 'runAsNonRoot'));
}
