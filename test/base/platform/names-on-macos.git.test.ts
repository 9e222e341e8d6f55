/** What macOS does to names: a folder behind a link, names in another case, accents apart from their letters. */
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

const TRAILERS = /\n\nAssisted-by: claude-code\nAI-Lines: /;

/** Long enough for git to see a rename. */
const START = 'one\n'.repeat(10);

describe('conditions of macOS:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', START);
    await test.commit('Start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
  });
  afterEach(() => test.dispose());

  /** An assistant writes a file, and reports it by the name that it has for it. */
  async function edit(file: string, content: string, cwd = test.root): Promise<void> {
    for (const event of ['before', 'after']) {
      if (event === 'after') writeFileSync(path.resolve(cwd, file), content);
      const report = { version: 1, event, id: file, author: 'ai', tool: 'claude-code', session: 's', files: [file] };
      const { code, stderr } = await linekeeper(test, ['record', 'generic'], { input: JSON.stringify(report), cwd });
      assert.deepEqual([code, stderr], [0, '']);
    }
  }
  const message = (): Promise<string> => test.git('log', '-1', '--format=%B');
  async function added(): Promise<unknown> {
    return (JSON.parse((await linekeeper(test, ['show', 'HEAD', '--json'])).stdout) as { readonly added: unknown })
      .added;
  }

  itInFull('edits and commits are recorded under both names of a repository behind a symbolic link', async () => {
    const link = test.outside('link');
    symlinkSync(test.root, link);
    await edit(path.join(link, 'a.txt'), `${START}two\n`, link);
    const { code, stderr } = await test.run(['commit', '-qam', 'Work'], { cwd: link, env: { PWD: link } });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(await message(), TRAILERS);
    await edit('a.txt', `${START}two\nthree\n`);
    await test.git('commit', '-qam', 'More');
    assert.match(await message(), TRAILERS);
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
  });

  it('a file renamed to another case keeps its authors with core.ignorecase', async () => {
    await test.git('config', 'core.ignorecase', 'true');
    await edit('a.txt', `${START}two\nthree\n`);
    await test.git('mv', 'a.txt', 'A.txt');
    await test.git('commit', '-qam', 'Work');
    assert.match(await message(), TRAILERS);
    assert.deepEqual(await added(), { ai: 2, human: 0, unknown: 0 });
  });

  itInFull('a name in Unicode NFD is recorded, committed and shown', async () => {
    const name = 'Ärger ☕.txt'.normalize('NFD');
    await test.git('config', 'core.precomposeunicode', 'true');
    await edit(name, 'one\ntwo\n');
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    assert.match(await message(), TRAILERS);
    assert.deepEqual(await added(), { ai: 2, human: 0, unknown: 0 });
  });
});
