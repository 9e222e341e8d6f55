/** Text that goes from one file to another: moved, copied, or with its file under another name (rule 4 of docs/dev/attribution.md). */
import assert from 'node:assert/strict';
import { unlinkSync } from 'node:fs';
import path from 'node:path';
import { trailerPolicy } from '../../../../src/policy/local-work';
import { Reader } from '../../../../src/editor/background/worktree-files-reader';
import { linesOf } from '../../../../src/editor/state/line-hunks';
import { prepareAnswer, statusOf } from '../../../../src/provenance/commits';
import { itInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { eachLine, linesIn } from '../../../support/told';
import { as, tick } from '../../../support/worker';

const BASE = ['one', 'two', 'three', 'four', 'five', 'six']
  .map((word) => `${word} was there before all this\n`)
  .join('');

describe('attribution of moved and copied text:', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('keep.txt', 'nothing\n');
    await test.commit('start');
  });
  afterEach(() => test.dispose());

  const rename = (from: string, to: string, change = (text: string): string => text): void => {
    test.write(to, change(test.read(from)));
    unlinkSync(path.join(test.root, from));
  };
  const pending = async (name: string): Promise<string> =>
    eachLine((await statusOf(test.repository(), tick)).files.find(({ path: file }) => file === name)).join(', ');
  const staged = async (name: string): Promise<string> =>
    eachLine(
      (
        await prepareAnswer(test.repository(), await trailerPolicy(test.repository()), { now: tick })
      )?.change.files.find(({ path: file }) => file === name),
    ).join(', ');
  const shown = async (name: string): Promise<string> => (await linesIn(test, 'HEAD', name)).join(', ');

  itInFull('text removed in an earlier commit belongs to whoever puts it into another file', async () => {
    test.write('first.txt', BASE);
    await test.commit('first');
    await as('human', test, ['first.txt'], () => test.write('first.txt', BASE.replace(/three.*\nfour.*\n/, '')));
    await test.commit('taken out');
    await as('ai', test, ['second.txt'], () => test.write('second.txt', BASE.split('\n').slice(2, 4).join('\n')));
    assert.equal(await pending('second.txt'), '+1 ai, +2 ai');
  });

  itInFull('a line that several people had committed elsewhere belongs to whoever adds it', async () => {
    const line = 'let application = express();\n';
    for (const author of ['human', 'ai'] as const) {
      for (const text of [line.replace('express', author), line]) {
        await as(author, test, [`${author}.txt`], () => test.write(`${author}.txt`, text));
        await test.commit(author);
      }
    }
    await as('human', test, ['third.txt'], () => test.write('third.txt', line));
    assert.equal(await pending('third.txt'), '+1 human');
  });

  it('a line similar to others is not taken for a copy when those stand in many places', async () => {
    test.write('old.py', 'try:\n    import pyopenssl\nexcept ImportError:\n    pyopenssl = None\n');
    await test.commit('old');
    await as('human', test, ['old.py'], () => test.write('old.py', `# old\n${test.read('old.py')}`));
    await as('ai', test, ['first.py'], () =>
      test.write(
        'first.py',
        'try:\n    from charset import version as charset_normalizer_version\nexcept ImportError:\n    charset_normalizer_version = None\n',
      ),
    );
    await as('human', test, ['second.py'], () =>
      test.write(
        'second.py',
        'try:\n    import charset_normalizer\nexcept ImportError:\n    charset_normalizer = None\n',
      ),
    );
    assert.equal(await pending('second.py'), '+1 human, +2 human, +3 human, +4 human');
  });

  itInFull('a short common line from elsewhere is unknown, and a longer one keeps its author', async () => {
    const uses = [
      "import { readFileSync } from 'node:fs';",
      "import path from 'node:path';",
      '',
      '  newer: number;',
      '  readonly longest: Map<string, Duration>;',
      '',
    ].join('\n');
    await as('ai', test, ['first.txt'], () => test.write('first.txt', `${uses}call('of the first');\n`));
    await as('human', test, ['imports.txt'], () =>
      test.write('imports.txt', `${uses.split('\n').slice(0, 2).join('\n')}\n`),
    );
    await as('human', test, ['short.txt'], () =>
      test.write('short.txt', 'begins(here);\n  newer: number;\nends(here);\n'),
    );
    await as('human', test, ['long.txt'], () =>
      test.write('long.txt', 'begins(there);\n  readonly longest: Map<string, Duration>;\nends(there);\n'),
    );
    assert.deepEqual(
      [await pending('imports.txt'), await pending('short.txt'), await pending('long.txt')],
      ['+1 unknown, +2 unknown', '+1 human, +2 unknown, +3 human', '+1 human, +2 ai, +3 human'],
    );
  });

  it('a file renamed twice keeps who changed it under its second name', async () => {
    test.write('first.txt', BASE);
    await test.commit('first');
    await as('ai', test, ['first.txt', 'second.txt'], () =>
      rename('first.txt', 'second.txt', (text) => text.replace('four was', 'four has been')),
    );
    await as('human', test, ['second.txt', 'third.txt'], () =>
      rename('second.txt', 'third.txt', (text) => text.replace('two was', 'two is')),
    );
    assert.equal(await pending('third.txt'), '+2 human, +4 ai, -2 human, -4 ai');
  });

  itInFull('a file renamed and committed while an assistant works keeps who changed it', async () => {
    test.write('first.txt', BASE);
    await test.commit('first');
    await as('ai', test, ['first.txt', 'second.txt'], async () => {
      rename('first.txt', 'second.txt', (text) => text.replace(/six.*\n/, ''));
      await test.commit('renamed');
    });
    assert.equal(await shown('second.txt'), '-6 ai');
  });

  it('a new file renamed and changed unrecorded keeps the authors of the rest', async () => {
    await as('ai', test, ['first.txt'], () => test.write('first.txt', BASE));
    rename('first.txt', 'second.txt', (text) => text.replace('four was there before', 'four'));
    assert.equal(await pending('second.txt'), '+1 ai, +2 ai, +3 ai, +4 ai, +5 ai, +6 ai');
  });

  it('a copy with changed words keeps the author of the other words', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', BASE));
    await as('human', test, ['b.txt'], () =>
      test.write(
        'b.txt',
        `my own line\n${BASE.replace('four was', 'four is').replace('six was there', 'six is there')}`,
      ),
    );
    assert.equal(await pending('b.txt'), '+1 human, +2 ai, +3 ai, +4 ai, +5 ai, +6 ai, +7 ai');
  });

  it("a copy with a person's new empty line keeps that line the person's", async () => {
    test.write('a.txt', BASE);
    await test.commit('first');
    await as('human', test, ['a.txt'], () => test.write('a.txt', BASE.replace('four', '\nfour')));
    await as('ai', test, ['b.txt'], () => test.write('b.txt', test.read('a.txt')));
    assert.equal(await pending('b.txt'), '+1 ai, +2 ai, +3 ai, +4 human, +5 ai, +6 ai, +7 ai');
  });

  it('a copy with an empty line that a person had removed belongs to the copier', async () => {
    test.write('a.txt', BASE);
    await test.commit('first');
    const parted = BASE.replace('four', '\nfour');
    await as('human', test, ['a.txt'], () => test.write('a.txt', parted));
    await as('human', test, ['a.txt'], () => test.write('a.txt', BASE));
    await as('ai', test, ['b.txt'], () => test.write('b.txt', parted));
    assert.equal(await pending('b.txt'), '+1 ai, +2 ai, +3 ai, +4 ai, +5 ai, +6 ai, +7 ai');
  });

  it('a deleted file that was just renamed is credited to who deleted it', async () => {
    test.write('first.txt', BASE);
    await test.commit('first');
    await as('ai', test, ['first.txt', 'second.txt'], () => rename('first.txt', 'second.txt'));
    await as('human', test, ['second.txt'], () => test.remove('second.txt'));
    assert.equal(await pending('first.txt'), '-1 human, -2 human, -3 human, -4 human, -5 human, -6 human');
  });

  it('a line removed from a renamed and much longer file is credited to who removed it', async () => {
    test.write('first.txt', BASE);
    await test.commit('first');
    await as('human', test, ['first.txt', 'second.txt'], () =>
      rename('first.txt', 'second.txt', (text) => text.replace(/six.*\n/, '')),
    );
    await as('ai', test, ['second.txt'], () =>
      test.write(
        'second.txt',
        `${BASE.replaceAll('was', 'will be')}${BASE.replaceAll('was', 'is')}${test.read('second.txt')}`,
      ),
    );
    test.write('second.txt', test.read('second.txt').replace(/two was.*\n/, ''));
    await as('human', test, ['second.txt', 'third.txt'], () => rename('second.txt', 'third.txt'));
    await as('ai', test, ['third.txt'], () =>
      test.write('third.txt', test.read('third.txt').replace(/four was.*\n/, '')),
    );
    assert.equal(await pending('first.txt'), '-1 human, -2 unknown, -3 human, -4 ai, -5 human, -6 human');
  });

  itInFull('text moved in an amended commit keeps its author', async () => {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', BASE));
    await as('human', test, ['a.txt', 'b.txt'], () => {
      test.write('a.txt', BASE.split('\n').slice(0, 3).join('\n') + '\n');
      test.write('b.txt', `my own line\n${BASE.split('\n').slice(3).join('\n')}`);
    });
    await test.commit('moved');
    assert.equal(await shown('b.txt'), '+1 human, +2 ai, +3 ai, +4 ai');
    await test.git('commit', '-q', '--amend', '--no-edit', '--date=2020-01-01T00:00:00');
    assert.equal(await shown('b.txt'), '+1 human, +2 ai, +3 ai, +4 ai');
  });

  itInFull("a line of an amended commit is not taken from an assistant's later text", async () => {
    const lineOf = (name: string): string => `const found = ${name}(sample);\n`;
    test.write('a.txt', `${BASE}${lineOf('countEvent')}`);
    await as('human', test, ['b.txt'], () => test.write('b.txt', BASE));
    await test.commit('both');
    test.write('a.txt', BASE);
    test.write('b.txt', `${BASE}${lineOf('mergeRange')}`);
    await as('ai', test, ['a.txt', 'b.txt'], () => test.write('a.txt', `${lineOf('countEvent')}${BASE}`));
    await test.commit('changed');
    assert.equal(await shown('b.txt'), '+7 unknown');
    await test.git('commit', '-q', '--amend', '--no-edit', '--date=2020-01-01T00:00:00');
    assert.equal(await shown('b.txt'), '+7 unknown');
    assert.equal(await shown('a.txt'), '+1 ai, -7 unknown');
  });

  for (const [way, again] of [
    ['amended', ['commit', '-q', '--amend', '--no-edit']],
    ['made one with the next', ['reset', '-q', '--soft', 'HEAD~2']],
    ['on a branch without a past', ['checkout', '-q', '--orphan', 'anew']],
  ] as const) {
    itInFull(
      `text of an unrecorded commit stays unknown when ${way}, though an assistant copied it since`,
      async () => {
        test.write('a.txt', BASE);
        await test.commit('a');
        await as('ai', test, ['b.txt'], () => test.write('b.txt', BASE));
        if (way === 'amended') await test.git('add', '-A');
        else await test.commit('b');
        await test.git(...again);
        const nobodys = '+1 unknown, +2 unknown, +3 unknown, +4 unknown, +5 unknown, +6 unknown';
        if (way !== 'amended') {
          assert.equal(await pending('a.txt'), nobodys);
          assert.equal(await staged('a.txt'), nobodys);
          await test.git('commit', '-qm', 'both');
        }
        assert.equal(await shown('a.txt'), nobodys);
      },
    );
  }

  itInFull('a file is no rename of one that still exists, whatever is committed', async () => {
    test.write('here.txt', 'rate = 1\n');
    test.write('there.txt', 'rate = 1\n');
    await test.commit('both');
    await as('ai', test, ['here.txt'], () => test.write('here.txt', 'rate = 7\n'));
    test.write('there.txt', 'rate = 7\n');
    test.write('new.txt', 'rate = 7\n');
    await test.git('add', 'new.txt');
    assert.equal(await pending('there.txt'), '+1 unknown, -1 unknown');
    assert.equal(await pending('new.txt'), '+1 unknown');
    const reader = new Reader(test.repository(), tick);
    for (const name of ['there.txt', 'new.txt'])
      assert.deepEqual(
        linesOf(await reader.authored(name, Buffer.from('rate = 7\n'))).added.map(({ author }) => author),
        ['unknown'],
        name,
      );
    await test.git('commit', '-q', '-m', 'without here.txt', '--', 'there.txt', 'new.txt');
    assert.equal(await shown('there.txt'), '+1 unknown, -1 unknown');
    assert.equal(await shown('new.txt'), '+1 unknown');
  });
});
