import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until } from '../host';
import { SENIOR_FOR_PRODUCTION } from '../policies';
import { useEditor } from '../use-editor';

/** Those that surfaces and other suites don't look at. */
const THEMES = {
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
} as const;
const BEFORE = 'const small = 1;\nconst large = 2;\nconst gone = 3;\nconst last = 4;\n';

describe('each theme (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', SENIOR_FOR_PRODUCTION);
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
    await editor.run('linekeeper.showChanges');
    await until(async () => (await editor.workbench.tree('AI Changes'))?.length, { what: 'rows in AI Changes' });
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
      await editor.hover('larger', /Claude Code wrote this · claude-opus-4-8[^]*Needs a senior/);
      await editor.screenshot(`views-${name}`);
      await editor.press('Escape');
    });
  }
});

/** What a page has besides what Node has. */
interface Styled {
  getComputedStyle(part: unknown): Readonly<Record<string, string>>;
}

/** As WCAG defines it, of opaque colours as browsers write them. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [, red = '', green = '', blue = ''] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour) ?? assert.fail(colour);
    const [r = 0, g = 0, b = 0] = [red, green, blue]
      .map((part) => Number(part) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const DATABASE =
  'resource "aws_db_instance" "orders" {\n  engine              = "postgres"\n  deletion_protection = true\n  multi_az            = true\n}\n';

describe('the review view and the report in each theme (stock build)', function () {
  this.timeout(120_000);
  const VIEW = 'AI Changes in This Review';
  const shared = useEditor('stock', (editor) =>
    editor.openRepository(async (workspace) => {
      workspace.write('.linekeeper.yml', SENIOR_FOR_PRODUCTION);
      workspace.write('prod/db.tf', DATABASE);
      workspace.write('src/orders.ts', 'export const most = 100;\nexport const least = 1;\n');
      workspace.commit('Begin');
      workspace.git('switch', '--quiet', '--create', 'cheaper');
      await agentWrites(
        workspace,
        'prod/db.tf',
        DATABASE.replace('deletion_protection = true', 'deletion_protection = false').replace(
          '  multi_az            = true\n',
          '',
        ),
      );
      await agentWrites(workspace, 'src/orders.ts', 'export const most = 99;\nexport const least = 1;\n');
      workspace.commit('Save money');
    }),
  );

  before('what a reviewer opens', async () => {
    const { editor } = shared();
    await editor.notices.clear();
    await editor.run('linekeeper.showReview');
    await editor.workbench.clickTree(VIEW, /^critical/);
    await editor.press('Alt+N');
    // The click closes the row where the review had opened it already.
    await until(
      async () => {
        if ((await editor.workbench.tree(VIEW))?.some(({ text }) => text.startsWith('db.tf'))) return true;
        await editor.workbench.clickTree(VIEW, /^critical/);
        return false;
      },
      { every: 2_000, what: 'the hunk of the database' },
    );
  });

  for (const [name, theme] of Object.entries(THEMES)) {
    it(`shows hunks, marks on both sides and findings (${name})`, async () => {
      const { editor } = shared();
      await editor.settings({ 'workbench.colorTheme': theme });
      await editor.workbench.clickTree(VIEW, /^db\.tf/);
      const marked = (side: string): Promise<number> =>
        editor.host.page.locator(`.editor.${side} .glyph-margin-widgets .cgmr`).count();
      await until(async () => (await marked('original')) >= 2 && (await marked('modified')) >= 1, {
        what: 'marks on both sides',
      });
      await editor.screenshot(`review-${name}`);
    });

    it(`shows the report, legible (${name})`, async () => {
      const { editor } = shared();
      await editor.settings({ 'workbench.colorTheme': theme, 'linekeeper.report.findings': true });
      await editor.run('linekeeper.openReport');
      const page = editor.host.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await page.getByRole('heading', { name: /^AI in / }).waitFor();
      const least = name.startsWith('high-contrast') ? 7 : 4.5;
      const colour = (where: string, property: string): Promise<string> =>
        page
          .locator(where)
          .first()
          .evaluate((part, wanted) => (globalThis as unknown as Styled).getComputedStyle(part)[wanted] ?? '', property);
      const found = { text: '', card: '', contrast: 0 };
      await until(
        async () => {
          found.text = await colour('.definition', 'color');
          found.card = await colour('.figure', 'backgroundColor');
          return (found.contrast = contrast(found.text, found.card)) >= least;
        },
        { timeout: 5_000, what: 'a contrast' },
      ).catch(() => assert.fail(`${JSON.stringify(found)}, at least ${String(least)} is asked`));
      await editor.notices.clear();
      await editor.screenshot(`report-${name}`);
    });
  }
});
