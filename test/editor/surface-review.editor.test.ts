/** *AI Changes in This Review* as it is drawn, with its keys, its diff editor and its dialog. */
import assert from 'node:assert/strict';
import { agentWrites } from './agent';
import { until } from './host';
import { DATABASE, useSurfaces } from './surfaces';

const VIEW = 'AI Changes in This Review';

describe('surface: the review (stock build)', function () {
  this.timeout(120_000);
  const shared = useSurfaces(async ({ workspace }) => {
    workspace.git('switch', '--quiet', '--create', 'cheaper');
    const cheaper = DATABASE.replace('protection = true', 'protection = false');
    await agentWrites(workspace, 'prod/orders.tf', cheaper.replace('  multi_az            = true\n', ''));
    await agentWrites(workspace, 'src/orders.ts', 'export const most = 99;\nexport const least = 1;\n');
    workspace.commit('Save money');
  });
  const marked = (side: 'original' | 'modified'): Promise<number> =>
    shared().editor.host.page.locator(`.editor.${side} .glyph-margin-widgets .cgmr`).count();
  const frontIs = (file: string): Promise<unknown> =>
    until(
      () =>
        shared().editor.inside.run(
          (vscode, name) => vscode.window.activeTextEditor?.document.uri.path.endsWith(name) === true,
          file,
        ),
      { what: `${file} in front` },
    );

  it('the view: lists the hunks, the riskiest first', async () => {
    const { editor } = shared();
    await editor.run('linekeeper.showReview');
    await editor.workbench.clickTree(VIEW, /^critical/);
    await until(async () => ((await editor.workbench.tree(VIEW)) ?? [])[0]?.text.startsWith('critical'), {
      what: 'the rows',
    });
  });

  it("a key: opens the next unread hunk, with AI's lines marked on both sides and a hover", async () => {
    const { editor } = shared();
    await editor.press('Alt+N');
    await frontIs('prod/orders.tf');
    await until(async () => (await marked('original')) >= 1 && (await marked('modified')) >= 1, {
      what: 'marks on both sides',
    });
    await editor.notices.clear();
    await editor.hover('deletion_protection', /Claude Code|deletion_protection/);
    await editor.screenshot('surface-review');
  });

  it('a key: ticks the hunk and goes on', async () => {
    const { editor } = shared();
    await editor.press('Alt+Shift+N');
    await frontIs('src/orders.ts');
  });

  it('Sign Off: is a modal dialog that shows what is signed', async () => {
    const { editor } = shared();
    await editor.run('linekeeper.signReview');
    const { detail } = await editor.notices.waitDialog(/Sign off/);
    assert.match(detail, /prod\/orders\.tf/);
    await editor.notices.answerDialog('Cancel');
  });
});
