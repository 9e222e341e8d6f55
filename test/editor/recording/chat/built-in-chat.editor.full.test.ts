import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ToolCall } from '../../../support/model/turns';
import { authorsOf, expectAuthors } from '../../authors';
import { BEGINNING, BY_ASSISTANTS, workBeside } from '../../day/beside';
import { until, type Editor } from '../../host';
import { Stage } from '../../kinds';
import { PLAYED_BUILDS, useEditor } from '../../use-editor';

const replace = (file: string, oldString: string, newString: string): ToolCall => ({
  name: 'replace_string_in_file',
  input: { filePath: file, oldString, newString },
});

/** A hook of the agent that writes each payload as one line into a file beside the folder, and what it wrote so far. */
function hookLog(editor: Editor): {
  readonly install: () => void;
  readonly seen: () => { readonly hook_event_name: string; readonly tool_name?: string }[];
} {
  const log = path.join(editor.home, 'hooks.ndjson');
  return {
    install() {
      const hook = [{ type: 'command', command: `cat >> '${log}'; echo >> '${log}'` }];
      const hooks = Object.fromEntries(
        ['UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop'].map((event) => [event, hook]),
      );
      editor.workspace.write('.github/hooks/log.json', JSON.stringify({ version: 1, hooks }));
    },
    seen() {
      const lines = readFileSync(log, 'utf8').split('\n');
      return lines
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { hook_event_name: string; tool_name?: string });
    },
  };
}

for (const build of PLAYED_BUILDS) {
  describe(`VS Code's built-in chat agent, in the test editor (${build} build)`, function () {
    this.timeout(120_000);
    const shared = useEditor(build);
    let outside = 0;
    before('what earlier tests wanted of the network', () => {
      outside = shared().editor.host.outside.length;
    });

    it('works without an account, with a scripted model', async () => {
      const { editor } = shared();
      editor.workspace.write('src/rates.ts', 'export const small = 1;\nexport const large = 2;\n');
      hookLog(editor).install();
      editor.workspace.commit('Add the rates');
      await editor.text.open('src/rates.ts');
      assert.deepEqual(await editor.chat.enable(), ['scripted-1']);
    });

    it('makes inline edits', async () => {
      const { editor, model } = shared();
      const file = editor.workspace.at('src/rates.ts');
      model.play([
        { calls: [replace(file, 'export const large = 2;', 'export const large = 7;')] },
        { say: 'Seven it is.' },
      ]);
      const from = await editor.inside.mark();
      await editor.chat.askInline(2, 1, 'make it seven');
      const change = await editor.inside.waitChange('src/rates.ts', from, 60_000);
      if (build === 'all') assert.equal(change.detailedReason?.source, 'inlineChat.applyEdits');
      else assert.equal(change.hasDetailedReason, false);
      await until(() => editor.workspace.read('src/rates.ts').includes('large = 7'), { what: 'the file to be saved' });
      await editor.chat.inlineButton('Keep');
    });

    it('edits and creates files and runs commands, and each call reaches its hooks', async () => {
      const { editor, model } = shared();
      const { workspace } = editor;
      await editor.chat.open();
      model.play([
        {
          say: 'I look first.',
          calls: [{ name: 'read_file', input: { filePath: workspace.at('src/rates.ts'), startLine: 1, endLine: 2 } }],
        },
        { calls: [replace(workspace.at('src/rates.ts'), 'small = 1;', 'small = 11;\nexport const middle = 5;')] },
        {
          calls: [
            {
              name: 'create_file',
              input: { filePath: workspace.at('src/new.ts'), content: 'export const fresh = true;\n' },
            },
          ],
        },
        {
          calls: [
            {
              name: 'run_in_terminal',
              input: {
                command: 'echo "agent=$AI_AGENT" > term.txt; cat term.txt',
                explanation: 'x',
                goal: 'x',
                mode: 'sync',
                timeout: 20_000,
                isBackground: false,
              },
            },
          ],
        },
        { say: 'All of it is done.' },
      ]);
      const from = await editor.inside.mark();
      await editor.chat.ask('Please work');
      await editor.chat.wait('All of it is done.');
      await editor.screenshot(`chat-${build}`);
      const change = await editor.inside.waitChange('src/rates.ts', from);
      if (build === 'all') {
        assert.equal(change.detailedReason?.source, 'Chat.applyEdits');
        assert.match(String(change.detailedReason.metadata['$modelId']), /scripted-1/);
      } else assert.equal(change.hasDetailedReason, false);
      assert.equal(
        workspace.read('src/rates.ts'),
        'export const small = 11;\nexport const middle = 5;\nexport const large = 7;\n',
      );
      assert.equal(workspace.read('src/new.ts'), 'export const fresh = true;\n');
      assert.equal(workspace.read('term.txt'), 'agent=github_copilot_vscode_agent\n');
      assert.match(model.results.at(-1)?.text ?? '', /agent=github_copilot_vscode_agent/);
      assert.deepEqual(
        hookLog(editor)
          .seen()
          .map((hook) => [hook.hook_event_name, hook.tool_name].join(' ').trim()),
        [
          'UserPromptSubmit',
          ...['read_file', 'replace_string_in_file', 'create_file', 'run_in_terminal'].flatMap((tool) => [
            `PreToolUse ${tool}`,
            `PostToolUse ${tool}`,
          ]),
          'Stop',
        ],
      );
      assert.equal(model.finished, true);
    });

    it('its changes can be kept and committed', async () => {
      const { editor } = shared();
      await editor.chat.keepAll();
      const commit = await editor.scm.commit('Work of the agent');
      assert.deepEqual(editor.workspace.git('show', '--name-only', '--format=', commit).split('\n').sort(), [
        'src/new.ts',
        'src/rates.ts',
        'term.txt',
      ]);
    });

    it('network: is used by no test when the suite is over', () => {
      assert.deepEqual(shared().editor.host.outside.slice(outside), []);
    });
  });
}

