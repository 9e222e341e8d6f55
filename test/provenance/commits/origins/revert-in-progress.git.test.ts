/**
 * What a revert takes away is a person's, what it brings back is by whom it was before: notes, trailers, blame and the
 * gate say the same.
 */
import assert from 'node:assert/strict';
import { settle, showCommits, installGitHooks } from '../../../../src/provenance/commits';
import { checkRange, noFindings, type AttributionOf } from '../../../../src/review/gate';
import { itInFull, onlyInFull } from '../../../support/full';
import { builtCli, CLI, askJson } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { linesIn } from '../../../support/told';
import { as, tick } from '../../../support/worker';
import { counted } from '../../../support/gate';

const POLICY = `version: 1
unknown: human
people: { senior: [ada@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
`;
const FILE = 'infra/a.tf';
const BASE = Array.from({ length: 6 }, (_, index) => `line ${String(index)} as it was\n`).join('');
const TRAILERS = (lines: string): string => `Assisted-by: claude-code:model-1\nAI-Lines: ${lines}`;

for (const hooks of [true, false]) {
  describe(`attribution of reverts ${hooks ? 'with' : 'without'} hooks`, function () {
    if (!hooks) onlyInFull(this);
    let test: TestRepository;
    beforeEach(async () => {
      await builtCli();
      test = await TestRepository.create();
      test.write('.linekeeper.yml', POLICY);
      test.write(FILE, BASE);
      await test.commit('start');
      if (hooks) await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
      await test.git('switch', '-qc', 'topic');
    });
    afterEach(() => test.dispose());

    const write = (who: 'ai' | 'human' | 'nobody', text: string): Promise<void> =>
      as(who, test, [FILE], () => test.write(FILE, text));
    const commit = async (subject = 'Work'): Promise<void> => {
      await test.git('commit', '-qam', subject);
      await settle(test.repository(), tick);
    };
    /** Lines of an assistant, of a person and of nobody, in one commit. */
    const three = async (): Promise<void> => {
      await write('nobody', `${BASE}first by nobody = true\n`);
      await write('ai', `${BASE}first by nobody = true\nsecond by machine = true\n`);
      await write('human', `${BASE}first by nobody = true\nsecond by machine = true\nthird by hand = true\n`);
      await commit();
    };
    const revert = async (revision = 'HEAD'): Promise<void> => {
      await test.git('revert', '--no-edit', revision);
      await settle(test.repository(), tick);
    };
    /** What came to `main` is judged no more. */
    const merged = async (): Promise<void> => {
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--ff-only', 'topic');
      await test.git('switch', '-qc', 'later');
    };
    const trailers = async (): Promise<string> => (await test.git('log', '-1', '--format=%(trailers:only)')).trimEnd();
    const blamed = async (): Promise<readonly string[]> =>
      (await askJson<{ lines: { line: number; author: string }[] }>(test, 'blame', 'HEAD', FILE)).lines.flatMap(
        ({ line, author }) => (line > 6 ? [`${String(line)} ${author}`] : []),
      );
    /** `claimed`: the note of the last commit gives all of it to a person. */
    const judged = async (claimed = false): Promise<readonly unknown[]> => {
      const repository = test.repository();
      const head = await test.git('rev-parse', 'HEAD');
      const attributionOf: AttributionOf = async (ids) => {
        const shown = await showCommits(repository, ids);
        return ({ id }) => {
          const known = shown.get(id);
          return known && claimed && id === head
            ? {
                ...known,
                files: known.files.map((file) => ({
                  ...file,
                  ranges: file.ranges.map((range) => ({ ...range, author: 'human' as const, assistant: null })),
                })),
              }
            : known;
        };
      };
      const result = await checkRange({
        repository,
        base: 'main',
        head: 'HEAD',
        actor: 'carl',
        approvals: [],
        teams: {},
        attributionOf,
        findingsOf: noFindings,
        floors: [],
      });
      return [...counted(result), result.verdict];
    };
    const isThree = async (): Promise<void> => {
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['+7 unknown', '+8 ai', '+9 human']);
      assert.equal(await trailers(), hooks ? TRAILERS('+1 -0 of +3 -0, unknown +1 -0') : '');
      assert.deepEqual(await blamed(), ['7 unknown', '8 ai', '9 human']);
      assert.deepEqual(await judged(), ['critical infra/a.tf +1/1/1 -0/0/0', 'fail']);
    };

    it('a revert of a revert in one range restores the authors', async () => {
      await three();
      await revert();
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['-7 human', '-8 human', '-9 human']);
      assert.equal(await trailers(), '');
      await revert();
      await isThree();
    });

    it("a revert of another branch's revert restores the authors, and check asks by them", async () => {
      await three();
      await revert();
      await merged();
      await revert();
      await isThree();
      assert.deepEqual(await judged(true), ['critical infra/a.tf +1/1/1 -0/0/0', 'fail'], 'whatever its note says');
    });

    itInFull('a revert of a reverted merge restores the authors', async () => {
      await three();
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--no-ff', '-m', 'Merge topic', 'topic');
      await test.git('switch', '-qc', 'back');
      await test.git('revert', '--no-edit', '-m', '1', 'HEAD');
      await settle(test.repository(), tick);
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['-7 human', '-8 human', '-9 human']);
      assert.equal(await trailers(), '');
      assert.deepEqual(await judged(), ['critical infra/a.tf +0/0/0 -0/3/0', 'pass']);
      await test.git('branch', '-f', 'main', 'back');
      await test.git('switch', '-qc', 'again');
      await revert();
      await isThree();
      assert.deepEqual(await judged(true), ['critical infra/a.tf +1/1/1 -0/0/0', 'fail'], 'whatever its note says');
    });

    it('a revert of a merge with other changes is unknown', async () => {
      await three();
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--no-ff', '-m', 'Merge topic', 'topic');
      await test.git('switch', '-qc', 'back');
      await test.git('revert', '--no-commit', '-m', '1', 'HEAD');
      test.write(FILE, BASE.replace('line 1 as it was\n', ''));
      await test.git('commit', '-qam', `Back\n\nThis reverts commit ${await test.git('rev-parse', 'main')}.`);
      await settle(test.repository(), tick);
      assert.deepEqual(
        new Set((await linesIn(test, 'HEAD', FILE)).map((line) => line.split(' ')[1])),
        new Set(['unknown']),
      );
    });

    itInFull('a picked revert of a revert restores the authors', async () => {
      await three();
      await revert();
      await merged();
      await revert();
      await test.git('switch', '-qc', 'picked', 'main');
      test.write('infra/b.tf', 'beside = true\n');
      await test.git('add', '-A');
      await test.git('commit', '-qm', 'Beside');
      await test.git('cherry-pick', 'later');
      await settle(test.repository(), tick);
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['+7 unknown', '+8 ai', '+9 human']);
      assert.deepEqual(await blamed(), ['7 unknown', '8 ai', '9 human']);
      assert.equal((await judged()).at(-1), 'fail');
    });

    itInFull('a revert of a revert with revert -n and another message restores the authors', async () => {
      await three();
      await revert();
      await merged();
      await test.git('revert', '-n', 'HEAD');
      await test.git('commit', '-qm', `Back again\n\nThis reverts commit ${await test.git('rev-parse', 'HEAD')}.`);
      await settle(test.repository(), tick);
      const [unknown, ai] = await linesIn(test, 'HEAD', FILE);
      assert.deepEqual([unknown, ai], ['+7 unknown', '+8 ai']);
      assert.equal((await judged()).at(-1), 'fail');
    });

    itInFull('a fourth revert in a row restores the authors', async () => {
      await three();
      for (let times = 0; times < 3; times++) await revert();
      await merged();
      await revert();
      await isThree();
    });

    it("a revert of a person's manual removal restores the authors", async () => {
      await three();
      await write('human', BASE);
      await commit('Out');
      await merged();
      await revert();
      await isThree();
    });

    it("a revert of a change to an assistant's line restores it as AI's, without records", async () => {
      await three();
      await write('human', `${BASE}first by nobody = true\nsecond by a person = true\nthird by hand = true\n`);
      await commit('Another word');
      await merged();
      test.forgetRecords();
      await write('human', BASE.replace('line 0', 'line zero') + test.read(FILE).slice(BASE.length));
      await commit('Beside');
      await revert('HEAD~');
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['+8 ai', '-8 human']);
      assert.equal(await trailers(), hooks ? TRAILERS('+1 -0 of +1 -1') : '');
      assert.deepEqual(await judged(), ['critical infra/a.tf +1/1/0 -0/2/0', 'fail']);
    });

    it('a revert of the revert of a binary file restores its author', async () => {
      await as('ai', test, ['infra/a.bin'], () => test.write('infra/a.bin', new Uint8Array([1, 0, 2, 10, 0])));
      await test.git('add', '-A');
      await commit('Bytes');
      await revert();
      await merged();
      await revert();
      const id = await test.git('rev-parse', 'HEAD');
      assert.deepEqual(
        (await showCommits(test.repository(), [id])).get(id)?.files.map(({ path, change }) => [path, change?.author]),
        [['infra/a.bin', 'ai']],
      );
      assert.equal((await judged()).at(-1), 'fail');
    });

    it("a revert that an assistant makes is the assistant's", async () => {
      await three();
      await revert();
      await as('ai', test, [], () => test.git('revert', '--no-edit', 'HEAD'));
      await settle(test.repository(), tick);
      assert.deepEqual(await linesIn(test, 'HEAD', FILE), ['+7 ai', '+8 ai', '+9 ai']);
    });
  });
}
