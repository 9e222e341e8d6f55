import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectAuthors } from '../authors';
import { until } from '../host';
import { Stage } from '../kinds';
import { useEditor } from '../use-editor';

const NOT_ALL = /Not all recorded/;

/** Puts a file where a folder was; the extension may make the folder again in between. */
function blockFolder(folder: string): void {
  for (;;)
    try {
      writeFileSync(folder, 'as on a full disk, nothing can be put here', { flag: 'wx' });
      return;
    } catch (error) {
      if (!['EEXIST', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      rmSync(folder, { recursive: true, force: true });
    }
}

describe('unusual input in the editor (stock build)', function () {
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
  const told = (): string => Object.values(shared().editor.logs(/Linekeeper\.log$/)).join('\n');
  const complains = async (): Promise<boolean> =>
    (await shared().editor.workbench.statusBar()).some(({ text }) => NOT_ALL.test(text));
  const waitQuiet = (): Promise<boolean> =>
    until(async () => !(await complains()), { what: 'the status bar to say no more that something is not recorded' });

  it('a line of a megabyte and a file of 100,000 lines are recorded', async () => {
    const long = await begin('long-line.txt', `${'x'.repeat(1_000_000)}\nend;\n`);
    await long.caret(2, 1);
    await long.editor.type('typed ');
    await long.save();
    await long.waitRecorded('H typed end;');
    const many = await begin('many-lines.txt', 'line;\n'.repeat(100_000));
    await many.caret(100_001, 1);
    await many.editor.type('typed;');
    await many.save();
    await many.waitRecorded('H typed;');
    assert.equal(await complains(), false);
  });

  it('a file that is not UTF-8 stays editable; the log and the status bar say that it is not recorded', async () => {
    const { editor } = shared();
    await editor.settings({ 'files.encoding': 'iso88591' });
    const stage = await begin('latin1.txt', Buffer.from('caf\u00e9;\n', 'latin1'));
    await stage.caret(2, 1);
    await editor.type('typed;');
    await stage.save();
    const { label } = await editor.workbench.waitStatus(NOT_ALL);
    assert.match(label, /not UTF-8/);
    await stage.caret(2, 1);
    await editor.type('more;');
    await stage.save();
    assert.match(editor.workspace.read('latin1.txt'), /more;/);
    await editor.settings({});
    await begin('beside.txt', 'one;\n');
    await waitQuiet();
    assert.equal(told().split('latin1.txt is not followed key by key').length, 2);
  });

  it('the status bar says that the journal cannot be written, and later typing is recorded', async () => {
    const stage = await begin('full.txt', 'one;\n');
    const { editor } = stage;
    const folder = editor.workspace.at('.git/linekeeper');
    await waitQuiet();
    renameSync(folder, `${folder}.kept`);
    blockFolder(folder);
    await stage.caret(2, 1);
    await editor.type('lost;');
    await editor.press('Enter');
    await stage.save();
    const { label } = await editor.workbench.waitStatus(NOT_ALL);
    assert.match(label, /can't write/);
    await editor.screenshot('not-all-recorded');
    assert.deepEqual(
      (await editor.notices.all()).filter(({ source }) => source.includes('Linekeeper')),
      [],
    );
    // the product may make the folder anew between the two
    await until(
      () => {
        rmSync(folder, { recursive: true, force: true });
        renameSync(`${folder}.kept`, folder);
        return true;
      },
      { what: 'the journal to be back' },
    );
    await editor.type('found;');
    await stage.save();
    await waitQuiet();
    await expectAuthors(editor.workspace, 'full.txt', ['. one;', '? lost;', 'H found;']);
  });

  it('records of a newer version are reported, and their lines unknown, until that version is back', async () => {
    const stage = await begin('newer.txt', 'one;\n');
    const { workspace, workbench } = stage.editor;
    await stage.caret(2, 1);
    await stage.editor.type('typed;');
    await stage.save();
    await stage.waitRecorded('H typed;');
    const journal = workspace.at('.git/linekeeper/journal');
    const record = readdirSync(journal).sort().at(-1) ?? assert.fail('nothing is recorded');
    const ours = readFileSync(path.join(journal, record), 'utf8');
    writeFileSync(path.join(journal, record), ours.replace('"version": 1', '"version": 2'));
    const { label } = await workbench.waitStatus(NOT_ALL);
    assert.match(label, /newer version of Linekeeper/);
    await expectAuthors(workspace, 'newer.txt', ['. one;', '? typed;']);
    writeFileSync(workspace.at(`.git/linekeeper/aside/${record}`), ours);
    await expectAuthors(workspace, 'newer.txt', ['. one;', 'H typed;']);
    await waitQuiet();
  });

  it('typing is recorded again when a removed repository comes back', async () => {
    const stage = await begin('a.txt', 'one;\n');
    const { workspace, notices, workbench } = stage.editor;
    await notices.clear();
    renameSync(workspace.at('.git'), workspace.at('../gone.git'));
    await stage.caret(2, 1);
    await stage.editor.type('lost;');
    await stage.editor.press('Enter');
    await stage.save();
    assert.match((await workbench.waitStatus(NOT_ALL)).label, /repository was not found/);
    assert.equal(workspace.has('.git'), false);
    assert.deepEqual(
      (await notices.all()).filter(({ source }) => source.includes('Linekeeper')),
      [],
    );
    renameSync(workspace.at('../gone.git'), workspace.at('.git'));
    await stage.editor.type('found;');
    await stage.save();
    await expectAuthors(workspace, 'a.txt', ['. one;', '? lost;', 'H found;']);
    await waitQuiet();
  });
});
