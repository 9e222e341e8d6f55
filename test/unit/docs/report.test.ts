import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EXPORT_PAGE, exportDoc } from '../../../scripts/docs/export';
import { FLEET_PAGE, fleetDoc } from '../../../scripts/docs/fleet';
import { REPORT_PAGE, reportDoc } from '../../../scripts/docs/report';

describe('the pages on reports, exports and many repositories', () => {
  for (const [page, made] of [
    [REPORT_PAGE, reportDoc],
    [EXPORT_PAGE, exportDoc],
    [FLEET_PAGE, fleetDoc],
  ] as const) {
    it(`${page} is the one that the code gives ("npm run docs" makes it)`, () => {
      assert.equal(readFileSync(fileURLToPath(new URL(`../../../${page}`, import.meta.url)), 'utf8'), made());
    });
  }
});
