import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a container that runs as root or privileged, or gets the Docker socket',
  why: 'An attacker who enters the container has every right in it, and often on its host.',
  fix: 'Run it as an account without privileges, and mount neither the socket nor folders of the host.',
  ofTheMachine: true,
  inScripts: ({ words }) => words.some((word) => /^0?777$/.test(word)),
} as const satisfies Rule;

const ROOT = /^(?:root|0)(?::.*)?$/;
/** Whoever it was, it was not root. */
const NOT_ROOT = /^(?!(?:root|0)(?::.*)?$)/;
const CAPABILITIES = /^(?:CAP_)?(?:ALL|BPF|DAC_READ_SEARCH|NET_ADMIN|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO)$/i;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'selinux', after: /^(?:permissive|disabled)$/, severity: 'high', says: 'Task "{it}" has SELinux stop nothing any more ({after}).' },
    { key: 'mode', under: 'file copy template unarchive get_url', after: /^0?777$|^(?:a|ugo)[+=]\w*w|^o\+w/, only: (_pair, { words }) => words?.['path']?.startsWith('/tmp') !== true, says: 'Task "{it}" lets everybody write {path} (mode 777).' },
  ],
  cloudformation: [
    { key: 'Privileged', after: 'yes', only: ({ path }) => path.includes('ContainerDefinitions'), says: 'The container gets all rights on its host (Privileged).' },
  ],
  compose: [
    { key: 'privileged', under: '', before: 'not yes', after: 'yes', says: '{it} gets all rights on its host (privileged).' },
    { key: 'network_mode', under: '', after: /^host$/, says: '{it} shares the network with its host.' },
    { key: 'pid ipc userns_mode uts cgroup', under: '', after: /^host$/, says: '{it} shares {key} with its host.' },
    { key: '[]', under: 'cap_add', before: 'absent', after: CAPABILITIES, says: '{it} gets the capability {after}, which is close to root on its host.' },
    { key: '[]', under: 'security_opt', before: 'absent', after: /unconfined|label[:=]disable|no-new-privileges[:=]false/, says: '{it} runs without a protection of its host ({after}).' },
    { key: 'user', under: '', before: NOT_ROOT, after: ROOT, says: '{it} runs as root.' },
    { key: 'user', under: '', before: NOT_ROOT, after: 'absent', stays: true, says: '{it} may run as root: its user is removed.' },
  ],
}));
