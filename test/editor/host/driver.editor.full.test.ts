import assert from 'node:assert/strict';
import { until } from '.';
import { BUILDS_OF_SAME_ANSWERS, useEditor } from '../use-editor';

/** Keys, screens and processes take their time. */
const TIMEOUT = 120_000;

for (const build of BUILDS_OF_SAME_ANSWERS) {
  describe(`the test editor's driver (${build} build)`, function () {
    this.timeout(TIMEOUT);
    const shared = useEditor(build);

    it('types text key by key', async () => {
      const { editor } = shared();
      editor.workspace.write('src/cost.ts', '// Costs\n\n');
      await editor.text.open('src/cost.ts');
      const from = await editor.inside.mark();
      await editor.text.typeAt(2, 1, 'const rate = 3;');
      await editor.text.save();
      assert.equal(editor.workspace.read('src/cost.ts'), '// Costs\nconst rate = 3;\n');
      const change = await editor.inside.waitChange('src/cost.ts', from);
      assert.equal(change.changes[0]?.text, 'c');
    });

    it('pastes, and composes text with an input method', async () => {
      const { editor } = shared();
      editor.workspace.write('notes.txt', '');
      await editor.text.open('notes.txt');
      await editor.keys.paste('two\nlines ');
      await editor.text.waitLine('lines ');
      await editor.keys.compose(['n', 'ni'], '你');
      await editor.text.save();
      assert.equal(editor.workspace.read('notes.txt'), 'two\nlines 你');
    });

    it('accepts an inline completion with Tab', async () => {
      const { editor } = shared();
      await editor.text.open('src/cost.ts');
      await editor.text.typeAt(2, 16, '\nexport function monthlyCost(');
      await editor.text.waitGhost('total += item.hours');
      await editor.screenshot(`ghost-text-${build}`);
      assert.doesNotMatch((await editor.text.lines()).join('\n'), /total/);
      const from = await editor.inside.mark();
      await editor.press('Tab');
      await editor.text.waitLine('total += item.hours * item.rate;');
      const change = await editor.inside.waitChange('src/cost.ts', from);
      assert.match(change.changes[0]?.text ?? '', /^export function monthlyCost\(items[^]*\n}$/);
      if (build === 'all') {
        assert.equal(change.detailedReason?.source, 'inlineCompletionAccept');
        assert.equal(change.detailedReason.metadata['$extensionId'], 'linekeeper-test.completions');
      } else {
        assert.equal(change.hasDetailedReason, false);
      }
      await editor.text.save();
      assert.match(editor.workspace.read('src/cost.ts'), /\nexport function monthlyCost\([^]*\n}\n$/);
    });

    it('runs palette commands, and says which are missing', async () => {
      const { editor } = shared();
      await editor.command('View: Show Explorer');
      await assert.rejects(
        editor.command('Linekeeper: No Such Command'),
        /nothing to choose for ">Linekeeper: No Such Command"/,
      );
    });

    it("answers an extension's questions, notifications and dialogs", async () => {
      const { editor } = shared();
      const answered = editor.inside.run(async (vscode) => {
        const fruit = await vscode.window.showQuickPick(['Apple', 'Pear'], { title: 'Fruit' });
        const why = await vscode.window.showInputBox({ prompt: 'Why?' });
        const sure = await vscode.window.showWarningMessage(
          `${String(fruit)} because ${String(why)}?`,
          { modal: true },
          'Sure',
        );
        return [fruit, why, sure, await vscode.window.showInformationMessage('All said', 'Fine')];
      });
      await editor.quick.wait('Fruit');
      await editor.quick.pick('Pear');
      await editor.quick.wait('Why?');
      await editor.quick.answer('it is ripe');
      await editor.notices.waitDialog('Pear because it is ripe?');
      await editor.notices.answerDialog('Sure');
      await editor.notices.press('All said', 'Fine');
      assert.deepEqual(await answered, ['Pear', 'it is ripe', 'Sure', 'Fine']);
    });

    it('catches the address for the system browser, however long', async () => {
      const { editor } = shared();
      const url = `https://forge.example/acme/costs/compare/main...work?quick_pull=1&title=Costs&body=${'long%20'.repeat(1000)}`;
      const asked = editor.inside.run(
        async (vscode, address) => vscode.env.openExternal(vscode.Uri.parse(address, true)),
        url,
      );
      assert.equal(await editor.browserUrl('forge.example'), url);
      assert.equal(await asked, true);
    });

    it('reads problems, hovers and quick fixes', async () => {
      const { editor } = shared();
      await editor.inside.run((vscode) => {
        const file = vscode.window.activeTextEditor?.document.uri;
        if (!file) throw new Error('no file is open');
        const problem = new vscode.Diagnostic(
          new vscode.Range(1, 6, 1, 10),
          'A rate is not a cost',
          vscode.DiagnosticSeverity.Warning,
        );
        problem.source = 'Test';
        vscode.languages.createDiagnosticCollection('test').set(file, [problem]);
        vscode.languages.registerCodeActionsProvider('typescript', {
          provideCodeActions(document) {
            const fix = new vscode.CodeAction('Call it a price', vscode.CodeActionKind.QuickFix);
            fix.edit = new vscode.WorkspaceEdit();
            fix.edit.replace(document.uri, new vscode.Range(1, 6, 1, 10), 'price');
            fix.diagnostics = [problem];
            return [fix];
          },
        });
      });
      await until(
        async () => (await editor.workbench.problems()).some((row) => row.text.includes('A rate is not a cost')),
        { what: 'the problem' },
      );
      assert.match(await editor.hover('rate'), /A rate is not a cost/);
      await editor.text.goto(2, 8);
      await editor.text.quickFix('Call it a price');
      await editor.text.waitLine('const price = 3;');
      await editor.text.save();
      assert.equal((await editor.diagnostics('src/cost.ts'))[0]?.line, 2);
    });

    it('reads the icons in the gutter', async () => {
      const { editor } = shared();
      // In a file that nobody changed: there Linekeeper has no marks of its own.
      editor.workspace.write('icons.txt', 'line\n'.repeat(10));
      editor.workspace.git('add', 'icons.txt');
      editor.workspace.git('commit', '--allow-empty', '-qm', 'Icons', 'icons.txt'); // another try has nothing to commit
      await editor.text.open('icons.txt');
      await editor.inside.run((vscode) => {
        const svg =
          '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="4" height="16" fill="purple"/></svg>';
        const icon = vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
        const type = vscode.window.createTextEditorDecorationType({ gutterIconPath: icon });
        vscode.window.activeTextEditor?.setDecorations(type, [
          new vscode.Range(3, 0, 5, 0),
          new vscode.Range(7, 0, 7, 0),
        ]);
      });
      const lines = async (): Promise<number[]> => (await editor.gutter()).map((mark) => mark.line);
      await until(async () => (await lines()).length > 0, { what: 'the icons' });
      assert.deepEqual(await lines(), [4, 5, 6, 8]);
      assert.match((await editor.gutter())[0]?.icon ?? '', /^data:image\/svg/);
    });

    it('commits from the Source Control view', async () => {
      const { editor } = shared();
      editor.identity({ name: 'Bob', email: 'bob@example.com' });
      const commit = await editor.scm.commit('Add the monthly cost');
      assert.equal(
        editor.workspace.git('log', '-1', '--format=%H %an <%ae> %s'),
        `${commit} Bob <bob@example.com> Add the monthly cost`,
      );
    });

    it('runs commands in the terminal, in the same private home', async () => {
      const { editor } = shared();
      await editor.terminal.run('echo "home=$HOME"; git log --oneline | cat');
      await editor.terminal.wait(/Add the monthly cost/);
      await editor.terminal.wait(`home=${editor.home}`);
      await editor.screenshot(`terminal-${build}`);
    });

    it('tidies up after a test that left things open', async () => {
      const { editor } = shared();
      await editor.text.open('README.md');
      await editor.type('unsaved');
      await editor.workbench.tidy();
      assert.deepEqual(await editor.text.tabs(), []);
      assert.equal(editor.workspace.read('README.md'), '# Workspace\n');
    });

    it('opens another folder in the same window with unsaved files', async () => {
      const { editor } = shared();
      const first = editor.workspace.root;
      await editor.text.open('README.md');
      await editor.type('unsaved');
      const second = await editor.openFolder();
      assert.notEqual(second.root, first);
      assert.equal(
        await editor.inside.run((vscode) => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath),
        second.root,
      );
    });

    it('network: is used by no test when the suite is over', () => {
      assert.deepEqual(shared().editor.host.outside, []);
    });
  });
}
