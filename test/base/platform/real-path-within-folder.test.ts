/** Where a path leads on file systems that find one file by many names. */
import assert from 'node:assert/strict';
import { locate, realPath, type FileSystem } from '../../../src/base/platform';

/** A file system that ignores case and the form of accents, with these paths; `drives`: drives that stand for folders. */
function disk(
  paths: readonly string[],
  {
    accents = false,
    drives = {},
    links = [],
  }: Partial<Record<'accents', boolean>> & { drives?: Record<string, string>; links?: readonly string[] } = {},
): FileSystem {
  const form = (name: string): string =>
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/(?<!:)\\$/, '');
  const whole = (absolute: string): string => {
    const drive = Object.keys(drives).find((one) => form(absolute).startsWith(form(one)));
    return drive === undefined ? absolute : `${drives[drive] ?? ''}${absolute.slice(drive.length)}`;
  };
  return {
    manyNames: true,
    splitAccents: accents,
    real: (absolute) => {
      const found = paths.find((one) => form(one) === form(whole(absolute)));
      if (found === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
      return found;
    },
    followed: (absolute) => absolute,
    isLink: (absolute) => links.includes(absolute),
    names: () => paths.map((one) => one.split(/[\\/]/).at(-1) ?? ''),
  };
}

describe('the real path on Windows, below the repository', () => {
  const files = disk(
    ['C:\\', 'C:\\Dev', 'C:\\Dev\\Repo', 'C:\\Dev\\Repo\\Src', 'C:\\Dev\\Repo\\Src\\ReadMe.md', 'C:\\Dev\\other'],
    {
      drives: { 'x:\\': 'C:\\Dev\\Repo\\', 'C:\\DEV~1': 'C:\\Dev' },
    },
  );
  for (const [text, expected] of [
    ['Src\\ReadMe.md', 'Src/ReadMe.md'],
    ['src/readme.MD', 'Src/ReadMe.md'],
    ['c:/dev/REPO/src/readme.md', 'Src/ReadMe.md'],
    ['/c/dev/repo/src/ReadMe.md', 'Src/ReadMe.md'],
    ['C:\\DEV~1\\repo\\src\\readme.md', 'Src/ReadMe.md'],
    ['X:\\src\\readme.md', 'Src/ReadMe.md'],
    ['SRC\\New.ts', 'Src/New.ts'],
    ['neu\\New.ts', 'neu/New.ts'],
    ['', ''],
  ] as const)
    it(`of ${text} is ${expected}`, () => {
      assert.deepEqual(locate(text, 'c:\\dev\\repo', 'C:\\Dev\\Repo', files), { inside: expected });
      assert.deepEqual(locate(text, '/c/dev/repo', 'C:\\Dev\\Repo', files), { inside: expected });
    });

  for (const text of ['..\\other\\a', 'C:\\Dev\\RepoX\\a', 'D:\\Dev\\Repo\\a', '\\\\srv\\Dev\\Repo\\a'])
    it(`of ${text} is outside`, () => {
      assert.ok(!('inside' in locate(text, 'C:\\Dev\\Repo', 'C:\\Dev\\Repo', files)));
    });

  it("keeps the drive that stands for the repository's folder", () => {
    assert.equal(realPath('x:\\src', files), 'X:\\Src');
    assert.equal(realPath('c:\\dev\\REPO', files), 'C:\\Dev\\Repo');
    assert.deepEqual(locate('C:\\dev\\repo\\src\\readme.md', 'X:\\', 'X:\\', files), { inside: 'Src/ReadMe.md' });
  });
});

describe('the real path on macOS, below the repository', () => {
  const [split, joined] = ['/private/tmp/Bücher'.normalize('NFD'), 'Bücher'.normalize('NFC')];
  const files = disk(
    ['/', '/private', '/private/tmp', split, `${split}/${'Ä.txt'.normalize('NFD')}`, `${split}/Link`],
    {
      accents: true,
      drives: { '/tmp': '/private/tmp' },
      links: [`/tmp/bücher/link`],
    },
  );
  for (const [text, expected] of [
    [`/tmp/${joined}/Ä.txt`, 'Ä.txt'],
    [`/PRIVATE/tmp/${split.slice(13)}/ä.TXT`, 'Ä.txt'],
    ['/tmp/bücher/link', 'Link'],
    [`/tmp/${joined}/${'neü'.normalize('NFD')}`, 'neü'.normalize('NFC')],
  ] as const)
    it(`of ${JSON.stringify(text)} is ${expected}`, () => {
      assert.deepEqual(locate(text, '/', '/private/tmp/Bücher', files), { inside: expected.normalize('NFC') });
    });
});
