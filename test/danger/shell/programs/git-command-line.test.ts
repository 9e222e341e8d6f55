import assert from 'node:assert/strict';
import { gitCall } from '../../../../src/danger/shell/programs/git-command-line';
import { run } from '../../../support/guard';

const call = (text: string): object => {
  const { verb, rest, folder, settings } = gitCall(
    text.split(' ').map((word) => (word === '$X' ? { text: '', open: true } : { text: word, open: false })),
  );
  return { verb, rest: rest.map((word) => word.text).join(' '), folder, settings: settings.join(' ') };
};

describe('reading a git command line', () => {
  it("finds the verb behind git's own options, with and without a value", () => {
    const commit = { verb: 'commit', rest: '-m x', folder: '', settings: '' };
    assert.deepEqual(call('commit -m x'), commit);
    for (const before of [
      '--no-pager',
      '-p',
      '--git-dir x',
      '--git-dir=x',
      '--namespace x',
      '--attr-source x',
      '--attr-source=x',
      '--no-optional-locks -p',
      '$X',
    ])
      assert.deepEqual(call(`${before} commit -m x`), commit, before);
    assert.deepEqual(call('--version'), { verb: '', rest: '', folder: '', settings: '' });
  });

  it('joins several -C folders and --work-tree', () => {
    const folder = (text: string): string => (call(`${text} status`) as { folder: string }).folder;
    assert.deepEqual(
      ['-C a', '-C a -C b', '-C a --work-tree=b', '-C a -C /b', '--work-tree /b', '-c a=b'].map(folder),
      ['a', 'a/b', 'a/b', '/b', '/b', ''],
    );
  });

  it('finds settings in -c and --config-env, in both spellings', () => {
    assert.deepEqual(call('-c a.b=c --config-env=d.e=F --config-env g.h=I -C -c log'), {
      verb: 'log',
      rest: '',
      folder: '-c',
      settings: 'a.b=c d.e=F g.h=I',
    });
  });

  it('the guard denies forbidden commands behind such options', () => {
    for (const command of [
      'git --config-env user.name=X rm infra/prod/main.tf',
      'git --config-env=include.path=E commit -m x',
      'git --config-env core.hooksPath=E commit -m x',
      'git --config-env user.name=X notes --ref=ai prune',
      'git $OPTIONS commit -n -m x',
      'git --attr-source HEAD commit --no-verify',
    ])
      assert.equal(run(command), 'deny', command);
  });
});
