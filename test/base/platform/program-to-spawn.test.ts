/** How a program is found and started. On Windows itself: test/windows/inside/programs.ts. */
import assert from 'node:assert/strict';
import { findOnWindows, startOf, systemProgram, WordsError, lastingName } from '../../../src/base/platform';

const ENV = {
  Path: 'C:\\tools;"D:\\More tools";.;bin;;%X%',
  PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.JS',
  SystemRoot: 'C:\\Windows',
};
const having =
  (...files: readonly string[]) =>
  (file: string): boolean =>
    files.includes(file);

describe('finding a program on Windows', () => {
  it('searches PATH and PATHEXT in order', () => {
    const both = having('C:\\tools\\gh.cmd', 'D:\\More tools\\gh.exe');
    assert.equal(findOnWindows('gh', ENV, both), 'C:\\tools\\gh.cmd');
    assert.equal(findOnWindows('gh.exe', ENV, both), 'D:\\More tools\\gh.exe');
    const beside = having('C:\\tools\\npx', 'C:\\tools\\npx.cmd', 'C:\\tools\\npx.ps1');
    assert.equal(findOnWindows('npx', ENV, beside), 'C:\\tools\\npx.cmd');
    assert.equal(findOnWindows('D:\\x\\tool', ENV, having('D:\\x\\tool.exe')), 'D:\\x\\tool.exe');
  });

  it('finds none in the current folder, and no .js or .vbs', () => {
    const here = having('gh.exe', '.\\gh.exe', 'bin\\gh.exe', 'C:\\tools\\gh.js', 'C:\\tools\\gh.vbs');
    assert.equal(findOnWindows('gh', ENV, here), undefined);
    const { program } = startOf('gh', [], ENV, { system: 'win32', exists: here });
    assert.equal(program, 'C:\\Windows\\System32\\gh');
  });

  it('uses the default PATHEXT when it is missing or useless', () => {
    for (const PATHEXT of [undefined, '', '.PY'])
      assert.equal(findOnWindows('gh', { ...ENV, PATHEXT }, having('C:\\tools\\gh.exe')), 'C:\\tools\\gh.exe');
  });

  it("takes Windows' own programs from SystemRoot, unless that is no drive's folder", () => {
    assert.equal(systemProgram('cmd.exe', { SYSTEMROOT: 'E:\\Win' }), 'E:\\Win\\System32\\cmd.exe');
    assert.equal(systemProgram('cmd.exe', { SystemRoot: 'here' }), 'C:\\Windows\\System32\\cmd.exe');
  });
});

describe('starting a program', () => {
  const start = (words: readonly string[], file = 'C:\\tools\\gh.cmd'): ReturnType<typeof startOf> =>
    startOf('gh', words, ENV, { system: 'win32', exists: having(file) });

  it('on Linux and macOS uses its name, with unchanged arguments', () => {
    assert.deepEqual(startOf('gh', ['a "b"'], ENV, { system: 'linux' }), { program: 'gh', words: ['a "b"'] });
  });

  it('on Windows uses its path without a shell, with unchanged arguments', () => {
    assert.deepEqual(start(['a "b" %c%\n'], 'C:\\tools\\gh.exe'), {
      program: 'C:\\tools\\gh.exe',
      words: ['a "b" %c%\n'],
    });
  });

  it('a batch file is run by cmd, with every argument quoted and escaped', () => {
    const { program, words, windowsVerbatimArguments } = start(['', 'a&b', 'say "x\\"', 'end\\', '5%']);
    assert.equal(program, 'C:\\Windows\\System32\\cmd.exe');
    assert.equal(windowsVerbatimArguments, true);
    assert.deepEqual(words.slice(0, -1), ['/d', '/e:on', '/v:off', '/s', '/c']);
    assert.equal(words.at(-1), `""C:\\tools\\gh.cmd" "" "a&b" "say ""x\\\\""" "end\\\\" "5%%cd:~,%""`);
  });

  it('a batch file refuses line breaks, NUL and overlong arguments', () => {
    for (const word of ['one\ntwo', 'one\rtwo', 'a\0b', 'x'.repeat(9000)])
      assert.throws(
        () => start([word]),
        (error: unknown) => error instanceof WordsError && error.message.includes('gh.cmd'),
      );
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
