/** One policy for many repositories: vendored with its digest pinned, and what tampering with it is answered. */
import assert from 'node:assert/strict';
import { digestOf, loadPolicy } from '../../../src/policy/load';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { CARL, TestRepository } from '../../support/repository';
import { approved, Branch, missing, numbered } from '../../support/gate';

const ACME = `version: 1
unlisted: junior
tiers:
  - name: critical
    paths: ["infra/**"]
    review: { any: { from: senior, approvals: 1 } }
`;
const OWN = `version: 1
extends: [.linekeeper/vendor/acme.yml]
people: { senior: [ada@example.com, grace@example.com] }
aliases: { ada: [ada@example.com], grace: [grace@example.com], carl: [carl@example.com] }
`;
const VENDORED = '.linekeeper/vendor/acme.yml';

describe('a vendored policy', function () {
  this.timeout(60_000);
  let shared: TestRepository;
  let branch: Branch;

  beforeEach(async () => {
    shared = await TestRepository.create();
    shared.write('.linekeeper.yml', ACME);
    await shared.commit('policy');
    await shared.git('tag', 'v1');
    branch = await Branch.create({ 'infra/a.tf': numbered(3) }, OWN);
    await branch.repo.git('checkout', '--quiet', 'main');
  });
  afterEach(async () => {
    await shared.dispose();
    await branch.repo.dispose();
  });

  const vendor = async (...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await linekeeper(branch.repo, ['policy', 'vendor', ...words]);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const begin = async (): Promise<void> => {
    await vendor(`${shared.root}@v1`, '--as', 'acme.yml');
    await branch.repo.commit('human: vendor', { as: CARL });
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
  };

  it('is fetched and updated with its digest pinned, and decides in check, hooks and show', async () => {
    assert.match((await linekeeper(branch.repo, ['policy', 'check'])).stdout, /is not there as a plain file/);
    assert.match(await vendor(`${shared.root}@v1`, '--as', 'acme.yml'), /acme\.yml written from .* at v1/);
    assert.match((await linekeeper(branch.repo, ['policy', 'check'])).stdout, /valid. Tiers, highest first: critical/);
    await branch.repo.commit('human: vendor', { as: CARL });
    const repository = branch.repo.repository();
    const first = await loadPolicy(repository);
    assert.deepEqual(
      [first.policy.tiers[0]?.any?.approvals, first.origins['tiers.critical.any'], first.problems],
      [1, VENDORED, []],
    );
    assert.match(
      (await linekeeper(branch.repo, ['policy', 'show'])).stdout,
      /critical\n[^]*from +\.linekeeper\/vendor\/acme\.yml[^]*people +from \.linekeeper\.yml/,
    );
    shared.write('.linekeeper.yml', ACME.replace('approvals: 1', 'approvals: 2'));
    await shared.commit('stricter');
    assert.match(await vendor(), /is what it was/, 'v1 is v1');
    assert.match(await vendor(shared.root, '--as', 'acme.yml'), /acme\.yml updated/);
    const second = await loadPolicy(repository);
    assert.deepEqual([second.policy.tiers[0]?.any?.approvals, second.digest === first.digest], [2, false]);
    await branch.repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    await branch.repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    assert.equal((await loadPolicy(repository)).policy.tiers[0]?.any?.approvals, 1, "the base's decides");
    await branch.repo.commit('human: update', { as: CARL });
    await branch.repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    assert.equal(
      (await loadPolicy(repository)).policy.tiers[0]?.any?.approvals,
      2,
      'what was compiled of the old one is not taken',
    );
  });

  it('at a tag: names the command with the newest tag of its form, or the form of it, when asked for again', async () => {
    await begin();
    assert.match(await vendor(), /v1 is a tag, which never changes\. There is none newer yet.*@TAG' --as acme\.yml"/);
    for (const tag of ['v2', 'v10', 'v0', 'other-11']) await shared.git('tag', tag);
    const command = /"linekeeper (policy vendor .*)"/.exec(await vendor())?.[1];
    assert.equal(command, `policy vendor '${shared.root}@v10' --as acme.yml`);
    await vendor(`${shared.root}@v10`, '--as', 'acme.yml');
    assert.match(await vendor(), /v10 is a tag/);
    shared.write('.linekeeper.yml', ACME.replace('approvals: 1', 'approvals: 2'));
    await shared.commit('stricter');
    await shared.git('tag', '--force', 'v10');
    assert.match(
      await vendor(),
      /acme\.yml updated .*\nCareful: v10 is a tag, and somebody has moved it there from [0-9a-f]{12} to [0-9a-f]{12}\./,
    );
    assert.doesNotMatch(await vendor(), /Careful/);
    await shared.git('branch', 'v11');
    await vendor(`${shared.root}@v11`, '--as', 'acme.yml');
    assert.doesNotMatch(await vendor(), /is a tag/);
  });

  it('that takes people from files: vendor and check name the file until it is in this repository', async () => {
    shared.write('.linekeeper.yml', `${ACME}people: { senior: { from: team/seniors.txt } }\n`);
    await shared.commit('people in a file');
    branch.repo.write('.linekeeper.yml', 'version: 1\nextends: [.linekeeper/vendor/acme.yml]\n');
    assert.match(
      await vendor(shared.root, '--as', 'acme.yml'),
      /takes people from team\/seniors\.txt, which this command does not bring/,
    );
    const absent = await linekeeper(branch.repo, ['policy', 'check']);
    assert.deepEqual(
      [absent.code, absent.stdout],
      [
        1,
        `.linekeeper.yml:2:11: ${VENDORED} takes people from team/seniors.txt, which is not there, so the check will know nobody's level (add the file, relative to the root of this repository)\n`,
      ],
    );
    branch.repo.write('team/seniors.txt', 'ada@example.com\n');
    assert.equal((await linekeeper(branch.repo, ['policy', 'check'])).code, 0);
    assert.doesNotMatch(await vendor(), /takes people from/);
    assert.match(
      (await linekeeper(branch.repo, ['policy', 'explain', 'infra/a.tf'])).stdout,
      /^infra\/a\.tf belongs to critical: \.linekeeper\/vendor\/acme\.yml, pattern "infra\/\*\*"\./,
    );
  });

  itInFull('changed by the branch needs the most that any tier asks for, and decides nothing yet', async () => {
    await begin();
    await branch.commit(
      'human: loosen',
      { [VENDORED]: ACME.replace('senior', 'junior'), 'infra/a.tf': numbered(4) },
      CARL,
    );
    const result = await branch.check();
    assert.equal(result.verdict, 'fail');
    assert.match(missing(result).join('\n'), /a senior's sign-off is missing/);
    assert.ok(result.tiers[0]?.files.includes(VENDORED), "it is one of the gate's own files");
    assert.equal((await branch.check({ approvals: [approved('ada', await branch.head())] })).verdict, 'pass');
  });

  itInFull('with a digest changed by the branch: the old one decides, and the most of any tier is needed', async () => {
    await begin();
    const looser = ACME.replace('senior', 'junior');
    const [before, after] = [ACME, looser].map((text) => digestOf(Buffer.from(text)));
    const lock = branch.repo.read(`${VENDORED}.lock`).replace(before ?? '', after ?? '');
    assert.match(lock, new RegExp(after ?? ''));
    for (const files of [{ [VENDORED]: looser, [`${VENDORED}.lock`]: lock }, { [`${VENDORED}.lock`]: lock }]) {
      await branch.repo.git('checkout', '--quiet', '-B', 'topic', 'main');
      await branch.commit('human: pin another', { ...files, 'infra/a.tf': numbered(4) }, CARL);
      const result = await branch.check();
      assert.equal(result.verdict, 'fail');
      assert.match(missing(result).join('\n'), /a senior's sign-off is missing/);
      assert.ok(result.tiers[0]?.files.includes(`${VENDORED}.lock`), "the lock is one of the gate's own files");
    }
  });

  itInFull('that differs from its lock makes check fail, with the reason', async () => {
    await begin();
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: by hand', { [VENDORED]: ACME.replace('senior', 'junior') }, CARL);
    await branch.repo.git('checkout', '--quiet', 'topic');
    await branch.commit('human: change', { 'infra/a.tf': numbered(4) }, CARL);
    await assert.rejects(branch.check(), /acme\.yml is not what its lock pins/);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('human: gone', { [VENDORED]: null, [`${VENDORED}.lock`]: null }, CARL);
    await assert.rejects(branch.check(), /acme\.yml is extended and is not there/);
  });

  itInFull("that the repository's policy loosens makes check fail, with the reason", async () => {
    await begin();
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'human: loosen',
      {
        '.linekeeper.yml': `${OWN}tiers: [{ name: critical, paths: ["infra/**"], review: { any: { from: junior } } }]\n`,
      },
      CARL,
    );
    await branch.repo.git('checkout', '--quiet', 'topic');
    await branch.commit('human: change', { 'infra/a.tf': numbered(4) }, CARL);
    await assert.rejects(
      branch.check(),
      /requires less for every change in critical \(.* in place of .*\), which \.linekeeper\/vendor\/acme\.yml does not allow/,
    );
  });

  itInFull('is refused from an address with a password, as a broken file, and through a link', async () => {
    const refused = async (...words: readonly string[]): Promise<string> => {
      const { code, stderr } = await linekeeper(branch.repo, ['policy', 'vendor', ...words]);
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(await refused('../outside/policies@v1'), /is a relative path/);
    assert.match(await refused('https://ada:secret@example.com/acme/policies'), /holds a password/);
    assert.match(await refused(shared.root, '--as', '../acme.yml'), /can't be the file's name/);
    assert.match(await refused(shared.root, '--path', '../x.yml', '--as', 'acme.yml'), /no path inside/);
    shared.write('.linekeeper.yml', 'version: 1\n');
    await shared.commit('broken');
    assert.match(await refused(shared.root, '--as', 'acme.yml'), /is broken, so nothing was changed here/);
    assert.match(await refused('--', '--upload-pack=x'), /no address/);
  });
});
