import assert from 'node:assert/strict';
import { until } from '../../editor/host';
import { TYPED } from '../plot';
import type { Stage } from '../stage';
import type { Step } from '../step';
import { byAi, expectCount } from '../window';

const DATABASE = 'infra/prod/main.tf';
const SERVICE = 'src/service.ts';
const SOURCE = 'Linekeeper';
const QUICK_FIX = 'Request senior review';

export const seen: Step = {
  title: 'June sees it at once: marks, a count, a warning on the dangerous change, none on her own',
  async play(stage) {
    const { editor, ledger } = stage;
    await editor.workbench.tidy();
    const count = await expectCount(stage, ledger.paths);
    await expectMarks(stage, TYPED.path);
    await stage.shot('marks-beside-the-lines');
    await expectMarks(stage, SERVICE);
    await expectMarks(stage, DATABASE);

    const warnings = (await editor.diagnostics(DATABASE)).filter((one) => one.source === SOURCE);
    const causes = warnings.map(({ code, line: at }) => `${code} ${String(at)}`);
    assert.deepEqual(causes, [...new Set(causes)], 'one warning for one cause');
    const warning = warnings.find(({ message }) => message.includes('deletion_protection'));
    assert.ok(warning, `the warnings are ${warnings.map(({ message }) => message).join('; ')}`);
    const lines = byAi(ledger.added(DATABASE));
    assert.ok(
      lines.includes(warning.line),
      `the warning is at line ${String(warning.line)}, the change at ${lines.join(', ')}`,
    );
    assert.match(warning.message, /may be lost/);
    assert.match(warning.message, /senior/);
    assert.match(warning.code, /^destructive\//);
    const own = ledger
      .added(TYPED.path)
      .filter(({ by }) => by.author === 'human')
      .map(({ line }) => line);
    const onOwn = (await editor.diagnostics(TYPED.path)).filter(
      (one) => one.source === SOURCE && own.some((line) => one.line <= line && line <= one.endLine),
    );
    assert.deepEqual(onOwn, [], "June's own lines have no warning");

    await editor.text.goto(warning.line, 3);
    const hover = await editor.hover('deletion_protection', /senior/);
    assert.match(hover, /senior/);
    await stage.shot('the-warning-and-its-reason');
    await editor.press('Escape');
    const fixes = await editor.text.quickFixes();
    await stage.shot('what-can-be-done');
    await editor.press('Escape');
    assert.ok(fixes.includes(QUICK_FIX), `the quick fixes are ${fixes.join(', ')}`);
    assert.ok(await stage.isSameWindow(), 'the window was not loaded again since the beginning');
    await showTree(stage);
    return [
      `status bar: ${count}`,
      `${DATABASE}:${String(warning.line)}: ${warning.message}`,
      `quick fixes: ${fixes.join('; ')}`,
    ];
  },
};

/** The gutter has a mark beside each of AI's lines, and beside no line of June's. */
async function expectMarks({ editor, ledger }: Stage, path: string): Promise<void> {
  await editor.text.open(path);
  const want = byAi(ledger.added(path));
  let have: number[] = [];
  const agrees = async (): Promise<boolean> => {
    have = (await editor.gutter()).filter(({ icon }) => /%2Fai-\w+\.svg/.test(icon)).map(({ line }) => line);
    return JSON.stringify(have) === JSON.stringify(want);
  };
  await until(agrees, { timeout: 10_000, what: 'the marks' }).catch(() => undefined);
  assert.deepEqual(have, want, `the marks beside the lines of ${path}`);
}

async function showTree(stage: Stage): Promise<void> {
  const { editor } = stage;
  await editor.run('linekeeper.showChanges');
  const graph = editor.host.page.locator('.pane-header .title', { hasText: 'Graph' });
  await graph.click(); // makes room
  const hasTiers = async (): Promise<boolean> => {
    const rows = (await editor.workbench.tree('AI Changes')) ?? [];
    return ['critical', 'standard'].every((tier) => rows.some((row) => row.text.startsWith(tier)));
  };
  await until(hasTiers, { what: 'the tiers in the view of AI changes' });
  await stage.shot('the-view-of-changes');
  await graph.click();
}
