/**
 * Everyday orders of edits, renames, partial commits and stashes, through the installed hooks: what a commit's trailers
 * and `show` say, whether or not anybody looked in between.
 */
import assert from 'node:assert/strict';
import { installGitHooks, statusOf } from '../../../../src/provenance/commits';
import { builtCli, CLI } from '../../../support/product';
import { itInFull, onlyInFull } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { linesIn } from '../../../support/told';
import { as, tick, type Who } from '../../../support/worker';

const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const BASE = WORDS.map((word) => `const ${word} = compute("${word}", 1);\n`).join('');

for (const isLookedAt of [false, true]) {
  describe(`attribution of everyday work, ${isLookedAt ? 'asked after each step' : 'asked at the end only'}:`, function () {
    if (isLookedAt) onlyInFull(this);
    let test: TestRepository;
    beforeEach(async () => {
      await builtCli();
      test = await TestRepository.create();
      for (const name of ['a.ts', 'other.ts']) test.write(name, BASE);
      test.write('other.ts', BASE.replaceAll('compute', 'another'));
      await test.commit('start');
      await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    });
    afterEach(() => test.dispose());

    const look = async (): Promise<void> => {
      if (isLookedAt) await statusOf(test.repository(), tick);
    };
    const git = async (...words: readonly string[]): Promise<void> => {
      await test.git(...words);
      await look();
    };
    /** Somebody changes a word's line. */
    const edit = async (who: Who, file: string, word: string): Promise<void> => {
      await as(who, test, [file], () => test.replace(file, `compute("${word}", 1)`, `compute("${word}", by_${who})`));
      await look();
    };
    const said = async (file: string, revision = 'HEAD'): Promise<readonly [lines: string, trailer: string]> => [
      (await linesIn(test, revision, file)).join(', '),
      await test.git('log', '-1', '--format=%(trailers:key=AI-Lines,valueonly,separator=%x2c)', revision),
    ];
    /** What is staged of a file: its committed content with some lines of the one in the work tree. */
    const stage = async (file: string, text: string): Promise<void> => {
      const { code, stdout, stderr } = await test.run(['hash-object', '-w', '--stdin'], { input: text });
      assert.equal(code, 0, stderr);
      await git('update-index', '--cacheinfo', `100644,${stdout.trim()},${file}`);
    };

    const AI_ONE = '+1 -1 of +1 -1';
    const BOTH: readonly [string, string] = ['+2 ai, +9 human, -2 ai, -9 human', '+1 -1 of +2 -2'];

    describe('a rename committed by itself', () => {
      itInFull('the later commit of the rest keeps who changed the file before', async () => {
        await edit('ai', 'a.ts', 'two');
        await edit('human', 'a.ts', 'nine');
        const text = test.read('a.ts');
        await git('mv', 'a.ts', 'b.ts');
        await stage('b.ts', BASE);
        await git('commit', '-qm', 'Rename');
        assert.equal(test.read('b.ts'), text);
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('b.ts'), BOTH);
        assert.deepEqual(await said('b.ts', 'HEAD~'), ['', '']);
      });

      itInFull('the same for a file moved with git mv and not staged', async () => {
        await edit('ai', 'a.ts', 'two');
        await edit('human', 'a.ts', 'nine');
        await git('mv', 'a.ts', 'b.ts');
        await git('commit', '-qm', 'Rename');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('b.ts'), BOTH);
      });

      itInFull('the same when the file is changed again after the rename', async () => {
        await edit('ai', 'a.ts', 'two');
        await git('mv', 'a.ts', 'b.ts');
        await git('commit', '-qm', 'Rename');
        await edit('human', 'b.ts', 'nine');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('b.ts'), BOTH);
      });

      it('the same when the file is changed between git mv and the commit', async () => {
        await edit('ai', 'a.ts', 'two');
        await git('mv', 'a.ts', 'b.ts');
        await edit('human', 'b.ts', 'nine');
        await git('commit', '-qm', 'Rename');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('b.ts'), BOTH);
      });

      itInFull('unrecorded changes stay unknown', async () => {
        await edit('ai', 'a.ts', 'two');
        await edit('nobody', 'a.ts', 'nine');
        await git('mv', 'a.ts', 'b.ts');
        await git('commit', '-qm', 'Rename');
        await edit('nobody', 'b.ts', 'six');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('b.ts'), [
          '+2 ai, +6 unknown, +9 unknown, -2 ai, -6 unknown, -9 unknown',
          '+1 -1 of +3 -3, unknown +2 -2',
        ]);
      });

      itInFull('two renames, one commit each, keep the authors', async () => {
        await edit('ai', 'a.ts', 'two');
        await git('mv', 'a.ts', 'b.ts');
        await git('commit', '-qm', 'Rename');
        await edit('human', 'b.ts', 'nine');
        await git('mv', 'b.ts', 'c.ts');
        await git('commit', '-qm', 'Rename again');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('c.ts'), BOTH);
      });

      itInFull('two renamed files keep their own authors', async () => {
        await edit('ai', 'a.ts', 'two');
        await as('human', test, ['other.ts'], () => test.replace('other.ts', '("three", 1)', '("three", by_human)'));
        await git('mv', 'a.ts', 'b.ts');
        await git('mv', 'other.ts', 'more.ts');
        await git('commit', '-qm', 'Rename');
        await git('commit', '-qam', 'The rest');
        assert.deepEqual([(await said('b.ts'))[0], (await said('more.ts'))[0]], ['+2 ai, -2 ai', '+3 human, -3 human']);
      });
    });

    describe('a file renamed twice before one commit', () => {
      itInFull('keeps who changed it between the renames', async () => {
        await git('mv', 'a.ts', 'b.ts');
        await edit('ai', 'b.ts', 'two');
        await git('mv', 'b.ts', 'c.ts');
        await git('commit', '-qam', 'Renamed twice');
        assert.deepEqual(await said('c.ts'), ['+2 ai, -2 ai', AI_ONE]);
      });

      itInFull('keeps who changed it before, between and after', async () => {
        await edit('human', 'a.ts', 'nine');
        await git('mv', 'a.ts', 'b.ts');
        await edit('ai', 'b.ts', 'two');
        await git('mv', 'b.ts', 'c.ts');
        await edit('nobody', 'c.ts', 'six');
        await git('commit', '-qam', 'Renamed twice');
        assert.deepEqual(await said('c.ts'), [
          '+2 ai, +6 unknown, +9 human, -2 ai, -6 unknown, -9 human',
          '+1 -1 of +3 -3, unknown +1 -1',
        ]);
      });

      itInFull('keeps who changed it when it is back under its first name', async () => {
        await git('mv', 'a.ts', 'b.ts');
        await edit('ai', 'b.ts', 'two');
        await git('mv', 'b.ts', 'a.ts');
        await git('commit', '-qam', 'Renamed back');
        assert.deepEqual(await said('a.ts'), ['+2 ai, -2 ai', AI_ONE]);
      });
    });

    describe('hunks of short lines, committed one by one', () => {
      const plus = (...words: readonly string[]): string =>
        BASE.replace(/^const (\w+).*\n/gm, (line, word: string) => (words.includes(word) ? `${line}i++\n` : line));
      const typed = (who: Who, ...words: readonly string[]): Promise<void> =>
        as(who, test, ['a.ts'], () => test.write('a.ts', plus(...words)));

      it("each stays the assistant's when the others are still pending", async () => {
        await typed('ai', 'two', 'seven', 'twelve');
        for (const words of [['seven'], ['seven', 'two'], ['seven', 'two', 'twelve']]) {
          await stage('a.ts', plus(...words));
          await git('commit', '-qm', `With ${words.join(' and ')}`);
        }
        assert.deepEqual(
          [await said('a.ts', 'HEAD~2'), await said('a.ts', 'HEAD~'), await said('a.ts')],
          [
            ['+8 ai', '+1 -0 of +1 -0'],
            ['+3 ai', '+1 -0 of +1 -0'],
            ['+15 ai', '+1 -0 of +1 -0'],
          ],
        );
      });

      it('an unrecorded line beside them is nobody’s, also when it reads the same', async () => {
        await typed('ai', 'two', 'seven');
        await stage('a.ts', plus('seven'));
        await git('commit', '-qm', 'One of them');
        await typed('nobody', 'seven', 'ten');
        await git('commit', '-qam', 'Another one');
        assert.deepEqual(await said('a.ts'), ['+12 unknown', '']);
      });
    });

    describe('a part committed, then unrecorded formatting of the rest', () => {
      const indented = (text: string): string => text.replace(/^/gm, '  ').replace(/ +$/, '');
      const spaced = (text: string): string => text.replaceAll('", ', '",   ');
      const partly = async (first: 'ai' | 'human', format: (text: string) => string, word: string): Promise<void> => {
        await edit('ai', 'a.ts', 'two');
        await edit('human', 'a.ts', 'nine');
        const [own, other] = first === 'ai' ? (['two', 'nine'] as const) : (['nine', 'two'] as const);
        await stage('a.ts', BASE.replace(`compute("${own}", 1)`, `compute("${own}", by_${first})`));
        await git('commit', '-qm', 'A part');
        assert.equal(other, word);
        test.write(
          'a.ts',
          test
            .read('a.ts')
            .split(/(?<=\n)/)
            .map((line) => (line.includes(`"${word}"`) ? format(line) : line))
            .join(''),
        );
        await look();
        await git('commit', '-qam', 'The rest');
      };

      for (const [how, format] of [
        ['before the line', indented],
        ['in the line', spaced],
      ] as const) {
        itInFull(`${how}: an assistant's lines stay the assistant's`, async () => {
          await partly('human', format, 'two');
          assert.deepEqual(await said('a.ts', 'HEAD~'), ['+9 human, -9 human', '']);
          assert.deepEqual(await said('a.ts'), ['+2 ai, -2 ai', AI_ONE]);
        });
        itInFull(`${how}: a person's lines stay the person's`, async () => {
          await partly('ai', format, 'nine');
          assert.deepEqual(await said('a.ts', 'HEAD~'), ['+2 ai, -2 ai', AI_ONE]);
          assert.deepEqual(await said('a.ts'), ['+9 human, -9 human', '']);
        });
      }

      itInFull(
        'the whole file: lines that only gained white space are unknown, the others keep their authors',
        async () => {
          await edit('ai', 'a.ts', 'two');
          await edit('human', 'a.ts', 'nine');
          await stage('a.ts', BASE.replace('compute("two", 1)', 'compute("two", by_ai)'));
          await git('commit', '-qm', 'A part');
          test.write('a.ts', spaced(test.read('a.ts')));
          await look();
          await git('commit', '-qam', 'The rest');
          const [lines] = await said('a.ts');
          assert.equal(
            lines,
            ['+', '-']
              .flatMap((sign) => WORDS.map((_, i) => `${sign}${String(i + 1)} ${i === 8 ? 'human' : 'unknown'}`))
              .join(', '),
          );
        },
      );

      itInFull('inserted lines keep their author where quotes and semicolons change in the whole file', async () => {
        const [ai, human] = ['const added_by_ai = made(1)\n', 'const added_by_human = made(2)\n'];
        await as('ai', test, ['a.ts'], () => test.write('a.ts', test.read('a.ts') + ai));
        await as('human', test, ['a.ts'], () => test.write('a.ts', human + test.read('a.ts')));
        await stage('a.ts', human + BASE);
        await git('commit', '-qm', 'A part');
        test.write('a.ts', test.read('a.ts').replaceAll('"', "'").replace(/\)$/gm, ');'));
        await look();
        await git('commit', '-qam', 'The rest');
        const [lines] = await said('a.ts');
        assert.match(lines, new RegExp(`\\+${String(WORDS.length + 2)} ai(?!.*(?:ai|human))`));
      });

      itInFull('inserted lines keep their author', async () => {
        const [ai, human] = ['const added_by_ai = made(1);\n', 'const added_by_human = made(2);\n'];
        const after = (text: string, word: string, line: string): string =>
          text.replace(new RegExp(`^const ${word} =.*\\n`, 'm'), (all) => all + line);
        await as('ai', test, ['a.ts'], () => test.write('a.ts', after(test.read('a.ts'), 'two', ai)));
        await as('human', test, ['a.ts'], () => test.write('a.ts', after(test.read('a.ts'), 'nine', human)));
        await stage('a.ts', after(BASE, 'nine', human));
        await git('commit', '-qm', 'A part');
        test.replace('a.ts', ai, `    ${ai}`);
        await look();
        await git('commit', '-qam', 'The rest');
        assert.deepEqual(await said('a.ts'), ['+3 ai', '+1 -0 of +1 -0']);
      });
    });

    describe('a stash popped over another commit', () => {
      for (const who of ['human', 'nobody'] as const) {
        itInFull(
          `keeps the author of a change, the other line ${who === 'nobody' ? 'unrecorded' : 'by a person'}`,
          async () => {
            await edit('ai', 'a.ts', 'two');
            await git('stash');
            await edit(who, 'a.ts', 'nine');
            await git('commit', '-qam', 'Meanwhile');
            await git('stash', 'pop', '-q');
            await git('commit', '-qam', 'Back');
            assert.deepEqual(await said('a.ts'), ['+2 ai, -2 ai', AI_ONE]);
          },
        );
        itInFull(
          `keeps the author of inserted lines, the other line ${who === 'nobody' ? 'unrecorded' : 'by a person'}`,
          async () => {
            await as('ai', test, ['a.ts'], () => test.write('a.ts', `${test.read('a.ts')}const added = made();\n`));
            await git('stash');
            await edit(who, 'a.ts', 'two');
            await git('commit', '-qam', 'Meanwhile');
            await git('stash', 'pop', '-q');
            await git('commit', '-qam', 'Back');
            assert.deepEqual(await said('a.ts'), ['+13 ai', '+1 -0 of +1 -0']);
          },
        );
      }

      itInFull('an unrecorded change after it is unknown, and the rest keeps its author', async () => {
        await edit('ai', 'a.ts', 'two');
        await git('stash');
        await edit('nobody', 'a.ts', 'nine');
        await git('commit', '-qam', 'Meanwhile');
        await git('stash', 'pop', '-q');
        await edit('nobody', 'a.ts', 'six');
        await git('commit', '-qam', 'Back');
        assert.deepEqual((await said('a.ts'))[0], '+2 ai, +6 unknown, -2 ai, -6 unknown');
      });

      itInFull("keeps the author when somebody else's commit was pulled in between", async () => {
        await edit('ai', 'a.ts', 'two');
        await git('stash');
        await git('switch', '-qc', 'side', 'HEAD');
        await edit('nobody', 'a.ts', 'nine');
        await git('commit', '-qam', 'Theirs');
        await git('switch', '-q', 'main');
        await git('merge', '-q', '--ff-only', 'side');
        await git('stash', 'pop', '-q');
        await git('commit', '-qam', 'Back');
        assert.deepEqual(await said('a.ts'), ['+2 ai, -2 ai', AI_ONE]);
      });

      itInFull('an unrecorded edit that equals the stash is unknown', async () => {
        await edit('ai', 'a.ts', 'two');
        await git('stash');
        await edit('nobody', 'a.ts', 'nine');
        await git('commit', '-qam', 'Meanwhile');
        test.replace('a.ts', 'compute("two", 1)', 'compute("two", 2)');
        await look();
        await git('commit', '-qam', 'Not it');
        assert.deepEqual(await said('a.ts'), ['+2 unknown, -2 unknown', '']);
      });
    });
  });
}
