/** Writes the generated pages: `npm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANT_SETTINGS_PAGE, assistantSettingsPage, ASSISTANTS_PAGE, assistantsPage } from './docs/assistants';
import { CLI_PAGE, cliDoc } from './docs/cli';
import { EXPORT_PAGE, EXPORT_TABLES_PAGE, exportDoc, exportTablesDoc } from './docs/export';
import { FLEET_PAGE, FLEET_SQL_PAGE, fleetDoc, fleetSqlDoc } from './docs/fleet';
import { POLICY_KEYS_PAGE, policyKeysDoc } from './docs/policy-keys';
import { REPORT_PAGE, reportDoc } from './docs/report';
import { rulePages, RULES_FOLDER } from './docs/rules';
import { SUPPORT_PAGE, supportDoc } from './docs/support';

const TOP = path.resolve(import.meta.dirname, '..');

writeFileSync(path.join(TOP, ASSISTANTS_PAGE), assistantsPage());
writeFileSync(path.join(TOP, ASSISTANT_SETTINGS_PAGE), assistantSettingsPage());
writeFileSync(path.join(TOP, CLI_PAGE), cliDoc());
writeFileSync(path.join(TOP, POLICY_KEYS_PAGE), policyKeysDoc());
writeFileSync(path.join(TOP, REPORT_PAGE), reportDoc());
writeFileSync(path.join(TOP, EXPORT_PAGE), exportDoc());
writeFileSync(path.join(TOP, EXPORT_TABLES_PAGE), exportTablesDoc());
writeFileSync(path.join(TOP, FLEET_PAGE), fleetDoc());
writeFileSync(path.join(TOP, FLEET_SQL_PAGE), fleetSqlDoc());
writeFileSync(path.join(TOP, SUPPORT_PAGE), supportDoc());
rmSync(path.join(TOP, RULES_FOLDER), { recursive: true, force: true }); // a removed rule must not keep its page
mkdirSync(path.join(TOP, RULES_FOLDER), { recursive: true });
void rulePages().then((pages) => {
  for (const [name, page] of pages) writeFileSync(path.join(TOP, RULES_FOLDER, name), page);
});
