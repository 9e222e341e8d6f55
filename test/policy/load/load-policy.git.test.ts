import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gitCalls, repositoryName, type Repository } from '../../../src/git';
import { readAuthority } from '../../../src/guard/run-approval/people-who-may-approve';
import { BUILT_IN_POLICY } from '../../../src/policy';
import { baseHead, baseName, cacheOf, loadPolicy } from '../../../src/policy/load';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';

const POLICY = 'version: 1\ntiers: [{name: critical, paths: ["infra/**"]}]\n';
const OTHER = 'version: 1\ntiers: [{name: other, paths: ["**"]}]\n';

describe('loadPolicy', () => {
  let upstream: TestRepository;
  let clone: TestRepository;
  beforeEach(async () => {
    upstream = await TestRepository.create();
    clone = await TestRepository.create();
  });
  afterEach(async () => {
    await upstream.dispose();
    await clone.dispose();
  });

  async function cloned(policy: string | null): Promise<Repository> {
    upstream.write('a.txt', 'a\n');
    if (policy !== null) upstream.write('.linekeeper.yml', policy);
    await upstream.commit('first');
    await clone.git('remote', 'add', 'origin', upstream.root);
    await clone.git('fetch', '--quiet', 'origin');
    await clone.git('remote', 'set-head', 'origin', '--auto');
    await clone.git('reset', '--quiet', '--hard', 'origin/main');
    return clone.repository();
  }

  it('returns the built-in policy when there is no file', async () => {
    const loaded = await loadPolicy(clone.repository());
    assert.deepEqual(
      [loaded.policy, loaded.source, loaded.problems, loaded.differsFromWorkingCopy],
      [BUILT_IN_POLICY, 'built-in', [], false],
    );
    assert.match(loaded.digest, /^sha256:[0-9a-f]{64}$/);
  });

  it("returns the working copy's when no base branch is known", async () => {
    clone.write('.linekeeper.yml', POLICY);
    const loaded = await loadPolicy(clone.repository());
    assert.deepEqual(
      [loaded.policy.tiers[0]?.name, loaded.source, loaded.differsFromWorkingCopy, loaded.patternLines],
      ['critical', '.linekeeper.yml', false, [[2]]],
    );
  });

  it("a usual branch's policy: decides when origin/HEAD is not known, unless two branches have usual names", async () => {
    const repository = await cloned(POLICY);
    clone.write('.linekeeper.yml', OTHER);
    await clone.git('remote', 'set-head', 'origin', '--delete');
    assert.equal((await loadPolicy(repository)).source, 'origin/main:.linekeeper.yml');
    assert.equal((await loadPolicy(repository)).policy.tiers[0]?.name, 'critical');
    await clone.git('update-ref', 'refs/remotes/origin/master', 'refs/remotes/origin/main');
    assert.equal((await loadPolicy(repository)).source, '.linekeeper.yml');
    await clone.git('update-ref', '-d', 'refs/remotes/origin/main');
    assert.equal((await loadPolicy(repository)).source, 'origin/master:.linekeeper.yml');
  });

  it('a clone whose remote has another name: the policy of its main branch decides, until the remote is called origin', async () => {
    upstream.write('.linekeeper.yml', POLICY);
    await upstream.commit('first');
    await clone.git('remote', 'add', 'company', upstream.root);
    await clone.git('fetch', '--quiet', 'company');
    await clone.git('remote', 'add', 'mine', '/nowhere');
    clone.write('.linekeeper.yml', OTHER);
    const sourceNow = async (): Promise<string> => (await loadPolicy(clone.repository())).source;
    assert.equal(await sourceNow(), 'company/main:.linekeeper.yml', 'by its usual name');
    await upstream.git('branch', '--move', 'main', 'trunk');
    await clone.git('fetch', '--quiet', '--prune', 'company');
    assert.equal(await sourceNow(), '.linekeeper.yml', 'no branch has a usual name');
    await clone.git('remote', 'set-head', 'company', '--auto');
    assert.equal(await sourceNow(), 'company/trunk:.linekeeper.yml');
    await clone.git('remote', 'set-url', 'company', 'https://example.com/acme/shop.git');
    const repository = clone.repository();
    assert.deepEqual(
      [
        baseName(repository),
        baseHead(repository),
        (await readAuthority(repository, 0)).where,
        (await repositoryName(repository)).name,
      ],
      ['company/trunk', 'company/HEAD', 'company/trunk', 'example.com/acme/shop'],
    );
    await clone.git('remote', 'rename', 'company', 'acme/shop');
    assert.equal(await sourceNow(), 'acme/shop/trunk:.linekeeper.yml', 'a name with a slash');
    await clone.git('remote', 'rename', 'acme/shop', 'origin');
    assert.equal(await sourceNow(), 'origin/trunk:.linekeeper.yml');
  });

  it('a clone whose origin was never fetched: the policy of the remote that was decides, also when its refs are packed', async () => {
    upstream.write('.linekeeper.yml', POLICY);
    await upstream.commit('first');
    await clone.git('remote', 'add', 'company', upstream.root);
    await clone.git('fetch', '--quiet', 'company');
    await clone.git('remote', 'add', 'origin', '/nowhere/fork');
    clone.write('.linekeeper.yml', OTHER);
    const sourceNow = async (): Promise<string> => (await loadPolicy(clone.repository())).source;
    assert.equal(await sourceNow(), 'company/main:.linekeeper.yml');
    await clone.git('pack-refs', '--all');
    rmSync(clone.at('.git/refs/remotes'), { recursive: true, force: true });
    assert.equal(await sourceNow(), 'company/main:.linekeeper.yml');
    await clone.git('fetch', '--quiet', upstream.root, '+main:refs/remotes/origin/main');
    assert.equal(await sourceNow(), 'origin/main:.linekeeper.yml', 'as soon as origin was fetched');
  });

  it("a usual branch's policy: decides when the remote's main branch was renamed and the old one pruned", async () => {
    const repository = await cloned(POLICY);
    clone.write('.linekeeper.yml', OTHER);
    await clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    assert.equal((await loadPolicy(repository)).source, 'origin/main:.linekeeper.yml');
  });

  itInFull("returns the base branch's, and says when the working copy's differs", async () => {
    const repository = await cloned(POLICY);
    const same = await loadPolicy(repository);
    assert.deepEqual(
      [same.policy.tiers[0]?.name, same.source, same.differsFromWorkingCopy],
      ['critical', 'origin/main:.linekeeper.yml', false],
    );
    clone.write('.linekeeper.yml', POLICY.replaceAll('\n', '\r\n'));
    assert.equal((await loadPolicy(repository)).differsFromWorkingCopy, false, 'line breaks are no difference');
    clone.write('.linekeeper.yml', OTHER);
    const other = await loadPolicy(repository);
    assert.deepEqual([other.policy.tiers[0]?.name, other.differsFromWorkingCopy], ['critical', true]);
    await clone.commit('another policy on a branch');
    assert.equal((await loadPolicy(repository)).policy.tiers[0]?.name, 'critical');
    clone.remove('.linekeeper.yml');
    assert.equal((await loadPolicy(repository)).differsFromWorkingCopy, true);
  });

  itInFull("returns the working copy's when the base branch has none", async () => {
    const repository = await cloned(null);
    assert.equal((await loadPolicy(repository)).source, 'built-in');
    clone.write('.linekeeper.yml', POLICY);
    assert.equal((await loadPolicy(repository)).source, '.linekeeper.yml');
  });

  it('returns the built-in policy with reasons when the file is broken, a link or a folder', async () => {
    const repository = clone.repository();
    clone.write('.linekeeper.yml', 'version: 1\ntiers: [\n');
    const broken = await loadPolicy(repository);
    assert.deepEqual([broken.policy, broken.source], [BUILT_IN_POLICY, '.linekeeper.yml']);
    assert.match(broken.problems[0]?.message ?? '', /not valid YAML/);
    clone.remove('.linekeeper.yml');
    symlinkSync('/etc/passwd', clone.at('.linekeeper.yml'));
    assert.match((await loadPolicy(repository)).problems[0]?.message ?? '', /symbolic link/);
    clone.remove('.linekeeper.yml');
    clone.write('.linekeeper.yml/x', 'x');
    assert.match((await loadPolicy(repository)).problems[0]?.message ?? '', /no plain file/);
  });

  it('does not follow a symbolic link on the base', async () => {
    upstream.write('real.yml', POLICY);
    symlinkSync('real.yml', upstream.at('.linekeeper.yml'));
    const loaded = await loadPolicy(await cloned(null));
    assert.deepEqual([loaded.policy, loaded.problems[0]?.message], [BUILT_IN_POLICY, 'the policy is a symbolic link']);
  });

  itInFull('parses once, and reads its cache without git, also when it is damaged', async () => {
    const repository = await cloned(POLICY);
    const first = await loadPolicy(repository);
    const folder = cacheOf(repository);
    const name = readdirSync(folder).find((file) => file.endsWith('.json'));
    assert.ok(name !== undefined);
    const kept = path.join(folder, name);
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"name":"critical"', '"name":"from-the-cache"'));
    const before = gitCalls();
    assert.equal((await loadPolicy(repository)).policy.tiers[0]?.name, 'from-the-cache');
    assert.equal(gitCalls() - before, 0);
    for (const rubbish of ['', '{', 'null', '{"policy":null,"problems":[]}', '[1]']) {
      writeFileSync(kept, rubbish);
      assert.deepEqual(await loadPolicy(repository), first, rubbish);
    }
  });

  itInFull('asks git again when the base branch moves, loose or packed', async () => {
    const repository = await cloned(POLICY);
    await loadPolicy(repository);
    const asked = async (): Promise<readonly [string | undefined, number]> => {
      const before = gitCalls();
      const { policy } = await loadPolicy(repository);
      return [policy.tiers[0]?.name, gitCalls() - before];
    };
    await clone.git('pack-refs', '--all');
    assert.deepEqual(await asked(), ['critical', 0]);
    upstream.write('.linekeeper.yml', OTHER);
    await upstream.commit('another policy');
    await clone.git('fetch', '--quiet', 'origin');
    assert.deepEqual(await asked(), ['other', 2], 'where it is, and what it says');
    assert.deepEqual(await asked(), ['other', 0]);
    await clone.git('pack-refs', '--all');
    assert.deepEqual(await asked(), ['other', 0]);
    writeFileSync(path.join(cacheOf(repository), 'base'), 'rubbish\n');
    assert.deepEqual(await asked(), ['other', 1]);
    upstream.remove('.linekeeper.yml');
    await upstream.commit('no policy any more');
    await clone.git('fetch', '--quiet', 'origin');
    clone.remove('.linekeeper.yml');
    assert.deepEqual(await asked(), [BUILT_IN_POLICY.tiers[0]?.name, 1]);
    assert.deepEqual(await asked(), [BUILT_IN_POLICY.tiers[0]?.name, 0]);
  });

  itInFull('works without a writable cache, and keeps only a few policies', async () => {
    const repository = clone.repository();
    for (let index = 0; index < 20; index++) {
      clone.write('.linekeeper.yml', POLICY.replace('critical', `tier-${String(index)}`));
      await loadPolicy(repository);
    }
    assert.ok(readdirSync(cacheOf(repository)).length <= 16);
    chmodSync(cacheOf(repository), 0o500);
    clone.write('.linekeeper.yml', OTHER);
    assert.equal((await loadPolicy(repository)).policy.tiers[0]?.name, 'other');
    chmodSync(cacheOf(repository), 0o700);
  });
});
