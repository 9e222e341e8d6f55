import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLIPBOARD, isTextOf, Snippets, snippetText } from '../../../../src/editor/recording/commands/snippets';

const puts = (body: string, inserted: string): boolean => {
  const text = snippetText(body);
  return text !== undefined && isTextOf(inserted, text);
};

describe('the text that a snippet puts in', () => {
  it('places: have their own text, that of the same place elsewhere, the first choice or none', () => {
    assert.ok(puts('for (const ${1:item} of ${2:list}) {\n\t$1;$0\n}', 'for (const item of list) {\n    item;\n  }'));
    assert.ok(puts('color is ${1|red,green|} and ${2:as ${3:nested}}', 'color is red and as nested'));
    assert.ok(puts('price \\$10 \\} ${1}', 'price $10 } '));
  });

  it('values that the editor looks up: stand for any text within their line', () => {
    const body = '// ${TM_FILENAME} by ${1:me}\nexport const ${2:name} = "${2/(.*)/${1:/upcase}/}";\n$0';
    assert.ok(puts(body, '// picked.ts by me\nexport const name = "NAME";\n'));
    assert.ok(!puts(body, '// picked.ts\nby me\nexport const name = "NAME";\n'));
  });

  it('clipboard: stands where the snippet asks for it, and for nothing else', () => {
    const body = 'export const due = guardedFrom(\n\t${CLIPBOARD},\n);';
    assert.ok(puts(body, `export const due = guardedFrom(\n  ${CLIPBOARD},\n);`));
    assert.ok(!puts(body, 'export const due = guardedFrom(\n  fee * 7,\n);'));
  });

  it('another text: is not that of a snippet, whatever stands in its places', () => {
    assert.ok(!puts('import { $0 } from "${1:module}";', 'import { readFile } from "fs";'));
    assert.ok(!puts('for (const ${1:item} of ${2:list}) {}', 'for (const rate of rates) {}'));
  });

  it('a body that may put in anything, or says too little: is no evidence', () => {
    for (const body of ['$TM_SELECTED_TEXT // own words', '${ANYTHING:text} own words', 'own $1', '${1:own words'])
      assert.equal(snippetText(body), undefined, body);
  });

  it('files: are read again when they change, and anything but snippets in them is none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'snippets-'));
    try {
      const file = path.join(folder, 'own.code-snippets');
      const snippets = new Snippets();
      assert.equal(await snippets.haveAll(['own words here'], [file]), false);
      writeFileSync(
        file,
        '{ // comment\n "Own": { "prefix": "o", "body": ["own words ${1:here}"] }, "Odd": { "body": [1] }, "No": null }',
      );
      assert.equal(await snippets.haveAll(['own words here'], [file]), true);
      writeFileSync(file, '[]\n');
      assert.equal(await snippets.haveAll(['own words here'], [file]), false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
