import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until } from '../host';
import { useEditor } from '../shared';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    detect: [destructive]
    review:
      ai: { junior: { from: senior, approvals: 1 } }
`;

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;
const BEFORE = 'const small = 1;\nconst large = 2;\nconst gone = 3;\nconst last = 4;\n';

describe('in every theme (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/costs.txt', BEFORE);
      workspace.commit('Begin');
    }),
  );

  before('lines by everybody', async () => {
    const { editor } = shared();
    const { workspace } = editor;
    await agentWrites(
      workspace,
      'prod/costs.txt',
      BEFORE.replace('const gone = 3;\n', '').replace('large = 2;', 'large = 20;\nconst larger = 200;'),
    );
    await editor.text.open('prod/costs.txt');
    await editor.text.goto(5, 1);
    await editor.type('const typed = 5;');
    await editor.text.save();
    workspace.write('prod/costs.txt', `${workspace.read('prod/costs.txt')}\nconst unknown = 6;\n`);
    await editor.text.waitLine('unknown = 6');
    await editor.notices.clear();
    await editor.command('Linekeeper: Show AI Changes');
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`shows marks, hover, tree and status (${name})`, async () => {
      const { editor } = shared();
      await editor.settings({ 'workbench.colorTheme': theme });
      await until(
        () =>
          editor.inside.run(
            (vscode, wanted) => vscode.workspace.getConfiguration('workbench').get('colorTheme') === wanted,
            theme,
          ),
        { what: 'the theme' },
      );
      const kinds = async (): Promise<string> =>
        (await editor.gutter())
          .flatMap(
            ({ line, icon }) =>
              /gutter%2F(\w+-\w+)/
                .exec(icon)
                ?.slice(1)
                .map((kind) => `${String(line)} ${kind}`) ?? [],
          )
          .join(', ');
      const side = name.endsWith('light') ? 'light' : 'dark';
      const expected = `2 ai-${side}, 3 ai-${side}, 6 unknown-${side}`;
      let last = '';
      await until(async () => (last = await kinds()) === expected, { what: expected }).catch((error: unknown) =>
        assert.fail(`${String(error)}: ${last}`),
      );
      assert.match(await editor.hover('larger'), /Claude Code wrote this · claude-opus-4-8[^]*Needs a senior/);
      await editor.screenshot(`views-${name}`);
      await editor.press('Escape');
    });
  }
});
