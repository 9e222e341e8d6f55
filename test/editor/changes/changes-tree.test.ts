import assert from 'node:assert/strict';
import { installGitHooks } from '../../../src/provenance/commits';
import { gitHooksState, Repository, uninstallGitHooks } from '../../../src/git';
import { agentAsked, agentBegins, agentWrites } from '../agent';
import { until, useWindow } from '../../support/editor-window';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      any: { from: mid, approvals: 1 }
`;
const VIEW = 'linekeeper.changes';
const NOWHERE = { executable: process.execPath, cli: '/nowhere/cli.js', electron: false };

describe('rows of the AI Changes view', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write('prod/main.tf', 'size = 100\n');
    workspace.write('src/cost.txt', 'one\n');
    workspace.commit('Begin');
  });
  const repository = (): Repository => Repository.find(window().workspace.root) ?? assert.fail('no repository');
  const expectRows = (test: (rows: readonly string[]) => boolean, what: string) =>
    window().shown.waitRows(VIEW, test, what);

  it('an empty view: offers Set Up while nothing is installed, and says what will come once it is', async () => {
    const { shown } = window();
    await shown.waitPane(VIEW, /Set Up Linekeeper/);
    await installGitHooks(repository(), NOWHERE);
    await shown.waitPane(VIEW, /^No uncommitted AI changes\. AI edits appear here/);
    await uninstallGitHooks(repository());
    assert.equal(await gitHooksState(repository()), 'absent');
    await shown.waitPane(VIEW, /Set Up Linekeeper/);
  });

  it('a session: is shown when it starts, and with its changes when it ends', async () => {
    const { workspace } = window();
    const action = await agentBegins(workspace, 'prod/main.tf');
    await expectRows((rows) => rows.some((row) => row.startsWith('Claude Code at work')), 'the session at work');
    workspace.write('prod/main.tf', 'size = 5\nname = "x"\n');
    await action.done();
    await expectRows((all) => all.includes('Claude Code +2 −1 · 1 file'), 'what the session did');
    await expectRows((all) => all.includes('critical Needs mid or senior · +2 −1'), 'the tier, and what it asks');
  });

  it("what is due: stands beside the view's title, and leaves Source Control's number to git when a file needs a sign-off", async () => {
    const { shown } = window();
    await until(() => shown.description(VIEW) === '1 file needs a sign-off', { what: 'the number' });
    assert.equal(shown.badge(VIEW), 0);
  });

  it('trailers without hooks: the view says that they are off, and offers Set Up', async () => {
    const { shown, people } = window();
    await expectRows((rows) => rows.includes('AI trailers are off Set up'), 'the offer');
    assert.doesNotMatch(await shown.pane(VIEW), /Next commit/);
    const clicking = shown.click(VIEW, /^AI trailers are off/);
    await people.dismiss('Set Up Linekeeper');
    await clicking;
  });

  it("the next commit's trailers: stand above the rows, and follow what is staged", async () => {
    const { shown, workspace } = window();
    await installGitHooks(repository(), NOWHERE);
    await agentWrites(workspace, 'src/cost.txt', 'one\ntwo\nthree\n');
    await shown.waitPane(VIEW, /Next commit: AI \+4 −1 of \+4 −1 · Claude Code/);
    workspace.git('add', 'src/cost.txt');
    await shown.waitPane(VIEW, /Next commit: AI \+2 −0 of \+2 −0/);
    workspace.git('add', 'prod/main.tf');
    await shown.waitPane(VIEW, /Next commit: AI \+4 −1 of \+4 −1/);
    await expectRows((rows) => !rows.some((row) => row.includes('AI trailers are off')), 'no offer any more');
  });

  it('rows: have labels for screen readers', async () => {
    const spoken = (await window().shown.rows(VIEW)).map(({ aria }) => aria).join('\n');
    assert.match(spoken, /Tier critical, AI added 2 lines and removed 1 line/);
    assert.match(spoken, /Claude Code, session 00e6e2c0…, added 4 lines and removed 1 line in 2 files/);
  });

  it("a session's prompt: is shown as it was written when prompts are kept", async () => {
    const { workspace } = window();
    agentAsked(workspace, 'Make <b>it</b> cheaper');
    await agentWrites(workspace, 'src/more.txt', 'more\n');
    await expectRows(
      (rows) => rows.some((row) => /^Claude Code.*3 files · .*asked: Make <b>it<\/b> cheaper$/.test(row)),
      'what was asked',
    );
    workspace.remove('src/more.txt');
  });

  it('the view after a commit: is empty again, and nothing is due', async () => {
    const { shown, workspace } = window();
    workspace.commit('All of it');
    await shown.waitPane(VIEW, /No uncommitted AI changes/);
    assert.equal(shown.description(VIEW), '');
  });

  it("a person's change that needs a sign-off: is listed, and the status bar says so", async () => {
    const { shown, text, workspace } = window();
    await text.open('.linekeeper.yml');
    text.goto(1, 1);
    text.type('# our policy\n');
    text.save();
    const item = await shown.waitStatus('1 sign-off needed');
    assert.match(item.label, /^\.linekeeper\.yml: needs .* before it is merged\. Commit it, then request the review\./);
    await shown.clickStatus('1 sign-off needed');
    await expectRows(
      (rows) =>
        rows.some((row) => row.startsWith('critical Needs ')) && rows.some((row) => row.startsWith('.linekeeper.yml')),
      'the policy',
    );
    text.closeAll();
    workspace.git('checkout', '--', '.linekeeper.yml');
    await shown.waitPane(VIEW, /No uncommitted AI changes/);
  });

  it('rows whose numbers change: keep their identity, so that the keys stay on them', async () => {
    const { shown, workspace } = window();
    const numbered = (marks: Readonly<Record<number, string>>): string =>
      Array.from({ length: 30 }, (_, i) => `${marks[i + 1] ?? `${String(i + 1)} as it was`}\n`).join('');
    const idOf = async (match: RegExp): Promise<string | undefined> => (await shown.row(VIEW, match)).item.id;
    workspace.write('src/long.txt', numbered({}));
    workspace.commit('A longer file');
    await shown.waitPane(VIEW, /No uncommitted AI changes/);
    await agentWrites(workspace, 'src/long.txt', numbered({ 20: 'changed here' }));
    const tier = await idOf(/^Other files \+1 −1/);
    await shown.toggle(VIEW, /^Other files/);
    assert.ok(
      !(await shown.texts(VIEW)).some((row) => row.startsWith('long.txt') && row.includes('src')),
      'the tier, closed',
    );
    await shown.toggle(VIEW, /^Other files/);
    const file = await idOf(/^long\.txt/);
    await agentWrites(workspace, 'src/long.txt', numbered({ 5: 'and here', 20: 'changed here' }));
    assert.equal(await idOf(/^long\.txt \+2 −2/), file, 'when more of the file was changed');
    await shown.toggle(VIEW, /^long\.txt/);
    const place = await idOf(/^Line 20/);
    await agentWrites(workspace, 'src/long.txt', numbered({ 5: 'and here', 10: 'two for\none', 20: 'changed here' }));
    assert.equal(await idOf(/^Line 21/), place, 'when a place above was changed');
    await agentWrites(workspace, 'prod/main.tf', 'size = 7\n');
    await shown.waitPane(VIEW, /AI \+5 −/);
    assert.equal(await idOf(/^Line 21/), place, 'when a tier came above');
    assert.equal(await idOf(/^Other files/), tier);
    workspace.git('checkout', '--', 'prod/main.tf');
    await shown.waitPane(VIEW, /AI \+4 −/);
    assert.equal(await idOf(/^Other files/), tier, 'when the tier above went');
  });
});
