import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Draft } from '../../../../src/editor/recording/buffer/document-draft';
import { PERSON } from '../../../../src/editor/recording/classify/settle-by-detailed-reason';
import { UnsavedTexts, withKept } from '../../../../src/editor/recording/document/unsaved-authors-backup';

const AI = { author: 'ai', assistant: 'copilot', evidence: 'observed' } as const;
const DOCUMENT = 'file:///repository/a.ts';

describe('the authors of unsaved text, kept for the next start', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'linekeeper-')), 'unsaved');
  });
  afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

  /** Text by a person and by an assistant, and text that nobody is known to have written. */
  function worked(): Draft {
    const draft = new Draft('one;\nend;\n');
    draft.change([{ offset: 5, deleted: 0, inserted: 'two;\n' }], () => PERSON);
    draft.change([{ offset: 10, deleted: 0, inserted: 'three;\n' }], () => AI);
    draft.change([{ offset: 0, deleted: 0, inserted: 'zero;\n' }], () => null);
    return draft;
  }
  const authors = (draft: Draft): unknown =>
    draft.operations().map(({ inserted, by }) => [inserted, by === null ? null : by.author]);

  it('come back with the text that they began with', () => {
    const draft = worked();
    new UnsavedTexts({ scheme: 'file', fsPath: path.dirname(folder) }, 0).keep(DOCUMENT, {
      base: 'one;\nend;\n',
      changes: draft.operations(),
    });
    const later = withKept(
      'one;\nend;\n',
      new UnsavedTexts({ scheme: 'file', fsPath: path.dirname(folder) }, 0).read(DOCUMENT, 'one;\nend;\n'),
    );
    assert.equal(later.text, draft.text);
    assert.deepEqual(authors(later), authors(draft));
  });

  it('are dropped when the file has another text, for another document, and when unreadable', () => {
    const texts = new UnsavedTexts({ scheme: 'file', fsPath: path.dirname(folder) }, 0);
    texts.keep(DOCUMENT, { base: 'one;\nend;\n', changes: worked().operations() });
    assert.equal(texts.read(DOCUMENT, 'other;\n'), undefined);
    assert.equal(texts.read(`${DOCUMENT}x`, 'one;\nend;\n'), undefined);
    const [name = ''] = readdirSync(folder);
    for (const broken of ['', '{', '{"version":1}', '[]', '{"version":1,"changes":[{"offset":-1}]}']) {
      writeFileSync(path.join(folder, name), broken);
      assert.equal(texts.read(DOCUMENT, 'one;\nend;\n'), undefined, broken);
    }
  });

  it('are dropped when the changes do not fit the text', () => {
    const draft = withKept('one;\n', [{ offset: 99, deleted: 0, inserted: 'x', by: PERSON }]);
    assert.equal(draft.text, 'one;\n');
  });

  it('are deleted when the document is saved, and when they are old', () => {
    const texts = new UnsavedTexts({ scheme: 'file', fsPath: path.dirname(folder) }, 0);
    const unsaved = { base: 'one;\nend;\n', changes: worked().operations() };
    texts.keep(DOCUMENT, unsaved);
    texts.keep(DOCUMENT, undefined);
    assert.deepEqual(readdirSync(folder), []);
    texts.keep(DOCUMENT, unsaved);
    const [name = ''] = readdirSync(folder);
    utimesSync(path.join(folder, name), 0, 0);
    assert.ok(new UnsavedTexts({ scheme: 'file', fsPath: path.dirname(folder) }, 31 * 24 * 3_600_000));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('are not kept in a window without a folder', () => {
    const texts = new UnsavedTexts(undefined, 0);
    texts.keep(DOCUMENT, { base: 'one;\nend;\n', changes: worked().operations() });
    assert.equal(texts.read(DOCUMENT, 'one;\nend;\n'), undefined);
  });
});
