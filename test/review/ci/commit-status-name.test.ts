import assert from 'node:assert/strict';
import { statusNameOf } from '../../../src/review/ci/commit-status-name';

describe('the name of the commit status', () => {
  const name = (base: string, defaultBranch: string | null = 'main'): string => statusNameOf({ base, defaultBranch });

  it('is linekeeper alone for the default branch only, not when the default branch is unknown', () => {
    assert.deepEqual(
      [name('main'), name('trunk', 'trunk'), name('main', 'trunk'), name('main', null)],
      ['linekeeper', 'linekeeper', 'linekeeper (main)', 'linekeeper (main)'],
    );
    assert.equal(name('release/2.x_y-z'), 'linekeeper (release/2.x_y-z)');
  });

  it('differs for each branch, even ignoring case, Unicode form and length', () => {
    const long = 'release/'.padEnd(240, 'x');
    const branches = [
      'release',
      'Release',
      'RELEASE',
      'caf\u00e9',
      'cafe\u0301',
      long,
      `${long}y`,
      `${long}z`,
      'main)',
      'm\u0430in',
      'main, 0123',
    ];
    const names = branches.map((branch) => name(branch));
    assert.equal(
      new Set(names.map((one) => one.normalize('NFKC').toLowerCase())).size,
      branches.length,
      names.join('\n'),
    );
    for (const one of names) assert.ok(one.length < 200, one);
  });
});
