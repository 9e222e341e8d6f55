/** GRANT, and what gives a role all privileges. */
import { byComma, cutShort } from './names';
import { outer } from './rows';
import type { SqlFinding, Statement, Token } from './types';

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
        rule: 'permissions/db-grant',
        line,
        message: `Every user of the database gets ${cutShort(all ? 'all privileges' : shown)}: the grant is to ${cutShort(everybody)}.`,
      },
    ];
  }
  const admin = on === -1 ? what.find(({ text }) => ADMIN.test(text)) : undefined;
  if (admin !== undefined || (all && (place === '*.*' || on === -1))) {
    return [
      {
        rule: 'permissions/iam-admin',
        line,
        message: `${cutShort(whom[0] ?? 'A role')} may do everything in the database server.`,
      },
    ];
  }
  if (what[0]?.key === 'CONTROL' && (what[1]?.key === 'SERVER' || where[0]?.key === 'SERVER'))
    return [
      {
        rule: 'permissions/iam-admin',
        line,
        message: `${cutShort(whom[0] ?? 'A role')} may do everything in the database server.`,
      },
    ];
  const wide = ['DATABASE', 'SCHEMA'].includes(where[0]?.key ?? '') || where[0]?.key === 'ALL' || place.endsWith('.*');
  if (all && wide)
    return [
      {
        rule: 'permissions/db-grant',
        line,
        severity: 'medium',
        message: `${cutShort(whom[0] ?? 'A role')} gets all privileges on ${cutShort(where.map(({ text }) => text).join(' ')).replaceAll(' . ', '.')}.`,
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
        rule: 'permissions/iam-admin',
        line: tokens[0]?.line ?? 1,
        message: `The database role ${name} becomes a superuser: nothing limits it.`,
      },
    ];
  return [
    {
      rule: 'permissions/db-grant',
      line: tokens[0]?.line ?? 1,
      message: `Row level security no longer holds for the role ${name}.`,
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
      rule: 'permissions/iam-admin',
      line: tokens[0]?.line ?? 1,
      message: 'A login becomes an administrator of the database server.',
    },
  ];
}
