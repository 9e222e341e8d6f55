import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentWrites } from '../agent';
import { until } from '../host';
import { useEditor } from '../use-editor';

const POLICY = 'version: 1\ntiers:\n  - { name: critical, paths: ["prod/**"] }\n';
const INCIDENT = `version: 1
title: Orders were down
state: closed
began: 2026-03-01T10:00:00Z
lessons:
  - { path: "prod/**", pattern: "force_destroy = true", message: The bucket held orders. }
  - { path: "scripts/**", message: They run at night. }
  - { rule: destructive/sql-drop, message: It held all orders. }
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

  it("a lesson's warning stands at AI's matching line", async () => {
    const { editor } = shared();
    await editor.text.open('prod/main.tf');
    await agentWrites(editor.workspace, 'prod/main.tf', 'resource "x" "y" {\n  size = 1\n  force_destroy = true\n}\n');
    await until(
      async () =>
        (await editor.diagnostics('prod/main.tf')).some(
          ({ line, code, message }) =>
            line === 3 &&
            code === 'lesson/INC-2026-03-01-orders' &&
            message === 'Such a change caused INC-2026-03-01-orders: The bucket held orders.',
        ),
      { timeout: 10_000, what: 'the warning of the lesson' },
    );
  });

  it('a lesson with only a path, or with a rule, gives a warning too', async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'scripts/clean.sh', 'echo clean\n');
    await agentWrites(editor.workspace, 'db/2.sql', 'SELECT 1;\nDROP TABLE orders;\n');
    const learnt = async (file: string): Promise<string[]> =>
      (await editor.diagnostics(file))
        .filter(({ code }) => code === 'lesson/INC-2026-03-01-orders')
        .map(({ line, message }) => `${String(line)} ${message}`);
    for (const [file, warning] of [
      ['scripts/clean.sh', '1 Such a change caused INC-2026-03-01-orders: They run at night.'],
      ['db/2.sql', '2 Such a change caused INC-2026-03-01-orders: It held all orders.'],
    ] as const) {
      let have: readonly string[] = [];
      await until(async () => (have = await learnt(file)).length > 0, { timeout: 10_000, what: file }).catch(
        () => undefined,
      );
      assert.deepEqual(have, [warning]);
    }
  });

  it('Trace This Line shows the history of the line at the cursor', async () => {
    const { editor } = shared();
    await editor.text.open('prod/main.tf');
    await editor.run('linekeeper.traceLine');
    await editor.text.waitLine('prod/main.tf:1');
    await editor.text.waitLine('deployments');
    assert.deepEqual(
      (await editor.text.tabs()).filter(({ dirty }) => dirty),
      [],
      'nothing asks to be saved',
    );
    await editor.screenshot('trace-of-a-line');
  });

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
    await editor.quick.wait(/What was seen/);
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

  it("Open Report shows the repository's report", async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Open Report');
    await until(async () => (await editor.glance()).includes('AI Report: '), { timeout: 60_000, what: 'the report' });
    const page = editor.host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByText('Not looked for, because').waitFor({ timeout: 20_000 });
    await editor.screenshot('report');
    await editor.host.page.getByRole('button', { name: 'Open Report with Findings' }).first().click();
    await page.getByRole('link', { name: '0 findings on AI lines' }).click({ timeout: 60_000 });
    await page.getByText('No danger rule found anything in these commits.').waitFor();
    assert.equal(
      await editor.inside.run(
        (vscode) =>
          vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(({ label }) => label.startsWith('AI Report: ')))
            .length,
      ),
      1,
      'in the same tab',
    );
    await editor.screenshot('report-findings');
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

  it('Who Wrote This Line? offers Trace This Line', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    await editor.text.open('prod/main.tf');
    await editor.text.goto(1, 1);
    await editor.command('Linekeeper: Who Wrote This Line?');
    await editor.quick.wait('Line 1');
    await editor.screenshot('who-wrote-this-line');
    await editor.quick.pick('Trace this line');
    await editor.text.waitLine('prod/main.tf:1');
    await editor.workbench.tidy();
  });
});
