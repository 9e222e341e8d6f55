import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until, type Editor } from '../host';
import { useEditor } from '../use-editor';

/** `2 ai`, `5 removed`: the line and which of our icons. */
async function marks(editor: Editor): Promise<string[]> {
  const all = await editor.gutter();
  return all.flatMap(({ line, icon }) => {
    const kind = /gutter%2F(\w+)-/.exec(icon)?.[1];
    return kind === undefined ? [] : [`${String(line)} ${kind}`];
  });
}

async function expectMarks(editor: Editor, expected: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  await until(
    async () => {
      last = await marks(editor);
      return JSON.stringify(last) === JSON.stringify(expected);
    },
    { timeout: 20_000, what: 'the marks' },
  ).catch(() => undefined);
  assert.deepEqual(last, expected);
}

describe('marks in the diff editor (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock');

  it("lines of AI: have marks beside the lines as they are now when the change's diff is open", async () => {
    const { editor } = shared();
    const { workspace } = editor;
    const costs = '// Costs\n\nexport const small = 1;\nexport const large = 2;\nexport const huge = 3;\n';
    workspace.write('cost.ts', costs);
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--allow-empty', '--message', 'Add the costs'); // empty at another try
    await agentWrites(
      workspace,
      'cost.ts',
      costs.replace('// Costs\n', '// Costs\n// by an agent\n').replace('huge = 3;', 'huge = 33;'),
    );
    await editor.text.open('cost.ts');
    await editor.text.waitLine('huge = 33;');
    // The editor's own git opens it only once it has seen the change.
    const opened = (): Promise<boolean> =>
      editor.inside.run(async (vscode, file) => {
        await vscode.commands.executeCommand('git.openChange', vscode.Uri.file(file));
        return vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
      }, workspace.at('cost.ts'));
    await until(opened, { every: 500, what: 'the diff' });
    await expectMarks(editor, ['2 ai', '6 ai']);
    await editor.screenshot('marks-diff');
    await editor.workbench.tidy();
  });
});
