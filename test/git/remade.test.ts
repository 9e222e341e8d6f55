/** Commits that git makes of others, with what people and assistants do in between (DESIGN 1.3, rule 6). */
import assert from 'node:assert/strict';
import { settle } from '../../src/commits';
import { TestRepository } from '../support/repository';
import { linesIn } from '../support/told';
import { as, tick } from '../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');

describe('a commit that is made of others', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', BASE);
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const edit = (from: string, to: string) => (): void => test.replace('a.txt', from, to);
  const told = async (revision = 'HEAD', path = 'a.txt'): Promise<string> =>
    (await linesIn(test, revision, path)).join(' ');
  /** On `work`: two by an assistant, nine by a person, each a commit; then back on main. */
  const work = async (): Promise<void> => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], edit('nine as', 'nine hand'));
    await test.git('commit', '-qam', 'Nine');
    await test.git('switch', '-q', 'main');
    await settle(test.repository(), tick);
  };
  const BOTH = '+2 ai +9 human -2 ai -9 human';

  it('is by each of those who took a part of an earlier commit back', async () => {
    const machine = ['two', 'five', 'seven', 'nine'].reduce(
      (text, word) => text.replace(`${word} as it was`, `${word} of the machine`),
      BASE,
    );
    await as('ai', test, ['a.txt'], () => test.write('a.txt', machine));
    await test.commit('machine');
    await as('human', test, ['a.txt'], () => {
      edit('two of the machine', 'two as it was')();
      edit('seven of the machine', 'seven as it was')();
    });
    await as('ai', test, ['a.txt'], () => {
      edit('five of the machine', 'five as it was')();
      edit('nine of the machine', 'nine as it was')();
    });
    await test.commit('back');
    assert.equal(await told(), '+2 human +5 ai +7 human +9 ai -2 human -5 ai -7 human -9 ai');
  });

  it('with cherry-pick -n keeps their authors', async () => {
    await work();
    await test.git('cherry-pick', '-n', 'work~', 'work');
    await test.git('commit', '-qm', 'Both');
    assert.equal(await told(), BOTH);
  });

  it('takes brackets and blank lines away by who did, beside what others changed since', async () => {
    test.write('a.txt', `{\n\n${BASE}`);
    await test.commit('bracket');
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', BASE.slice(BASE.indexOf('three'))));
    await test.git('commit', '-qam', 'Away');
    await settle(test.repository(), tick);
    await test.git('switch', '-q', 'main');
    await as('human', test, ['a.txt'], edit('ten as', 'ten hand'));
    await test.git('commit', '-qam', 'Ten');
    await test.git('cherry-pick', 'work');
    assert.equal(await told(), '-1 ai -2 ai -3 ai -4 ai');
  });

  it('with merge --squash and a message of its own keeps their authors', async () => {
    await work();
    await test.git('merge', '-q', '--squash', 'work');
    await test.git('commit', '-qm', 'Both');
    assert.equal(await told(), BOTH);
  });

  it('that is picked in a conflict is by who resolved it, where it was resolved', async () => {
    await work();
    edit('two as', 'two nobody')();
    await test.git('commit', '-qam', 'Other two');
    await test.run(['cherry-pick', 'work~', 'work']);
    await as('human', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*>>>>>>> .*\n/, 'two resolved it was\n')),
    );
    await test.git('add', '-A');
    await test.run(['cherry-pick', '--continue'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(await told('HEAD~'), '+2 human -2 human');
    assert.equal(await told(), '+9 human -9 human');
  });

  it("that is rebased in a conflict which an assistant resolves is the assistant's there", async () => {
    await work();
    edit('nine as', 'nine nobody')();
    await test.git('commit', '-qam', 'Other nine');
    await test.git('switch', '-q', 'work');
    await test.run(['rebase', '-q', 'main']);
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replace(/<<<<<<<[^]*>>>>>>> .*\n/, 'nine resolved it was\n')),
    );
    await test.git('add', '-A');
    await test.run(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(await told('HEAD~'), '+2 ai -2 ai');
    assert.equal(await told(), '+9 ai -9 ai');
  });

  /**
   * Makes the last two commits again, with their list changed by this `sed` command; the commit's own side of each
   * conflict is kept by somebody.
   */
  const again = async (list: string, keeps: 'ai' | 'human'): Promise<void> => {
    await test.run(['rebase', '-q', '-i', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: `sed -i.bak -e '${list}'` } });
    while (test.read('a.txt').includes('<<<<<<<')) {
      await as(
        keeps,
        test,
        ['a.txt'],
        () => test.write('a.txt', test.read('a.txt').replaceAll(/<<<<<<<[^]*?=======\n([^]*?)>>>>>>> .*\n/g, '$1')),
        'model-2',
      );
      await test.git('add', '-A');
      await test.run(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    }
  };

  it('whose side of a conflict is kept takes away what it took away, not who keeps it', async () => {
    await as('ai', test, ['a.txt'], edit('three', 'new by a machine\nnext by a machine\nthree'));
    await test.git('commit', '-qam', 'New');
    edit(
      'new by a machine\nnext by a machine\nthree as it was\nfour',
      '  new by a machine\n  next by a machine\n  three as it was\n  four',
    )();
    await test.git('commit', '-qam', 'Indent');
    await again('1d', 'ai');
    assert.equal(await told(), '+3 ai +4 ai +5 unknown +6 unknown -3 unknown -4 unknown');
  });

  it('whose side of a conflict is kept, with words that the commit before it took out, is unknown on both sides there', async () => {
    await as('human', test, ['a.txt'], edit('four as it was', 'four by somebody'));
    await test.git('commit', '-qam', 'Four');
    await as('human', test, ['a.txt'], edit('five as it was', 'five as was'));
    await test.git('commit', '-qam', 'Five');
    await again('1{h;d;};2G', 'human');
    assert.equal(await told(), '+5 unknown -5 unknown');
  });

  it('with both sides of a conflict kept, whose words somebody takes out later, is by that one', async () => {
    await test.git('switch', '-qc', 'other');
    edit('two as it was', 'two as nobody had it')();
    await test.git('commit', '-qam', 'Other');
    await test.git('switch', '-q', 'main');
    await as('ai', test, ['a.txt'], edit('two as it was', 'two as a machine had it'));
    await test.git('commit', '-qam', 'Ours');
    await test.run(['merge', '-q', 'other']);
    await as('ai', test, ['a.txt'], () =>
      test.write('a.txt', test.read('a.txt').replaceAll(/^(?:<<<<<<<.*|=======|>>>>>>>.*)\n/gm, '')),
    );
    await test.git('commit', '-qam', 'Merge');
    await as('human', test, ['a.txt'], edit('two as a machine had it', 'two as I had it'));
    await test.git('commit', '-qam', 'Later');
    assert.equal(await told(), '+2 human -2 human');
  });

  it('that renamed a file is not taken for a new text of whoever worked on the file next', async () => {
    await as('human', test, ['a.txt'], edit('five', 'new to a.txt as it is\nand more of what is new\nfive'));
    await test.git('commit', '-qam', 'New');
    await as('human', test, ['a.txt', 'b.txt'], async () => {
      await test.git('mv', 'a.txt', 'b.txt');
      test.write('b.txt', test.read('b.txt').replace('ten', 'added with the name\nten'));
    });
    await as('ai', test, [], () => test.write('b.txt', test.read('b.txt').replace('five', 'made by a machine\nfive')));
    await test.git('commit', '-qam', 'Rename');
    await test.run(['rebase', '-q', '-i', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: `sed -i.bak -e '1d'` } });
    const unlike = Array.from(
      { length: 12 },
      (_, i) => `what is put in by the person who settles it, line ${String(i)}\n`,
    ).join('');
    await as('human', test, ['b.txt'], () =>
      test.write(
        'b.txt',
        test
          .read('b.txt')
          .replace(/^<<<<<<<.*\n/m, unlike)
          .replaceAll(/^(?:=======|>>>>>>>.*)\n/gm, ''),
      ),
    );
    await test.git('add', '-A');
    await test.run(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    const lines = test.read('b.txt').split('\n').slice(0, -1);
    assert.equal(
      await told('HEAD', 'b.txt'),
      lines.map((line, i) => `+${String(i + 1)} ${line.includes('machine') ? 'ai' : 'human'}`).join(' '),
    );
  });

  for (const backend of ['--apply', '--merge']) {
    it(`by rebase ${backend} keeps their authors`, async () => {
      await work();
      edit('five as', 'five nobody')();
      await test.git('commit', '-qam', 'Five');
      await test.git('switch', '-q', 'work');
      await test.git('rebase', '-q', backend, 'main');
      assert.equal(await told('HEAD~'), '+2 ai -2 ai');
      assert.equal(await told(), '+9 human -9 human');
    });
  }

  it('that is split in a rebase keeps its authors', async () => {
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await as('human', test, ['a.txt'], edit('nine as', 'nine hand'));
    await test.git('commit', '-qam', 'Both');
    await settle(test.repository(), tick);
    await test.run(['rebase', '-qi', 'HEAD~'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i s/^pick/edit/' } });
    await test.git('reset', '-q', 'HEAD~');
    await test.run(['add', '-p', 'a.txt'], { input: 's\nn\ny\n' });
    await test.git('commit', '-qm', 'Nine');
    await test.git('commit', '-qam', 'Two');
    await test.run(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    assert.equal(await told('HEAD~'), '+9 human -9 human');
    assert.equal(await told(), '+2 ai -2 ai');
  });

  for (const [rev, word, by] of [
    ['work~', 2, 'ai'],
    ['work', 9, 'human'],
  ] as const) {
    it(`that is picked from two of one second with the same words has the authors of the one with its change: ${by}`, async () => {
      await test.git('switch', '-qc', 'work');
      const commit = (committed: string): Promise<unknown> =>
        test.run(['commit', '-qam', 'Work'], {
          env: { GIT_AUTHOR_DATE: '@1790000000 +0000', GIT_COMMITTER_DATE: committed },
        });
      await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
      await commit('@1790000000 +0000');
      await as('human', test, ['a.txt'], edit('nine as', 'nine hand'));
      await commit('@1790000001 +0000');
      assert.equal(await told('work~'), '+2 ai -2 ai');
      assert.equal(await told('work'), '+9 human -9 human');
      test.forgetRecords();
      await test.git('switch', '-q', 'main');
      edit('five as', 'five nobody')();
      await test.git('commit', '-qam', 'Five');
      await as('human', test, ['b.txt'], () => test.write('b.txt', 'something else\n'));
      await test.git('cherry-pick', rev);
      assert.equal(await told(), `+${String(word)} ${by} -${String(word)} ${by}`);
    });
  }

  it('sent as a patch and applied with git am keeps its authors', async () => {
    await work();
    const patch = await test.git('format-patch', '--stdout', 'main..work');
    edit('five as', 'five nobody')();
    await test.git('commit', '-qam', 'Five');
    await test.run(['am', '-q', '-3'], { input: `${patch}\n` });
    assert.equal(await told('HEAD~'), '+2 ai -2 ai');
    assert.equal(await told(), '+9 human -9 human');
  });

  it('that is amended with a part taken out leaves that part pending, with its author', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await as('human', test, ['a.txt'], edit('nine as', 'nine hand'));
    await test.git('commit', '-qam', 'Both');
    await settle(test.repository(), tick);
    const content = BASE.replace('nine as', 'nine hand');
    const blob = (await test.run(['hash-object', '-w', '--stdin'], { input: content })).stdout.trim();
    await test.git('update-index', '--cacheinfo', `100644,${blob},a.txt`);
    await test.git('commit', '-q', '--amend', '--no-edit');
    assert.equal(await told(), '+9 human -9 human');
    await test.git('commit', '-qam', 'Two');
    assert.equal(await told(), '+2 ai -2 ai');
  });

  it('of work that was stashed, also with new files, keeps its authors on another branch', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('stash', '-qu');
    await test.git('switch', '-qc', 'other');
    edit('nine as', 'nine nobody')();
    await test.git('commit', '-qam', 'Nine');
    await test.git('stash', 'apply', '-q');
    await test.git('commit', '-qam', 'Two');
    assert.equal(await told(), '+2 ai -2 ai');
    assert.equal(await told('HEAD~'), '+9 unknown -9 unknown');
  });

  it('that puts older text back is by who is recorded as having done it', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], () => test.git('checkout', '-q', 'HEAD~', '--', 'a.txt'));
    await test.git('commit', '-qam', 'Back');
    assert.equal(await told(), '+2 human -2 human');
    await test.git('checkout', '-q', 'HEAD~', '--', 'a.txt');
    await test.git('commit', '-qam', 'Forth');
    assert.equal(await told(), '+2 unknown -2 unknown');
  });

  it("that indents a line again, unseen, as an assistant had written it once, is nobody's", async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${BASE}  eleven as it is now\n`));
    await as('human', test, ['a.txt'], edit('  eleven', 'eleven'));
    await test.git('commit', '-qam', 'Eleven');
    edit('eleven', '  eleven')();
    await test.git('commit', '-qam', 'Indented');
    assert.equal(await told(), '+11 unknown -11 unknown');
  });

  for (const [what, more] of [
    ['the line', ''],
    ['the line, and more', 'eleven as it is now\n'],
  ] as const) {
    it(`that takes away, unseen, what an assistant took away once and somebody put back since (${what}), is nobody's`, async () => {
      await as('ai', test, ['a.txt'], edit('three as it was\n', ''));
      await test.git('commit', '-qam', 'Away');
      test.write('a.txt', `${BASE}${more}`);
      await test.git('commit', '-qam', 'Back');
      edit('three as it was\n', '')();
      await test.git('commit', '-qam', 'Away again');
      assert.equal(await told(), '-3 unknown');
    });
  }

  it("that takes away, unseen, a last line whose break an assistant had taken away and somebody put back, is nobody's", async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', BASE.slice(0, -1)));
    await test.git('commit', '-qam', 'No break');
    test.write('a.txt', `${BASE}eleven as it is now\n`);
    await test.git('commit', '-qam', 'Break');
    test.write('a.txt', `${BASE.replace('ten as it was\n', '')}eleven as it is now\n`);
    await test.git('commit', '-qam', 'Away');
    assert.equal(await told(), '-10 unknown');
  });

  it('that reverts and changes something on the way is by what changed', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    await test.git('revert', '-n', 'HEAD');
    await as('ai', test, ['a.txt'], edit('nine as', 'nine machine'));
    await test.git('commit', '-qam', `Back\n\nThis reverts commit ${await test.git('rev-parse', 'HEAD')}.`);
    assert.equal(await told(), '+2 unknown +9 ai -2 unknown -9 ai');
  });

  it('is found in a work tree of its own and on a detached HEAD', async () => {
    await test.git('switch', '-q', '--detach');
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    assert.equal(await told(), '+2 ai -2 ai');
    await test.git('switch', '-q', '--orphan', 'other');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'a new beginning\n'));
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Orphan');
    assert.equal(await told(), '+1 ai');
  });
});
