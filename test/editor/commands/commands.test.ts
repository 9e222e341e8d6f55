import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assistantOf } from '../../../src/provenance/assistants';
import { keepUnheard } from '../../../src/provenance/assistants/sessions-without-hooks';
import { installGitHooks } from '../../../src/provenance/commits';
import { Repository } from '../../../src/git';
import { agentWrites } from '../agent';
import { labelsOf } from '../../support/editor-people';
import { until, useWindow } from '../../support/editor-window';
import { builtCli, CLI } from '../../support/product';

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
`;
const FILE = 'prod/main.tf';
const REVIEW = 'linekeeper.requestSeniorReview';

describe('commands of the extension', () => {
  const window = useWindow(async (workspace) => {
    await builtCli();
    workspace.write('.linekeeper.yml', POLICY);
    workspace.write(FILE, 'size = 100\nengine = "postgres"\n');
    workspace.commit('Begin');
    const bare = path.join(path.dirname(workspace.root), 'costs.git');
    execFileSync('git', ['clone', '--quiet', '--bare', workspace.root, bare]);
    workspace.git('remote', 'add', 'origin', 'git@github.com:acme/costs.git');
    const ssh = path.join(path.dirname(workspace.root), 'ssh-to-costs');
    writeFileSync(ssh, `#!/bin/sh\nfor asked do :; done\nexec "\${asked%% *}" '${bare}'\n`, { mode: 0o755 });
    workspace.git('config', 'core.sshCommand', `'${ssh}'`);
    workspace.git('config', 'ssh.variant', 'simple');
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    workspace.git('switch', '--quiet', '--create', 'smaller-db');
  });

  it('the palette: lists what people run, and not what only keys, rows and fixes run', () => {
    const { shown } = window();
    for (const title of ['Request Review', 'Preview Trailers of Next Commit', 'Toggle Author Marks'])
      assert.ok(shown.palette().includes(title), title);
    for (const title of ['Set Up…', 'Undo Set Up', 'Check AI Assistants', 'Open Policy'])
      assert.ok(shown.palette().includes(title), title);
    for (const hidden of ['Accept Inline Suggestion', 'Preview Set Up', 'Show AI Changes', 'Open Reviewed File'])
      assert.ok(!shown.palette().includes(hidden), hidden);
  });

  it('Preview Trailers of Next Commit: shows what the next commit will carry, and follows', async () => {
    const { text, workspace } = window();
    await agentWrites(workspace, FILE, 'size = 5 # & "less"\nengine = "postgres"\n');
    await window().run('linekeeper.previewTrailers');
    await text.waitLine('Assisted-by: claude-code:claude-opus-4-8');
    await text.waitLine('AI-Lines: +1 -1 of +1 -1');
    await text.waitLine('AI-Risk: critical');
    await text.waitLine('Git hooks are not installed');
    await agentWrites(workspace, FILE, 'size = 5 # & "less"\nengine = "postgres"\nnew = 1\n');
    await text.waitLine('AI-Lines: +2 -1 of +2 -1');
  });

  it('Check AI Assistants: lists those that are here, and what of each is not seen', async () => {
    const { text, home, workspace } = window();
    mkdirSync(path.join(home, '.claude'), { recursive: true });
    const at = Date.now();
    const repository = Repository.find(workspace.root);
    assert.ok(repository);
    keepUnheard(
      repository,
      ['a', 'b'].map((session) => ({ assistant: 'claude-code', session, at, isSubagent: false })),
      at,
    );
    await window().run('linekeeper.showCoverage');
    const limit = assistantOf('claude-code')?.coverage.limits[0];
    assert.ok(limit);
    for (const line of [
      'Assistants found on this machine',
      'Claude Code',
      '  Hooks: not installed, so only edits',
      '  Last seen: never in this repository',
      `  Without hooks: 2 sessions since ${new Date(at).toISOString().slice(0, 10)}`,
      `    ${limit.slice(0, 40)}`,
    ])
      await text.waitLine(line);
  });

  it('Set Up: offers what is missing in one dialog, and installs what was chosen', async () => {
    const { people, workspace } = window();
    const settingUp = window().run('linekeeper.setUp');
    const labels = labelsOf(await people.question('Set Up Linekeeper'));
    assert.deepEqual(
      labels.filter((label) =>
        ['Policy', 'AI trailers in commits', 'Push and fetch notes', 'Claude Code'].includes(label),
      ),
      ['AI trailers in commits', 'Push and fetch notes', 'Claude Code'],
      'what is there already is not offered, and assistants that are here are',
    );
    assert.ok(!labels.includes('Kiro'), 'assistants that are not here are folded');
    assert.ok(labels.includes('Other assistants…'), labels.join(', '));
    await people.accept('Set Up Linekeeper');
    await people.notice('Git hooks installed.');
    people.clear();
    await settingUp;
    assert.ok(existsSync(workspace.at('.git/hooks/prepare-commit-msg')));
  });

  it('a commit after Set Up: has trailers and a note', async () => {
    const { workspace } = window();
    const repository = Repository.find(workspace.root);
    assert.ok(repository);
    await installGitHooks(repository, { executable: process.execPath, cli: CLI, electron: false });
    workspace.commit('Use a smaller database');
    assert.equal(
      workspace.git('log', '-1', '--format=%B').trim(),
      'Use a smaller database\n\nAssisted-by: claude-code:claude-opus-4-8\nAI-Lines: +2 -1 of +2 -1\nAI-Risk: critical',
    );
    await until(() => workspace.git('notes', '--ref', 'ai', 'list').includes(workspace.head()), { what: 'the note' });
  });

  it('Request Review: names its steps, and does nothing before they are chosen', async () => {
    const { people, state } = window();
    const requesting = window().run(REVIEW);
    const { items } = await people.question('Request Review');
    assert.equal(items[0]?.description, 'push → open the pull request');
    await people.dismiss('Request Review');
    await requesting;
    assert.deepEqual(state.opened, []);
  });

  it('Open Anyway: opens the page with a short address, and copies the description', async () => {
    const { people, state, workspace } = window();
    const requesting = window().run(REVIEW);
    await people.pick('Request Review', 'Open Anyway');
    const address = await people.address('github.com/acme/costs/compare');
    const url = new URL(address);
    assert.equal(url.pathname, '/acme/costs/compare/main...smaller-db');
    assert.equal(url.searchParams.get('title'), 'Use a smaller database');
    assert.ok(address.length < 200, 'the address can be read in a dialog');
    await people.notice('Description copied: paste it into the pull request.');
    people.clear();
    await requesting;
    assert.match(state.clipboard, /^\*\*Needs .*senior/m);
    assert.match(state.clipboard, /\|`critical`\|`prod\/main\.tf`\|\+2 -1/);
    assert.equal(workspace.git('status', '--porcelain'), '');
    state.opened.length = 0;
  });

  it('Preview CI Result: decides on the branch as CI would, without words of the command line', async () => {
    const { state } = window();
    await window().run('linekeeper.whatWillCiSay');
    const [page = ''] = state.previews;
    assert.match(page, /CI would give this answer for[^]*senior/);
    assert.doesNotMatch(page, /--approvals/);
    assert.deepEqual(state.progress.slice(-1), ['Checking your commits as CI would…']);
  });

  it('Request Review: names uncommitted files, and says why there is nothing to review', async () => {
    const { people, state, workspace } = window();
    workspace.write('notes.txt', 'x\n');
    const requesting = window().run(REVIEW);
    const labels = labelsOf(await people.question('Request Review'));
    assert.ok(
      labels.some((label) => label.includes('Commit 1 file')),
      labels.join(' | '),
    );
    await people.dismiss('Request Review');
    await requesting;
    workspace.remove('notes.txt');
    workspace.git('switch', '--quiet', 'main');
    const again = window().run(REVIEW);
    await people.notice(/Nothing to review.*main/);
    people.clear();
    await again;
    assert.deepEqual(state.opened, []);
  });

  it('Request Review on main: one dialog offers branch, commit and push, and its steps can be changed', async () => {
    const { people, workspace } = window();
    await agentWrites(workspace, FILE, 'size = 7\nengine = "postgres"\n');
    const requesting = window().run(REVIEW);
    const { items } = await people.question('Request Review');
    assert.equal(items[0]?.description, 'create branch → commit → push → open the pull request');
    assert.equal(workspace.git('branch', '--show-current').trim(), 'main', 'nothing is done before it is chosen');
    await people.pick('Request Review', 'Create branch');
    await people.answer('Name of the new branch', 'bigger-db');
    const labels = labelsOf(await people.question('Request Review'));
    assert.ok(labels.includes('Create branch bigger-db'), labels.join(' | '));
    await people.dismiss('Request Review');
    await requesting;
    workspace.git('checkout', '--quiet', '--', '.');
    workspace.git('switch', '--quiet', 'smaller-db');
  });
});
