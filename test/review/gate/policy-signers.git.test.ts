/**
 * A newer version of a vendored policy, signed by a key that the base lists: it needs no second sign-off here, and
 * whatever is not exactly that needs one.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { CheckResult } from '../../../src/review/gate';
import { digestOf } from '../../../src/policy/load';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { CARL, TestRepository } from '../../support/repository';
import { SshKeys } from '../../support/ssh-keys';
import { approved, Branch, missing, numbered } from '../../support/gate';

const acme = (serial: number | null, approvals = 1): string =>
  `version: 1\n${serial === null ? '' : `serial: ${String(serial)}\n`}unlisted: junior
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: senior, approvals: ${String(approvals)} } }
`;
const SIGNERS = '.github/policy_signers';
const OWN = `version: 1
extends: [.linekeeper/vendor/acme.yml]
policy-signers: [${SIGNERS}]
people: { senior: [ada@example.com, grace@example.com] }
aliases: { ada: [ada@example.com], grace: [grace@example.com], carl: [carl@example.com] }
`;
const FILE = '.linekeeper/vendor/acme.yml';
const lockOf = (policy: string, url = 'https://example.com/acme/policies'): string =>
  `${JSON.stringify({ url, ref: 'v2', path: '.linekeeper.yml', commit: 'a'.repeat(40), digest: digestOf(Buffer.from(policy)) }, null, 2)}\n`;

describe('a signed update of a vendored policy:', function () {
  this.timeout(60_000);
  let branch: Branch;
  let keys: SshKeys;

  /** On main: release 3 of acme's policy, and whose signatures count. */
  async function begin(signers?: string, own = OWN): Promise<void> {
    branch = await Branch.create({ 'infra/a.tf': numbered(3) }, own);
    keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: vendor',
      { ...bump(acme(3), 'acme'), [SIGNERS]: signers ?? keys.allowed(['acme']) },
      CARL,
    );
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
  }
  afterEach(() => branch.repo.dispose());

  const signed = (text: string, by: string, namespace = 'linekeeper-policy'): string =>
    execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-f', keys.of(by), '-n', namespace], {
      input: text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  const bump = (policy: string, by: string): Readonly<Record<string, string>> => ({
    [FILE]: policy,
    [`${FILE}.lock`]: lockOf(policy),
    [`${FILE}.sig`]: signed(policy, by),
  });
  const noticed = ({ notices }: CheckResult): string => notices.filter((one) => one.includes('acme.yml')).join('\n');

  it('needs no sign-off, whoever opens it, and the answer says who signed', async () => {
    await begin();
    await branch.commit('renovate', bump(acme(4, 2), 'acme'), CARL);
    const result = await branch.check();
    assert.deepEqual([result.verdict, missing(result)], ['pass', []]);
    assert.equal(
      noticed(result),
      '.linekeeper/vendor/acme.yml is signed by acme@example.com, whom policy-signers lists on the base, so it needs no sign-off here.',
    );
    assert.deepEqual(result.tiers.flatMap(({ files }) => files).sort(), [FILE, `${FILE}.lock`, `${FILE}.sig`]);
  });

  itInFull('needs none either where a tier of the base names its folder, or asks for what AI wrote', async () => {
    await begin(
      undefined,
      `${OWN}tiers:\n  - name: critical\n    paths: [".linekeeper/**"]\n    review: { any: { from: senior, approvals: 2 }, ai: { junior: { from: senior, approvals: 1 } } }\n`,
    );
    await branch.commit('ai: bump', bump(acme(4), 'acme'), CARL);
    assert.equal((await branch.check()).verdict, 'pass');
  });

  const hostile: readonly (readonly [
    name: string,
    commit: () => Readonly<Record<string, string | null>>,
    why: RegExp,
  ])[] = [
    ['an older release', () => bump(acme(2), 'acme'), /its serial is 2, and the base has 3 already/],
    ['another release under the same number', () => bump(acme(3, 2), 'acme'), /its serial is 3, and the base has 3/],
    ['a release without a number', () => bump(acme(null), 'acme'), /it has no serial/],
    ['a key that nobody lists', () => bump(acme(4), 'mallory'), /not among the allowed signers/],
    [
      'a key that the same change lists',
      () => ({ ...bump(acme(4), 'mallory'), [SIGNERS]: keys.allowed(['acme', 'mallory']) }),
      /also touches \.github\/policy_signers/,
    ],
    [
      'a key that the same change lists in a file of its own',
      () => ({
        ...bump(acme(4), 'mallory'),
        '.linekeeper.yml': OWN.replace(SIGNERS, '.linekeeper/theirs'),
        '.linekeeper/theirs': keys.allowed(['mallory']),
      }),
      /also touches \.linekeeper\.yml/,
    ],
    [
      'another file beside it',
      () => ({ ...bump(acme(4), 'acme'), 'README.md': '# other\n' }),
      /also touches README\.md, and it may hold nothing but the policy, its lock and its signature or tag/,
    ],
    [
      'a signature over other bytes',
      () => ({ ...bump(acme(4), 'acme'), [`${FILE}.sig`]: signed(acme(5), 'acme') }),
      /not of this text, or was made for another purpose/,
    ],
    [
      'a signature for another purpose',
      () => ({ ...bump(acme(4), 'acme'), [`${FILE}.sig`]: signed(acme(4), 'acme', 'linekeeper-sign-off') }),
      /not of this text, or was made for another purpose/,
    ],
    ['what is no signature', () => ({ ...bump(acme(4), 'acme'), [`${FILE}.sig`]: 'yes\n' }), /is no SSH signature/],
    ['no signature', () => ({ ...bump(acme(4), 'acme'), [`${FILE}.sig`]: null }), /there is no .*acme\.yml\.sig/],
    [
      'a lock that pins something else',
      () => ({ ...bump(acme(4), 'acme'), [`${FILE}.lock`]: lockOf(acme(5)) }),
      /with it the policy here is broken/,
    ],
    [
      'a lock that names another place',
      () => ({ ...bump(acme(4), 'acme'), [`${FILE}.lock`]: lockOf(acme(4), 'https://example.com/mallory/policies') }),
      /its lock names another place/,
    ],
    ['the lock alone', () => ({ [`${FILE}.lock`]: lockOf(acme(3), 'https://example.com/m') }), /another place/],
    ['a policy that does not parse', () => bump(`${acme(4)}tires: []\n`, 'acme'), /with it the policy here is broken/],
    ['its removal', () => ({ [FILE]: null, [`${FILE}.sig`]: null }), /is no plain file any more/],
  ];
  for (const [index, [name, files, why]] of hostile.entries())
    (index % 4 === 0 ? it : itInFull)(`needs the strictest sign-off with ${name}, and says why`, async () => {
      await begin();
      await branch.commit('human: bump', files(), CARL);
      const result = await branch.check();
      assert.equal(result.verdict, 'fail', noticed(result));
      assert.match(noticed(result), why);
      assert.match(missing(result).join('\n'), /a senior's sign-off is missing/);
      assert.equal((await branch.check({ approvals: [approved('ada', await branch.head())] })).verdict, 'pass');
    });

  it('needs a sign-off as a symbolic link, or with a linked signature', async () => {
    for (const linked of [FILE, `${FILE}.sig`]) {
      await begin();
      const files = bump(acme(4), 'acme');
      await branch.commit('human: bump', files, CARL);
      const target = (await branch.repo.git('hash-object', '-w', path.join(branch.repo.root, linked))).trim();
      await branch.repo.git('update-index', '--cacheinfo', `120000,${target},${linked}`);
      await branch.repo.git('commit', '--quiet', '--message', 'human: link');
      const result = await branch.check();
      assert.equal(result.verdict, 'fail');
      assert.match(noticed(result), linked === FILE ? /no plain file any more/ : /there is no .*\.sig/);
      if (linked === FILE) await branch.repo.dispose();
    }
  });

  itInFull('counts for nothing where the base lists no key, an expired one, or one for another purpose', async () => {
    const lists = [
      ['# nobody\n\n', /policy-signers lists no key on the base/],
      ['expired', /not among the allowed signers, or was not valid then/],
      ['purpose', /not of this text, or was made for another purpose/],
    ] as const;
    for (const [index, [list, why]] of lists.entries()) {
      await begin('# nobody\n');
      const text =
        list === 'expired'
          ? keys.allowed(['acme'], 'valid-before="20200101"')
          : list === 'purpose'
            ? keys.allowed(['acme'], 'namespaces="linekeeper-sign-off"')
            : list;
      await branch.repo.git('checkout', '--quiet', 'main');
      await branch.commit('human: signers', { [SIGNERS]: `${text}\n` }, CARL);
      await branch.repo.git('checkout', '--quiet', '-B', 'topic');
      await branch.commit('human: bump', bump(acme(4), 'acme'), CARL);
      const result = await branch.check();
      assert.equal(result.verdict, 'fail');
      assert.match(noticed(result), why);
      if (index < lists.length - 1) await branch.repo.dispose();
    }
  });

  it('needs a sign-off when it is older than what the base has had since the branch began', async () => {
    await begin();
    await branch.commit('human: bump', bump(acme(4), 'acme'), CARL);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: newer', bump(acme(5), 'acme'), CARL);
    const result = await branch.check();
    assert.match(noticed(result), /its serial is 4, and the base has 5 already/);
    assert.equal(result.verdict, 'fail');
  });

  itInFull("needs a sign-off for the list of signers itself, as for the gate's own files", async () => {
    await begin();
    await branch.commit('human: one more', { [SIGNERS]: keys.allowed(['acme', 'carl']) }, CARL);
    const result = await branch.check();
    assert.match(missing(result).join('\n'), /a senior's sign-off is missing/);
  });

  it('holds no deployment up when it was merged beside other changes', async () => {
    await begin();
    const before = await branch.repo.git('rev-parse', 'main');
    await branch.commit('human: bump', { ...bump(acme(4), 'acme'), 'README.md': '# other\n' }, CARL);
    const head = await branch.head();
    const result = await branch.check({ base: before, policyAt: head });
    assert.deepEqual([result.verdict, missing(result)], ['pass', []]);
  });

  describe('when policy vendor brings it,', () => {
    let shared: TestRepository;
    beforeEach(async () => {
      shared = await TestRepository.create();
    });
    afterEach(() => shared.dispose());

    const release = async (text: string, signature: string | null): Promise<void> => {
      shared.write('.linekeeper.yml', text);
      if (signature === null) shared.remove('.linekeeper.yml.sig');
      else shared.write('.linekeeper.yml.sig', signature);
      await shared.commit('release');
    };
    const vendor = async (): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> =>
      linekeeper(branch.repo, ['policy', 'vendor', shared.root, '--as', 'acme.yml']);

    it('comes with its signature, whose signer is named', async () => {
      await begin();
      await release(acme(4), signed(acme(4), 'acme'));
      const { stdout, stderr } = await vendor();
      assert.match(stdout, /signed by acme@example\.com, whom policy-signers lists[^]*Commit all three files/, stderr);
      assert.equal(branch.repo.read(`${FILE}.sig`), signed(acme(4), 'acme'));
      await release(acme(5), signed(acme(5), 'mallory'));
      assert.match((await vendor()).stdout, /replaces no sign-off here, since the key that signed is not among/);
    });

    itInFull(
      'that is signed wrongly changes nothing, and one without a signature takes the old signature away',
      async () => {
        await begin();
        await release(acme(4), signed(acme(5), 'acme'));
        const { code, stderr } = await vendor();
        assert.equal(code, 2);
        assert.match(stderr, /is not of its policy, so nothing was changed here.*ssh-keygen -Y sign/);
        assert.equal(branch.repo.read(FILE), acme(3));
        await release(acme(4), null);
        assert.match((await vendor()).stdout, /Commit both files/);
        assert.throws(() => branch.repo.read(`${FILE}.sig`), /ENOENT/);
      },
    );
  });

  describe('when policy vendor brings a signed tag,', () => {
    let shared: TestRepository;
    beforeEach(async () => {
      shared = await TestRepository.create();
      await begin();
    });
    afterEach(() => shared.dispose());
    const TAG = `${FILE}.tag`;
    const PLACE = 'teams/shop/policy.yml';

    /** A release of acme's policy, tagged; and what `policy vendor` writes of it. */
    const vendored = async (tag: string, { by = 'acme', text = acme(4), sign = true } = {}): Promise<string> => {
      shared.write(PLACE, text);
      await shared.commit(`Release ${tag}`, { args: ['--allow-empty'] });
      const key = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${keys.of(by)}`];
      await shared.git(...key, 'tag', ...(sign ? ['--sign'] : ['--annotate']), '--message', `Release ${tag}`, tag);
      const word = `${shared.root}@${tag}`;
      const { code, stdout, stderr } = await linekeeper(branch.repo, [
        ...['policy', 'vendor', word, '--as', 'acme.yml', '--path', PLACE],
      ]);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    /** The lock on main names the place that the releases come from. */
    const onMain = async (): Promise<void> => {
      await vendored('v3', { text: acme(3) });
      await branch.repo.git('checkout', '--quiet', 'main');
      await branch.repo.git('add', '--all');
      await branch.repo.git('commit', '--quiet', '--message', 'human: vendor');
      await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    };
    const checked = async (files: Readonly<Record<string, string>> = {}): Promise<CheckResult> => {
      for (const [name, text] of Object.entries(files)) branch.repo.write(name, text);
      await branch.repo.git('add', '--all');
      await branch.repo.git('commit', '--quiet', '--message', 'human: bump');
      return branch.check();
    };

    it('the update needs no sign-off, and the answers say who signed', async () => {
      await onMain();
      assert.match(
        await vendored('v4'),
        /acme\.yml\.tag: signed by acme@example\.com, whom policy-signers lists[^]*Commit all three files/,
      );
      const result = await checked();
      assert.deepEqual([result.verdict, missing(result)], ['pass', []], noticed(result));
      assert.match(noticed(result), /acme\.yml is signed by acme@example\.com, whom policy-signers lists on the base/);
    });

    it('the update needs a sign-off, and says why, when the proof is of anything else', async () => {
      await onMain();
      await vendored('v4');
      const [policy, lock, tag] = [FILE, `${FILE}.lock`, TAG].map((name) => branch.repo.read(name));
      const parsed = (text = ''): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
      const objects = parsed(tag);
      const other = acme(9);
      const digest = digestOf(Buffer.from(other));
      const trees = objects['trees'] as string[];
      const texts: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
        [{ [FILE]: other, [`${FILE}.lock`]: JSON.stringify({ ...parsed(lock), digest }) }, /its tag has another text/],
        [{ [`${FILE}.lock`]: JSON.stringify({ ...parsed(lock), ref: 'v5' }) }, /its tag is not v5 of the commit/],
        [{ [`${FILE}.lock`]: JSON.stringify({ ...parsed(lock), commit: 'a'.repeat(40) }) }, /its tag is not v4 of/],
        [{ [`${FILE}.lock`]: JSON.stringify({ ...parsed(lock), ref: null }) }, /its lock names no tag/],
        [
          { [TAG]: JSON.stringify({ ...objects, commit: `${String(objects['commit'])}!` }) },
          /the commit beside its tag/,
        ],
        [{ [TAG]: JSON.stringify({ ...objects, trees: [trees[1], ...trees.slice(1)] }) }, /the folders beside its tag/],
        [{ [TAG]: JSON.stringify({ ...objects, trees: [] }) }, /the folders beside its tag/],
        [
          { [TAG]: JSON.stringify({ ...objects, tag: String(objects['tag']).replace('Release', 'release') }) },
          /not of this/,
        ],
        [
          { [TAG]: JSON.stringify({ ...objects, tag: String(objects['tag']).split('-----BEGIN')[0] }) },
          /no SSH signature/,
        ],
        [{ [TAG]: '{"tag": 1}' }, /the file of its tag is broken/],
        [{ [TAG]: 'x'.repeat(5_000_000) }, /the file of its tag is broken/],
      ];
      for (const [files, why] of texts) {
        const result = await checked({
          [FILE]: policy ?? '',
          [`${FILE}.lock`]: lock ?? '',
          [TAG]: tag ?? '',
          ...files,
        });
        assert.equal(result.verdict, 'fail', String(why));
        assert.match(noticed(result), why);
      }
    });

    itInFull('the update needs a sign-off when nobody listed signed the tag, or nobody did', async () => {
      await onMain();
      assert.match(await vendored('v4', { by: 'mallory' }), /replaces no sign-off here, since the key that signed/);
      assert.match(noticed(await checked()), /the key that signed it is not among|not among the allowed signers/);
      assert.match(await vendored('v5', { text: acme(5), sign: false }), /Commit both files/);
      assert.match(noticed(await checked()), /there is no .*acme\.yml\.sig and no .*acme\.yml\.tag/);
    });
  });
});
