import { CLOUD_MODULES } from '../../data-nouns';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'a delete, terminate, purge or empty operation of a cloud CLI or hosting CLI',
  why: 'What a cloud deletes is gone at once, and most services keep no copy.',
  fix: 'List what would go, and let a person delete it.',
  instead: "List what would be deleted, and ask for a senior's review.",
} as const satisfies Rule;

// prettier-ignore
export const settings: Settings = {
  ansible: [
    { key: 'state', under: CLOUD_MODULES, after: /^absent$/, says: 'Task "{it}" deletes a resource of a cloud.' },
  ],
};