describe('a person typing beside assistants, in the stock editor', function () {
  this.timeout(180_000);
  const shared = useEditor('stock');

  it('no line of one is credited to the other', async () => {
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', 'beside.ts');
    await editor.workbench.tidy();
    await stage.begin(BEGINNING);
    await workBeside(stage);
    let lines: readonly string[] = [];
    await until(
      async () =>
        (lines = await authorsOf(editor.workspace, stage.file)).every(
          (line) => line.startsWith('A') || !line.includes('fromTerminal'),
        ),
      { what: "the terminal agent's record" },
    );
    const changed = lines.filter((line) => /^[AH?] /.test(line));
    console.log(lines.map((line) => `      ${line}`).join('\n'));
    for (const line of changed) assert.doesNotMatch(line, BY_ASSISTANTS.test(line) ? /^H/ : /^A/, line);
    assert.ok(
      changed.some((line) => line.startsWith('A')) && changed.some((line) => line.startsWith('H')),
      changed.join('\n'),
    );
  });

  it("undoing one of the chat agent's two hunks credits no line wrongly", async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `const n${String(index)} = ${String(index)};`);
    const { editor, model } = shared();
    const stage = new Stage(editor, model, 'stock', 'hunks.ts');
    await editor.workbench.tidy();
    await stage.begin(`${lines.join('\n')}\n`);
    await editor.chat.enable();
    await editor.chat.open();
    const edit = (old: string, text: string): ToolCall => replace(editor.workspace.at(stage.file), old, text);
    model.play([
      { calls: [edit('n1 = 1;', 'n1 = 111;')] },
      { calls: [edit('n10 = 10;', 'n10 = 110;')] },
      { say: 'Both are done.' },
    ]);
    await editor.chat.ask('Change two');
    await editor.chat.wait('Both are done.');
    await stage.show();
    await stage.waitText(/n1 = 111;[^]*n10 = 110;/);
    await stage.caret(2, 1);
    await stage.untilText(() => stage.execute('chatEditor.action.undoHunk'), /n1 = 1;[^]*n10 = 110;/);
    await stage.caret(11, 1);
    await stage.execute('chatEditor.action.acceptHunk');
    await stage.save();
    await expectAuthors(editor.workspace, stage.file, [
      ...lines.map((line, index) => (index === 10 ? 'A const n10 = 110;' : `. ${line}`)),
      '-A',
    ]);
  });
});
