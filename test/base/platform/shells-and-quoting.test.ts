/** Shells and programs as the system has them. */
import assert from 'node:assert/strict';
import { gitShell, powershell, startOfShell } from '../../../src/base/platform';

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
