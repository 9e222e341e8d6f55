import { isOfTheNode } from '../../rule-rows/node-agent-images';
import { once } from '../../lazy-value';
import { entriesOf, get, isYes, numberOf, type Pair, textAt } from '../../yaml-and-json';
import type { Rule, SettingRow, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a container that runs as privileged, as root, or with the network or folders of its host',
  why: 'An attacker who enters the container also controls its host.',
  fix: 'Run without privileges, and add the single capability that is needed.',
} as const satisfies Rule;

const ON = { before: 'not yes', after: 'yes' } as const;
/** Capabilities of Linux that are nearly root on the host. */
const CAPABILITIES =
  /^(?:CAP_)?(?:ALL|BPF|DAC_OVERRIDE|DAC_READ_SEARCH|NET_ADMIN|NET_RAW|SYS_ADMIN|SYS_BOOT|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|SYS_TIME)$/i;
const ENFORCED = 'pod-security.kubernetes.io/enforce';

// prettier-ignore
/** What a program of the machine itself is there for is no news, and several of one kind in an object are one cause. */
export const settings = /* @__PURE__ */ once((): Settings => ({
  kubernetes: rights().map((row): SettingRow => ({
    ...row,
    together: true,
    only: (pair, subject) => !isOfTheNode(pair, subject.words?.['chart']) && (row.only?.(pair, subject) ?? true),
  })),
  terraform: [
    { key: 'privileged host_network host_pid host_ipc allow_privilege_escalation', of: /^kubernetes_/, ...ON, together: true, says: '{it} gives a container rights on its host ({key}).' },
  ],
}));

// prettier-ignore
const rights = (): readonly SettingRow[] => [
  { key: 'privileged', ...ON, says: '{it} runs a container with all rights on its host ({key}).' },
  { key: 'hostNetwork', ...ON, says: "{it} puts the pod on the host's network ({key})." },
  { key: 'hostPID', ...ON, says: '{it} lets the pod see and signal the processes of its host ({key}).' },
  { key: 'hostIPC', ...ON, says: "{it} shares the host's memory with the pod ({key})." },
  { key: 'allowPrivilegeEscalation', ...ON, says: '{it} lets processes gain more rights than their parent ({key}).' },
  { key: 'allowPrivilegedContainer', ...ON, says: '{it} lets pods run with all rights on their host ({key}).' },
  { key: 'hostProcess', ...ON, says: "{it} runs a Windows container as the host's own process ({key})." },
  { key: 'runAsUser', after: 'zero', says: '{it} runs as root (runAsUser: 0).' },
  { key: 'runAsUserName', after: /^ContainerAdministrator$/i, says: '{it} runs as an administrator.' },
  { key: 'runAsNonRoot', after: 'no', says: '{it} may run as root (runAsNonRoot: false).' },
  { key: '[]', under: 'add', before: 'absent', after: CAPABILITIES, only: ({ within }) => within?.within?.key === 'capabilities', says: '{it} gets the capability {after}, which is close to root on its host.' },
  { key: 'hostPath', after: 'there', only: mountsAnother, says: '{it} mounts a directory of its host: {after.path}.' },
  { key: 'type', under: 'seccompProfile', after: /^Unconfined$/, says: '{it} runs without the filter of system calls (seccomp Unconfined).' },
  { key: 'procMount', after: /^Unmasked$/, says: '{it} sees all of /proc (procMount: Unmasked).' },
  { key: 'runAsNonRoot', before: 'yes', after: 'absent', only: isLost, says: '{it} is no longer kept from running as root: runAsNonRoot is removed.' },
  { key: 'runAsUser', before: 'above zero', after: 'absent', only: isLost, severity: 'medium', says: '{it} may now run as root: runAsUser is removed.' },
  { key: 'allowPrivilegeEscalation', before: 'no', after: 'absent', only: isLost, severity: 'medium', says: '{it} may gain more rights again: allowPrivilegeEscalation: false is removed.' },
  { key: /^container\.apparmor\.security\.beta\.kubernetes\.io\//, before: /^(?!unconfined$)./, after: /^unconfined$/, says: '{it} runs without a protection of its host ({key}).' },
  { key: 'readOnlyRootFilesystem', before: 'yes', after: 'no', severity: 'low', says: '{it} may change its own programs ({key}).' },
  { key: '[]', under: 'drop', before: /^ALL$/i, after: 'absent', stays: true, severity: 'medium', says: '{it} keeps the capabilities of Linux that it gave up ({before}).' },
  { key: ENFORCED, of: 'Namespace', before: /^restricted$/, after: /^baseline$/, severity: 'low', says: '{it} lets pods do more than before ({key}).' },
  { key: ENFORCED, of: 'Namespace', after: /^privileged$/, says: '{it} lets pods run with all rights on their host.' },
  { key: ENFORCED, of: 'Namespace', before: /^(?!privileged$)./, after: 'absent', says: '{it} no longer refuses privileged pods: {key} is removed.' },
];

function mountsAnother({ before, after }: Pair): boolean {
  const path = textAt(after, 'path');
  // a template's own value decides, which the chart does not set
  return path !== undefined && !path.startsWith('tpl_') && path !== textAt(before, 'path');
}

/** The protection is removed while what it protected stays, and nothing else does the same. */
function isLost({ within }: Pair): boolean {
  // other objects have such a key for what they make of it
  if (!/securityContext$/i.test(within?.key ?? '')) return false;
  const stays =
    within?.after !== undefined || (within?.key === 'securityContext' && within.within?.after !== undefined);
  return stays && !isElsewhere(within);
}

/**
 * Whether the same protection is now set for the whole pod or for its containers, or another finding already reports
 * the loss.
 */
function isElsewhere(within: Pair | undefined): boolean {
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
