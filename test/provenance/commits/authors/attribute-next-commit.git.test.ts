/** Records of what is committed are read for the next commit only where they may tell something. */
import assert from 'node:assert/strict';
import type { ChangeAttribution } from '../../../../src/provenance/authorship/types';
import { settle } from '../../../../src/provenance/commits';
import { attributeStaged } from '../../../../src/provenance/commits/authors/attribute-staged';
import { attributionOfSources } from '../../../../src/provenance/commits/origins/source-commits';
import { openJournal } from '../../../../src/provenance/journal';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

describe('attribution of the next commit', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'first line\nthird line\n');
    await test.commit('Start');
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', 'first line\nconst total = sumOf(allPrices);\nthird line\n'),
    );
    await test.commit('Sum');
    await settle(test.repository(), tick);
  });
  afterEach(() => test.dispose());

  async function next(amends = false): Promise<{ readonly change: ChangeAttribution; readonly readPast: number }> {
    await test.git('add', '-A');
    await settle(test.repository(), tick);
    const head = await test.git('rev-parse', 'HEAD');
    const journal = openJournal(test.repository().gitDir, tick);
    assert.ok(journal.shelved().length > 0, 'there is a past');
    let readPast = 0;
    const counting = { ...journal, read: () => (readPast++, journal.read()) };
    const change = await attributeStaged(test.repository(), {
      from: amends ? await test.git('rev-parse', 'HEAD~') : head,
      ...(amends ? { sources: await attributionOfSources(test.repository(), [head]) } : {}),
      to: await test.git('write-tree'),
      journal: counting,
      now: tick(),
    });
    return { change, readPast };
  }
  const modelsOf = (change: ChangeAttribution): (string | null)[] =>
    change.files.flatMap((file) => file.ranges.map((range) => range.model));

  it('does not read older records when the newer ones name every author', async () => {
    await as(
      'ai',
      test,
      ['a.txt'],
      () => test.write('a.txt', test.read('a.txt').replace('first', 'very first')),
      'model-2',
    );
    const { change, readPast } = await next();
    assert.deepEqual(modelsOf(change), ['model-2']);
    assert.equal(readPast, 0);
  });

  itInFull('reads older records when an author is unknown', async () => {
    test.write('a.txt', test.read('a.txt').replace('first', 'very first'));
    const { change, readPast } = await next();
    assert.equal(change.added.unknown, 1);
    assert.equal(readPast, 1);
  });

  itInFull('reads older records after a reset, though newer ones name some author', async () => {
    await test.git('reset', '-q', '--soft', 'HEAD~1');
    await as(
      'ai',
      test,
      ['a.txt'],
      () => test.write('a.txt', test.read('a.txt').replace('allPrices', 'allThePrices')),
      'model-2',
    );
    const { change, readPast } = await next();
    assert.deepEqual(modelsOf(change), ['model-1'], 'whoever wrote most of the line');
    assert.equal(readPast, 1);
  });

  /** Two rebases, each onto a new commit. */
  async function rebaseTwice(): Promise<void> {
    await test.git('switch', '-q', '-c', 'work');
    await test.git('branch', '-f', 'main', 'HEAD~');
    for (const name of ['b.txt', 'c.txt']) {
      await test.git('switch', '-q', 'main');
      test.write(name, 'meanwhile\n');
      await test.commit('Meanwhile');
      await test.git('switch', '-q', 'work');
      await test.git('rebase', '-q', 'main');
      await settle(test.repository(), tick);
    }
  }
  const change = (from: string, to: string, model: string, by: 'ai' | 'human' = 'ai'): Promise<void> =>
    as(by, test, ['a.txt'], () => test.write('a.txt', test.read('a.txt').replace(from, to)), model);

  it('two rebases before it: does not read older records when the newer ones name every author', async () => {
    await rebaseTwice();
    await change('first', 'very first', 'model-2');
    const { change: made, readPast } = await next();
    assert.deepEqual(modelsOf(made), ['model-2']);
    assert.equal(readPast, 0);
  });

  it('an amendment after two rebases: does not read older records when the note names every author', async () => {
    await rebaseTwice();
    await change('first', 'very first', 'model-2');
    const { change: made, readPast } = await next(true);
    assert.deepEqual(modelsOf(made), ['model-2', 'model-1']);
    assert.equal(readPast, 0);
  });

  it('an amendment: reads older records when a line of the note has two authors', async () => {
    await change('third', 'third of ai', 'model-2');
    await change('ai line', 'ai and somebody line', '', 'human');
    await test.git('commit', '-qam', 'Both');
    await settle(test.repository(), tick);
    await change(' of ai', '', '', 'human');
    assert.equal((await next(true)).readPast, 1);
  });
});
