/** Which change a checked-out branch brings, where it is reviewed, and what of it goes to a reviewer's editor. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { NOTES_REF } from '../../../src/provenance/commits';
import { COMMITS_AT_MOST } from '../../../src/review/request/limit-of-examined-commits';
import { reviewToRead, signOffToGive, type ReviewToRead } from '../../../src/review/request';
import { signedFor, signOff } from '../../../src/review/gate/sign-offs';
import { SignatureError } from '../../../src/base/signatures';
import { itInFull } from '../../support/full';
import { CARL } from '../../support/repository';
import { SshKeys } from '../../support/ssh-keys';
import { Branch, numbered, POLICY } from '../../support/gate';

describe('the branch in the review view', function () {
  this.timeout(60_000);
  let branch: Branch;

  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(10) });
    await branch.repo.git('remote', 'add', 'origin', 'git@github.com:acme/shop.git');
  });
  afterEach(() => branch.repo.dispose());

  const toRead = async (): Promise<ReviewToRead> => {
    const review = await reviewToRead(branch.repo.repository(), Date.now);
    assert.ok(review);
    return review;
  };

  itInFull('without commits has no hunks', async () => {
    const { commits, hunks, base } = await toRead();
    assert.deepEqual([commits, hunks, base], [0, [], 'main']);
  });

  itInFull('has runs of lines by one author, on both sides', async () => {
    await branch.commit(
      'Change',
      { 'infra/a.tf': numbered(10).replace('line 5\nline 6\n', 'five\nsix\nmore\n') },
      CARL,
    );
    const {
      hunks: [hunk],
      left,
      head,
    } = await toRead();
    assert.ok(hunk);
    assert.deepEqual(
      hunk.added.map(({ start, end, author }) => [start, end, author]),
      [[5, 7, 'unknown']],
    );
    assert.deepEqual(
      hunk.removed.map(({ start, end, author }) => [start, end, author]),
      [[5, 6, 'unknown']],
    );
    assert.deepEqual([hunk.tier, left, head], ['critical', 0, await branch.head()]);
  });

  it('says how many commits lack their note', async () => {
    await branch.commit(
      'Change\n\nAssisted-by: claude-code\nAI-Lines: +1 -0 of +1 -0\n',
      { 'infra/b.tf': 'x\n' },
      CARL,
    );
    await branch.repo.git('update-ref', '-d', NOTES_REF);
    assert.equal((await toRead()).withoutNotes, 1);
  });

  it('a base branch of a pull request: is left when no remote is there that could have it', async () => {
    await branch.repo.git('config', 'branch.topic.github-pr-base-branch', 'acme#shop#release/1');
    await branch.repo.git('remote', 'remove', 'origin');
    const { base, page } = await toRead();
    assert.deepEqual([base, page], ['main', null]);
  });

  itInFull('links to the pull request by number after gh checkout, else to the search by branch', async () => {
    assert.deepEqual(
      [(await toRead()).number, (await toRead()).page],
      [null, 'https://github.com/acme/shop/pulls?q=is%3Apr%20is%3Aopen%20head%3Atopic'],
    );
    await branch.repo.git('config', 'branch.topic.github-pr-owner-number', 'acme#shop#7');
    assert.deepEqual([(await toRead()).number, (await toRead()).page], [7, 'https://github.com/acme/shop/pull/7']);
    await branch.repo.git('config', 'branch.topic.github-pr-owner-number', 'acme#shop#7/../../evil');
    await branch.repo.git('config', 'branch.topic.merge', 'refs/pull/12/head');
    assert.equal((await toRead()).page, 'https://github.com/acme/shop/pull/12');
    await branch.repo.git('remote', 'set-url', 'origin', '/srv/bare.git');
    assert.equal((await toRead()).page, null);
  });

  itInFull("is compared with its pull request's base branch", async () => {
    await branch.commit('One', { 'a.txt': 'a\n' }, CARL);
    await branch.repo.git('update-ref', 'refs/remotes/origin/release/1', 'HEAD');
    await branch.commit('Two', { 'b.txt': 'b\n' }, CARL);
    assert.equal((await toRead()).commits, 2);
    await branch.repo.git('config', 'branch.topic.github-pr-base-branch', 'acme#shop#release/1');
    const { base, commits, hunks } = await toRead();
    assert.deepEqual([base, commits, hunks.map(({ path: file }) => file)], ['release/1', 1, ['b.txt']]);
    await branch.repo.git('config', 'branch.topic.github-pr-base-branch', 'acme#shop#--output=x');
    assert.equal((await toRead()).base, 'main', 'one that is not there');
  });

  itInFull('with too many commits is not read', async () => {
    const stream = Array.from(
      { length: COMMITS_AT_MOST + 20 },
      (_, n) =>
        `commit refs/heads/topic\ncommitter C <carl@example.com> ${String(1_700_000_000 + n)} +0000\ndata 2\nx\n${n === 0 ? 'from refs/heads/main^0\n' : ''}M 100644 inline f\ndata ${String(String(n).length + 1)}\n${String(n)}\n\n`,
    ).join('');
    await branch.repo.git('checkout', '--quiet', '--detach');
    execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: branch.repo.root, input: stream });
    await branch.repo.git('checkout', '--quiet', 'topic');
    const { commits, hunks } = await toRead();
    assert.deepEqual([commits, hunks], [COMMITS_AT_MOST + 1, []]);
  });

  itInFull('with too many hunks shows the riskiest, and counts the others', async () => {
    const lines = (every: number): string =>
      Array.from({ length: 6_300 }, (_, n) =>
        n % every === 0 ? `changed ${String(n)}\n` : `line ${String(n)}\n`,
      ).join('');
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit('Long', { 'src/long.txt': lines(7_000) }, CARL);
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit('Change', { 'src/long.txt': lines(3), 'infra/a.tf': numbered(11) }, CARL);
    const { hunks, left } = await toRead();
    assert.deepEqual([hunks.length, left, hunks[0]?.path], [2_000, 100, 'infra/a.tf']);
  });

  it('can be signed off without a terminal, and a locked key gives up', async () => {
    const keys = new SshKeys(branch.repo.home);
    await branch.repo.git('checkout', '--quiet', 'main');
    await branch.commit(
      'Signers',
      { '.github/allowed_signers': keys.allowed(['ada']), '.linekeeper.yml': POLICY },
      CARL,
    );
    await branch.repo.git('checkout', '--quiet', '-B', 'topic');
    await branch.commit(
      'Change',
      { 'infra/a.tf': numbered(10).replace('line 5\n', 'five\n'), 'src/a.ts': 'a\n' },
      CARL,
    );
    const repository = branch.repo.repository();
    const now = Date.now();
    const given = await signOffToGive(repository, Date.now, signedFor(repository, now));
    assert.deepEqual(
      given.tiers.map(({ name, files, missing }) => [name, files, missing.length]),
      [
        ['critical', ['infra/a.tf'], 1],
        ['standard', ['src/a.ts'], 1],
      ],
    );
    await signOff(repository, { result: given, tiers: ['critical'], key: keys.of('ada'), now, patience: 20_000 });
    const after = await signOffToGive(repository, Date.now, signedFor(repository, now));
    assert.deepEqual(
      [after.tiers.map(({ missing }) => missing.length), after.refused],
      [[0, 1], [{ tier: 'standard', why: 'it was signed for critical only' }]],
    );
    const locked = path.join(branch.repo.home, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'a long secret', '-f', locked]);
    await assert.rejects(
      signOff(repository, { result: given, tiers: ['critical'], key: locked, now, patience: 20_000 }),
      SignatureError,
    );
  });
});
