import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'DROP of a table, database, schema, view, type, partition, user; TRUNCATE',
  why: 'The rows go with the table, in most databases without a way back.',
  fix: 'Rename it first, and drop it once nothing reads it any more.',
  instead: 'Write a migration, and ask for a review; never run it against a database by yourself.',
} as const satisfies Rule;

// prettier-ignore
export const settings: Settings = {
  ansible: [
    { key: 'state', under: /^(?:postgresql|mysql|mssql)_(?:db|schema|table|tablespace)$|^(?:mongodb|influxdb|proxysql|clickhouse)_(?:database|db)$/, after: /^absent$/, says: 'Task "{it}" drops a database.' },
    { key: 'state', under: 'postgresql_user mysql_user mongodb_user', after: /^absent$/, says: 'Task "{it}" drops a user of a database.' },
  ],
};
