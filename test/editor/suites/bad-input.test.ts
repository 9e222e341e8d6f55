import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openJournal } from '../../../src/journal';
import { expectAuthors } from '../authors';
import { until } from '../host';
import { Stage } from '../kinds';
import { useEditor } from '../shared';

describe('what an editor should not be upset by (stock build)', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');

  async function begin(file: string, content: string | Buffer): Promise<Stage> {
    const { editor, model } = shared();
    await editor.workbench.tidy();
    const stage = new Stage(editor, model, 'stock', file);
    writeFileSync(editor.workspace.at(file), content);
    await until(() => editor.workspace.commit(`Add ${file}`), { what: 'the index to be free' });
    await stage.show();
    return stage;
  }
  const told = (): string => Object.values(shared().editor.logs(/Linekeeper/)).join('\n');

  it('a line of a megabyte, and a file of 100,000 lines, are followed like others', async () => {
    const long = await begin('long-line.txt', `${'x'.repeat(1_000_000)}\nend;\n`);
    await long.caret(2, 1);
    await long.editor.type('typed ');
    await long.save();
    await until(() => openJournal(path.join(long.editor.workspace.root, '.git'), Date.now).read().some(({ record }) => record.kind === 'edit' && record.by.author === 'human' && record.files.some((file) => file.path === 'long-line.txt')), { what: 'the record of the long line\'s file' });
    const many = await begin('many-lines.txt', 'line;\n'.repeat(100_000));
    await many.caret(50_000, 1);
    await many.editor.type('typed ');
    await many.save();
    await until(() => openJournal(path.join(many.editor.workspace.root, '.git'), Date.now).read().some(({ record }) => record.kind === 'edit' && record.by.author === 'human' && record.files.some((file) => file.path === 'many-lines.txt')), { what: 'the record of the long file' });
  });

  it('a file that is not UTF-8 is not followed, which is said once', async () => {
    const stage = await begin('latin1.txt', Buffer.from('caf\u00e9;\n', 'latin1'));
    await stage.caret(2, 1);
    await stage.editor.type('typed;');
    await stage.save();
    await until(() => told().includes('latin1.txt is not followed key by key'), { what: 'the word about the file' });
    assert.equal(told().split('latin1.txt is not followed').length, 2);
  });

  it('a repository that is taken away and comes back: what is typed then is recorded again', async () => {
    const stage = await begin('a.txt', 'one;\n');
    const { workspace } = stage.editor;
    renameSync(workspace.at('.git'), workspace.at('../gone.git'));
    await stage.caret(2, 1);
    await stage.editor.type('lost;');
    await stage.editor.press('Enter');
    await stage.save();
    await until(() => told().includes('its repository is not there any more'), { what: 'the word about the repository' });
    assert.equal(workspace.has('.git'), false);
    renameSync(workspace.at('../gone.git'), workspace.at('.git'));
    await stage.editor.type('found;');
    await stage.save();
    await expectAuthors(workspace, 'a.txt', ['. one;', '? lost;', 'H found;']);
  });
});
