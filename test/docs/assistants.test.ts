import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ASSISTANT_SETTINGS_PAGE,
  assistantSettingsPage,
  ASSISTANTS_PAGE,
  assistantsPage,
} from '../../scripts/docs/assistants';
import { ASSISTANTS } from '../../src/provenance/assistants';

describe('the page docs/assistants.md:', () => {
  it('is what npm run docs makes', () => {
    assert.equal(readFileSync(path.resolve(import.meta.dirname, '../..', ASSISTANTS_PAGE), 'utf8'), assistantsPage());
  });

  it('has its settings on the page that npm run docs makes for developers', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../..', ASSISTANT_SETTINGS_PAGE), 'utf8');
    assert.equal(page, assistantSettingsPage());
    for (const { id, title } of ASSISTANTS) assert.ok(page.includes(`\n## ${title}\n`), id);
  });

  it('has a row and a section for each assistant', () => {
    const page = assistantsPage();
    for (const { id, title } of ASSISTANTS) {
      assert.ok(page.includes(`| [${title}](#${title.toLowerCase().replaceAll(' ', '-')}) \`${id}\` |`), id);
      assert.ok(page.includes(`\n## ${title}\n`), id);
    }
  });
});
