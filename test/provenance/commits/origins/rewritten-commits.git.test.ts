/** Commits that git makes of others, with what people and assistants do in between (rule 6 of docs/dev/attribution.md). */
import assert from 'node:assert/strict';
import { settle } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { linesIn } from '../../../support/told';
import { as, tick } from '../../../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was\n`)
  .join('');

describe('attribution of remade commits:', () => {
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

  it('partial undoing of a commit belongs to each who undid a part', async () => {
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

  itInFull('cherry-pick -n keeps the authors', async () => {
    await work();
    await test.git('cherry-pick', '-n', 'work~', 'work');
    await test.git('commit', '-qm', 'Both');
    assert.equal(await told(), BOTH);
  });

  itInFull("a cherry-pick's removed brackets and blank lines belong to who removed them", async () => {
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

  itInFull('merge --squash with another message keeps the authors', async () => {
    await work();
    await test.git('merge', '-q', '--squash', 'work');
    await test.git('commit', '-qm', 'Both');
    assert.equal(await told(), BOTH);
  });

  itInFull("a cherry-pick's resolved conflict belongs to who resolved it", async () => {
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

  itInFull("a rebase's conflict that an assistant resolved is the assistant's", async () => {
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

  it('keeping one side of a conflict does not credit the one who keeps it', async () => {
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

  itInFull('a kept side is unknown where the commit before it had removed its words', async () => {
    await as('human', test, ['a.txt'], edit('four as it was', 'four by somebody'));
    await test.git('commit', '-qam', 'Four');
    await as('human', test, ['a.txt'], edit('five as it was', 'five as was'));
    await test.git('commit', '-qam', 'Five');
    await again('1{h;d;};2G', 'human');
    assert.equal(await told(), '+5 unknown -5 unknown');
  });

  itInFull('text of a conflict kept on both sides belongs, when removed later, to who removes it', async () => {
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

  itInFull('a renamed file is not taken for new text of the next editor', async () => {
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
    itInFull(`rebase ${backend} keeps the authors`, async () => {
      await work();
      edit('five as', 'five nobody')();
      await test.git('commit', '-qam', 'Five');
      await test.git('switch', '-q', 'work');
      await test.git('rebase', '-q', backend, 'main');
      assert.equal(await told('HEAD~'), '+2 ai -2 ai');
      assert.equal(await told(), '+9 human -9 human');
    });
  }

  it('a commit split in a rebase keeps the authors', async () => {
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
    itInFull(`a pick of one of two commits with equal time and message has its own authors: ${by}`, async () => {
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

  itInFull('format-patch and git am keep the authors', async () => {
    await work();
    const patch = await test.git('format-patch', '--stdout', 'main..work');
    edit('five as', 'five nobody')();
    await test.git('commit', '-qam', 'Five');
    await test.run(['am', '-q', '-3'], { input: `${patch}\n` });
    assert.equal(await told('HEAD~'), '+2 ai -2 ai');
    assert.equal(await told(), '+9 human -9 human');
  });

  itInFull('a part taken out by an amend stays pending with its author', async () => {
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

  it('a stash with new files keeps the authors on another branch', async () => {
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

  itInFull('older text that is put back is credited to the one recorded, else unknown', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    await as('human', test, ['a.txt'], () => test.git('checkout', '-q', 'HEAD~', '--', 'a.txt'));
    await test.git('commit', '-qam', 'Back');
    assert.equal(await told(), '+2 human -2 human');
    await test.git('checkout', '-q', 'HEAD~', '--', 'a.txt');
    await test.git('commit', '-qam', 'Forth');
    assert.equal(await told(), '+2 unknown -2 unknown');
  });

  itInFull('an unrecorded re-indentation is unknown, though an assistant once wrote that form', async () => {
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
    itInFull(`an unrecorded removal (${what}) is unknown, though an assistant once made the same`, async () => {
      await as('ai', test, ['a.txt'], edit('three as it was\n', ''));
      await test.git('commit', '-qam', 'Away');
      test.write('a.txt', `${BASE}${more}`);
      await test.git('commit', '-qam', 'Back');
      edit('three as it was\n', '')();
      await test.git('commit', '-qam', 'Away again');
      assert.equal(await told(), '-3 unknown');
    });
  }

  itInFull('an unrecorded removal of a last line is unknown, though an assistant once removed its break', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', BASE.slice(0, -1)));
    await test.git('commit', '-qam', 'No break');
    test.write('a.txt', `${BASE}eleven as it is now\n`);
    await test.git('commit', '-qam', 'Break');
    test.write('a.txt', `${BASE.replace('ten as it was\n', '')}eleven as it is now\n`);
    await test.git('commit', '-qam', 'Away');
    assert.equal(await told(), '-10 unknown');
  });

  itInFull('a revert with another change is unknown where it reverts, and keeps the author of the change', async () => {
    await as('ai', test, ['a.txt'], edit('two as', 'two machine'));
    await test.git('commit', '-qam', 'Two');
    await test.git('revert', '-n', 'HEAD');
    await as('ai', test, ['a.txt'], edit('nine as', 'nine machine'));
    await test.git('commit', '-qam', `Back\n\nThis reverts commit ${await test.git('rev-parse', 'HEAD')}.`);
    assert.equal(await told(), '+2 unknown +9 ai -2 unknown -9 ai');
  });

  itInFull('a commit in a linked work tree and on a detached HEAD keeps the authors', async () => {
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

  it('filter-branch --subdirectory-filter: keeps the authors if a folder becomes the whole', async () => {
    test.write('part/b.txt', BASE);
    await test.commit('a part');
    for (const [who, from, to] of [
      ['ai', 'two as', 'two machine'],
      ['human', 'nine as', 'nine hand'],
    ] as const) {
      await as(who, test, ['part/b.txt'], () => test.replace('part/b.txt', from, to));
      await test.git('commit', '-qam', to);
    }
    await settle(test.repository(), tick);
    const { code, stderr } = await test.run(['filter-branch', '-f', '--subdirectory-filter', 'part', '--', 'main'], {
      env: { FILTER_BRANCH_SQUELCH_WARNING: '1' },
    });
    assert.equal(code, 0, stderr);
    await settle(test.repository(), tick);
    assert.equal(await told('HEAD', 'b.txt'), '+9 human -9 human');
    assert.equal(await told('HEAD~', 'b.txt'), '+2 ai -2 ai');
  });
});
