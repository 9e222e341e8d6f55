/** Several work trees and another tool write notes at once, and none is lost. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { askJson, linekeeperProcess } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

/** `LINEKEEPER_NOTES_AT_ONCE=8x200` for a long play. */
const [WORK_TREES = 4, COMMITS = 8] = (process.env['LINEKEEPER_NOTES_AT_ONCE'] ?? '4x8').split('x').map(Number);

describe('notes written by several work trees and another tool at once', function () {
  this.timeout(60_000 + WORK_TREES * COMMITS * 5_000);
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
    test.write('start.txt', 'start\n');
    await test.commit('start');
    await linekeeperProcess(test, ['install', '--git']);
  });
  after(() => test.dispose());

  it('are all there', async () => {
    const places: string[] = [];
    // One after the other: git reads a work tree of another `git worktree add` before that has written it.
    for (let index = 0; index < WORK_TREES; index++) {
      const place = test.outside(`tree-${String(index)}`);
      await test.git('worktree', 'add', '-q', '-b', `branch-${String(index)}`, place);
      places.push(place);
    }
    const others = (await test.git('rev-list', '--max-count=1', 'HEAD')).trim();
    const foreign = { going: true };
    const other = (async () => {
      for (let count = 0; foreign.going; count++) {
        await test.run(['notes', '--ref=ai', 'add', '-f', '-m', `of another tool ${String(count)}`, others]);
        // More often than any tool writes, and not so often that on a slow machine nobody else ever gets a turn.
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
    })();
    const committed = await Promise.all(places.map((place) => work(place)));
    foreign.going = false;
    await other;
    // A note that could not be written while others did is written when somebody next asks in its work tree.
    for (const place of places) await askJson(test, 'status', '--repo', place);
    // What the other tool overwrote is brought back when somebody writes next, or asks for it.
    await linekeeperProcess(test, ['notes', 'repair']);
    const noted = new Set((await test.git('notes', '--ref=ai', 'list')).split('\n').map((line) => line.split(' ')[1]));
    assert.deepEqual(
      committed.flat().filter((id) => !noted.has(id)),
      [],
    );
    assert.equal(committed.flat().length, WORK_TREES * COMMITS);
    assert.match(await test.git('notes', '--ref=ai', 'show', others), /of another tool/);
  });

  async function work(place: string): Promise<string[]> {
    const ids: string[] = [];
    for (let count = 0; count < COMMITS; count++) {
      const payload = (event: string): string =>
        JSON.stringify({
          version: 1,
          event,
          id: String(count),
          author: 'ai',
          tool: 'claude-code',
          session: place,
          cwd: place,
          files: [`file-${String(count)}.txt`],
        });
      await linekeeperProcess(test, ['record', 'generic', '--repo', place], { input: payload('before') });
      writeFileSync(path.join(place, `file-${String(count)}.txt`), `by a machine, number ${String(count)}\n`);
      await linekeeperProcess(test, ['record', 'generic', '--repo', place], { input: payload('after') });
      await test.git('-C', place, 'add', '-A');
      await test.git('-C', place, 'commit', '-qm', `Commit ${String(count)}`);
      await askJson(test, 'status', '--repo', place);
      ids.push((await test.git('-C', place, 'rev-parse', 'HEAD')).trim());
    }
    return ids;
  }
});
