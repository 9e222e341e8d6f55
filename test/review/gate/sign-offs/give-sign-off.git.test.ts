/** Signed sign-offs: what counts in the gate, and what a forged, replayed, old or disowned one is answered. */
import assert from 'node:assert/strict';
import type { CheckRequest, CheckResult } from '../../../../src/review/gate';
import { fetchSignOffs, pushSignOffs, signedFor, signOff, signOffsOn } from '../../../../src/review/gate/sign-offs';
import { SIGN_OFFS_REF } from '../../../../src/provenance/commits';
import { addLine, readLines } from '../../../../src/review/gate/sign-offs/sign-off-and-debt-notes';
import { lineOf, parseLine, signOffText } from '../../../../src/review/gate/sign-offs/sign-off-text';
import { signText } from '../../../../src/base/signatures';
import { itInFull } from '../../../support/full';
import { CARL, TestRepository } from '../../../support/repository';
import { SshKeys } from '../../../support/ssh-keys';
import { Branch, missing, numbered, POLICY } from '../../../support/gate';

const DAY = 24 * 3600_000;
const BOTH = `${POLICY}        ai: { junior: { from: senior } }\n`.replace(
  '      any: { from: junior }\n        ai',
  '      any: { from: junior }\n      ai',
);

describe('linekeeper sign, a signed sign-off', function () {
  this.timeout(60_000);
  let branch: Branch;
  let keys: SshKeys;
  const now = Date.now();

  /** Carl's AI change in both tiers on a branch; ada and grace are allowed signers on main. */
  async function begin(signers = ['ada', 'grace', 'bob', 'carl'], options = ''): Promise<string> {
    branch = await Branch.create({ 'infra/a.tf': numbered(10), 'src/a.ts': numbered(10) }, BOTH);
    keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: signers', { '.github/allowed_signers': keys.allowed(signers, options) }, CARL);
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    return branch.commit(
      'ai: change',
      {
        'infra/a.tf': numbered(10).replace('line 5\n', 'five\n'),
        'src/a.ts': numbered(10).replace('line 5\n', 'five\n'),
      },
      CARL,
    );
  }
  afterEach(() => branch.repo.dispose());

  const check = (over: Partial<CheckRequest> = {}, at = now): Promise<CheckResult> =>
    branch.check({ approvals: null, signedFor: signedFor(branch.repo.repository(), at), ...over });
  const sign = async (
    by: string,
    {
      tiers = ['critical', 'standard'],
      at = now,
      over = {},
    }: { tiers?: readonly string[]; at?: number; over?: Partial<CheckRequest> } = {},
  ): Promise<void> => {
    const result = await check({ beforehand: true, actor: null, ...over });
    await signOff(branch.repo.repository(), { result, tiers, key: keys.of(by), now: at });
  };
  const refusals = (result: CheckResult): readonly string[] => [
    ...new Set(result.signOffs.filter(({ counts }) => !counts).map(({ by, why }) => `${by}: ${why}`)),
  ];
  /** Notes the same signed text on another commit, or with another text. */
  const copyNote = async (from: string, to: string, change = (line: string): string => line): Promise<void> => {
    for (const line of (await readLines(branch.repo.repository(), SIGN_OFFS_REF)).get(from) ?? [])
      await addLine(branch.repo.repository(), SIGN_OFFS_REF, to, change(line));
  };

  itInFull('by a senior lets check pass, without any forge', async () => {
    await begin();
    assert.equal((await check()).verdict, 'fail');
    await sign('ada');
    const result = await check();
    assert.deepEqual([result.verdict, missing(result), refusals(result)], ['pass', [], []]);
    assert.ok(result.tiers.every(({ required }) => required.every(({ by }) => by.includes('ada@example.com'))));
  });

  itInFull('is kept when eight are added at once', async () => {
    const head = await begin();
    const lines = Array.from({ length: 8 }, (_, n) => `{"n":${String(n)}}`);
    await Promise.all(lines.map((line) => addLine(branch.repo.repository(), SIGN_OFFS_REF, head, line)));
    assert.deepEqual([...((await readLines(branch.repo.repository(), SIGN_OFFS_REF)).get(head) ?? [])].sort(), lines);
  });

  itInFull('counts only at the required level, and not by the author', async () => {
    await begin();
    await sign('bob');
    assert.equal((await check()).verdict, 'fail');
    await sign('carl');
    const result = await check();
    assert.equal(result.verdict, 'fail');
    assert.deepEqual(refusals(result), ['carl@example.com: it is by whoever opened the pull request']);
    await sign('ada');
    assert.equal((await check({ actor: 'ada' })).verdict, 'fail');
  });

  it("is withdrawn by the person's later request for changes at the forge", async () => {
    await begin();
    await sign('ada');
    const back = await check({
      approvals: [{ by: 'ada', email: null, commit: await branch.head(), state: 'changes_requested', at: now + 1000 }],
    });
    assert.deepEqual([back.verdict, refusals(back)], ['fail', ['ada: changes were requested since']]);
  });

  itInFull('counts only for the tiers it names', async () => {
    await begin();
    await sign('ada', { tiers: ['standard'] });
    const result = await check();
    assert.equal(result.verdict, 'fail');
    assert.deepEqual(refusals(result), ['ada@example.com: it was signed for standard only']);
  });

  itInFull('of an earlier head counts while its tier is unchanged, also after a rebase', async () => {
    await begin();
    await sign('ada');
    await branch.commit('ai: docs', { 'README.md': 'more\n' }, CARL);
    assert.equal((await check()).verdict, 'pass');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: elsewhere', { 'other.txt': 'x\n' }, CARL);
    await branch.repo.git(
      '-c',
      'user.name=Carl',
      '-c',
      'user.email=carl@example.com',
      'rebase',
      '--quiet',
      'main',
      'topic',
    );
    const moved = await check();
    assert.deepEqual(
      [moved.verdict, missing(moved), refusals(moved)],
      ['pass', [], []],
      'the same change on a newer base',
    );
    await branch.commit('ai: again', { 'infra/a.tf': numbered(10).replace('line 5\n', '5\n') }, CARL);
    const result = await check();
    assert.equal(result.verdict, 'fail');
    assert.match(refusals(result).join('\n'), /infra\/a\.tf has changed since/);
  });

  describe('after a rebase onto a base that changed the same file', () => {
    const changed = (...lines: readonly (readonly [number, string])[]): string =>
      lines.reduce(
        (text, [at, line]) => text.replace(`line ${String(at)}\n`, `${line}\n`),
        numbered(30).replace('line 5\n', 'five\n'),
      );
    /** A signed change of line 5 in 30; the base then changes line 25, and the branch is put on it. */
    async function rebased(files: Readonly<Record<string, string | null>> = {}): Promise<CheckResult> {
      await begin();
      const { repo } = branch;
      await repo.git('checkout', '--quiet', 'main');
      await branch.commit('human: longer', { 'infra/a.tf': numbered(30) }, CARL);
      await repo.git('checkout', '--quiet', '-B', 'topic');
      await branch.commit('ai: change', { 'infra/a.tf': changed() }, CARL);
      await sign('ada');
      assert.equal((await check()).verdict, 'pass');
      await repo.git('checkout', '--quiet', 'main');
      await branch.commit(
        'human: elsewhere in it',
        { 'infra/a.tf': numbered(30).replace('line 25', 'twenty-five') },
        CARL,
      );
      await repo.git('checkout', '--quiet', '-B', 'topic');
      await branch.commit('ai: the change again', { 'infra/a.tf': changed([25, 'twenty-five']), ...files }, CARL);
      return check();
    }

    itInFull('counts, also when its commit was made again', async () => {
      const result = await rebased();
      assert.deepEqual([result.verdict, missing(result), refusals(result)], ['pass', [], []]);
    });

    for (const [what, files] of [
      ['more in the file', { 'infra/a.tf': changed([25, 'twenty-five'], [15, 'more']) }],
      ["the base's line taken back", { 'infra/a.tf': changed() }],
      [
        'the same lines at another place',
        { 'infra/a.tf': numbered(30).replace('line 25\nline 26\n', 'twenty-five\nfive\n') },
      ],
      ['another line for it', { 'infra/a.tf': changed([25, 'twenty-five']).replace('five\n', '5\n') }],
      [
        'the same lines in another file',
        { 'infra/a.tf': changed([25, 'twenty-five']).replace('five\n', 'line 5\n'), 'infra/b.tf': 'five\n' },
      ],
      ['another file of the tier', { 'infra/b.tf': 'x\n' }],
    ] as const)
      itInFull(`does not count with ${what}`, async () => {
        const result = await rebased(files);
        assert.equal(result.verdict, 'fail');
        assert.equal(
          result.tiers.find(({ name }) => name === 'critical')?.required.some(({ satisfied }) => satisfied),
          false,
        );
      });

    itInFull("does not count when a file's mode changed", async () => {
      assert.equal((await rebased()).verdict, 'pass');
      await branch.repo.git('update-index', '--chmod=+x', 'infra/a.tf');
      await branch.repo.git('commit', '--quiet', '--amend', '--no-edit');
      assert.equal((await check()).verdict, 'fail');
    });

    itInFull('does not count after a conflict, and names the changed file', async () => {
      await begin();
      await sign('ada');
      const { repo } = branch;
      await repo.git('checkout', '--quiet', 'main');
      await branch.commit('human: there', { 'infra/a.tf': numbered(10).replace('line 5\n', 'cinq\n') }, CARL);
      const date = await repo.git('log', '-1', '--format=%ad', '--date=raw', 'topic');
      await repo.git('checkout', '--quiet', '-B', 'topic');
      repo.write('infra/a.tf', numbered(10).replace('line 5\n', 'five, cinq\n'));
      await repo.git('add', '.');
      await repo.git(
        '-c',
        'user.name=X',
        '-c',
        'user.email=x@example.com',
        'commit',
        '--quiet',
        '-m',
        'ai: change',
        '--author=Carl <carl@example.com>',
        `--date=${date}`,
      );
      const result = await check();
      assert.equal(result.verdict, 'fail');
      assert.match(refusals(result).join(), /infra\/a\.tf" has changed since|infra\/a\.tf has changed since/);
    });
  });

  for (const [how, merge, back] of [
    ['merge', ['merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic'], ['revert', '--no-edit', '-m', '1', 'HEAD']],
    ['squash', ['merge', '--quiet', '--squash', 'topic'], ['revert', '--no-edit', 'HEAD']],
  ] as const)
    itInFull(`does not count again after a ${how} was reverted`, async () => {
      await begin();
      await sign('ada');
      const { repo } = branch;
      await repo.git('config', 'user.name', 'Bob');
      await repo.git('config', 'user.email', 'bob@example.com');
      await repo.git('checkout', '--quiet', 'main');
      await branch.commit('human: elsewhere in the file', { 'infra/a.tf': numbered(10).replace('10', 'ten') }, CARL);
      assert.equal((await check()).verdict, 'pass', 'not merged yet');
      await repo.git(...merge);
      if (how === 'squash') await repo.git('commit', '--quiet', '-m', 'Squashed');
      await repo.git(...back);
      const used = /the base has had this change since it was signed/;
      if (how === 'squash') assert.match(refusals(await check()).join(), used, 'the same branch once more');
      await repo.git('checkout', '--quiet', '-B', 'topic', 'main');
      await repo.git('revert', '--no-edit', 'HEAD');
      const again = await check();
      assert.equal(again.verdict, 'fail');
      await repo.git('commit', '--quiet', '--amend', '-m', 'ai: again');
      assert.equal((await check()).verdict, 'fail');
    });

  itInFull('does not count once the base has had those very files', async () => {
    await begin();
    await sign('ada');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.repo.git(
      '-c',
      'user.name=B',
      '-c',
      'user.email=b@example.com',
      'merge',
      '--quiet',
      '--no-ff',
      'topic',
    );
    await branch.repo.git('-c', 'user.name=B', '-c', 'user.email=b@example.com', 'revert', '--no-edit', '-m1', 'HEAD');
    await branch.repo.git('checkout', '--quiet', '-B', 'topic', 'main');
    const change = numbered(10).replace('line 5\n', 'five\n');
    await branch.commit('ai: once more', { 'infra/a.tf': change, 'src/a.ts': change }, CARL);
    const result = await check();
    assert.equal(result.verdict, 'fail');
    assert.match(refusals(result).join(), /ada@example\.com: the base has had this change since it was signed/);
  });

  itInFull('with another text under its signature is refused', async () => {
    const head = await begin();
    await sign('ada', { tiers: ['standard'] });
    const { changes } = await check();
    await copyNote(head, head, (line) => {
      const { text, signature } = JSON.parse(line) as { text: string; signature: string };
      return JSON.stringify({
        version: 1,
        text: JSON.stringify({ ...(JSON.parse(text) as object), tiers: changes }),
        signature,
      });
    });
    const result = await check();
    assert.equal(result.verdict, 'fail');
    assert.ok(
      refusals(result).includes('an unknown key: the signature is not of this text, or was made for another purpose'),
      refusals(result).join('\n'),
    );
  });

  itInFull('with a signature for another purpose is refused', async () => {
    const head = await begin();
    const { base, changes, policy } = await check();
    const text = signOffText({ base, head, onto: null, tiers: changes, policy: policy.digest, at: now });
    for (const [namespace, verdict] of [
      ['linekeeper-run', 'fail'],
      ['git', 'fail'],
      ['linekeeper-sign-off', 'pass'],
    ] as const) {
      const signature = signText(text, { key: keys.of('ada'), namespace });
      await addLine(branch.repo.repository(), SIGN_OFFS_REF, head, lineOf({ text, signature }));
      const result = await check();
      assert.equal(result.verdict, verdict, namespace);
      if (verdict === 'fail') assert.match(refusals(result).join('\n'), /was made for another purpose/);
    }
  });

  itInFull('by an unlisted key is refused', async () => {
    await begin(['grace']);
    await sign('ada');
    const result = await check();
    assert.deepEqual(
      [result.verdict, refusals(result)],
      ['fail', ['an unknown key: the key that signed is not among the allowed signers, or was not valid then']],
    );
  });

  itInFull('by a key that the base no longer lists is refused', async () => {
    await begin();
    await sign('ada');
    assert.equal((await check()).verdict, 'pass');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: ada has lost her key', { '.github/allowed_signers': keys.allowed(['grace']) }, CARL);
    const result = await check();
    assert.deepEqual(
      [result.verdict, refusals(result)],
      ['fail', ['an unknown key: the key that signed is not among the allowed signers, or was not valid then']],
    );
    await branch.repo.git('checkout', '--quiet', 'topic');
    await branch.commit('ai: put it back', { '.github/allowed_signers': keys.allowed(['ada']) }, CARL);
    assert.equal((await check()).verdict, 'fail', 'the branch has no say in who may sign');
  });

  itInFull('that has expired, or whose key has, is refused', async () => {
    await begin();
    await sign('ada');
    const late = await check({}, now + 31 * DAY);
    assert.equal(late.verdict, 'fail');
    assert.match(refusals(late).join('\n'), /ada@example\.com: it expired on \d{4}-\d\d-\d\d: sign again/);
    await branch.repo.dispose();
    const tomorrow = new Date(now + DAY).toISOString().slice(0, 10).replaceAll('-', '');
    await begin(['ada'], `valid-before="${tomorrow}"`);
    await sign('ada');
    assert.equal((await check()).verdict, 'pass');
    assert.match(
      refusals(await check({}, now + 3 * DAY)).join('\n'),
      /not among the allowed signers, or was not valid then/,
    );
  });

  itInFull('with a future date is refused', async () => {
    await begin();
    await sign('ada', { at: now + DAY });
    assert.match(refusals(await check()).join('\n'), /dated in the future/);
  });

  itInFull('for another base is refused', async () => {
    await begin();
    await branch.repo.git('branch', 'release', 'main');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: goes on', { 'other.txt': 'x\n' }, CARL);
    await branch.repo.git('checkout', '--quiet', 'topic');
    await sign('ada');
    assert.equal((await check()).verdict, 'pass');
    const result = await check({ base: await branch.repo.git('rev-parse', 'release') });
    assert.equal(result.verdict, 'fail');
    assert.match(refusals(result).join('\n'), /it was signed for another base/);
  });

  itInFull('for another branch at the same commit is refused', async () => {
    await begin();
    const { repo } = branch;
    await repo.git('branch', 'release', 'main');
    await repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    await sign('ada', { over: { base: 'origin' } });
    for (const base of ['main', 'refs/heads/main', 'origin/main', 'refs/remotes/origin/HEAD'])
      assert.equal((await check({ base })).verdict, 'pass', base);
    const tip = await repo.git('rev-parse', 'main');
    assert.equal((await check({ base: tip, onto: 'main' })).verdict, 'pass');
    for (const over of [{ base: 'release' }, { base: tip, onto: 'release' }]) {
      const result = await check(over);
      assert.equal(result.verdict, 'fail');
      assert.match(
        refusals(result).join('\n'),
        /it was signed for the branch main, and this goes into release: sign again for that/,
      );
    }
  });

  itInFull('for another commit, or under another policy, is refused', async () => {
    await begin();
    await branch.repo.git('checkout', '--quiet', '-b', 'harmless', 'main');
    const harmless = await branch.commit(
      'ai: harmless',
      { 'infra/a.tf': numbered(10).replace('line 6\n', 'six\n') },
      CARL,
    );
    await sign('ada', { tiers: ['critical'], over: { head: 'harmless' } });
    await branch.repo.git('checkout', '--quiet', 'topic');
    await copyNote(harmless, await branch.head());
    assert.match(refusals(await check()).join('\n'), /it was signed for another commit/);
    await sign('ada');
    assert.equal((await check()).verdict, 'pass');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: policy',
      { '.linekeeper.yml': BOTH.replace('unlisted', 'unlisted').replace('tiers:', 'unlisted: junior\ntiers:') },
      CARL,
    );
    assert.match(refusals(await check()).join('\n'), /under another policy/);
  });

  itInFull('still counts when only comments, white space and quotes of the policy change', async () => {
    await begin();
    await sign('ada');
    const onMain = async (policy: string): Promise<CheckResult> => {
      await branch.repo.git('checkout', '--quiet', 'main');
      await branch.commit('human: policy', { '.linekeeper.yml': policy }, CARL);
      return check();
    };
    const said = `# who signs\n\n${BOTH.replace('["infra/**"]', "[ 'infra/**' ] # production")}`;
    const same = await onMain(said);
    assert.deepEqual([same.verdict, refusals(same)], ['pass', []]);
    const other = await onMain(said.replace('mid: [bob@', 'mid: [dan@'));
    assert.match(refusals(other).join('\n'), /under another policy/);
  });

  itInFull('counts among more than a hundred others, and names those left out', async () => {
    const head = await begin();
    await sign('ada');
    const [line = ''] = (await readLines(branch.repo.repository(), SIGN_OFFS_REF)).get(head) ?? [];
    const { text, signature } = parseLine(line) ?? assert.fail('a sign-off can be read');
    const flood = Array.from({ length: 120 }, (_, at) =>
      lineOf({
        text: text.replace(/(?<="(?:policy|meaning)":")[^"]*/g, `sha256:${String(at).padStart(64, '0')}`),
        signature,
      }),
    );
    await branch.repo.git('notes', `--ref=${SIGN_OFFS_REF}`, 'add', '-f', '-m', [...flood, line].join('\n'), head);
    const result = await check();
    assert.equal(result.verdict, 'pass');
    assert.match(refusals(result).join('\n'), /^21 more sign-offs: this change has more than 100/m);
  });

  itInFull('travels with the notes, and can be verified years later', async () => {
    const head = await begin();
    const bare = await TestRepository.create();
    try {
      await bare.git('init', '--quiet', '--bare', 'remote.git');
      await branch.repo.git('remote', 'add', 'origin', bare.at('remote.git'));
      await branch.repo.git('push', '--quiet', 'origin', 'main', 'topic');
      await sign('ada');
      assert.deepEqual(await pushSignOffs(branch.repo.repository(), 'origin'), {
        received: 0,
        sent: true,
        newThere: 1,
      });
      assert.equal((await pushSignOffs(branch.repo.repository(), 'origin')).newThere, 0);
      const clone = await TestRepository.create();
      try {
        await clone.git('remote', 'add', 'origin', bare.at('remote.git'));
        await clone.git('fetch', '--quiet', 'origin');
        assert.equal((await fetchSignOffs(clone.repository(), 'origin')).received, 1);
        const range = { base: 'origin/main', head, actor: 'carl' };
        const there = await branch.check({
          ...range,
          repository: clone.repository(),
          approvals: null,
          signedFor: signedFor(clone.repository(), now),
        });
        assert.equal(there.verdict, 'pass');
        // both write before either pushes
        await signOff(clone.repository(), { result: there, tiers: ['critical'], key: keys.of('grace'), now });
        await sign('bob', { tiers: ['standard'] });
        await pushSignOffs(clone.repository(), 'origin');
        await pushSignOffs(branch.repo.repository(), 'origin');
        const all = await signOffsOn(branch.repo.repository(), head);
        assert.deepEqual(all.map(({ by, why }) => [by[0], why]).sort(), [
          ['ada@example.com', ''],
          ['bob@example.com', ''],
          ['grace@example.com', ''],
        ]);
      } finally {
        await clone.dispose();
      }
    } finally {
      await bare.dispose();
    }
  });
});
