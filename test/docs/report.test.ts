import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXPORT_PAGE, EXPORT_TABLES_PAGE, exportDoc, exportTablesDoc } from '../../scripts/docs/export';
import { FLEET_PAGE, FLEET_SQL_PAGE, fleetDoc, fleetSqlDoc } from '../../scripts/docs/fleet';
import { POLICY_KEYS_PAGE, policyKeysDoc } from '../../scripts/docs/policy-keys';
import { REPORT_PAGE, reportDoc } from '../../scripts/docs/report';
import { SUPPORT_PAGE, supportDoc } from '../../scripts/docs/support';

describe('the generated pages of docs', () => {
  for (const [page, made] of [
    [REPORT_PAGE, reportDoc],
    [POLICY_KEYS_PAGE, policyKeysDoc],
    [EXPORT_PAGE, exportDoc],
    [EXPORT_TABLES_PAGE, exportTablesDoc],
    [FLEET_PAGE, fleetDoc],
    [FLEET_SQL_PAGE, fleetSqlDoc],
    [SUPPORT_PAGE, supportDoc],
  ] as const) {
    it(`${page} is what npm run docs makes`, () => {
      assert.equal(readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8'), made());
    });
  }
});
