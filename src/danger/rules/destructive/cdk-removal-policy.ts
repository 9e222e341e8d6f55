import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'CDK or Pulumi code that lets data be deleted with its stack (`RemovalPolicy.DESTROY`, `autoDeleteObjects`)',
  why: 'The tool deletes the data with its stack, or when somebody renames the construct.',
  fix: 'Use `RemovalPolicy.RETAIN` or `SNAPSHOT` for what holds data.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  pulumi: [
    { key: 'protect retainOnDelete', before: 'yes', after: 'not yes', says: '{it} may be deleted: {key} {off}.' },
    { key: 'deletionProtection deletionProtectionEnabled enableDeletionProtection disableApiTermination', before: 'yes', after: 'not yes', says: '{it} loses its protection against deletion.' },
    { key: 'deletionProtection deletionProtectionEnabled enableDeletionProtection disableApiTermination', before: 'absent', after: 'no', says: '{it} loses its protection against deletion.' },
    { key: 'forceDestroy skipFinalSnapshot forceDelete', before: 'not yes', after: 'yes', says: '{it} keeps no copy when it is deleted ({key}).' },
  ],
}));
