/** Merged history under a policy: what it would have asked, and of which changes that were taken back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { keepTeams } from '../../../src/policy/load';
import { settle } from '../../../src/provenance/commits';
import { mergedHistory } from '../../../src/aftermath/rehearsal/replay-merges-under-policies';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { CARL, TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';
import { GRACE } from '../../support/gate';

const DRAFT = `version: 1
people: { senior: [grace@example.com] }
tiers:
  - { name: critical, paths: ["infra/**"], review: { any: { from: senior, approvals: 1 }, ai: { junior: { from: senior, approvals: 2 } } } }
  - { name: standard, paths: ["src/**"], review: { any: { from: mid } } }
`;
const PRESENT =
  'version: 1\npeople: { senior: [grace@example.com] }\ntiers: [{ name: critical, paths: ["nowhere/**"] }]\n';

describe('linekeeper policy rehearse', function () {
  this.timeout(60_000);
  let test: TestRepository;

  /** Merges a branch of Carl's that writes files. */
  async function merge(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    await test.git('checkout', '--quiet', '-b', name);
    for (const [file, content] of Object.entries(files)) test.write(file, content);
    await test.commit(name, { as: CARL });
    await test.git('checkout', '--quiet', 'main');
    await test.git('merge', '--quiet', '--no-ff', '-m', `Merge ${name}`, name);
    return test.git('rev-parse', 'HEAD');
  }

  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('.linekeeper.yml', PRESENT);
    await test.commit('start', { as: GRACE });
    await merge('docs', { 'README.md': 'x\n' });
    await merge('code', { 'src/a.ts': 'x\ny\n' });
    const broke = await merge('infra', { 'infra/a.tf': 'x\ny\nz\n', 'src/b.ts': 'x\n' });
    await test.git('revert', '--no-edit', '-m', '1', broke);
    test.write('draft.yml', DRAFT);
  });
  afterEach(() => test.dispose());

  const rehearse = async (...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await linekeeper(test, ['policy', 'rehearse', '--since', '90d', ...words]);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  itInFull('counts the sign-offs that a draft would ask for, by level, beside the present policy', async () => {
    const made = JSON.parse(await rehearse('--policy', 'draft.yml', '--json')) as {
      changes: number;
      waitsKnown: number;
      policies: {
        policy: string;
        asked: number;
        signOffs: Record<string, number>;
        weeks: { signOffs: Record<string, number> }[];
        reverted: { subject: string; tiers: string[] }[];
      }[];
    };
    assert.deepEqual([made.changes, made.waitsKnown], [4, 3]);
    const [draft, present] = made.policies;
    assert.deepEqual(
      [draft?.policy, draft?.asked, draft?.signOffs],
      ['draft.yml (draft)', 3, { senior: 3, mid: 1, junior: 0 }],
      'the revert undoes exactly: nothing is asked for AI',
    );
    assert.equal(
      draft?.weeks.reduce((sum, { signOffs }) => sum + (signOffs['senior'] ?? 0), 0),
      3,
      'the weeks make up the whole',
    );
    assert.deepEqual(
      draft.reverted.map(({ subject, tiers }) => [subject, tiers]),
      [['Merge infra', ['critical', 'standard']]],
    );
    assert.deepEqual([present?.asked, present?.reverted.map(({ tiers }) => tiers)], [0, [[]]]);
  });

  itInFull("counts AI-Risk trailers by each policy's tiers, as check does", async () => {
    test.write(
      'here.yml',
      'version: 1\npeople: { senior: [grace@example.com] }\ntiers: [{ name: critical, paths: ["infra/**"], review: { ai: { junior: { from: senior } } } }]\n',
    );
    const asked = async (): Promise<readonly number[]> =>
      (JSON.parse(await rehearse('--policy', 'here.yml', '--json')) as { policies: { asked: number }[] }).policies.map(
        (one) => one.asked,
      );
    const typed = async (name: string, message: string): Promise<void> => {
      await as('human', test, [name], () => test.write(name, 'typed\n'));
      await test.git('add', name);
      await test.git('commit', '-qm', message);
      await settle(test.repository(), tick);
    };
    const before = await asked();
    await typed('infra/typed.tf', 'Typed');
    assert.deepEqual(await asked(), before, "a person's note, without a claim");
    await typed('infra/claimed.tf', 'Claimed\n\nAI-Risk: critical');
    assert.deepEqual(await asked(), [(before[0] ?? 0) + 1, before[1]]);
  });

  itInFull('prints a table without names of people', async () => {
    const text = await rehearse('--policy', 'draft.yml');
    assert.match(
      text,
      /4 changes merged to HEAD[^]*need a sign-off +3 \(75%\) +0 \(0%\)[^]*reverted, needed one +1 of 1 +0 of 1/,
    );
    assert.doesNotMatch(text, /@|Carl|Grace/);
    assert.match(await rehearse(), /need a sign-off +0/, 'the present policy alone');
  });

  itInFull('resolves teams as check does, and names those it cannot resolve', async () => {
    test.write(
      'draft.yml',
      DRAFT.replace('[grace@example.com] }', '["@acme/seniors"] }\naliases: { carl: [carl@example.com] }').replace(
        'junior: { from: senior, approvals: 2 }',
        'junior: { from: senior, approvals: 3 }, senior: { from: senior, approvals: 2 }',
      ),
    );
    const seniors = async (): Promise<readonly [number, readonly string[]]> => {
      const { policies, notices } = JSON.parse(await rehearse('--policy', 'draft.yml', '--json')) as {
        policies: { signOffs: { senior: number } }[];
        notices: string[];
      };
      return [policies[0]?.signOffs.senior ?? 0, notices.filter((one) => one.includes('@acme/seniors'))];
    };
    const [unknown, notices] = await seniors();
    assert.deepEqual([unknown, notices.length], [4, 1]);
    keepTeams(test.repository(), {
      host: 'github.com',
      at: Date.now() - 1000,
      teams: { '@acme/seniors': ['carl', 'grace'] },
    });
    assert.deepEqual(await seniors(), [3, []], 'the merge is by a senior, its revert by Ada');
  });

  it('writes an HTML page that loads nothing and has no scripts', async () => {
    await rehearse('--policy', 'draft.yml', '--format', 'html', '--output', 'page.html');
    const page = readFileSync(test.at('page.html'), 'utf8');
    assert.match(page, /default-src 'none'/);
    assert.match(page, /<svg[^]*<rect/);
    const [, head = ''] = /Figures by policy<\/caption><thead>(.*?)<\/thead>/.exec(page) ?? [];
    assert.deepEqual(
      [...head.matchAll(/<th[^>]*>(.*?)<\/th>/g)].map(([, title]) => title),
      ['Figure', 'draft.yml (draft)', 'HEAD:.linekeeper.yml'],
      'a column for each policy, whatever its name is',
    );
    assert.doesNotMatch(page, /<script|src=|href="http|@import|url\(/);
    assert.doesNotMatch(page, /Carl|Grace|@example/);
  });

  itInFull('follows first parents only, and exits 2 for a bad revision, date, format or policy', async () => {
    const history = await mergedHistory(test.repository(), await test.git('rev-parse', 'main'), 0);
    assert.deepEqual(
      history.changes.map(({ subject, merged }) => [subject, merged !== null]),
      [
        ['start', false],
        ['Merge docs', true],
        ['Merge code', true],
        ['Merge infra', true],
        ['Revert "Merge infra"', false],
      ],
    );
    for (const words of [
      ['--pace', '0'],
      ['--since', 'yesterday'],
      ['--format', 'pdf'],
      ['nowhere'],
      ['--policy', 'none.yml'],
    ])
      assert.equal((await linekeeper(test, ['policy', 'rehearse', ...words])).code, 2, words.join(' '));
  });
});
