/** Marks and hovers as they are drawn. Which lines have them is tried in test/editor/decorations. */
import assert from 'node:assert/strict';
import { agentWrites } from './agent';
import { until } from './host';
import { useSurfaces } from './surfaces';

describe('surface: marks (stock build)', function () {
  this.timeout(120_000);
  const shared = useSurfaces();
  const kinds = async (): Promise<string> =>
    (await shared().editor.gutter())
      .flatMap(({ line, icon }) => {
        const kind = /gutter%2F(\w+-\w+)/.exec(icon)?.[1];
        return kind === undefined ? [] : [`${String(line)} ${kind}`];
      })
      .join(', ');
  const expectKinds = async (expected: string): Promise<void> => {
    let last = '';
    await until(async () => (last = await kinds()) === expected, { what: expected }).catch(() =>
      assert.equal(last, expected),
    );
  };

  it('lines of AI: have an icon in the gutter, what is typed has none, and the hover says who wrote it', async () => {
    const { editor } = shared();
    await editor.text.open('src/cost.ts');
    await agentWrites(
      editor.workspace,
      'src/cost.ts',
      editor.workspace.read('src/cost.ts').replace('small = 1;', 'small = 11; // agent'),
    );
    await editor.text.waitLine('// agent');
    await editor.text.goto(5, 1);
    await editor.type('const mine = 1;');
    await editor.text.save();
    await until(async () => /^3 ai-\w+$/.test(await kinds()), { what: 'one mark' });
    await editor.hover('// agent', /Claude Code wrote this · claude-opus-4-8 · session 00e6e2c0… · just now/);
    await editor.press('Escape');
  });

  for (const [side, theme] of [
    ['dark', 'Default Dark Modern'],
    ['light', 'Default High Contrast Light'],
  ] as const)
    it(`the icons: are those of a ${side} theme in one`, async () => {
      const { editor } = shared();
      await editor.settings({ 'workbench.colorTheme': theme });
      await expectKinds(`3 ai-${side}`);
      await editor.screenshot(`surface-marks-${side}`);
      await editor.settings({});
    });

  it('marks: go and come back with one command', async () => {
    const { editor } = shared();
    await editor.command('Linekeeper: Toggle Author Marks');
    await until(async () => (await kinds()) === '', { what: 'no marks' });
    await editor.command('Linekeeper: Toggle Author Marks');
    await until(async () => (await kinds()) !== '', { what: 'the marks' });
  });
});
