import assert from 'node:assert/strict';
import { restoredLines, restoreTitle } from '../../../src/editor/problems/restored-lines';

const say = (message: string, ...words: readonly (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(words[Number(index)]));
const DATABASE = 'resource "db" "costs" {\n  size    = 100\n  protect = true\n  backup  = 7\n}\n';

/** The present text with the fix made. */
function fixed(committed: string, present: string, line: number, side: 'old' | 'new'): string | undefined {
  const restored = restoredLines(committed, present, { line, side });
  if (!restored) return undefined;
  const lines = present.split('\n');
  lines.splice(restored.start, restored.end - restored.start, ...restored.lines);
  return lines.join('\n');
}

describe('the lines that a fix restores', () => {
  it('a changed line: gets its former text when the finding is on it', () => {
    const present = DATABASE.replace('true', 'false');
    assert.equal(fixed(DATABASE, present, 3, 'new'), DATABASE);
  });

  it('lines changed together: only the one of the finding comes back, found by its key', () => {
    const present = DATABASE.replace(
      'size    = 100\n  protect = true',
      'protect = false\n  size    = 5\n  port    = 1',
    );
    assert.equal(fixed(DATABASE, present, 2, 'new'), present.replace('protect = false', 'protect = true'));
  });

  it('a removed line: comes back where it was, in a file with other changes', () => {
    const present = `# database\n${DATABASE.replace('  protect = true\n', '')}`;
    assert.equal(fixed(DATABASE, present, 3, 'old'), `# database\n${DATABASE}`);
  });

  it('a removed line that others replaced: comes back behind what replaced the lines above', () => {
    const present = DATABASE.replace('size    = 100\n  protect = true', 'size    = 5');
    assert.equal(fixed(DATABASE, present, 3, 'old'), DATABASE.replace('100', '5'));
  });

  it('a removed block: comes back whole if the finding is on its header', () => {
    assert.equal(fixed(`${DATABASE}\nlocals {\n}\n`, '\nlocals {\n}\n', 1, 'old'), `${DATABASE}\nlocals {\n}\n`);
  });

  it('a finding at the header of a block: restores the one place that changed inside, and nothing if several did', () => {
    const without = DATABASE.replace('  protect = true\n', '');
    assert.equal(fixed(DATABASE, without, 1, 'new'), DATABASE);
    const twice = DATABASE.replace('100', '5').replace('7', '0');
    assert.equal(restoredLines(DATABASE, twice, { line: 1, side: 'new' }), undefined);
  });

  it('a new line: has nothing to restore when the last commit had nothing there', () => {
    assert.equal(restoredLines(DATABASE, `${DATABASE}drop = 1\n`, { line: 6, side: 'new' }), undefined);
  });

  it('other line endings: are no change when the lines are compared', () => {
    const present = DATABASE.replace('true', 'false').replaceAll('\n', '\r\n');
    assert.deepEqual(restoredLines(DATABASE, present, { line: 3, side: 'new' }), {
      start: 2,
      end: 3,
      lines: ['  protect = true'],
    });
  });

  it('the title: names the line, or what comes back when the rule is about a column or a guard', () => {
    const lines = (...all: string[]) => ({ start: 0, end: 0, lines: all });
    assert.equal(restoreTitle(say, 'destructive/tf-x', lines('  a = true')), 'Restore `a = true`');
    assert.equal(restoreTitle(say, 'destructive/tf-x', lines('a {', '}')), 'Restore `a {` (2 lines)');
    assert.equal(restoreTitle(say, 'destructive/sql-drop-column', lines('name String')), 'Keep the column');
    assert.equal(restoreTitle(say, 'permissions/auth-removed', lines('@login')), 'Restore the guard');
  });
});
