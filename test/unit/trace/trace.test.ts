import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lineOf, trace, traceTo } from '../../../src/trace';

const TRACE = path.resolve(import.meta.dirname, '../../../src/trace/index.ts');

describe('trace', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    traceTo((step, text) => lines.push(lineOf(step, text)));
  });
  afterEach(() => {
    traceTo(undefined);
  });

  it('a step: one line, its kind first', () => {
    trace('git', () => 'diff-tree\nHEAD\u001b[2J');
    assert.deepEqual(lines, ['git    diff-tree HEAD [2J']);
  });

  it('a step: not put into words when nobody listens', () => {
    traceTo(undefined);
    trace('git', () => assert.fail('it was'));
  });

  it('an address of a person or a name in a URL: left out', () => {
    trace(
      'git',
      () => 'config user.email june.park+x@example.com; push https://june:secret@example.com/a.git HEAD@{1}',
    );
    assert.deepEqual(lines, ['git    config user.email …@…; push https://…@example.com/a.git HEAD@{1}']);
  });

  it('a step of endless length: cut', () => {
    trace('line', () => 'x'.repeat(1_000_000));
    assert.ok((lines[0] ?? '').length < 2_100);
  });

  it('a step that fails: disturbs nobody', () => {
    trace('line', () => {
      throw new Error('not this one');
    });
    assert.deepEqual(lines, []);
  });
});

describe('LINEKEEPER_TRACE', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-trace-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function errorsWith(value: string): string {
    const code = `import { trace } from ${JSON.stringify(TRACE)}; trace('git', () => 'asked'); trace('git', () => 'again');`;
    const program = path.join(folder, 'program.mts');
    writeFileSync(program, code);
    const ended = spawnSync(process.execPath, ['--import', 'tsx', program], {
      encoding: 'utf8',
      cwd: path.resolve(import.meta.dirname, '../../..'),
      env: { ...process.env, LINEKEEPER_TRACE: value },
    });
    assert.equal(ended.status, 0, ended.stderr);
    return ended.stderr;
  }

  it('1: lines go to standard error, with a time and the process', () => {
    assert.match(errorsWith('1'), /^\d{4}-\d\d-\d\dT[\d:.]+Z \d+ git {4}asked\n.*again\n$/);
  });

  it('empty or 0: nothing is said', () => {
    assert.equal(errorsWith(''), '');
    assert.equal(errorsWith('0'), '');
  });

  it('a file that ends in .log: lines are added to it', () => {
    const file = path.join(folder, 'steps.log');
    writeFileSync(file, 'before\n');
    assert.equal(errorsWith(file), '');
    assert.match(readFileSync(file, 'utf8'), /^before\n.*asked\n.*again\n$/);
  });

  it('a file of another name: is not written, and standard error says so', () => {
    const file = path.join(folder, '.linekeeper.yml');
    assert.match(errorsWith(file), /ends in \.log.*\n.*asked/);
    assert.equal(existsSync(file), false);
  });

  it('a file that cannot be written: disturbs nobody', () => {
    assert.equal(errorsWith(path.join(folder, 'no', 'such', 'folder.log')), '');
  });
});
