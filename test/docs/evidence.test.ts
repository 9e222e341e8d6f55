import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FIELDS } from '../../src/aftermath/evidence/row-fields-by-kind';
import { EVIDENCE_TYPE, SUMMARY_TYPE } from '../../src/aftermath/evidence/in-toto-and-slsa-statements';
import { ROW_KINDS } from '../../src/aftermath/evidence/row-fields-by-kind';

describe('the page docs/dev/evidence-format.md', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/dev/evidence-format.md'), 'utf8');

  it('lists the kinds of rows in their order, each with its fields', () => {
    const rows = [...text.matchAll(/^\| `([\w-]+)` \| (?!One)[^|]+ \| (.+) \|$/gm)].map(([, kind, fields = '']) => [
      kind,
      [...fields.replace(/\([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);
    assert.deepEqual(
      rows,
      ROW_KINDS.map((kind) => [kind, Object.keys(FIELDS[kind])]),
    );
  });

  it('names the types of its statements', () => {
    for (const type of [EVIDENCE_TYPE, SUMMARY_TYPE]) assert.ok(text.includes(`\`${type}\``), type);
  });
});
