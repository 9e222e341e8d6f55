import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { prepareNextCommit, statusOf } from '../../../../src/provenance/commits';
import { version } from '../../../../package.json';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

const EDITS = 60;

/** A file with many edits by an assistant, not committed yet. */
async function edited(): Promise<TestRepository> {
  const test = await TestRepository.create();
  test.write('a.txt', Array.from({ length: 40 }, (_, at) => `line ${String(at)}\n`).join(''));
  await test.commit('Start');
  for (let turn = 0; turn < EDITS; turn++)
    await as('ai', test, ['a.txt'], () => {
      const lines = test.read('a.txt').split('\n');
      lines[(turn * 7) % 40] = `another line ${String(turn)}`;
      test.write('a.txt', lines.join('\n'));
    });
  return test;
}

const status = async (test: TestRepository): Promise<{ readonly ai: number; readonly unknown: number }> =>
  (await statusOf(test.repository(), tick)).added;

describe('the stored attribution of the work tree', () => {
  itInFull('answers the next status when nothing has changed', async () => {
    const test = await edited();
    const first = await statusOf(test.repository(), tick);
    assert.deepEqual(await statusOf(test.repository(), tick), first);
    // Only what is looked up can be another answer.
    const file = test.at('.git/linekeeper/attributed');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"ai":\d+/g, '"ai":7777'));
    assert.equal((await status(test)).ai, 7777);
  });

  it('is stored when the next commit is prepared', async () => {
    const test = await edited();
    const clock = { now: tick };
    await prepareNextCommit(
      test.repository(),
      () =>
        Promise.resolve({ choice: { assistedBy: true, lines: true, risk: false, session: false }, riskOf: () => null }),
      clock,
    );
    const kept = JSON.parse(readFileSync(test.at('.git/linekeeper/attributed'), 'utf8')) as { change: unknown };
    assert.deepEqual(kept.change, await statusOf(test.repository(), tick));
  });

  itInFull('is recomputed after a recorded edit, and after an unrecorded one', async () => {
    const test = await edited();
    const before = await status(test);
    test.write('a.txt', `${test.read('a.txt')}by somebody\n`);
    assert.deepEqual(await status(test), { ...before, unknown: before.unknown + 1 });
    await as('ai', test, ['b.txt'], () => test.write('b.txt', 'by the assistant\n'));
    assert.equal((await status(test)).ai, before.ai + 1);
  });

  itInFull('is recomputed after a commit, and when damaged', async () => {
    const test = await edited();
    const before = await status(test);
    writeFileSync(test.at('.git/linekeeper/attributed'), '{"key":');
    assert.deepEqual(await status(test), before);
    await test.commit('All of it');
    assert.equal((await status(test)).ai, 0);
  });

  itInFull('is recomputed by another version of the program', async () => {
    const test = await edited();
    const before = await status(test);
    const file = test.at('.git/linekeeper/attributed');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { key: string; change: { added: object } };
    const own = kept.key.split(' ').filter((word) => word === version);
    const write = (key: string): void => {
      const change = { ...kept.change, added: { ...kept.change.added, ai: 7777 } };
      writeFileSync(file, JSON.stringify({ key, change }));
    };
    write(kept.key);
    assert.equal((await status(test)).ai, 7777);
    write(kept.key.replace(version, '0.0.0-older'));
    assert.deepEqual(await status(test), before);
    assert.equal(own.length, 1);
  });

  itInFull('is not stored while an assistant is at work', async () => {
    const test = await edited();
    await status(test);
    await as('ai', test, ['a.txt'], async () => {
      test.write('a.txt', `${test.read('a.txt')}not reported yet\n`);
      const kept = readFileSync(test.at('.git/linekeeper/attributed'), 'utf8');
      await status(test);
      assert.equal(readFileSync(test.at('.git/linekeeper/attributed'), 'utf8'), kept);
    });
  });
});
