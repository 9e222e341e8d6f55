import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KINDS_OF_EDIT, PLAYS } from '../editor/kinds';
import { withTables } from '../editor/kinds/render';

describe('docs/dev/edits.md:', () => {
  it('its tables are those that test/editor/kinds/write.ts makes', () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/dev/edits.md'), 'utf8');
    assert.equal(page, withTables(page), 'write it anew: npx tsx test/editor/kinds/write.ts');
  });

  it('every kind of edit has a test that checks an author', () => {
    assert.deepEqual(Object.keys(PLAYS).sort(), Object.keys(KINDS_OF_EDIT).sort());
    for (const [id, kind] of Object.entries(KINDS_OF_EDIT)) {
      const { lines } = PLAYS[id as keyof typeof PLAYS]; // the same keys, see above
      assert.ok(
        kind.stable.author === 'kept'
          ? lines.some((line) => /^-?[AH?.]/.test(line))
          : lines.some((line) => /^-?@/.test(line)),
        `${id} checks no author`,
      );
      assert.notEqual(kind.stable.how, '', id);
    }
  });
});
