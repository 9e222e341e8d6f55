import assert from 'node:assert/strict';
import path from 'node:path';
import { Repository } from '../../../src/git';
import { keepTeams } from '../../../src/policy/load';
import { agentWrites } from '../agent';
import { until, useWindow } from '../../support/editor-window';
import type { Workspace } from '../host/workspace';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
tiers:
  - name: critical
    paths: ["prod/**", "prdo/**"]
    review:
      ai:
        junior: { from: senior, approvals: 1 }
`;
const FILE = '.linekeeper.yml';

function branchOff(workspace: Workspace): void {
  workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  workspace.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
}

describe('the policy in the editor', () => {
  const window = useWindow((workspace) => {
    workspace.write(FILE, POLICY);
    workspace.write('prod/main.tf', 'size = 100\n');
    workspace.commit('Begin');
  });

  it('a pattern that matches nothing: has advice at its place', async () => {
    const { text } = window();
    await text.open(FILE);
    const all = await text.waitFound(FILE, (found) => found.length === 2, 'two pieces of advice');
    const advice = all.find(({ message }) => /"prdo\/\*\*" matches no tracked file/.test(message));
    assert.equal(advice?.line, 6);
  });

  it('a mistake: is shown at its place, in the status bar, and in one notification', async () => {
    const { text, shown, people, workspace } = window();
    workspace.write(FILE, POLICY.replace('from: senior', 'from: seniro'));
    const found = await text.waitFound(FILE, (all) => all.some(({ severity }) => severity === 0), 'the mistake');
    assert.match(found.find(({ severity }) => severity === 0)?.message ?? '', /seniro.*[Dd]id you mean "senior"\?/);
    await shown.waitStatus('Policy broken');
    await people.notice(/\.linekeeper\.yml is broken \(line 9: .*not in effect/);
    assert.equal(people.told.length, 1);
    people.clear();
  });

  it('a mistake: is corrected by a quick fix', async () => {
    const { text, shown } = window();
    text.goto(9, 27);
    await text.quickFix('Change to senior');
    text.save();
    await text.waitFound(FILE, (all) => all.every(({ severity }) => severity !== 0), 'no mistake');
    await until(() => !shown.status().some(({ text: item }) => item.includes('Policy broken')), {
      what: 'a sound policy',
    });
  });

  it('completion and hovers: offer keys, and explain them', async () => {
    const { text } = window();
    const offered = (await text.completions(7, 5)).map(({ label }) => label);
    assert.ok(offered.includes('agents') && offered.includes('detect'), JSON.stringify(offered));
    assert.match(await text.hover('paths'), /as in \.gitignore/);
  });

  it("the base's policy: decides when it differs, and a finding says so", async () => {
    const { text, workspace } = window();
    branchOff(workspace);
    workspace.write(FILE, POLICY.replace('prdo', 'src'));
    await agentWrites(workspace, 'prod/main.tf', 'size = 5\n');
    const differs = /^Not in effect yet: origin\/main.* applies until this version is merged\.$/;
    await text.waitFound(FILE, (all) => all.some(({ message }) => differs.test(message)), 'that the base decides');
  });
});

/** The author's level hangs on a team, which only the forge knows. */
const WITH_TEAM = `version: 1
people:
  senior: ["@acme/platform"]
  mid: [sue@example.com]
aliases: { ada: [ada@example.com] }
tiers:
  - name: critical
    paths: ["prod/**"]
    review:
      ai:
        junior: { from: mid, approvals: 1 }
`;

/** As `linekeeper policy people --refresh` does in a terminal. */
function refresh(root: string, members: readonly string[]): void {
  const repository = Repository.find(root);
  assert.ok(repository);
  keepTeams(repository, { host: 'github.com', at: Date.now(), teams: { '@acme/platform': members } });
}

function withTeam(workspace: Workspace): void {
  workspace.write(FILE, WITH_TEAM);
  workspace.write('prod/main.tf', 'size = 100\n');
  workspace.commit('Begin');
  branchOff(workspace);
  workspace.git('switch', '--quiet', '--create', 'smaller');
}

describe('what decides outside the work tree', () => {
  const window = useWindow(withTeam);

  it('resolved teams: take effect without a reload', async () => {
    const { shown, workspace } = window();
    await agentWrites(workspace, 'prod/main.tf', 'size = 5\n');
    await shown.waitStatus('1 sign-off needed');
    refresh(workspace.root, ['ada']);
    await shown.waitStatus('1 AI line');
    refresh(workspace.root, ['grace']);
    const { label } = await shown.waitStatus('1 sign-off needed');
    assert.equal(
      label.split('. ')[0],
      'prod/main.tf: needs a mid-level or senior sign-off before it is merged',
      'and nobody has to be asked who is in the team',
    );
  });
});

describe('what decides outside a linked work tree', () => {
  let linked = '';
  const window = useWindow(
    (workspace) => {
      withTeam(workspace);
      linked = path.join(path.dirname(workspace.root), 'linked');
      workspace.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    },
    { folders: () => [linked] },
  );

  it('a new policy on the base, and resolved teams: take effect without a reload', async () => {
    const { shown, workspace } = window();
    const there = workspace.beside(linked);
    await agentWrites(there, 'prod/main.tf', 'size = 6\n');
    await shown.waitStatus('1 sign-off needed');
    refresh(linked, ['ada']);
    await shown.waitStatus('1 AI line');
    // As a fetch does.
    there.write(FILE, WITH_TEAM.replace('junior: {', 'senior: {'));
    there.git('add', FILE);
    const tree = there.git('write-tree').trim();
    there.git('reset', '--quiet', '--', FILE);
    there.git('checkout', '--', FILE);
    await shown.waitStatus('1 AI line');
    const stricter = there.git('commit-tree', '-m', 'Ask of seniors too', '-p', 'HEAD', tree).trim();
    there.git('update-ref', 'refs/remotes/origin/main', stricter);
    await shown.waitStatus('1 sign-off needed');
  });
});
