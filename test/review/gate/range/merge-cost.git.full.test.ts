/** What merges cost the gate: topics that branched off long ago differ from their merge in very many files. */
import assert from 'node:assert/strict';
import { listRange } from '../../../../src/review/gate/range/commit-range';
import { readChanges } from '../../../../src/review/gate/range/changes-by-commit';
import { planRange } from '../../../../src/review/gate/range/plan-range-replay';
import { gitCalls } from '../../../../src/git';
import { TestRepository } from '../../../support/repository';

const FILES = 60;

describe('linekeeper check, for merges of old topics', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  /** A branch on which each of some topics, all from the start, is merged after everything has changed. */
  async function merged(topics: number): Promise<{ readonly base: string; readonly head: string }> {
    const text = (of: string): string => Array.from({ length: 30 }, (_, line) => `${of} ${String(line)}\n`).join('');
    for (let file = 0; file < FILES; file++) test.write(`f${String(file)}`, text(`a${String(file)}`));
    for (let topic = 0; topic < topics; topic++) test.write(`topic${String(topic)}`, text(`t${String(topic)}`));
    test.write('shared', text('s'));
    const start = await test.commit('start');
    for (let file = 0; file < FILES; file++) test.write(`f${String(file)}`, text(`b${String(file)}`));
    const base = await test.commit('all files');
    for (let topic = 0; topic < topics; topic++) {
      await test.git('checkout', '--quiet', '-B', 'topic', start);
      test.write(`topic${String(topic)}`, `${text(`t${String(topic)}`)}more\n`);
      test.write('shared', text('s').replace(`s ${String(3 * topic)}\n`, `topic ${String(topic)}\n`));
      await test.commit(`topic ${String(topic)}`);
      await test.git('checkout', '--quiet', 'main');
      await test.git('merge', '--quiet', '--no-ff', '--no-edit', 'topic');
    }
    return { base, head: (await test.git('rev-parse', 'main')).trim() };
  }

  it('compares only the files that both sides changed', async () => {
    const { base, head } = await merged(4);
    const listed = await listRange(test.repository(), base, head);
    const outside = [(await test.git('rev-parse', `${base}^`)).trim()];
    const { merges, outside: older } = await planRange(test.repository(), listed, outside);
    const compared = [...merges.values()].flatMap(({ files }) =>
      files.filter(({ versions }) => versions.some(({ file }) => file !== null)).map(({ path }) => path),
    );
    // Nobody had changed it before the first topic.
    assert.deepEqual(compared, ['shared', 'shared', 'shared']);
    assert.deepEqual(older, []);
  });

  it('starts four git processes, for two topics and for six', async () => {
    const counts: number[] = [];
    for (const topics of [2, 6]) {
      await test.dispose();
      test = await TestRepository.create();
      const { base, head } = await merged(topics);
      const listed = await listRange(test.repository(), base, head);
      const before = gitCalls();
      const changes = readChanges(test.repository(), listed);
      await changes.net();
      await changes.outside();
      for (const _ of listed.commits) await changes.next();
      counts.push(gitCalls() - before);
    }
    assert.deepEqual(counts, [4, 4]);
  });
});
