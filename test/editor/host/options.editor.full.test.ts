import assert from 'node:assert/strict';
import { startEditor, until, type Editor } from '.';

describe("the test editor's options", function () {
  this.timeout(120_000);
  let editor: Editor | undefined;
  const running = (): Editor => {
    if (editor === undefined) throw new Error('the editor did not start');
    return editor;
  };

  before('start it', async function () {
    this.timeout(20 * 60_000);
    editor = await startEditor({
      trust: false,
      proposedApi: ['linekeeper-test.probe'],
      identity: { name: 'Carl', email: 'carl@example.com' },
      env: { FRUIT: 'pear' },
      settings: { 'editor.tabSize': 3 },
      keybindings: [{ key: 'ctrl+alt+9', command: 'workbench.action.files.newUntitledFile' }],
    });
  });
  after('end it', () => editor?.close());

  it('the folder is in Restricted Mode until it is trusted', async () => {
    const { inside, workbench } = running();
    assert.equal(await inside.run((vscode) => vscode.workspace.isTrusted), false);
    await workbench.trust();
    assert.equal(await inside.run((vscode) => vscode.workspace.isTrusted), true);
  });

  it('environment, settings and key bindings are as given', async () => {
    const { inside, text } = running();
    const size = (): Promise<number> =>
      inside.run((vscode) => vscode.workspace.getConfiguration('editor').get<number>('tabSize', 0));
    assert.equal(await inside.run(() => process.env['FRUIT']), 'pear');
    assert.equal(await size(), 3);
    await running().settings({ 'editor.tabSize': 5 });
    assert.equal(await size(), 5);
    await running().settings({});
    assert.equal(await size(), 3);
    await running().press('Control+Alt+9');
    await until(async () => (await text.activeTab())?.name.startsWith('Untitled') ?? false, { what: 'the new file' });
  });

  it('a request to another machine is listed, and blocked', async () => {
    const { page, outside } = running().host;
    const loaded = await page.evaluate<boolean>(`new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = 'https://outside.example/picture.png';
    })`);
    assert.equal(loaded, false);
    assert.deepEqual(outside, ['https://outside.example/picture.png']);
  });

  it('the named extension gets its API proposals', async () => {
    const { inside, text, workspace } = running();
    await text.open('README.md');
    const from = await inside.mark();
    await running().type('x');
    const change = await inside.waitChange('README.md', from);
    assert.equal(change.detailedReason?.source, 'cursor');
    await text.save();
    assert.equal(workspace.git('log', '-1', '--format=%an <%ae>'), 'Carl <carl@example.com>');
  });
});
