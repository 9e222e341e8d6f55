/** Files that git stores otherwise than they are on disk: line ends, encodings, filters of the user. */
import assert from 'node:assert/strict';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { settle, showCommits, statusOf, installGitHooks } from '../../../../src/provenance/commits';
import { openJournal } from '../../../../src/provenance/journal';
import { itInFull } from '../../../support/full';
import { builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick, type Who } from '../../../support/worker';

interface Conversion {
  readonly configuration?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly path: string;
  /** As it is on disk, from text with plain line ends. */
  readonly onDisk: (text: string) => Buffer;
}

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));
const upper = { 'filter.upper.clean': 'tr a-z A-Z', 'filter.upper.smudge': 'tr A-Z a-z' };

const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  'core.autocrlf': { configuration: { 'core.autocrlf': 'true' }, path: 'a.txt', onDisk: crlf },
  'the attribute eol': { attributes: { '.gitattributes': '*.txt text eol=crlf\n' }, path: 'a.txt', onDisk: crlf },
  'an encoding of the work tree': {
    attributes: { '.gitattributes': '*.txt text working-tree-encoding=UTF-16LE eol=lf\n' },
    path: 'dir/a b.txt',
    onDisk: (text) => Buffer.from(text, 'utf16le'),
  },
  'a filter': {
    configuration: upper,
    attributes: { '.gitattributes': '/dir/*.txt filter=upper\n' },
    path: 'dir/a.txt',
    onDisk: (text) => Buffer.from(text),
  },
  'a filter and line ends, said in a folder': {
    configuration: { ...upper, 'core.autocrlf': 'true' },
    attributes: { 'dir/.gitattributes': 'a.txt filter=upper\n' },
    path: 'dir/a.txt',
    onDisk: crlf,
  },
};

const START = ['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `${word} is a line\n`).join('');

describe('a file that git converts on its way to the repository:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  const shown = async (path: string): Promise<string> => {
    const repository = test.repository();
    await settle(repository, tick);
    const id = (await repository.commitId('HEAD')) ?? assert.fail('no HEAD');
    return said((await showCommits(repository, [id])).get(id)?.files.find((file) => file.path === path));
  };
  const said = (
    file: { readonly ranges: readonly LineRange[]; readonly removed: readonly LineRange[] } | undefined,
  ): string => {
    const say = (sign: string, r: LineRange): string =>
      `${sign}${String(r.start)}${r.end > r.start ? `-${String(r.end)}` : ''} ${r.author}`;
    return [...(file?.ranges ?? []).map((r) => say('+', r)), ...(file?.removed ?? []).map((r) => say('-', r))].join(
      ', ',
    );
  };
  const trailer = async (): Promise<string> =>
    (await test.git('log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)')).trim();
  const start = async ({
    configuration = {},
    attributes = {},
    path,
    onDisk,
  }: Conversion): Promise<(who: Who, word: string) => Promise<void>> => {
    for (const [key, value] of Object.entries(configuration)) await test.git('config', key, value);
    for (const [name, content] of Object.entries(attributes)) test.write(name, content);
    let text = START;
    test.write(path, onDisk(text));
    await test.commit('start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    return (who, word) =>
      as(who, test, [path], () => {
        text = text.replace(`${word} is`, `${word} was`);
        test.write(path, onDisk(text));
      });
  };

  for (const [name, conversion] of Object.entries(CONVERSIONS)) {
    itInFull(`${name}: its lines have their authors in message, note and status`, async () => {
      const { path } = conversion;
      const edit = await start(conversion);
      await edit('ai', 'two');
      await edit('human', 'four');
      await edit('nobody', 'six');
      await test.git('commit', '-qam', 'All');
      assert.equal(await trailer(), '+1 -1 of +3 -3, unknown +1 -1');
      assert.equal(await shown(path), '+2 ai, +4 human, +6 unknown, -2 ai, -4 human, -6 unknown');
      await edit('human', 'one');
      await test.git('add', path);
      await edit('ai', 'three');
      assert.equal(said((await statusOf(test.repository(), tick)).files[0]), '+1 human, +3 ai, -1 human, -3 ai');
      await test.git('commit', '-qm', 'A part');
      assert.equal(await shown(path), '+1 human, -1 human');
      await test.git('commit', '-qam', 'The rest');
      assert.equal(await trailer(), '+1 -1 of +1 -1');
      assert.equal(await shown(path), '+3 ai, -3 ai');
    });
  }

  for (const [name, conversion] of Object.entries(CONVERSIONS)) {
    itInFull(`${name}: its lines have their authors after a command that names no file`, async () => {
      const { path, onDisk } = conversion;
      const texts = { [path]: START, [path.replace('.txt', '2.txt')]: START.replace('one', 'another one') };
      for (const [file, text] of Object.entries(texts)) test.write(file, onDisk(text));
      await start(conversion);
      await as('ai', test, [], () => {
        for (const [file, text] of Object.entries(texts))
          test.write(file, onDisk(text.replace('two is', 'two was').replace('six is', 'six was')));
      });
      await test.git('commit', '-qam', 'Two lines');
      for (const file of Object.keys(texts)) assert.equal(await shown(file), '+2 ai, +6 ai, -2 ai, -6 ai');
      await as('human', test, [], () => test.git('rm', '-q', path));
      await test.git('commit', '-qam', 'No more');
      assert.equal(await shown(path), '-1-6 human');
    });
  }

  it('core.autocrlf: its records are dropped once it is committed', async () => {
    const edit = await start(CONVERSIONS['core.autocrlf'] ?? assert.fail());
    await edit('ai', 'two');
    await test.git('commit', '-qam', 'All');
    await shown('a.txt');
    assert.deepEqual(openJournal(test.repository().gitDir, tick).names(), []);
  });

  itInFull('a filter that stores a pointer: the pointer belongs to whoever wrote the content', async () => {
    const pointer = `sh -c 'printf "pointer\\n"; cksum'`;
    const edit = await start({
      configuration: { 'filter.store.clean': pointer },
      attributes: { '.gitattributes': '*.bin filter=store -text\n' },
      path: 'a.bin',
      onDisk: (text) => Buffer.from(text),
    });
    await edit('ai', 'two');
    await test.git('commit', '-qam', 'Other content');
    assert.equal(await trailer(), '+1 -1 of +1 -1');
    assert.equal(await shown('a.bin'), '+2 ai, -2 ai');
  });

  it('a filter that fails: its lines are unknown, and the commit goes through', async () => {
    const edit = await start(CONVERSIONS['a filter'] ?? assert.fail());
    await edit('ai', 'two');
    await test.git('add', '-A');
    await test.git('config', 'filter.upper.clean', 'false');
    await test.git('commit', '-qm', 'All the same');
    assert.equal(await shown('dir/a.txt'), '+2 unknown, -2 unknown');
    assert.ok(openJournal(test.repository().gitDir, tick).read().length > 0);
  });
});
