import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { authorsOf, expectAuthors } from '../authors';
import { agentWrites } from '../agent';
import { startEditor, until, type Editor } from '../host';
import { Stage } from '../kinds';
import { packedProduct } from '../../support/product';
import { useEditor } from '../use-editor';

const kept = (editor: Editor): boolean => existsSync(path.join(editor.workspace.root, '.git', 'linekeeper'));

describe('a folder in Restricted Mode', function () {
  this.timeout(120_000);
  let editor: Editor | undefined;
  const running = (): Editor => {
    if (editor === undefined) throw new Error('the editor did not start');
    return editor;
  };

  before('start an editor that trusts nothing yet', async function () {
    this.timeout(20 * 60_000);
    editor = await startEditor({ trust: false, extensions: [await packedProduct()] });
  });
  after('end it', () => editor?.close());

  it('nothing is recorded and nothing started', async () => {
    const { workspace, text, inside } = running();
    workspace.write('a.txt', 'one\n');
    workspace.commit('Add a file');
    await text.open('a.txt');
    await text.typeAt(2, 1, 'two');
    await text.save();
    await until(() => inside.run((vscode) => vscode.extensions.getExtension('linekeeper.linekeeper')?.isActive), {
      what: 'the extension to be active',
    });
    assert.equal(kept(running()), false);
    assert.equal(await running().quick.hasCommand('Linekeeper: Request Review'), false);
  });

  it('trusting it starts recording without a reload', async () => {
    const { workspace, workbench, text } = running();
    await workbench.trust();
    await text.open('a.txt');
    await text.typeAt(2, 4, ' three');
    await text.save();
    await expectAuthors(workspace, 'a.txt', ['. one', '? two three']);
    await agentWrites(workspace, 'a.txt', 'one\ntwo three\nby an agent\n');
    await text.waitLine('by an agent');
    await workbench.waitStatus(/^1 AI line$/);
  });
});

let plainFolders = 0;

/** A new folder in no repository. Editors watch only folders that are there. */
function plainFolder(editor: Editor): string {
  const folder = path.join(editor.home, `plain-${String(++plainFolders)}`);
  mkdirSync(folder);
  return folder;
}

describe('a folder that is no repository (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', () => Promise.resolve()); // each test opens its own

  it('is not recorded until it becomes a repository', async () => {
    const { editor } = shared();
    const workspace = await editor.openFolder(plainFolder(editor));
    workspace.write('a.txt', 'one\n');
    await editor.text.open('a.txt');
    await editor.text.typeAt(2, 1, 'two');
    await editor.press('Enter');
    await editor.text.save();
    assert.deepEqual(await editor.gutter(), []);
    assert.equal(existsSync(workspace.at('.git')), false);
    workspace.git('init', '--quiet');
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--message', 'Begin');
    await until(() => editor.quick.hasCommand('Linekeeper: Show Author of Line'), {
      timeout: 30_000,
      what: 'the repository to be noticed',
    });
    await editor.text.focus();
    await editor.text.typeAt(3, 1, 'three');
    await editor.text.save();
    await expectAuthors(workspace, 'a.txt', ['. one', '. two', 'H three']);
  });

  it('a later save notices that it became one, when no folder event comes', async () => {
    const { editor } = shared();
    const folder = plainFolder(editor);
    rmSync(folder, { recursive: true });
    const workspace = await editor.openFolder(folder); // it is not watched then, for a while
    await editor.notices.waitDialog('Workspace does not exist');
    await editor.notices.answerDialog('Cancel');
    workspace.write('a.txt', 'one\n');
    await editor.text.open('a.txt');
    workspace.git('init', '--quiet');
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--message', 'Begin');
    await editor.text.typeAt(2, 1, 'two');
    await editor.press('Enter');
    await editor.text.save();
    await until(() => editor.quick.hasCommand('Linekeeper: Show Author of Line'), {
      timeout: 30_000,
      what: 'the repository to be noticed',
    });
    await editor.text.focus();
    await editor.text.typeAt(3, 1, 'three');
    await editor.text.save();
    let seen: readonly string[] = [];
    // On a slow machine the editor has begun to watch the folder by then, and the first line is known too.
    await until(async () => /^\. one,[?H] two,H three$/.test((seen = await authorsOf(workspace, 'a.txt')).join()), {
      timeout: 20_000,
      what: 'the authors',
    }).catch(() => assert.fail(seen.join()));
  });
});

describe('several repositories in one window (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock');

  const type = async (file: string, line: number, text: string): Promise<void> => {
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', file);
    await stage.show();
    await stage.caret(line, 1);
    await editor.type(text);
    await stage.save();
  };

  it('a linked work tree has its own record', async () => {
    const { editor } = shared();
    const main = editor.workspace;
    const folder = path.join(editor.home, 'second-tree');
    main.git('worktree', 'add', '--quiet', folder);
    const second = await editor.openFolder(folder);
    await type('README.md', 2, 'typed there;');
    await expectAuthors(second, 'README.md', ['. # Workspace', 'H typed there;']);
    await agentWrites(second, 'README.md', '# Workspace\ntyped there;\nby an agent;\n');
    await editor.workbench.waitStatus(/^1 AI line$/);
    assert.equal(existsSync(path.join(main.root, '.git', 'worktrees', 'second-tree', 'linekeeper')), true);
  });
});
