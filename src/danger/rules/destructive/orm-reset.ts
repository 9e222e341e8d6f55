import { once } from '../../rows/once';
import type { Facts, Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'db:drop, migrate reset, migrate:fresh, flush, sync force, dropSchema, ddl-auto create-drop',
  why: 'It empties whatever database the environment points to.',
  fix: 'Run it on a database that was made for it, never on a shared one.',
  instead: 'Write a migration that goes forward, or let the person do this on a database of their own.',
} as const satisfies Rule;

const DROPS = '`{it}: {after}` drops the tables when the program starts, or lets it.';

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  settings: [
    { key: /(?:hibernate\.ddlauto|hbm2ddl\.auto|dbcreate)$/, after: /^(?:create|create-drop|drop)$/i, says: DROPS },
    { key: /(?:schemageneration\.database\.action|hibernateorm(?:\.[\w"]+)?\.(?:database|schemamanagement)\.(?:generation|strategy))$/, after: /^(?:drop-and-create|drop|create-drop)$/i, says: DROPS },
    { key: /flyway(?:\.[\w"]+)?\.cleandisabled$/, after: /^false$/i, says: DROPS },
    { key: /flyway(?:\.[\w"]+)?\.(?:cleanonvalidationerror|cleanatstart)$|liquibase(?:\.[\w"]+)?\.(?:dropfirst|cleanatstart)$/, after: /^true$/i, says: DROPS },
  ],
}));

// prettier-ignore
export const tools: readonly ToolRow[] = [
  { verb: 'reset', of: 'migrate migration', does: 'empties the database and runs every migration again' },
];

// prettier-ignore
export const facts = {
  'changes what the protected environment is': { says: 'changes what the protected environment is', severity: 'medium' },
  'deletes all data of the database': 'deletes all data of the database',
  'drops every table of an app': 'drops every table of an app',
  'changes the database though data is': 'changes the database though data is lost',
  'changes the database though data may': { says: 'changes the database though data may be lost', severity: 'medium' },
  'drops everything in the schemas': 'drops everything in the schemas',
  'drops everything in the schema': 'drops everything in the schema',
  'deletes content or the database': 'deletes content or the database',
  'changes what migrations are known': { says: 'changes what migrations are known', severity: 'medium' },
  'takes every migration back with what': 'takes every migration back, with what they made',
  'changes the database though data may be': 'changes the database though data may be lost',
  'changes the database and nobody has': { says: 'changes the database, and nobody has seen how', severity: 'medium' },
  'removes the metadata': 'removes the metadata',
  'overwrites the content': 'overwrites the content',
  'the tables are dropped and recreated': 'The tables are dropped and recreated, empty.',
  'the schema is dropped each time': 'The schema is dropped each time the program connects, with every row.',
} as const satisfies Facts;
