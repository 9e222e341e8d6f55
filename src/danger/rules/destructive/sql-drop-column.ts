import { once } from '../../lazy-value';
import type { Rule, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'SQL that drops a column',
  why: "The database deletes the column's values. Code that still uses the column fails.",
  fix: 'Stop reading and writing the column first, and drop it in a later release.',
  atOnce: true,
} as const satisfies Rule;

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'column', does: 'drops a column, with what is in it' },
]);
