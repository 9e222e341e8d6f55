/** What the gate adds to a verdict, so that a reader knows what to do. */
import assert from 'node:assert/strict';
import { BOB, CARL } from '../../support/repository';
import { approved, missing, numbered, POLICY } from '../../support/gate-cases';
import { LiteralBranch } from '../../support/gate-literals';

const TF = { 'infra/a.tf': numbered(3) };

describe('what the gate adds to a verdict', () => {
  let branch: LiteralBranch;
  const ALLOWED = POLICY.replace('tiers:', 'assistants: { allowed: [kiro] }\ntiers:');

  it('a verdict: says that no assistant can be named when only some are allowed and lines are unknown', async () => {
    branch = new LiteralBranch({}, ALLOWED);
    branch.commit('change', { 'src/a.ts': 'x\n' }, CARL);
    assert.match(missing(await branch.check()).join('\n'), /it is not known who or which assistant changed src\/a\.ts/);
    branch = new LiteralBranch({}, ALLOWED.replace('tiers:', 'unknown: human\ntiers:'));
    branch.commit('change', { 'src/a.ts': 'x\n' }, CARL);
    const result = await branch.check();
    assert.ok(!missing(result).some((text) => text.includes('not known who')));
    assert.match(result.notices.join('\n'), /an assistant that is not allowed may have written them/);
  });

  it('a verdict: says what becomes of the policy when the change breaks, loosens, removes or renames it', async () => {
    const FLOOR = { file: '/etc/floor.yml', bytes: Buffer.from('version: 1\nunknown: ai\n') };
    const RENAMED = { '.linekeeper.yml': null, '.linekeeper.yaml': POLICY };
    const cases = [
      [{ '.linekeeper.yml': `${POLICY}nonsense: [\n` }, [], /^This change breaks \.linekeeper\.yml \(\d+:\d+: .+\)\. /],
      [
        { '.linekeeper.yml': `${POLICY}unknown: human\n` },
        [FLOOR],
        /^This change breaks \.linekeeper\.yml \(\d+:\d+: .*floor/,
      ],
      [{ '.linekeeper.yml': `${POLICY}unknown: human\n` }, [], null],
      [{ '.linekeeper.yml': null }, [], /^This change removes \.linekeeper\.yml: after the merge no policy holds\.$/],
      [RENAMED, [], /^This change removes \.linekeeper\.yml: after the merge no policy holds\.$/],
      [RENAMED, [FLOOR], /: after the merge only the floor holds\.$/],
      [{ CODEOWNERS: '* @ada\n' }, [FLOOR], null],
    ] as const;
    for (const [files, floors, expected] of cases) {
      branch = new LiteralBranch();
      branch.commit('human: change', files, CARL);
      const { notices } = await branch.check({ floors });
      const said = notices.filter((notice) => notice.startsWith('This change '));
      assert.equal(said.length, expected === null ? 0 : 1, `${JSON.stringify(files)}: ${notices.join('\n')}`);
      if (expected !== null) assert.match(said[0] ?? '', expected);
    }
  });

  it('a verdict: says that open pull requests keep their green status when the change ends the observing', async () => {
    const told = async (before: string, after: string): Promise<boolean> => {
      branch = new LiteralBranch({}, before);
      branch.commit('human: change', { '.linekeeper.yml': after }, CARL);
      const { notices } = await branch.check();
      return notices.some((notice) => /^After the merge, the policy enforces\. .*run the jobs again\.$/.test(notice));
    };
    const observing = `${POLICY}mode: observe\n`;
    assert.ok(await told(observing, `${POLICY}mode: enforce\n`));
    assert.ok(await told(observing, POLICY));
    assert.ok(!(await told(observing, `${observing}# later\n`)));
    assert.ok(!(await told(POLICY, `${POLICY}mode: enforce\n`)));
  });

  it('a verdict: says how to fetch notes when there are none, and how many commits have none', async () => {
    branch = new LiteralBranch();
    branch.commit('change', TF, CARL);
    assert.match(
      (await branch.check()).notices.join('\n'),
      /There are no notes here \(refs\/notes\/ai\).*"linekeeper notes fetch"/,
    );
    assert.match((await branch.check({ hasNotes: true })).notices.join('\n'), /1 commit of 1 has no note/);
  });

  it("a verdict: says that anybody can write a bot's name when a bot made commits", async () => {
    branch = new LiteralBranch({}, POLICY.replace('tiers:', 'bots: ["renovate[bot]"]\ntiers:'));
    branch.commit('chore: bump', TF, {
      name: 'renovate[bot]',
      email: '29139614+renovate[bot]@users.noreply.github.com',
    });
    assert.match(
      (await branch.check({ actor: 'renovate[bot]' })).notices.join('\n'),
      /Anyone can commit under a bot's name/,
    );
  });

  it('a sign-off: says how to fetch its commit when a rebase left that behind', async () => {
    branch = new LiteralBranch();
    branch.commit('ai: change', TF, CARL);
    const gone = '0123456789012345678901234567890123456789';
    assert.match(
      (await branch.check({ approvals: [approved('ada', gone)] })).signOffs[0]?.why ?? '',
      new RegExp(`fetch it \\(git fetch origin ${gone}\\)`),
    );
  });

  it('a verdict: asks to check requests one by one when a commit inside the range was approved', async () => {
    branch = new LiteralBranch();
    const first = branch.commit('ai: change', TF, CARL);
    branch.commit('ai: another', { 'infra/b.tf': numbered(3) }, BOB);
    const result = await branch.check({ approvals: [approved('ada', first)] });
    assert.equal(result.verdict, 'fail');
    assert.match(result.notices.join('\n'), /as a merge queue does, check each of them by itself/);
  });
});
