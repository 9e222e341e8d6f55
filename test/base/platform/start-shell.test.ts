/** Shells and programs as the system has them. */
import assert from 'node:assert/strict';
import { gitShell, lastingName, powershell, startOfShell } from '../../../src/base/platform';

describe('startOfShell', () => {
  it("on Windows starts PowerShell, cmd or Git's sh, as asked", () => {
    const env = { SystemRoot: 'C:\\Windows' };
    assert.deepEqual(startOfShell('a "b"', 'powershell', env, 'win32'), {
      program: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      words: ['-NoProfile', '-NonInteractive', '-Command', 'a "b"'],
    });
    assert.deepEqual(startOfShell('a "b"', 'cmd', env, 'win32').words, ['/d', '/s', '/c', '"a "b""']);
    assert.equal(startOfShell('a', 'sh', { PATH: '' }, 'win32').program, powershell({}));
  });

  it('elsewhere starts /bin/sh', () => {
    assert.deepEqual(startOfShell('a', 'cmd', {}, 'linux'), { program: '/bin/sh', words: ['-c', 'a'] });
  });

  it('gitShell finds sh beside the git on PATH, else where Git is installed', () => {
    const files = new Set(['D:\\Git\\cmd\\git.exe', 'D:\\Git\\bin\\sh.exe', 'C:\\Program Files\\Git\\bin\\sh.exe']);
    const exists = (file: string): boolean => files.has(file);
    const env = { PATH: 'C:\\Windows;D:\\Git\\cmd', ProgramFiles: 'C:\\Program Files' };
    assert.equal(gitShell(env, exists), 'D:\\Git\\bin\\sh.exe');
    assert.equal(gitShell({ ...env, PATH: 'C:\\Windows' }, exists), 'C:\\Program Files\\Git\\bin\\sh.exe');
    assert.equal(gitShell({ PATH: 'C:\\Windows' }, exists), undefined);
  });
});

describe('lastingName: a path of Node that an upgrade keeps', () => {
  const same =
    (...pairs: readonly string[]) =>
    (one: string, other: string): boolean =>
      pairs.includes(one) && pairs.includes(other);
  const node = '/opt/homebrew/Cellar/node/25.1.0/bin/node';
  it('for Homebrew is the one without a version, if it is the same file', () => {
    assert.equal(lastingName(node, same(node, '/opt/homebrew/opt/node/bin/node')), '/opt/homebrew/opt/node/bin/node');
    assert.equal(lastingName(node, same(node, '/opt/homebrew/bin/node')), '/opt/homebrew/bin/node');
    assert.equal(lastingName(node, same()), node);
  });
  it('for snap is the one below current', () => {
    assert.equal(
      lastingName('/snap/node/9000/bin/node', () => true),
      '/snap/node/current/bin/node',
    );
  });
  it('for any other is the path itself', () => {
    assert.equal(
      lastingName('/usr/bin/node', () => true),
      '/usr/bin/node',
    );
  });
});
