import { once } from '../../lazy-value';
import type { CommandRow, Rule, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: '`DELETE` or `UPDATE` without a condition',
  why: 'The statement changes or deletes every row of the table.',
  fix: 'Add a `WHERE` that names the rows.',
  instead: 'Select the rows first, show how many there are, and let the person run it.',
} as const satisfies Rule;

export const EVERY_ROW_DELETED = 'destructive/sql-no-where: Every row of {shown} is deleted: {why}.';
export const EVERY_ROW_CHANGED = 'destructive/sql-no-where: Every row of {shown} is changed: {why}.';

// prettier-ignore
export const commands = /* @__PURE__ */ once((): readonly CommandRow[] => [
  { program: 'pt-archiver', with: /^--purge$/, does: 'deletes rows' },
]);

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { verb: 'update', with: /(?:^|\.)(?:filter|query|where)=\{\}$/, does: 'changes every document of a collection' },
]);
