import assert from 'node:assert/strict';
import { sizeText } from '../../scripts/size';
import { TestRepository } from '../support/repository';

describe('the size of sources and tests', () => {
  let test: TestRepository;
  before(async () => {
    test = await TestRepository.create();
  });
  after(() => test.dispose());

  it('a first commit: its lines are counted without a change', async () => {
    test.write('src/a.ts', 'one\ntwo\n');
    test.write('src/deep/er/b.ts', 'one\n');
    test.write('src/rows.yml', 'no line of code\n');
    test.write('test/a.test.ts', 'one\n');
    await test.commit('start');
    assert.equal(
      sizeText(test.root, undefined),
      'size: src 3 lines, test 1 lines, and no earlier commit to compare with',
    );
  });

  it('a later commit: its lines are compared with the commit that is named, else with the one before', async () => {
    const start = (await test.git('rev-parse', 'HEAD')).trim();
    test.write('src/a.ts', 'one\nthree\nfour\n');
    await test.commit('second');
    test.write('test/a.test.ts', '');
    await test.commit('third');
    assert.match(sizeText(test.root, undefined), /^size: src 4 lines \(\+0 -0\), test 0 lines \(\+0 -1\) since /);
    assert.equal(
      sizeText(test.root, start),
      `size: src 4 lines (+2 -1), test 0 lines (+0 -1) since ${start.slice(0, 9)}`,
    );
  });
});
