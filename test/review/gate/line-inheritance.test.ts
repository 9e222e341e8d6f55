/** Whose a line is when several commits of a range wrote it. */
import assert from 'node:assert/strict';
import { BOB, CARL } from '../../support/repository';
import { counted, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const ALL = POLICY.replace('"infra/**"', '"**", "!README.md"');

const LINES = [
  '  total = price * amount',
  '  if total > limit then',
  '    warn(customer, total)',
  '  end',
  '  store(order, total)',
];
const text = (lines: readonly string[], end = '\n'): string => lines.map((line) => `${line}${end}`).join('');

describe("a range's lines", () => {
  let branch: LiteralBranch;

  const FRAME = [numbered(8, 'before'), numbered(8, 'behind')] as const;
  const around = (middle: string): string => FRAME.join(middle);

  const then = async (
    files: Readonly<Record<string, string | null>>,
    message = 'human: then',
  ): Promise<readonly string[]> => {
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('ai: five lines', { 'infra/a.tf': around(text(LINES)) }, CARL);
    branch.commit(message, files, BOB);
    return counted(await branch.check());
  };

  it("AI's lines: stay AI's when a person indents them", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES.map((line) => `\t\t${line}`))) }), [
      'critical infra/a.tf +5/0/0 -0/0/0',
    ]);
  });

  it("AI's lines: stay AI's when a person changes a word of each", async () => {
    assert.deepEqual(
      await then({
        'infra/a.tf': around(text(LINES.map((line) => line.replace('total', 'sum').replace('end', 'end -- if')))),
      }),
      ['critical infra/a.tf +5/0/0 -0/0/0'],
    );
  });

  it("AI's lines: stay AI's when a person adds a semicolon to each", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES.map((line) => `${line};`))) }), [
      'critical infra/a.tf +5/0/0 -0/0/0',
    ]);
  });

  it("AI's lines: stay AI's when a person changes their line ends", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(text(LINES, '\r\n')) }), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it("AI's lines: stay AI's when a person moves them within the file", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': text(LINES) + around('') }), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it("AI's lines: stay AI's when a person moves them to a new file", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around(''), 'infra/b.tf': text(LINES) }), [
      'critical infra/b.tf +5/0/0 -0/0/0',
    ]);
  });

  it("AI's lines: are AI's in both places when a person copies them", async () => {
    assert.deepEqual(await then({ 'infra/b.tf': text(LINES) }), ['critical infra/a.tf,infra/b.tf +10/0/0 -0/0/0']);
  });

  it("AI's lines: stay AI's when a person splits one in two", async () => {
    assert.deepEqual(
      await then({ 'infra/a.tf': around(text(['  total =', '    price * amount', ...LINES.slice(1)])) }),
      ['critical infra/a.tf +6/0/0 -0/0/0'],
    );
  });

  it("AI's lines: stay AI's when a person deletes them and puts them back", async () => {
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('ai: five lines', { 'infra/a.tf': around(text(LINES)) }, CARL);
    branch.commit('human: back', { 'infra/a.tf': around('') }, BOB);
    branch.commit('human: and again', { 'infra/a.tf': around(text(LINES)) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +5/0/0 -0/0/0']);
  });

  it("AI's short lines: stay AI's when a person deletes them and puts them back in order", async () => {
    const short = Array.from({ length: 6 }, (_, index) => `const a${String(index)} = ${String(index)};`);
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('ai: six lines', { 'infra/b.tf': text(short) }, CARL);
    branch.commit('human: away', { 'infra/b.tf': null }, BOB);
    branch.commit('human: and again', { 'infra/b.tf': text(short) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/b.tf +6/0/0 -0/0/0']);
  });

  it("a person's short lines: are the person's when AI wrote equal ones elsewhere", async () => {
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('ai: lines', { 'infra/b.tf': text(['if (a) {', 'return null;', '} else {', 'i += 1;', '}']) }, CARL);
    branch.commit('human: others', { 'infra/c.tf': text(['i += 1;', 'if (a) {', 'return null;', '}']) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/b.tf,infra/c.tf +5/4/0 -0/0/0']);
  });

  it("a person's lines: are the person's when they say something else in place of AI's", async () => {
    assert.deepEqual(await then({ 'infra/a.tf': around('resource bucket\n# nothing of it\n') }), [
      'critical infra/a.tf +0/2/0 -0/0/0',
    ]);
  });

  it("a person's line: is the person's when it shares only the beginning of a name with AI's line", async () => {
    const middle = (name: string): string => around(`  ${name},\n`);
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('ai: a name', { 'infra/a.tf': middle('orderAmount') }, CARL);
    branch.commit('human: a name', { 'infra/a.tf': middle('orderAbc') }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/1/0 -0/0/0']);
  });

  it("a removed line: counts as AI's when AI had changed it before", async () => {
    branch = new LiteralBranch({ 'infra/a.tf': around('allow = false # checked\n') }, ALL);
    branch.commit('ai: open', { 'infra/a.tf': around('allow = true # checked\n') }, CARL);
    branch.commit('human: away', { 'infra/a.tf': around('') }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/0/0 -1/0/0']);
  });

  it('unknown lines: stay unknown when a person changes them', async () => {
    branch = new LiteralBranch({ 'infra/a.tf': around('') }, ALL);
    branch.commit('somebody', { 'infra/a.tf': around(text(LINES)) }, CARL);
    branch.commit('human: then', { 'infra/a.tf': around(text(LINES.map((line) => `${line};`))) }, BOB);
    assert.deepEqual(counted(await branch.check()), ['critical infra/a.tf +0/0/5 -0/0/0']);
  });
});
