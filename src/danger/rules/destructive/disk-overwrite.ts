import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a command that formats or overwrites a disk, partition or volume (`mkfs`, `dd`, `wipefs`)',
  why: 'The command destroys the data on the device. Device names change between two starts, so it can hit the wrong one.',
  fix: 'Let a person check the device and run it.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'lvol lvg parted zfs zpool btrfs_subvolume filesystem', after: /^absent$/, says: 'Task "{it}" removes a volume of a disk.' },
    { key: 'force', under: 'filesystem', after: 'yes', says: 'Task "{it}" makes a new file system over what is there.' },
  ],
}));
