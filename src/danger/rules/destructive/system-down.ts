import type { CommandRow, Rule } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'shutdown, kill -1, fork bomb, crontab -r, userdel -r',
  why: 'Everybody who uses the machine or the account is cut off, and it may not come back by itself.',
  fix: 'Let a person stop the machine, the process or the account, after checking which one it is.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const commands: readonly CommandRow[] = [
  { program: 'mysqladmin mariadb-admin', verb: /\b(?:shutdown|flush-\w+|kill)\b/, not: /\bdrop\b/, severity: 'medium', does: 'stops the database server' },
  { program: 'pg_ctlcluster pg_ctl', line: /\bstop\b/, severity: 'medium', does: 'stops the database server' },
];
