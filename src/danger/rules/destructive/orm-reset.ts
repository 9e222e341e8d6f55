import { once } from '../../rows/once';
import type { Rule, Settings } from '../types';

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
