/** Reverting a revert washes nothing: what comes back has the author that it had, or nobody known. */
import assert from 'node:assert/strict';
import { settle, showCommits, installGitHooks } from '../../src/commits';
import { check, noFindings, type AttributionOf } from '../../src/gate';
import { builtCli, CLI } from '../support/product';
import { TestRepository } from '../support/repository';
import { as, tick } from '../support/worker';
import { counted } from './gate-support';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
`;
const BASE = Array.from({ length: 6 }, (_, index) => `line ${String(index)} as it was\n`).join('');

for (const hooks of [true, false]) {
  describe(`a revert of a revert ${hooks ? 'with' : 'without'} hooks`, () => {
    let test: TestRepository;
    beforeEach(async () => {
      await builtCli();
      test = await TestRepository.create();
      test.write('.linekeeper.yml', POLICY);
      test.write('infra/a.tf', BASE);
      await test.commit('start');
      if (hooks) await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
      await test.git('switch', '-qc', 'topic');
    });
    afterEach(() => test.dispose());

    const byMachine = async (): Promise<void> => {
      await as('ai', test, ['infra/a.tf'], () =>
        test.write('infra/a.tf', `${BASE}first by machine = true\nsecond by machine = true\n`),
      );
      await test.git('commit', '-qam', 'Add');
      await settle(test.repository(), tick);
    };
    const revert = (revision = 'HEAD'): Promise<string> => test.git('revert', '--no-edit', revision);
    /** Lines of people among those that the gate counts, and whether it says no. */
    const judged = async (base = 'main'): Promise<readonly unknown[]> => {
      const repository = test.repository();
      await settle(repository, tick);
      const attributionOf: AttributionOf = async (ids) => {
        const shown = await showCommits(repository, ids);
        return ({ id }) => shown.get(id);
      };
      const result = await check({
        repository,
        base,
        head: 'HEAD',
        actor: 'carl',
        approvals: [],
        teams: {},
        attributionOf,
        findingsOf: noFindings,
      });
      return [...counted(result), result.verdict];
    };

    it("in one range has the assistant's lines", async () => {
      await byMachine();
      await revert();
      await revert();
      assert.deepEqual(await judged(), ['critical infra/a.tf +2/0/0 -0/0/0', 'fail']);
    });

    it("of what another branch did and took back has the assistant's lines", async () => {
      await byMachine();
      await revert();
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--ff-only', 'topic');
      await test.git('switch', '-qc', 'later');
      await revert();
      assert.deepEqual(await judged(), ['critical infra/a.tf +2/0/0 -0/0/0', 'fail']);
    });

    it("of what a person did on another branch and took back is that person's", async () => {
      await as('human', test, ['infra/a.tf'], () => test.write('infra/a.tf', `${BASE}first by hand = true\n`));
      await test.git('commit', '-qam', 'Add');
      await revert();
      await settle(test.repository(), tick);
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--ff-only', 'topic');
      await test.git('switch', '-qc', 'later');
      await revert();
      assert.deepEqual(await judged(), ['critical infra/a.tf +0/1/0 -0/0/0', 'pass']);
    });

    it("that was not recorded, with only git's sentence, has no line of a person", async () => {
      await byMachine();
      await revert();
      const reverted = await test.git('rev-parse', 'HEAD');
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--ff-only', 'topic');
      await test.git('switch', '-qc', 'later');
      await test.git('checkout', '-q', 'HEAD~', '--', '.');
      await test.git('commit', '-qam', `Back again\n\nThis reverts commit ${reverted}.`);
      const [counts, verdict] = await judged();
      assert.match(String(counts), /^critical infra\/a\.tf \+\d\/0\/\d -0\/0\/0$/);
      assert.equal(verdict, 'fail');
    });
  });
}
