import { once } from '../../lazy';
import { textAt } from '../../tree';
import type { Facts, Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'GRANT to PUBLIC, row level security off, trust authentication',
  why: 'Whoever reaches the database can then read or change more than was meant.',
  fix: 'Grant the privileges that are needed to the role that needs them.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'line', under: 'lineinfile', after: /^(?:local|host\w*)\s.*\strust$/, says: 'Task "{it}" lets connections in without a password.' },
    { key: 'source address', under: 'postgresql_pg_hba', after: 'world', only: ({ within }) => /^(?:md5|password|ident)$/.test(textAt(within?.after, 'method') ?? 'md5'), says: 'Task "{it}" lets every address try the database with a weak check.' },
    { key: 'method', under: 'postgresql_pg_hba', after: /^trust$/, says: 'Task "{it}" lets connections in without a password.' },
  ],
  compose: [
    { key: 'POSTGRES_HOST_AUTH_METHOD', under: 'environment', after: /^trust$/, says: '{it} asks nobody for a password ({key}).' },
    { key: /^(?:MYSQL|MARIADB)_ALLOW_EMPTY_(?:ROOT_)?PASSWORD$|^ALLOW_EMPTY_PASSWORD$/, under: 'environment', after: 'yes', says: '{it} lets root in without a password ({key}).' },
    { key: 'xpack.security.enabled', under: 'environment', after: /^false$/, says: '{it} asks nobody for a password ({key}).' },
    { key: 'DISABLE_SECURITY_PLUGIN plugins.security.disabled', under: 'environment', after: /^true$/, says: '{it} asks nobody for a password ({key}).' },
    { key: 'NEO4J_AUTH', under: 'environment', after: /^none$/i, says: '{it} asks nobody for a password ({key}).' },
  ],
}));

// prettier-ignore
export const facts = {
  'connections need no password trust': 'Connections{how} need no password (trust).',
  'the database answers every address with': 'The database answers every address with a weak check ({method}).',
  'the store answers other machines without': 'The store answers other machines without a password (protected-mode no).',
  'the database lets users in without': 'The database lets users in without a password: the method is trust.',
  'row level security of is switched': 'Row level security of {shown} is switched off: every role with access sees every row.',
  'every user of the database gets': 'Every user of the database gets {what}: the grant is to {what2}.',
  'gets all privileges on': { says: '{what} gets all privileges on {what2}.', severity: 'medium' },
  'a policy lets everybody': { says: 'A policy lets everybody {deed} every row of {table}: its condition is always true.', severity: 'high' },
  'a policy lets everybody read': { says: 'A policy lets everybody read every row of {table}: its condition is always true.', severity: 'medium' },
  'rules let everybody': 'The rules let everybody {deed}{when}.',
  'rules let everybody read': { says: 'The rules let everybody {deed}.', severity: 'medium' },
  'row level security no longer holds': 'Row level security no longer holds for the role {name}.',
} as const satisfies Facts;
