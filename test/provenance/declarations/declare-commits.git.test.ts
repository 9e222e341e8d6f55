/** `linekeeper declare --mine`: lines of one's own commits that nobody saw being written. */
import assert from 'node:assert/strict';
import { atTerminal } from '../../support/at-terminal';
import { itInFull } from '../../support/full';
import { askJson, linekeeper } from '../../support/product';
import { ADA, BOB, TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

interface Shown {
  readonly added: { readonly ai: number; readonly human: number; readonly unknown: number };
  readonly files: readonly { readonly ranges: readonly { readonly evidence: string | null }[] }[];
}

describe('declare --mine', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    await test.git('config', 'user.email', ADA.email);
    test.write('a.txt', 'base\n');
    await test.commit('start', { as: ADA });
  });
  afterEach(() => test.dispose());

  const added = async (revision = 'HEAD'): Promise<Shown['added']> =>
    (await askJson<Shown>(test, 'show', revision)).added;

  itInFull('lines of unknown author: are their person’s, as declared, when the commit is their own', async () => {
    test.write('a.txt', 'base\nelsewhere\nand more\n');
    await test.commit('elsewhere', { as: ADA });
    assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 2 });
    const done = await atTerminal(test, ['declare', '--mine']);
    assert.deepEqual([done.code, /2 lines declared as yours/.test(done.stdout)], [0, true], done.stdout);
    const shown = await askJson<Shown>(test, 'show', 'HEAD');
    assert.deepEqual([shown.added, shown.files[0]?.ranges[0]?.evidence], [{ ai: 0, human: 2, unknown: 0 }, 'declared']);
    assert.equal((await atTerminal(test, ['declare', '--mine'])).code, 1, 'there is nothing more to declare');
  });

  it('lines of AI: stay AI’s when the rest of their commit is declared', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'base\nby AI\n'));
    test.write('b.txt', 'elsewhere\n');
    await test.commit('both', { as: ADA });
    assert.equal((await added()).unknown, 1);
    await atTerminal(test, ['declare', '--mine']);
    assert.deepEqual(await added(), { ai: 1, human: 1, unknown: 0 });
  });

  it('lines of a commit whose message says that they are unknown: count as declared in the check', async () => {
    test.write('.linekeeper.yml', 'version: 1\ntiers: [{ name: all, paths: ["**"] }]\n');
    const start = await test.commit('A policy', { as: ADA });
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'base\nby AI\n'));
    test.write('b.txt', 'elsewhere\n');
    await test.commit('both\n\nAssisted-by: claude-code\nAI-Lines: +1 -0 of +2 -0, unknown +1 -0', { as: ADA });
    await linekeeper(test, ['show', 'HEAD']);
    const checked = async (): Promise<unknown> =>
      (await askJson<{ tiers: readonly { added: unknown }[] }>(test, 'check', `${start}..HEAD`)).tiers[0]?.added;
    assert.deepEqual(await checked(), { ai: 1, human: 0, unknown: 1 });
    await atTerminal(test, ['declare', '--mine']);
    assert.deepEqual(await checked(), { ai: 1, human: 1, unknown: 0 });
  });

  itInFull('a commit of somebody else: stays as it is when it is named', async () => {
    test.write('a.txt', 'base\ntheirs\n');
    await test.commit('theirs', { as: BOB });
    const done = await atTerminal(test, ['declare', '--mine', 'HEAD']);
    assert.equal(done.code, 1);
    assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 1 });
  });

  itInFull('an agent: is refused when it calls in its shell', async () => {
    test.write('a.txt', 'base\nwhose\n');
    await test.commit('whose', { as: ADA });
    const refused = await linekeeper(test, ['declare', '--mine'], { env: { CLAUDECODE: '1' } });
    assert.deepEqual(
      [refused.code, /Only a person may declare lines as written by a person\./.test(refused.stderr)],
      [2, true],
      refused.stderr,
    );
    assert.equal((await added()).unknown, 1);
  });

  itInFull('a word that is no commit: is named when it is given', async () => {
    const refused = await atTerminal(test, ['declare', '--mine', 'nowhere']);
    assert.deepEqual([refused.code, /"nowhere" is not a commit here/.test(refused.stdout)], [2, true], refused.stdout);
  });
});
