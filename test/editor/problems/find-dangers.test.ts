import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { agentWrites } from '../agent';
import type { FoundAt } from '../../support/editor-texts';
import { until, useWindow } from '../../support/editor-window';
import { linesWithAuthors } from '../../support/line-authors';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    agents: deny
    review:
      any: { from: mid, approvals: 1 }
      ai:
        junior: { from: senior, approvals: 1 }
`;
const DATABASE =
  'resource "aws_db_instance" "costs" {\n  engine              = "postgres"\n  deletion_protection = true\n}\n';
const UNPROTECTED = DATABASE.replace('= true', '= false');
const RULE = 'destructive/tf-protection-off';
const FILE = 'prod/db.tf';

describe('warnings about dangers', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write(FILE, DATABASE);
    workspace.write('lab/db.tf', DATABASE);
    workspace.commit('Begin');
  });
  const expectFound = (file: string, test: (found: readonly FoundAt[]) => boolean, what: string) =>
    window().text.waitFound(file, test, what);
  /** A closed file where AI took the protection off, opened at that line. */
  async function openAtWarning(): Promise<void> {
    const { text, workspace } = window();
    text.closeAll();
    await agentWrites(workspace, FILE, UNPROTECTED);
    await text.open(FILE);
    await expectFound(FILE, (all) => all.length === 1 && all[0]?.line === 3 && all[0].code === RULE, 'one warning');
    text.goto(3, 5);
  }

  it("AI's dangerous line: the warning says what happens, why it matters and who signs, in a closed file too", async () => {
    await agentWrites(window().workspace, FILE, UNPROTECTED);
    const [found] = await expectFound(
      FILE,
      (all) => all.length === 1 && all[0]?.code === RULE && all[0].message.includes("a senior's"),
      'one warning',
    );
    assert.equal(found?.line, 3);
    assert.equal(found.severity, 1);
    assert.match(found.message, /^deletion_protection .*costs: data may be lost\. Needs a senior's sign-off\./);
  });

  it("a warning: links to its rule's page in the extension", () => {
    const [found] = window().text.found(FILE);
    assert.match(
      readFileSync(found?.target?.fsPath ?? '', 'utf8'),
      /The rule `destructive\/tf-protection-off` reports/,
    );
  });

  it('a warning: moves with its line, and follows an edit and its undo before a save', async () => {
    const { text } = window();
    await text.open(FILE);
    text.goto(1, 1);
    text.type('\n\n');
    await expectFound(FILE, (all) => all.some(({ code, line }) => code === RULE && line === 5), 'two lines below');
    text.goto(5, 25);
    text.selectToLineEnd();
    text.type('true');
    await expectFound(FILE, (all) => !all.some(({ code }) => code === RULE), 'no warning');
    for (let i = 0; i < 8 && !text.whole.includes('false'); i++) text.undo();
    await expectFound(FILE, (all) => all.some(({ code }) => code === RULE), 'the warning again');
    text.active.document.revert();
  });

  it('Not dangerous here: writes rules-off with a reason into the policy, as lines of the person', async () => {
    await openAtWarning();
    const { text, people, workspace } = window();
    const fixing = text.quickFix('Not dangerous here');
    await people.answer('Not Dangerous Here', 'a copy for tests');
    await fixing;
    const policy = workspace.read('.linekeeper.yml');
    assert.ok(policy.includes(`rule: ${RULE}\n`) && policy.includes('paths: ["/prod/db.tf"]'), policy);
    const { start, end } = text.active.selection;
    const { document } = text.active;
    const selected = document.text.slice(document.offsetAt(start), document.offsetAt(end));
    assert.match(selected, new RegExp(`^  - rule: ${RULE}\n[^]*paths: .*\n$`));
    const written = (): Promise<string[]> =>
      linesWithAuthors(workspace.root, '.linekeeper.yml').then((lines) =>
        lines.filter((line) => !line.startsWith('.')),
      );
    await until(async () => (await written()).every((line) => /^-?H/.test(line)), {
      what: "each line of it to be the person's",
    });
    assert.ok((await written()).length > 0);
    await text.waitMarks([]);
    workspace.git('checkout', '--', '.linekeeper.yml');
  });

  it('the first quick fix: restores the line of before and is the preferred one, when the last commit had it', async () => {
    await openAtWarning();
    const { text } = window();
    const [first, second] = await text.quickFixes();
    assert.equal(first?.title, 'Restore `deletion_protection = true`');
    assert.deepEqual([first.isPreferred, second?.isPreferred], [true, undefined]);
    await text.quickFix(first.title);
    assert.equal(text.whole, DATABASE);
    await expectFound(FILE, (all) => !all.some(({ code }) => code === RULE), 'no warning');
    text.active.document.revert();
  });

  it('an acknowledged warning: goes, and returns on demand and when the text changes', async () => {
    await openAtWarning();
    const { text, people, state, workspace } = window();
    const fixes = (await text.quickFixes()).map(({ title }) => title);
    for (const title of ['Request senior review', 'Explain this rule', 'Acknowledge with a reason…', 'Open the policy'])
      assert.ok(fixes.includes(title), `${title} is not among ${fixes.join(', ')}`);
    const acknowledge = async (): Promise<void> => {
      await Promise.all([text.quickFix('Acknowledge with a reason'), people.answer('Acknowledge', 'a test database')]);
      await expectFound(FILE, (all) => all.length === 0, 'no warning');
    };
    await acknowledge();
    await text.quickFix('Show the acknowledged warning again');
    await expectFound(FILE, (all) => all.length === 1, 'the warning on demand');
    await acknowledge();
    await agentWrites(workspace, FILE, DATABASE.replace('= true', '= "false"'));
    await expectFound(FILE, (all) => all.some(({ code }) => code === RULE), 'the warning about another content');
    await text.quickFix('Explain this rule');
    assert.ok(state.previews.some((page) => page.includes(RULE)) || text.whole.includes(RULE), 'the page of the rule');
  });

  it("a person's own line: has a warning when the danger is high, until it is gone", async () => {
    const { text, workspace } = window();
    text.closeAll();
    workspace.git('checkout', '--', '.');
    await expectFound(FILE, (all) => all.length === 0, 'nothing');
    await text.open('lab/db.tf');
    text.goto(3, 25);
    text.selectToLineEnd();
    text.type('false');
    const [found] = await expectFound('lab/db.tf', (all) => all.length === 1, 'one warning');
    assert.equal(found?.code, RULE);
    text.save();
    await expectFound('lab/db.tf', (all) => all.length === 1, 'the same');
    workspace.git('checkout', '--', '.');
    await expectFound('lab/db.tf', (all) => all.length === 0, 'gone with its cause');
  });

  it('a file that an agent deleted: has a warning, until it is back', async () => {
    const { text, workspace } = window();
    text.closeAll();
    await agentWrites(workspace, 'lab/db.tf', null);
    const [found] = await expectFound('lab/db.tf', (all) => all.length > 0, 'a warning');
    assert.equal(found?.code, 'destructive/tf-resource-removed');
    workspace.git('checkout', '--', '.');
    await expectFound('lab/db.tf', (all) => all.length === 0, 'gone with its cause');
  });
});
