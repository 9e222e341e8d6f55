import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS } from '../../../../src/provenance/assistants';
import { installHooks, uninstallHooks } from '../../../../src/provenance/assistants/setup';
import { statusOf } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import type { ToolCall } from '../../../support/model/turns';
import { expectAuthors } from '../../authors';
import { until } from '../../host';
import { PLAYED_BUILDS, useEditor } from '../../use-editor';

const replace = (file: string, oldString: string, newString: string): ToolCall => ({
  name: 'replace_string_in_file',
  input: { filePath: file, oldString, newString },
});

for (const build of PLAYED_BUILDS) {
  describe(`VS Code's chat agent, recorded through the extension's hooks (${build} build)`, function () {
    this.timeout(120_000);
    const shared = useEditor(build);
    let tries = 0;
    let rates = '';
    let fresh = '';

    it("its edits inside a person's file, its new files and its deletions are recorded as AI's", async () => {
      const { editor, model } = shared();
      const { workspace } = editor;
      rates = `rates-${String(++tries)}.ts`;
      fresh = `new-${String(tries)}.ts`;
      if (tries > 1) workspace.commit('What an earlier try left');
      workspace.write(
        rates,
        'export const small = 1;\nexport const middle = 2;\nexport const large = 3;\nexport const huge = 4;\n',
      );
      workspace.commit('Add the rates');
      await editor.text.open(rates);
      await editor.text.goto(5, 1);
      await editor.type('export const mine = 5;');
      await editor.text.save();
      await editor.chat.enable();
      await editor.chat.open();
      const file = workspace.at(rates);
      model.play([
        { calls: [replace(file, 'middle = 2;', 'middle = 22;\nexport const extra = 6;')] },
        { calls: [replace(file, 'export const huge = 4;\n', '')] },
        {
          calls: [
            { name: 'create_file', input: { filePath: workspace.at(fresh), content: 'export const fresh = true;\n' } },
          ],
        },
        { say: 'All of it is done.' },
      ]);
      await editor.chat.ask('Please work');
      await editor.chat.wait('All of it is done.');
      const expected = [
        '. export const small = 1;',
        'A export const middle = 22;',
        'A export const extra = 6;',
        '. export const large = 3;',
        'H export const mine = 5;',
        '-A',
        '-A',
      ];
      await expectAuthors(workspace, rates, expected);
      await expectAuthors(workspace, fresh, ['A export const fresh = true;']);
      const repository = Repository.find(workspace.root);
      assert.ok(repository);
      const { files } = await statusOf(repository, Date.now);
      const range = files.find((one) => one.path === fresh)?.ranges[0];
      assert.equal(range?.assistant, 'github-copilot');
      assert.equal(range.model, 'scripted-1');
      assert.notEqual(range.session, null);
      await editor.chat.keepAll();
      await expectAuthors(workspace, rates, expected);
    });

    it('its lines are marked without a reload', async () => {
      const { editor } = shared();
      await editor.text.open(rates);
      await until(async () => (await editor.gutter()).some((mark) => mark.line === 2 && mark.icon.includes('ai-')), {
        what: 'the mark',
      });
      await editor.workbench.waitStatus('3 AI lines');
      await editor.screenshot(`agent-${build}`);
    });

    it("a person's next edits are not its own", async () => {
      const { editor } = shared();
      await editor.text.open(fresh);
      await editor.text.goto(2, 1);
      await editor.type('export const later = 1;');
      await editor.text.save();
      await expectAuthors(editor.workspace, fresh, ['A export const fresh = true;', 'H export const later = 1;']);
    });

    it('the extension has left a path to its runtime for the hook', () => {
      const { editor } = shared();
      const [program = '', electron] = readFileSync(editor.workspace.at('.git/linekeeper/runtime'), 'utf8').split('\n');
      assert.ok(path.isAbsolute(program));
      assert.equal(electron, '0');
    });
  });
}

describe('an agent without hooks in the integrated terminal (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock');

  it('one notification, no dialog, offers to set up its hooks', async () => {
    const { editor } = shared();
    await editor.notices.clear();
    await editor.terminal.open();
    await editor.terminal.run('gemini --version; cd /; cd - >/dev/null; gemini -p "hello"');
    const notice = await editor.notices.wait(
      "Gemini CLI isn't set up for Linekeeper, so its edits may be recorded as unknown.",
    );
    assert.deepEqual(notice.buttons, ['Set Up…']);
    assert.equal(notice.severity, 'info');
    assert.equal(await editor.notices.dialog(), undefined);
    await editor.screenshot('terminal-notice');
    await editor.notices.press("Gemini CLI isn't set up", 'Set Up…');
    await editor.quick.wait('Set Up Linekeeper');
    await editor.press('Escape');
    await editor.terminal.run('gemini');
    await editor.terminal.run('kiro-cli chat');
    await editor.notices.wait("Kiro isn't set up for Linekeeper");
    assert.deepEqual(
      (await editor.notices.all()).filter(({ message }) => message.includes('Gemini')),
      [],
    );
    await editor.notices.clear();
  });

  it('no notification comes when its hooks are installed', async () => {
    const { editor } = shared();
    const options = {
      scope: 'user',
      program: [process.execPath, '/nowhere/cli.js'],
      stateDir: path.join(editor.home, '.linekeeper', 'setup'),
      home: editor.home,
      env: {},
    } as const;
    const [cursor, opencode] = ['cursor', 'opencode'].map((id) => ASSISTANTS.find((one) => one.id === id));
    assert.ok(cursor && opencode);
    installHooks(cursor, options);
    try {
      await editor.terminal.run('cursor-agent');
      await editor.terminal.run('opencode');
      await editor.notices.wait("OpenCode isn't set up for Linekeeper");
      assert.deepEqual(
        (await editor.notices.all()).filter(({ message }) => message.includes('Cursor')),
        [],
      );
    } finally {
      uninstallHooks(cursor, options);
    }
    await editor.notices.clear();
    await editor.workbench.tidy();
  });
});
