/** Reverting a revert washes nothing: what comes back has the author that it had, or nobody known. */
import assert from 'node:assert/strict';
import type { Counts, LineRange } from '../../../../src/provenance/authorship/types';
import { settle, showCommits, installGitHooks } from '../../../../src/provenance/commits';
import {
  checkRange,
  noFindings,
  type AttributionOf,
  type CheckRequest,
  type CheckResult,
} from '../../../../src/review/gate';
import { askJson, builtCli, CLI, linekeeper } from '../../../support/product';
import { CARL, TestRepository, type Person } from '../../../support/repository';
import { as, tick } from '../../../support/worker';
import { counted } from '../../../support/gate';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
`;
const BASE = Array.from({ length: 6 }, (_, index) => `line ${String(index)} as it was\n`).join('');

for (const hooks of [true, false]) {
  describe(`linekeeper check: a revert of a revert ${hooks ? 'with' : 'without'} hooks`, () => {
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
      const result = await checkRange({
        repository,
        base,
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

    it("in one range brings the assistant's lines back as AI's", async () => {
      await byMachine();
      await revert();
      await revert();
      assert.deepEqual(await judged(), ['critical infra/a.tf +2/0/0 -0/0/0', 'fail']);
    });

    it("of another branch's commit brings the assistant's lines back as AI's", async () => {
      await byMachine();
      await revert();
      await test.git('switch', '-q', 'main');
      await test.git('merge', '-q', '--ff-only', 'topic');
      await test.git('switch', '-qc', 'later');
      await revert();
      assert.deepEqual(await judged(), ['critical infra/a.tf +2/0/0 -0/0/0', 'fail']);
    });

    it("of a person's commit brings the lines back as that person's", async () => {
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

    it("with git's message alone, unrecorded, makes no line a person's", async () => {
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

describe("linekeeper check: a revert of AI's commit", () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', POLICY);
    test.write('infra/a.tf', BASE);
    await test.commit('start');
    await as('ai', test, ['README.md'], () => test.write('README.md', 'recorded from here on\n'));
    await test.commit('Adopt');
    await settle(test.repository(), tick);
  });
  afterEach(() => test.dispose());

  const byMachine = async (text: string): Promise<string> => {
    await as('ai', test, ['infra/a.tf'], () => test.write('infra/a.tf', text));
    await test.commit('Change');
    await settle(test.repository(), tick);
    test.forgetRecords();
    return test.git('rev-parse', 'HEAD');
  };
  const CHANGED = BASE.replace('line 2 as it was', 'line 2 by machine');
  const judged = async (over: Partial<CheckRequest> = {}): Promise<CheckResult> => {
    const repository = test.repository();
    return checkRange({
      repository,
      base: 'main',
      head: 'HEAD',
      actor: 'carl',
      approvals: [],
      teams: {},
      attributionOf: async (ids) => {
        const shown = await showCommits(repository, ids);
        return ({ id }) => shown.get(id);
      },
      findingsOf: noFindings,
      floors: [],
      ...over,
    });
  };
  /** As a forge's button does it: without hooks and notes. */
  const pressed = async (commit: string, person: Person = CARL): Promise<void> => {
    await test.git('switch', '-qc', `revert-${commit.slice(0, 6)}`, 'main');
    await test.git('revert', '--no-edit', '-n', commit);
    await test.commit(`Revert "Change"\n\nThis reverts commit ${commit}.`, { as: person });
  };

  it('passes without a sign-off for AI when the restored lines are older than the record', async () => {
    const commit = await byMachine(CHANGED);
    await pressed(commit);
    const result = await judged();
    assert.deepEqual([...counted(result), result.verdict], ['critical infra/a.tf +0/1/0 -0/1/0', 'pass']);
    const revert = (await test.git('rev-parse', 'HEAD')).slice(0, 12);
    assert.deepEqual(result.why?.['critical'], [
      `Brought back by the revert of ${commit.slice(0, 12)} (${revert}): 1 human.`,
      `Taken away by the revert of ${commit.slice(0, 12)} (${revert}): 1 human.`,
    ]);
  });

  /** The authors of one file's added and removed lines, as a verb has them. */
  const said = async (verb: 'show' | 'status'): Promise<readonly string[]> => {
    interface File {
      readonly ranges: readonly LineRange[];
      readonly removed: readonly LineRange[] | Counts;
      readonly removedRanges?: readonly LineRange[];
    }
    const { files } = await askJson<{ files: readonly File[] }>(test, verb);
    const lines = (sign: string, ranges: readonly LineRange[]): readonly string[] =>
      ranges.map(({ start, author }) => `${sign}${String(start)} ${author}`);
    return files.flatMap(({ ranges, removed, removedRanges }) => [
      ...lines('+', ranges),
      ...lines('-', removedRanges ?? (removed as readonly LineRange[])),
    ]);
  };
  const blamed = async (line: number): Promise<string | undefined> =>
    (await askJson<{ lines: { author: string }[] }>(test, 'blame', 'HEAD', 'infra/a.tf')).lines[line - 1]?.author;

  it("shows the restored old lines as a person's in show, blame, trace and status too", async () => {
    const commit = await byMachine(CHANGED);
    await test.git('revert', '--no-edit', '-n', commit);
    assert.deepEqual(await said('status'), ['+3 human', '-3 human']);
    await test.git('reset', '-q', '--hard');
    await pressed(commit);
    assert.deepEqual(await said('show'), ['+3 human', '-3 human']);
    assert.equal(await blamed(3), 'human');
    assert.match(
      (await linekeeper(test, ['show'])).stdout,
      /A revert of [0-9a-f]{10}: the person who reverted removed lines/,
    );
  });

  it("counts the restored old lines as a person's in report too", async () => {
    const commit = await byMachine(CHANGED);
    const counts = async (): Promise<readonly Counts[]> => {
      const { total } = await askJson<{ total: { added: Counts; removed: Counts } }>(test, 'report');
      return [total.added, total.removed];
    };
    const [added, removed] = await counts();
    await pressed(commit);
    assert.deepEqual(
      (await counts()).map(({ ai, human, unknown }) => [ai, human, unknown]),
      [added, removed].map((before) => [before?.ai, (before?.human ?? 0) + 1, before?.unknown]),
    );
  });

  it('leaves a restored line unknown when it came unrecorded after adoption, in show too', async () => {
    test.write('infra/a.tf', BASE.replace('line 2 as it was', 'line 2 by nobody'));
    await test.commit('nobody recorded it');
    await pressed(await byMachine(CHANGED));
    assert.deepEqual(await said('show'), ['+3 unknown', '-3 human']);
    assert.equal(await blamed(3), 'unknown');
  });

  for (const hooks of [true, false])
    it(`${hooks ? 'with' : 'without'} hooks: a restored line from before adoption is a person's, though a note calls it AI's`, async () => {
      await byMachine(CHANGED);
      test.write('README.md', 'adopted\n');
      await test.commit('The first that is asked');
      test.write('.linekeeper.yml', `${POLICY}since: ${await test.git('rev-parse', 'HEAD')}\n`);
      await test.commit('Adopt from there on');
      const again = await byMachine(BASE.replace('line 2 as it was', 'line 2 by machine again'));
      if (hooks) {
        await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
        await test.git('switch', '-qc', 'back');
        await test.git('revert', '--no-edit', again);
        await settle(test.repository(), tick);
      } else await pressed(again);
      const result = await judged();
      assert.deepEqual([...counted(result), result.verdict], ['critical infra/a.tf +0/1/0 -0/1/0', 'pass']);
      assert.deepEqual(await said('show'), ['+3 human', '-3 human']);
      assert.equal(await blamed(3), 'human');
    });

  it('needs a sign-off when an agent made the revert', async () => {
    const commit = await byMachine(CHANGED);
    await pressed(commit, { name: 'Cursor Agent', email: 'cursoragent@cursor.com' });
    assert.equal((await judged()).verdict, 'fail');
  });

  it('needs a sign-off when its message names an agent, which show explains', async () => {
    const commit = await byMachine(CHANGED);
    await pressed(commit);
    await test.commit(
      `Revert "Change"\n\nThis reverts commit ${commit}.\n\nCo-authored-by: Cursor <cursoragent@cursor.com>`,
      {
        args: ['--amend'],
        as: CARL,
      },
    );
    assert.equal((await judged()).verdict, 'fail');
    assert.equal((await said('show'))[0], '+3 unknown');
    const { why } = await askJson<{ why: readonly string[] }>(test, 'show');
    assert.match(why.join('\n'), /its message claims cursor, whom its note gives no line/);
  });

  it('needs a sign-off when it changes anything else', async () => {
    await pressed(await byMachine(CHANGED));
    test.write('infra/b.tf', 'more = true\n');
    await test.commit('', { args: ['--amend', '--no-edit', '--allow-empty-message'] });
    assert.equal((await judged()).verdict, 'fail');
  });

  it('still needs a sign-off if the file gained an unrecorded line after adoption', async () => {
    test.write('infra/a.tf', BASE.replace('line 2 as it was', 'line 2 by nobody'));
    await test.commit('nobody recorded it');
    await pressed(await byMachine(CHANGED));
    const result = await judged();
    assert.deepEqual([...counted(result), result.verdict], ['critical infra/a.tf +0/0/1 -0/1/0', 'fail']);
  });

  it('needs a sign-off for an old line that was indented unrecorded since', async () => {
    test.write('infra/a.tf', BASE.replace('line 2 as it was', '  line 2 as it was'));
    await test.commit('nobody recorded it');
    await pressed(await byMachine(CHANGED));
    assert.equal((await judged()).verdict, 'fail');
  });

  it("needs a sign-off for AI's own lines that it restores", async () => {
    await byMachine(CHANGED);
    await pressed(await byMachine(BASE.replace('line 2 as it was', 'line 2 by machine again')));
    const result = await judged();
    assert.deepEqual([...counted(result), result.verdict], ['critical infra/a.tf +1/0/0 -0/1/0', 'fail']);
  });

  it("takes the adoption commit from the policy's since", async () => {
    const adoption = await test.git('rev-parse', 'HEAD');
    test.write('infra/a.tf', BASE.replace('line 2 as it was', 'line 2 by nobody'));
    await test.commit('nobody recorded it');
    const later = await test.git('rev-parse', 'HEAD');
    await pressed(await byMachine(CHANGED));
    const since = (id: string): Promise<CheckResult> => judged({ policyOf: (policy) => ({ ...policy, since: id }) });
    assert.equal((await since(adoption)).verdict, 'fail');
    assert.equal((await since(later)).verdict, 'fail', 'the adoption commit itself is asked');
    assert.equal((await since(await test.git('rev-parse', 'main'))).verdict, 'pass');
  });
});
