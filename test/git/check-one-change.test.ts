import assert from 'node:assert/strict';
import { BOB, CARL } from '../support/repository';
import { Branch, counted, GRACE, numbered, POLICY } from './gate-support';

const ALL = POLICY.replace('"infra/**"', '"**", "!README.md"');

const LINES = [
  '  total = price * amount',
  '  if total > limit then',
  '    warn(customer, total)',
  '  end',
  '  store(order, total)',
];
const text = (lines: readonly string[], end = '\n'): string => lines.map((line) => `${line}${end}`).join('');

describe("linekeeper check: lines that AI wrote earlier in the range stay AI's", () => {
  let branch: Branch;
  afterEach(() => branch.repo.dispose());

  const FRAME = [numbered(8, 'before'), numbered(8, 'behind')] as const;
  const around = (middle: string): string => FRAME.join(middle);

  const then = async (
    files: Readonly<Record<string, string | null>>,
    message = 'human: then',
  ): Promise<readonly string[]> => {
    branch = await Branch.create({ 'infra/a.tf': around('') }, ALL);
    await branch.commit('ai: five lines', { 'infra/a.tf': around(text(LINES)) }, CARL);
    await branch.commit(message, files, BOB);
    return counted(await branch.check());
  };

  it('when a person indents them', async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES.map((line) => `\t\t${line}`))) }), [
      'critical infra/a.tf +5/0/0 -0/0/0',
    ]);
  });

  it('when a person changes a word of each', async () => {
    assert.deepEqual(
      await then({
        'infra/a.tf': around(text(LINES.map((line) => line.replace('total', 'sum').replace('end', 'end -- if')))),
      }),
      ['critical infra/a.tf +5/0/0 -0/0/0'],
    );
  });

  it('when a person adds a semicolon to each', async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES.map((line) => `${line};`))) }), [
      'critical infra/a.tf +5/0/0 -0/0/0',
    ]);
  });

  it('when a person changes their line ends', async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES, '\r\n')) }), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it('when a person moves them within the file', async () => {
    assert.deepEqual(await then({ 'infra/a.tf': text(LINES) + around('') }), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it('when a person moves them to a new file', async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(''), 'infra/b.tf': text(LINES) }), [
      'critical infra/b.tf +5/0/0 -0/0/0',
    ]);
  });

  it('when a person copies them, in both places', async () => {
    assert.deepEqual(await then({ 'infra/b.tf': text(LINES) }), ['critical infra/a.tf,infra/b.tf +10/0/0 -0/0/0']);
  });

  it('when a person splits one in two', async () => {
    assert.deepEqual(
      await then({ 'infra/a.tf': around(text(['  total =', '    price * amount', ...LINES.slice(1)])) }),
      ['critical infra/a.tf +6/0/0 -0/0/0'],
    );
  });

  it('when a person deletes them and puts them back', async () => {
    branch = await Branch.create({ 'infra/a.tf': around('') }, ALL);
    await branch.commit('ai: five lines', { 'infra/a.tf': around(text(LINES)) }, CARL);
    await branch.commit('human: back', { 'infra/a.tf': around('') }, BOB);
    await branch.commit('human: and again', { 'infra/a.tf': around(text(LINES)) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it('when a person deletes short ones and puts them back in order', async () => {
    const short = Array.from({ length: 6 }, (_, index) => `const a${String(index)} = ${String(index)};`);
    branch = await Branch.create({ 'infra/a.tf': around('') }, ALL);
    await branch.commit('ai: six lines', { 'infra/b.tf': text(short) }, CARL);
    await branch.commit('human: away', { 'infra/b.tf': null }, BOB);
    await branch.commit('human: and again', { 'infra/b.tf': text(short) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/b.tf +6/0/0 -0/0/0']);
  });

  it("but a person's own short lines that equal some of them are the person's", async () => {
    branch = await Branch.create({ 'infra/a.tf': around('') }, ALL);
    await branch.commit(
      'ai: lines',
      { 'infra/b.tf': text(['if (a) {', 'return null;', '} else {', 'i += 1;', '}']) },
      CARL,
    );
    await branch.commit('human: others', { 'infra/c.tf': text(['i += 1;', 'if (a) {', 'return null;', '}']) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/b.tf,infra/c.tf +5/4/0 -0/0/0']);
  });

  it("but other text in their place is the person's", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around('resource bucket\n# nothing of it\n') }), [
      'critical infra/a.tf +0/2/0 -0/0/0',
    ]);
  });

  it("and AI's change of a base line counts when a person removes that line", async () => {
    branch = await Branch.create({ 'infra/a.tf': around('allow = false # checked\n') }, ALL);
    await branch.commit('ai: open', { 'infra/a.tf': around('allow = true # checked\n') }, CARL);
    await branch.commit('human: away', { 'infra/a.tf': around('') }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/0/0 -1/0/0']);
  });

  it('and unknown lines stay unknown when a person changes them', async () => {
    branch = await Branch.create({ 'infra/a.tf': around('') }, ALL);
    await branch.commit('somebody', { 'infra/a.tf': around(text(LINES)) }, CARL);
    await branch.commit('human: then', { 'infra/a.tf': around(text(LINES.map((line) => `${line};`))) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/0/5 -0/0/0']);
  });

  it("and lines of an old branch that come back beside a person's line are unknown", async () => {
    branch = await Branch.create({ 'infra/a.tf': around(text(LINES)) }, ALL);
    const { repo } = branch;
    await branch.commit('human: one line', { 'infra/a.tf': around(`${text(LINES)}typed by hand\n`) }, CARL);
    await repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: fix', { 'infra/a.tf': around('fixed = really\n') }, GRACE);
    await repo.git('checkout', '--quiet', 'topic');
    await repo.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'main');
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/1/5 -0/0/1']);
  });
});
