import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'RemovalPolicy.DESTROY, autoDeleteObjects, protection off; Pulumi protect off',
  why: 'With it, data is deleted together with its stack, or when the construct is renamed.',
  fix: 'Use `RemovalPolicy.RETAIN` or `SNAPSHOT` for what holds data.',
} as const satisfies Rule;
