import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../host';
import { useEditor } from '../use-editor';

const POLICY = 'version: 1\ntiers:\n  - { name: critical, paths: ["prod/**"] }\n';
const INCIDENT = `version: 1
title: Orders were down
state: closed
began: 2026-03-01T10:00:00Z
`;

describe('incidents and reports in the editor (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('.linekeeper/incidents/2026-03-01-orders.yml', INCIDENT);
      workspace.write('prod/main.tf', 'resource "x" "y" {\n  size = 1\n}\n');
      workspace.commit('Begin');
    }),
  );

  /** Waits until extensions know where the caret is: a command that is run by its id does not wait for the editor. */
  const caretIn = (file: string, line: number): Promise<unknown> =>
    until(
      () =>
        shared().editor.inside.run(
          (vscode, at) =>
            vscode.window.activeTextEditor?.document.uri.path.endsWith(at.file) === true &&
            vscode.window.activeTextEditor.selection.active.line === at.line - 1,
          { file, line },
        ),
      { what: `the caret in line ${String(line)} of ${file}` },
    );

  it('Trace This Line saves nothing: it follows a moved line, and knows nothing of a new one', async () => {
    const { editor } = shared();
    await editor.text.open('prod/main.tf');
    await editor.text.goto(1, 1);
    await editor.type('# first\n');
    await caretIn('prod/main.tf', 2);
    await editor.run('linekeeper.traceLine');
    await editor.text.waitLine('prod/main.tf:1');
    assert.equal(await editor.inside.run((vscode) => vscode.window.tabGroups.all.length), 2, 'no third column');
    await editor.text.open('prod/main.tf');
    await editor.text.goto(1, 1);
    await caretIn('prod/main.tf', 1);
    await editor.run('linekeeper.traceLine');
    await editor.notices.wait('Line 1 is not saved yet. Save the file, then trace it.');
    assert.ok(!editor.workspace.read('prod/main.tf').includes('# first'));
    await editor.inside.run(async (vscode) => vscode.commands.executeCommand('workbench.action.files.revert'));
    await editor.notices.clear();
  });

  it('Record Incident asks its questions and writes the file', async () => {
    const { editor } = shared();
    const folder = path.join(editor.workspace.root, '.linekeeper', 'incidents');
    const named = (): string[] =>
      (existsSync(folder) ? readdirSync(folder) : []).filter((name) => /-prod-is-gone[-\d]*\.yml$/.test(name));
    for (const name of named()) editor.workspace.remove(`.linekeeper/incidents/${name}`); // of an earlier try
    await editor.notices.clear();
    await editor.text.open('prod/main.tf');
    await editor.command('Linekeeper: Record Incident…');
    await editor.quick.wait(/What went wrong/);
    await editor.quick.answer('Prod is gone');
    await editor.quick.pick(/^A quarter of an hour ago/);
    await editor.quick.pick(/^high/);
    await editor.quick.wait(/The symptoms, in/);
    await editor.quick.answer('The page of prices is empty');
    await editor.quick.pick(/^Nothing/);
    await until(() => named().length > 0, { timeout: 30_000, what: 'the file of the incident' });
    await until(async () => (await editor.glance()).includes('The incident is recorded in'), {
      timeout: 30_000,
      what: 'what was written, and where',
    });
    const [name = ''] = named();
    const file = readFileSync(path.join(folder, name), 'utf8');
    for (const line of ['title: Prod is gone', 'severity: high', 'summary: The page of prices is empty'])
      assert.ok(file.includes(`\n${line}\n`), `${line} in\n${file}`);
    const said = await editor.inside.run((vscode) =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === 'linekeeper')
        .map((one) => one.getText())
        .join(),
    );
    assert.match(said, /No last good revision is known/);
    assert.doesNotMatch(said, /--[a-z]/, 'no words of the command line');
    assert.equal(readdirSync(folder).length, 2);
    assert.deepEqual(
      (await editor.text.tabs()).filter(({ dirty }) => dirty),
      [],
      'nothing asks to be saved',
    );
    assert.equal(
      await editor.inside.run((vscode) => vscode.window.tabGroups.activeTabGroup.activeTab?.label),
      'Commits behind the Incident',
      'what was found is in front, and nobody has to read a file of keys',
    );
    await editor.screenshot('incident-begun');
  });

  it('Open Report includes findings with the setting on', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    await editor.settings({ 'linekeeper.report.findings': true });
    await editor.command('Linekeeper: Open Report');
    const page = editor.host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByText('No danger rule found anything in these commits.').waitFor({ timeout: 60_000 });
    await editor.settings({});
  });
});
