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

describe('marks beside lines (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock');

  before('commit a file', () => {
    const { workspace } = shared().editor;
    workspace.write(
      'cost.ts',
      '// Costs\n\nexport const small = 1;\nexport const large = 2;\nexport const huge = 3;\nexport const more = 4;\n',
    );
    workspace.commit('Add the costs');
  });

  it('mark what AI completed as soon as it is there, and never what a person types', async () => {
    const { editor } = shared();
    await editor.text.open('cost.ts');
    // What an earlier try has left.
    await editor.inside.run((vscode) => vscode.commands.executeCommand('workbench.action.files.revert'));
    await editor.text.goto(2, 1);
    await editor.type('// sum of all rates');
    await editor.text.waitGhost('sumOfRates');
    await editor.press('Tab');
    await editor.text.waitLine('export const sumOfRates');
    await expectMarks(editor, ['3 ai']);
    await editor.press('Enter');
    await editor.type('const mine = 1;');
    await editor.text.save();
    await expectMarks(editor, ['3 ai']);
    await editor.workbench.waitStatus(/^1 AI line$/);
  });

  it('say on hover which assistant, model and session it was, and how that is known', async () => {
    const { editor } = shared();
    await agentWrites(
      editor.workspace,
      'cost.ts',
      editor.workspace.read('cost.ts').replace('small = 1;', 'small = 11; // agent'),
    );
    await editor.text.waitLine('// agent');
    await expectMarks(editor, ['3 ai', '5 ai']);
    await editor.workbench.waitStatus(/^2 AI lines$/);
    const text = await editor.hover('// agent');
    assert.match(text, /Claude Code wrote this · claude-opus-4-8 · session 00e6e2c0… · just now/);
    assert.match(text, /Reported by the assistant\./);
    await editor.screenshot('marks-hover');
    await editor.press('Escape');
  });

  it('are in the diff editor too, beside the lines as they are now', async () => {
    const { editor } = shared();
    // The editor's own git opens it only once it has seen the change.
    const opened = (): Promise<boolean> =>
      editor.inside.run(async (vscode, file) => {
        await vscode.commands.executeCommand('git.openChange', vscode.Uri.file(file));
        return vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
      }, editor.workspace.at('cost.ts'));
    await until(opened, { every: 500, what: 'the diff' });
    await expectMarks(editor, ['3 ai', '5 ai']);
    await editor.screenshot('marks-diff');
    await editor.text.open('cost.ts');
  });

  it('mark where AI took lines away, and what nobody saw being written', async () => {
    const { editor } = shared();
    await agentWrites(
      editor.workspace,
      'cost.ts',
      editor.workspace.read('cost.ts').replace('export const huge = 3;\n', ''),
    );
    await until(async () => !(await editor.text.lines()).some((line) => line.includes('huge')), {
      what: 'the line to go',
    });
    await expectMarks(editor, ['3 ai', '5 ai', '7 removed']);
    await editor.text.goto(8, 1);
    await editor.keys.paste('export const pasted = 5;');
    await editor.text.waitLine('pasted');
    await expectMarks(editor, ['3 ai', '5 ai', '7 removed', '8 unknown']);
    await editor.screenshot('marks');
    assert.match(await editor.hover('pasted'), /Author unknown/);
    await editor.press('Escape');
  });

  it('go with an undo', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.press('Control+Z');
    await expectMarks(editor, ['3 ai', '5 ai', '7 removed']);
  });

  it('go and come back with one command, everywhere', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Toggle Attribution Marks');
    await expectMarks(editor, []);
    await editor.command('Linekeeper: Toggle Attribution Marks');
    await expectMarks(editor, ['3 ai', '5 ai', '7 removed']);
  });

  let isCommitted = false;
  it('go when the change is committed, and when it is thrown away', async () => {
    const { editor } = shared();
    if (isCommitted)
      await editor.inside.run((vscode) => vscode.commands.executeCommand('workbench.action.files.revert')); // another try
    else {
      // Written when that returns: a commit in the middle of a save has an empty file, and every line is new behind it.
      await editor.inside.run((vscode) => vscode.window.activeTextEditor?.document.save());
      editor.workspace.commit('All of it');
      isCommitted = true;
    }
    await expectMarks(editor, []);
    const agents = '// agent'; // in the line that is still one after the commit
    await until(
      async () => /Claude Code wrote this[^]*Committed by Ada in [0-9a-f]{8}\./.test(await editor.hover(agents)),
      { what: 'the hover over a committed line' },
    );
    await editor.press('Escape');
    await editor.settings({ 'linekeeper.marks.committed': true });
    await until(async () => (await marks(editor)).includes('5 committed'), { what: 'the mark of a committed line' });
    await editor.settings({});
    await expectMarks(editor, []);
    await agentWrites(editor.workspace, 'cost.ts', `${editor.workspace.read('cost.ts')}export const last = 9;\n`);
    await editor.text.waitLine('last = 9');
    await expectMarks(editor, ['8 ai']);
    editor.workspace.git('checkout', '--', 'cost.ts');
    await expectMarks(editor, []);
    await until(async () => !(await editor.workbench.statusBar()).some((item) => item.text.includes('AI line')), {
      what: 'the status bar item to go',
    });
  });

  it('show nothing at all in a file that lies in no repository', async () => {
    const { editor } = shared();
    await editor.inside.run(async (vscode, home) => {
      await vscode.window.showTextDocument(vscode.Uri.file(`${home}/.gitconfig`));
    }, editor.home);
    await editor.text.focus();
    await editor.type('x');
    await editor.press('Control+Z');
    assert.deepEqual(await marks(editor), []);
    await editor.workbench.tidy();
  });
});
