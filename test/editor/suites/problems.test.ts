import assert from 'node:assert/strict';
import { agentWrites } from '../agent';
import { until, type Editor } from '../host';
import { useEditor } from '../shared';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
  - name: standard
    paths: ["**"]
    review:
      ai: { at-least: { lines: 4 }, junior: { from: mid, approvals: 1 } }
`;

type Found = Awaited<ReturnType<Editor['diagnostics']>>;

async function expectProblems(
  editor: Editor,
  file: string,
  test: (found: Found) => boolean,
  what: string,
): Promise<Found> {
  let found: Found = [];
  await until(
    async () => {
      found = (await editor.diagnostics(file)).filter((one) => one.source === 'Linekeeper');
      return test(found);
    },
    { what },
  ).catch((error: unknown) => assert.fail(`${String(error)}: ${JSON.stringify(found, null, 1)}`));
  return found;
}

describe('warnings about AI changes (stock build)', function () {
  this.timeout(120_000);
  const shared = useEditor('stock', (editor) =>
    editor.openRepository((workspace) => {
      workspace.write('.linekeeper.yml', POLICY);
      workspace.write('prod/main.tf', MAIN);
      workspace.write('src/cost.txt', 'export const a = 1;\n');
      workspace.write('prod/rates.ts', 'export const rate = 1;\n');
      workspace.write('src/bill.ts', "import { rate } from '../prod/rates';\n\nexport const bill = rate * 2;\n");
      workspace.write('CODEOWNERS', '/src/ @acme/billing\n');
      workspace.commit('Begin');
    }),
  );
  const MAIN = 'resource "db" "costs" {\n  size    = 100\n  engine  = "postgres"\n  protect = true\n}\n';

  it('there is one for each hunk of AI where the policy asks, saying what happened, why, and what to do', async () => {
    const { editor } = shared();
    await editor.text.open('prod/main.tf');
    await agentWrites(
      editor.workspace,
      'prod/main.tf',
      MAIN.replace('size    = 100', 'size    = 5').replace(
        '}\n',
        '}\n\nresource "bucket" "logs" {\n  name = "logs"\n}\n',
      ),
    );
    const found = await expectProblems(
      editor,
      'prod/main.tf',
      (all) => all.length === 2 && all.every((one) => one.message.includes('senior')),
      'two warnings',
    );
    assert.deepEqual(
      found.map(({ message, code, severity, line }) => ({ message, code, severity, line })),
      [
        {
          line: 2,
          severity: 1,
          code: 'tier/critical',
          message: "Claude Code +1 −1 in critical. Needs a senior's sign-off.",
        },
        {
          line: 7,
          severity: 1,
          code: 'tier/critical',
          message: "Claude Code +4 in critical. Needs a senior's sign-off.",
        },
      ],
    );
    await editor.workbench.problems();
    await editor.screenshot('problems');
  });

  it("there is none on a person's line beside AI's", async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.text.goto(3, 23);
    await editor.press('Enter');
    await editor.type('backup = 1');
    await editor.text.save();
    const found = await expectProblems(
      editor,
      'prod/main.tf',
      (all) => all.length === 2 && all[1]?.line === 8,
      'the same warnings, moved',
    );
    assert.deepEqual(
      found.map((one) => one.line),
      [2, 8],
    );
  });

  it('they cover closed files, and hunks where AI only removed', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    await agentWrites(editor.workspace, 'prod/main.tf', MAIN.replace('  protect = true\n', ''));
    const found = await expectProblems(
      editor,
      'prod/main.tf',
      (all) => all.length === 1 && (all[0]?.message.includes('−1') ?? false),
      'one warning about removed lines',
    );
    assert.equal(found[0]?.line, 4);
    assert.match(found[0].message, /^Claude Code −1 in critical\. Needs a senior's sign-off\.$/);
  });

  it('in a lower tier they come at its number of lines, with lower severity', async () => {
    const { editor } = shared();
    await agentWrites(editor.workspace, 'src/cost.txt', `export const a = 1;\n${'export const b = 2;\n'.repeat(4)}`);
    const found = await expectProblems(editor, 'src/cost.txt', (all) => all.length === 1, 'one warning');
    assert.equal(found[0]?.severity, 3);
    await agentWrites(editor.workspace, 'src/cost.txt', 'export const a = 1;\nexport const b = 2;\n');
    await expectProblems(editor, 'src/cost.txt', (all) => all.length === 0, 'none below the limit');
    await agentWrites(editor.workspace, 'src/cost.txt', `export const a = 1;\n${'export const b = 2;\n'.repeat(4)}`);
    await expectProblems(editor, 'src/cost.txt', (all) => all.length === 1, 'the warning again');
  });

  it('quick fixes are offered on every line of a warning', async () => {
    const { editor } = shared();
    await editor.text.open('src/cost.txt');
    await editor.text.goto(4, 3);
    const offered = (): Promise<readonly string[]> =>
      editor.inside.run(async (vscode) => {
        const { document, selection } = vscode.window.activeTextEditor ?? {};
        const actions =
          document &&
          (await vscode.commands.executeCommand<readonly { readonly title: string }[] | undefined>(
            'vscode.executeCodeActionProvider',
            document.uri,
            selection,
          ));
        return (actions ?? []).map((action) => action.title);
      });
    await until(async () => (await offered()).includes('Request senior review'), { what: 'what can be done' });
    await editor.text.focus();
    const fixes = await editor.text.quickFixes();
    for (const title of ['Request senior review', 'Why does this need review?', 'Acknowledge with a reason…'])
      assert.ok(fixes.includes(title), `${title} is not among ${fixes.join(', ')}`);
    await editor.press('Escape');
  });

  it('a quick fix explains the warning', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.text.quickFix('Why does this need review?');
    const picker = await editor.quick.wait('Line 4');
    assert.deepEqual(
      picker.items.map((item) => item.label.trim()),
      [
        ...['Claude Code', 'claude-opus-4-8', '00e6e2c0-5d0a-4f0e-9c55-1f0000000001', 'just now'],
        ...['standard (**)', 'Needs a mid-level or senior sign-off', 'May sign: sue@example.com', 'Trace this line'],
      ],
    );
    await editor.screenshot('explain');
    await editor.press('Escape');
  });

  it('an acknowledged one goes, and returns when the lines change', async () => {
    const { editor } = shared();
    await editor.text.focus();
    await editor.text.quickFix('Acknowledge with a reason');
    await editor.quick.wait('Acknowledge');
    await editor.quick.answer('generated table');
    await expectProblems(editor, 'src/cost.txt', (all) => all.length === 0, 'no warning');
    await agentWrites(editor.workspace, 'src/cost.txt', `export const a = 1;\n${'export const c = 3;\n'.repeat(5)}`);
    await expectProblems(editor, 'src/cost.txt', (all) => all.length === 1, 'the warning again');
  });

  it('unknown lines that count as AI\'s have one, until the person says "I wrote this"', async () => {
    const { editor } = shared();
    await editor.workbench.tidy();
    editor.workspace.write('prod/pasted.tf', 'resource "queue" "jobs" {\n}\n');
    const found = await expectProblems(
      editor,
      'prod/pasted.tf',
      (all) => all.length === 1,
      'one warning about unknown lines',
    );
    assert.equal(found[0]?.message, "Unknown author +2 in critical. Needs a senior's sign-off.");
    await editor.text.open('prod/pasted.tf');
    await editor.screenshot('unknown-lines');
    await editor.text.focus();
    await editor.text.quickFix('I wrote this');
    await expectProblems(editor, 'prod/pasted.tf', (all) => all.length === 0, 'no warning');
  });

  it('they go when the change is discarded', async () => {
    const { editor } = shared();
    editor.workspace.git('checkout', '--', '.');
    await expectProblems(editor, 'src/cost.txt', (all) => all.length === 0, 'no warning');
    await expectProblems(editor, 'prod/main.tf', (all) => all.length === 0, 'no warning');
  });

  it('the hover lists what depends on the change, with owners', async () => {
    const { editor } = shared();
    await editor.text.open('prod/rates.ts');
    await agentWrites(editor.workspace, 'prod/rates.ts', 'export const rate = 3;\n');
    await editor.text.waitLine('rate = 3');
    await expectProblems(editor, 'prod/rates.ts', (all) => all.length > 0, 'a warning');
    let text = '';
    // The editor shows what is known at once, and adds what is still looked for.
    await until(
      async () => {
        text = await editor.hover('const');
        return text.includes('1 file depends on this change');
      },
      { what: 'what depends on the change' },
    );
    await editor.screenshot('warning-hover');
    assert.match(text, /src\/bill\.ts:1 · import · @acme\/billing/);
    await editor.press('Escape');
  });
});
