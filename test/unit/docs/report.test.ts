import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { REPORT_PAGE, reportDoc } from '../../../.ci/docs/report';

describe('the page on reports', () => {
  it('is the one that the code gives ("npm run docs" makes it)', () => {
    assert.equal(readFileSync(fileURLToPath(new URL(`../../../${REPORT_PAGE}`, import.meta.url)), 'utf8'), reportDoc());
  });
});
