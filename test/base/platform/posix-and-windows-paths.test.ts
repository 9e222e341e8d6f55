/** Paths in every spelling that assistants and shells use. */
import assert from 'node:assert/strict';
import { isBelow, leadsOut, plainSpelling, relativeSlashes, resolveIn } from '../../../src/base/platform';

const WINDOWS = 'C:\\Users\\Jörg Öz\\repo';
const POSIX = '/home/dev/repo';

describe('resolveIn and relatives, for Windows paths', () => {
  for (const text of [
    'src\\a.ts',
    'src/a.ts',
    './src/../src/a.ts',
    'C:\\Users\\Jörg Öz\\repo\\src\\a.ts',
    'C:/Users/Jörg Öz/repo/src/a.ts',
    'c:/Users/Jörg Öz/repo/src\\a.ts',
    '/c:/Users/Jörg Öz/repo/src/a.ts',
    '/C:/Users/Jörg Öz/repo/src/a.ts',
    '\\C:\\Users\\Jörg Öz\\repo\\src\\a.ts',
    '/c%3A/Users/Jörg Öz/repo/src/a.ts',
    '/c/Users/Jörg Öz/repo/src/a.ts',
    '/cygdrive/c/Users/Jörg Öz/repo/src/a.ts',
    '/mnt/c/Users/Jörg Öz/repo/src/a.ts',
    '\\\\?\\C:\\Users\\Jörg Öz\\repo\\src\\a.ts',
    '//?/C:/Users/Jörg Öz/repo/src/a.ts',
    '\\\\.\\c:\\Users\\Jörg Öz\\repo\\src\\a.ts',
    '\\??\\C:\\Users\\Jörg Öz\\repo\\src\\a.ts',
    'file:///c:/Users/J%C3%B6rg%20%C3%96z/repo/src/a.ts',
    'file:///C%3A/Users/J%C3%B6rg%20%C3%96z/repo/src/a.ts',
    'file:/c:/Users/Jörg Öz/repo/src/a.ts',
    'FILE://localhost/C:/Users/Jörg Öz/repo/src/a.ts',
    'src\\a.ts.',
    'src\\a.ts . ',
    'src.\\a.ts',
    'src\\a.ts::$DATA',
    'C:\\Users\\Jörg Öz\\repo\\src\\a.ts:stream',
  ])
    it(`${text} is src\\a.ts of the repository`, () => {
      assert.equal(resolveIn(WINDOWS, text), `${WINDOWS}\\src\\a.ts`);
    });

  for (const [text, expected] of [
    ['\\\\srv\\share\\a', '\\\\srv\\share\\a'],
    ['//srv/share/a', '\\\\srv\\share\\a'],
    ['\\\\?\\UNC\\srv\\share\\a', '\\\\srv\\share\\a'],
    ['file://srv/share/a', '\\\\srv\\share\\a'],
    ['/c/', 'C:\\'],
    ['/q', 'C:\\q'],
    ['/d/', 'D:\\'],
    ['D:', 'D:\\'],
    ['/etc/passwd', 'C:\\etc\\passwd'],
    ['/cc/a', 'C:\\cc\\a'],
    ['..', 'C:\\Users\\Jörg Öz'],
    ['.git', `${WINDOWS}\\.git`],
    ['...', `${WINDOWS}\\...`],
  ] as const)
    it(`${text} is ${expected}`, () => {
      assert.equal(resolveIn(WINDOWS, text), expected);
    });

  it('isBelow and relativeSlashes ignore case, and know drives', () => {
    assert.ok(isBelow('C:\\g', 'c:\\G\\a'));
    assert.ok(isBelow('C:\\', 'C:\\g'));
    assert.ok(!isBelow('C:\\g', 'C:\\gg'));
    assert.ok(!isBelow('C:\\g', 'C:\\g'));
    assert.equal(relativeSlashes('C:\\g', 'c:\\G\\a\\B'), 'a/B');
    assert.equal(relativeSlashes('C:\\', 'C:\\a\\B'), 'a/B');
    assert.equal(relativeSlashes('C:\\g', 'C:\\h'), '../h');
    assert.ok(leadsOut(relativeSlashes('C:\\g', 'D:\\g\\a')));
    assert.ok(leadsOut(relativeSlashes('C:\\g', '\\\\srv\\g\\a')));
    assert.ok(!leadsOut(relativeSlashes('C:\\g', 'C:\\g\\..a')));
  });
});

describe('resolveIn and relatives, for POSIX paths', () => {
  for (const [text, expected] of [
    ['src/a.ts', `${POSIX}/src/a.ts`],
    ['src\\a.ts', `${POSIX}/src\\a.ts`],
    ['/c/a', '/c/a'],
    ['/mnt/c/a', '/mnt/c/a'],
    ['a.', `${POSIX}/a.`],
    ['a:b', `${POSIX}/a:b`],
    ['C:/a', `${POSIX}/C:/a`],
    ['file:///home/dev/repo/a%20b', `${POSIX}/a b`],
    ['file://host/home/dev/repo/a', `${POSIX}/a`],
    ['file:///home/50%', '/home/50%'],
  ] as const)
    it(`${text} is ${expected}`, () => {
      assert.equal(resolveIn(POSIX, text), expected);
    });

  it('isBelow and relativeSlashes respect case', () => {
    assert.ok(isBelow('/g', '/g/a'));
    assert.ok(!isBelow('/g', '/G/a'));
    assert.ok(isBelow('/', '/a'));
    assert.equal(relativeSlashes('/g', '/g/a\\b/c'), 'a\\b/c');
    assert.equal(plainSpelling('C:\\a', POSIX), 'C:\\a');
    assert.ok(leadsOut(relativeSlashes('/g', '/h')));
  });
});
