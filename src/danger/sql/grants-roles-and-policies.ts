/** GRANT, and what gives a role all privileges. */
import { factOf } from '../rule-rows/facts-from-sentences';
import { byComma, cutShort } from './names-in-statements';
import { outer } from './delete-update-and-merge';
import type { SqlFinding, Statement, Token } from './types';

const EVERY_GRANT = 'permissions/iam-admin: {what} may do everything in the database server.';

/** Roles that may do everything, in several databases. */
const ADMIN =
  /^(?:rds_superuser|cloudsqlsuperuser|azure_pg_admin|sysadmin|securityadmin|db_owner|dba|sysdba|accountadmin|securityadmin|orgadmin|pg_execute_server_program|pg_write_server_files)$/i;
/** Roles that mean everybody. */
const EVERYBODY = /^(?:public|anon)$/i;

/** `GRANT what ON where TO whom`. */
export function grants({ tokens }: Statement): readonly SqlFinding[] {
  const line = tokens[0]?.line ?? 1;
  const to = outer(tokens, 'TO');
  if (to === -1) return [];
  const on = outer(tokens, 'ON');
  const what = tokens.slice(1, on === -1 ? to : Math.min(on, to));
  const where = on === -1 ? [] : tokens.slice(on + 1, to);
  const whom = byComma(tokens.slice(to + 1)).map(
    (part) => part.find(({ key }) => key !== 'GROUP' && key !== 'ROLE' && key !== 'USER')?.text ?? '',
  );
  const everybody = whom.find((name) => EVERYBODY.test(name));
  const all = what[0]?.key === 'ALL';
  const place = where.map(({ text }) => text).join('');
  if (everybody !== undefined) {
    const shown = what.map(({ text }) => text).join(' ');
    return [
      {
        ...factOf('permissions/db-grant: Every user of the database gets {what}: the grant is to {what2}.', {
          what: cutShort(all ? 'all privileges' : shown),
          what2: cutShort(everybody),
        }),
        line,
      },
    ];
  }
  const admin = on === -1 ? what.find(({ text }) => ADMIN.test(text)) : undefined;
  if (admin !== undefined || (all && (place === '*.*' || on === -1))) {
    return [{ ...factOf(EVERY_GRANT, { what: cutShort(whom[0] ?? 'A role') }), line }];
  }
  if (what[0]?.key === 'CONTROL' && (what[1]?.key === 'SERVER' || where[0]?.key === 'SERVER'))
    return [{ ...factOf(EVERY_GRANT, { what: cutShort(whom[0] ?? 'A role') }), line }];
  const wide = ['DATABASE', 'SCHEMA'].includes(where[0]?.key ?? '') || where[0]?.key === 'ALL' || place.endsWith('.*');
  if (all && wide)
    return [
      {
        ...factOf('permissions/db-grant (medium): {what} gets all privileges on {what2}.', {
          what: cutShort(whom[0] ?? 'A role'),
          what2: cutShort(where.map(({ text }) => text).join(' ')).replaceAll(' . ', '.'),
        }),
        line,
      },
    ];
  return [];
}

/** `CREATE ROLE … SUPERUSER`, `ALTER USER … BYPASSRLS`. */
export function roles({ tokens }: Statement): readonly SqlFinding[] {
  if (!['ROLE', 'USER', 'GROUP'].includes(tokens[1]?.key ?? '')) return [];
  const power = tokens.slice(3).find(({ key }) => key === 'SUPERUSER' || key === 'BYPASSRLS');
  if (power === undefined) return [];
  const name = cutShort(tokens[2]?.text ?? '');
  if (power.key === 'SUPERUSER')
    return [
      {
        ...factOf('permissions/iam-admin: The database role {name} becomes a superuser: nothing limits it.', { name }),
        line: tokens[0]?.line ?? 1,
      },
    ];
  return [
    {
      ...factOf('permissions/db-grant: Row level security no longer holds for the role {name}.', { name }),
      line: tokens[0]?.line ?? 1,
    },
  ];
}

/** T-SQL: `ALTER SERVER ROLE sysadmin ADD MEMBER x`, `EXEC sp_addsrvrolemember 'x', 'sysadmin'`. */
export function memberships(tokens: readonly Token[]): readonly SqlFinding[] {
  const adds =
    (tokens[0]?.key === 'ALTER' &&
      tokens.some(({ key }) => key === 'MEMBER') &&
      tokens.some(({ key }) => key === 'ADD')) ||
    tokens.slice(0, 4).some(({ text }) => /^sp_add(?:srv)?rolemember$/i.test(text));
  if (!adds || !tokens.some(({ text }) => /^(?:sysadmin|securityadmin|db_owner)$/i.test(text))) return [];
  return [
    {
      ...factOf('permissions/iam-admin: A login becomes an administrator of the database server.'),
      line: tokens[0]?.line ?? 1,
    },
  ];
}

/** `CREATE POLICY p ON t FOR ALL TO x USING (true)`: for `SELECT` alone everybody may read. */
export function policies({ tokens }: Statement): readonly SqlFinding[] {
  const line = tokens[0]?.line ?? 1;
  if (tokens[1]?.key !== 'POLICY') return [];
  const keys = tokens.map(({ key, text }) => (key === '' ? text.toUpperCase() : key));
  const isOpen = keys.some(
    (key, at) =>
      (key === 'USING' || key === 'CHECK') && keys[at + 1] === '(' && keys[at + 2] === 'TRUE' && keys[at + 3] === ')',
  );
  const to = outer(tokens, 'TO');
  const [role = 'PUBLIC'] = to === -1 ? [] : keys.slice(to + 1);
  if (!isOpen || !/^(?:PUBLIC|ANON|AUTHENTICATED)$/.test(role) || keys.includes('RESTRICTIVE')) return [];
  const at = outer(tokens, 'ON');
  const end = tokens.findIndex(({ key }, index) => index > at && /^(?:AS|FOR|TO|USING|WITH)$/.test(key));
  const table = cutShort(
    tokens
      .slice(at + 1, end === -1 ? undefined : end)
      .map(({ text }) => text)
      .join(''),
  );
  const verb = keys[keys.indexOf('FOR') + 1] ?? '';
  const deeds: Readonly<Record<string, string>> = { INSERT: 'add to', UPDATE: 'change', DELETE: 'delete' };
  if (keys.includes('FOR') && verb === 'SELECT')
    return [
      {
        ...factOf(
          'permissions/db-grant (medium): A policy lets everybody read every row of {table}: its condition is always true.',
          { table },
        ),
        line,
      },
    ];
  return [
    {
      ...factOf(
        'permissions/db-grant (high): A policy lets everybody {deed} every row of {table}: its condition is always true.',
        { table, deed: deeds[verb] ?? 'change' },
      ),
      line,
    },
  ];
}
