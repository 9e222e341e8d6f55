import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'strategy Recreate, automatic pruning',
  why: 'Everything stops before the new version has shown that it starts.',
  fix: "Use `RollingUpdate`, or say why two versions can't run side by side.",
} as const satisfies Rule;
