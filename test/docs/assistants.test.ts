import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS_PAGE, assistantsPage } from '../../scripts/docs/assistants';
import { ASSISTANTS } from '../../src/provenance/assistants';

describe('the page docs/assistants.md', () => {
  it('is what npm run docs makes', () => {
    assert.equal(readFileSync(path.resolve(import.meta.dirname, '../..', ASSISTANTS_PAGE), 'utf8'), assistantsPage());
  });

  it('has a row and a section for each assistant', () => {
    const page = assistantsPage();
    for (const { id, title } of ASSISTANTS) {
      assert.ok(page.includes(`| [${title}](#${title.toLowerCase().replaceAll(' ', '-')}) | \`${id}\` |`), id);
      assert.ok(page.includes(`\n## ${title}\n`), id);
    }
  });
});
