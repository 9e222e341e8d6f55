import type { Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'helm uninstall, helmfile destroy, upgrade --force',
  why: 'Everything in the release goes, and claims may go with it.',
  fix: 'Show what would go (`helm get manifest`), and let a person uninstall it.',
} as const satisfies Rule;
