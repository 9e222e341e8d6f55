/** The *AI Changes* view as it is drawn. Its rows and their texts are tried in test/editor/changes. */
import assert from 'node:assert/strict';
import { agentWrites } from './agent';
import { until, type Editor } from './host';
import { useSurfaces } from './surfaces';

const VIEW = 'AI Changes';

describe('surface: the AI Changes view (stock build)', function () {
  this.timeout(120_000);
  const shared = useSurfaces((editor) => editor.run('linekeeper.showChanges'));
  const expectRow = (editor: Editor, row: RegExp): Promise<unknown> =>
    until(async () => ((await editor.workbench.tree(VIEW)) ?? []).some(({ text }) => row.test(text)), {
      what: String(row),
    });

  it('the empty view: offers Set Up', async () => {
    const { editor } = shared();
    await until(async () => (await editor.workbench.paneText(VIEW)).includes('Set Up Linekeeper'), {
      what: 'the offer',
    });
  });

  it('an assistant that wrote something: has rows, a label for screen readers, and a number beside the title', async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'prod/main.tf', 'size = 5\nname = "x"\n');
    await expectRow(editor, /^Claude Code ?\+2 −1 · 1 file$/);
    await expectRow(editor, /^critical ?Needs a senior · \+2 −1$/);
    const spoken = ((await editor.workbench.tree(VIEW)) ?? []).map(({ aria }) => aria).join('\n');
    assert.match(spoken, /Tier critical, AI added 2 lines and removed 1 line/);
    const due = editor.host.page.locator('.pane-header .description', { hasText: 'needs a sign-off' });
    await until(async () => (await due.count()) > 0, { what: 'the number' });
    await editor.screenshot('surface-changes');
  });

  it('the button of a row: opens the diff of its session', async () => {
    const { editor } = shared();
    await editor.workbench.clickTreeAction(VIEW, /^Claude Code/, 'Open Diff of This Session');
    await until(
      () =>
        editor.inside.run((vscode) =>
          vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === 'linekeeper-session'),
        ),
      { what: 'the text without the session' },
    );
    await editor.workbench.tidy();
  });

  it('the item of the status bar: says what is needed', async () => {
    const { label } = await shared().editor.workbench.waitStatus('1 sign-off needed');
    assert.match(label, /^prod\/main\.tf: needs a senior's? sign-off before it is merged/);
  });
});
