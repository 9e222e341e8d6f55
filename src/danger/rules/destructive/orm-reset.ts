import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'db:drop, migrate reset, migrate:fresh, flush, sync force, dropSchema, ddl-auto create-drop',
  why: 'It empties whatever database the environment points to.',
  fix: 'Run it on a database that was made for it, never on a shared one.',
} as const satisfies Rule;
