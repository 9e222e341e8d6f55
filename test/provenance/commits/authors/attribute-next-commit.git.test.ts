/** Records of what is committed are read for the next commit only where they may tell something. */
import assert from 'node:assert/strict';
import type { ChangeAttribution } from '../../../../src/provenance/authorship/types';
import { settle } from '../../../../src/provenance/commits';
import { attributeCommit } from '../../../../src/provenance/commits/authors/attribute-commit';
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

  async function next(
    amends = false,
    pendingFirst = true,
  ): Promise<{ readonly change: ChangeAttribution; readonly readPast: number }> {
    await test.git('add', '-A');
    await settle(test.repository(), tick);
    const head = await test.git('rev-parse', 'HEAD');
    const journal = openJournal(test.repository().gitDir, tick);
    assert.ok(journal.shelved().length > 0, 'there is a past');
    let readPast = 0;
    const counting = { ...journal, read: () => (readPast++, journal.read()) };
    const context = {
      parent: amends ? await test.git('rev-parse', 'HEAD~') : head,
      others: [],
      amends,
      picked: amends ? [head] : [],
      reset: [],
      reverts: undefined,
    };
    const { change } = await attributeCommit(test.repository(), context, {
      to: await test.git('write-tree'),
      journal: counting,
      now: tick(),
      pendingFirst,
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

  const X = 'const rate = taxOf(allCountries);\n';

  for (const [title, inCommit] of [
    ['whose file the commit leaves out', false],
    ['whose file has another change in the commit', true],
  ] as const)
    it(`an AI line that was gone before the last commit, ${title}: is the person's who writes it, when past records are read too`, async () => {
      const text = test.read('a.txt');
      await as('ai', test, ['a.txt'], () => test.write('a.txt', `${X}${text}`));
      await as('human', test, ['a.txt'], () =>
        test.write('a.txt', inCommit ? text.replace('third', 'very last') : text),
      );
      test.write('b.txt', 'beside\n');
      await test.commit('Without it');
      await settle(test.repository(), tick);
      await as('human', test, ['a.txt'], () => test.write('a.txt', `${X}${test.read('a.txt')}`));
      const { change } = await next();
      const whole = await next(false, false);
      assert.deepEqual(change.added, { ai: 0, human: 1, unknown: 0 });
      assert.deepEqual(whole.change.added, change.added);
      assert.ok(whole.readPast > 0);
    });

  it('an AI line that a person removed and puts back without a commit in between: stays AI', async () => {
    const text = test.read('a.txt');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${X}${text}`));
    await as('human', test, ['a.txt'], () => test.write('a.txt', text));
    await as('human', test, ['a.txt'], () => test.write('a.txt', `${X}${text}`));
    assert.equal((await next()).change.added.ai, 1);
  });

  it('an AI line that is left out of a commit: stays AI when a person moves it to another file after that, and past records are read', async () => {
    const text = test.read('a.txt');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${X}${text}`));
    test.write('b.txt', 'beside\n');
    await test.git('add', 'b.txt');
    await test.git('commit', '-qm', 'Without it');
    await settle(test.repository(), tick);
    await as('human', test, ['a.txt'], () => test.write('a.txt', text));
    await as('human', test, ['b.txt'], () => test.write('b.txt', `beside\n${X}`));
    assert.equal((await next(false, false)).change.added.ai, 1);
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

  for (const [how, undo] of [
    ['a checkout of another branch', () => test.git('switch', '-q', '-c', 'other', 'HEAD~')],
    [
      'a rebase that leaves a commit out',
      async (): Promise<void> => {
        test.write('b.txt', 'later\n');
        await test.commit('Later');
        await test.git('rebase', '-q', '--onto', 'HEAD~2', 'HEAD~');
      },
    ],
    [
      'a rebase of another branch',
      async (): Promise<void> => {
        await test.git('branch', 'other', 'HEAD~');
        await test.git('switch', '-q', '-c', 'side');
        await test.git('switch', '-q', 'other');
        test.write('b.txt', 'beside\n');
        await test.commit('Beside');
        await test.git('switch', '-q', '-c', 'base', 'HEAD~');
        test.write('c.txt', 'base\n');
        await test.commit('Base');
        await test.git('switch', '-q', 'side');
        await test.git('rebase', '-q', 'base', 'other');
      },
    ],
  ] as const)
    it(`${how}: keeps the author of a line that a person puts back`, async () => {
      const text = test.read('a.txt');
      await undo();
      await settle(test.repository(), tick);
      await as('human', test, ['a.txt'], () => test.write('a.txt', text));
      const { change: made, readPast } = await next();
      assert.deepEqual([modelsOf(made), readPast], [['model-1'], 1]);
    });

  it('a file checked out of another branch: keeps the author of most of the line', async () => {
    await test.git('switch', '-q', '-c', 'other', 'HEAD~');
    await test.git('checkout', '-q', 'main', '--', 'a.txt');
    await change('allPrices', 'allThePrices', 'model-2');
    assert.deepEqual(modelsOf((await next()).change), ['model-1']);
  });

  it('an amendment: keeps the author of a line that was removed before the commit and is put back', async () => {
    const line = 'const later = renderEverything(ofTheShop);\n';
    await change('third line', `${line}third line`, 'model-2');
    await change(line, '', '', 'human');
    await change('third', 'very third', '', 'human');
    await test.git('commit', '-qam', 'Third');
    await settle(test.repository(), tick);
    await change('very third', `${line}very third`, '', 'human');
    assert.ok(modelsOf((await next(true)).change).includes('model-2'));
  });

  it('an amendment: keeps the author of a line that was replaced before the commit and is written again', async () => {
    const line = 'const later = renderEverything(ofTheShop);\n';
    const other = 'const sooner = openAllOfTheDoors(inTheMorning);\n';
    await change('third line', `${line}third line`, 'model-2');
    await change(line, other, 'model-3');
    await test.git('commit', '-qam', 'Other');
    await settle(test.repository(), tick);
    await change(other, line, 'model-4');
    assert.deepEqual(modelsOf((await next(true)).change), ['model-2']);
  });
});
