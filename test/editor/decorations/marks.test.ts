import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentWrites } from '../agent';
import { until, useWindow } from '../../support/editor-window';

const FILE = 'cost.ts';
const COSTS =
  '// Costs\n\nexport const small = 1;\nexport const large = 2;\nexport const huge = 3;\nexport const more = 4;\n';

describe('marks beside lines', () => {
  const window = useWindow((workspace) => {
    workspace.write(FILE, COSTS);
    workspace.commit('Add the costs');
  });

  it("lines of AI: have a mark, and a person's typing has none", async () => {
    const { text, shown, workspace } = window();
    await text.open(FILE);
    await agentWrites(workspace, FILE, COSTS.replace('small = 1;', 'small = 11; // agent'));
    await text.waitLine('// agent');
    await text.waitMarks(['3 ai']);
    text.goto(7, 1);
    text.type('const mine = 1;');
    text.save();
    await shown.waitStatus(/^1 AI line$/);
    await text.waitMarks(['3 ai']);
  });

  it('the hover over a mark: says which assistant, model and session it was, and how that is known', async () => {
    const said = await window().text.waitHover('// agent', /wrote this/);
    assert.match(said, /Claude Code wrote this · claude-opus-4-8 · session 00e6e2c0… · just now/);
    assert.match(said, /Reported by the assistant\./);
  });

  it('lines that AI removed: have a mark where they were, which an undo of theirs takes away', async () => {
    const { text, workspace } = window();
    await agentWrites(workspace, FILE, workspace.read(FILE).replace('export const more = 4;\n', ''));
    await text.waitMarks(['3 ai', '6 removed']);
    await agentWrites(
      workspace,
      FILE,
      workspace.read(FILE).replace('const mine', 'export const more = 4;\nconst mine'),
    );
    await text.waitMarks(['3 ai']);
  });

  it('marks: go and come back with one command', async () => {
    const { text } = window();
    await window().run('linekeeper.toggleAttribution');
    await text.waitMarks([]);
    await window().run('linekeeper.toggleAttribution');
    await text.waitMarks(['3 ai']);
  });

  it('marks at the edge of lines: are bars, which leave the gutter to the icons of other extensions', async () => {
    const { text } = window();
    window().settings({ 'linekeeper.marks.place': 'edge' });
    await text.waitMarks(['3 bar solid']);
    window().settings({ 'linekeeper.marks.place': undefined });
    await text.waitMarks(['3 ai']);
  });

  it('a commit: takes the marks away, and the hover and a setting still name the author', async () => {
    const { text, workspace } = window();
    workspace.commit('All of it');
    await text.waitMarks([]);
    await text.waitHover('// agent', /Claude Code wrote this[^]*Committed by Ada in [0-9a-f]{8}\./);
    window().settings({ 'linekeeper.marks.committed': true });
    await text.waitMarks(['3 committed']);
    window().settings({ 'linekeeper.marks.committed': undefined });
    await text.waitMarks([]);
  });

  it('a change that is thrown away: its marks and the status bar item go', async () => {
    const { text, shown, workspace } = window();
    await agentWrites(workspace, FILE, `${workspace.read(FILE)}\nexport const last = 9;\n`);
    await text.waitLine('last = 9');
    await until(() => text.marks().length > 0, { what: 'a mark' });
    workspace.git('checkout', '--', FILE);
    await text.waitMarks([]);
    await until(() => !shown.status().some((item) => item.text.includes('AI line')), { what: 'the item to go' });
  });

  it('a file in no repository: has nothing beside it', async () => {
    const { text, workspace } = window();
    const outside = path.join(path.dirname(workspace.root), 'outside.txt');
    writeFileSync(outside, 'one\n');
    await text.open(outside);
    text.type('x');
    text.undo();
    assert.deepEqual(text.marks(), []);
  });
});
