import assert from 'node:assert/strict';
import { useWindow } from '../../support/editor-window';
import { agentWrites } from '../agent';

const POLICY = `version: 1
people:
  senior: [sue@example.com]
  junior: [ada@example.com]
tiers:
  - { name: critical, paths: ["prod/**"], review: { any: { from: senior, approvals: 1 }, ai: { junior: { from: senior, approvals: 1 } } } }
  - { name: standard, paths: ["src/**"], review: { ai: { junior: { from: senior, approvals: 1 } } } }
`;
const VIEW = 'linekeeper.changes';
const FILES = ['prod/a.tf', 'prod/b.tf', 'src/a.ts', 'src/b.ts', 'src/c.ts'];

describe('what two tiers and five files need', () => {
  const window = useWindow((workspace) => {
    workspace.write('.linekeeper.yml', POLICY);
    for (const file of FILES) workspace.write(file, 'one\n');
    workspace.commit('Begin');
  });
  const countOf = (text: string, words: string): number => text.split(words).length - 1;

  it('uncommitted work: the first row that needs a sign-off says it, and a tooltip says it once with the reasons', async () => {
    const { shown, workspace } = window();
    for (const file of FILES) await agentWrites(workspace, file, 'one\ntwo\n');
    const rows = await shown.waitRows(VIEW, (all) => all.includes('standard Same sign-off · +3'), 'both tiers');
    assert.ok(rows.includes('critical Needs a senior · +2'), rows.join('\n'));
    const { item } = await shown.row(VIEW, /^critical/);
    assert.ok(typeof item.tooltip === 'string');
    assert.deepEqual(item.tooltip.split('\n').slice(0, 3), [
      "Needs a senior's sign-off",
      'Every change in critical.',
      '2 lines changed by AI in critical.',
    ]);
    assert.equal(countOf(item.tooltip, 'sign-off'), 1);
  });

  it('status bar: counts the people who must sign, as the decision does, when two tiers ask for the same sign-off', async () => {
    const { shown } = window();
    const { label } = await shown.waitStatus('1 sign-off needed');
    assert.equal(countOf(label, "a senior's sign-off"), 1, label);
    assert.match(label, /^prod\/a\.tf, prod\/b\.tf, src\/a\.ts, …: needs /);
  });

  it('the branch: its row says what is needed and one row who may sign, and its tiers do not say it again', async () => {
    const { shown, workspace } = window();
    workspace.git('switch', '-q', '-c', 'feature');
    workspace.commit('Grow');
    const isOnlyBranch = (all: readonly string[]): boolean =>
      all.some((row) => row.startsWith('This Branch')) && !all.includes('critical Needs a senior · +2');
    const rows = await shown.waitRows(VIEW, isOnlyBranch, 'the branch, and nothing that is not committed');
    assert.equal(countOf(rows.join('\n'), 'a senior'), 1, rows.join('\n'));
    assert.equal(countOf(rows.join('\n'), 'May sign'), 1, rows.join('\n'));
  });
});
