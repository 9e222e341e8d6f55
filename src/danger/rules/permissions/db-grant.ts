import { once } from '../../lazy-value';
import { textAt } from '../../yaml-and-json';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'database rights for everybody, or row-level security that is switched off',
  why: 'Anyone who reaches the database can read or change data that should be closed to them.',
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
