/** The notes of a fork whose branch is to be merged: what a job reads of them, and what they can't do. */
import assert from 'node:assert/strict';
import { fetchForkNotes, FORK_NOTES, isBeside } from '../../../src/review/ci/fetch-fork-notes';
import { PullRequest, type JobOutcome } from '../../support/forge/ci-job';

const QUIET = ['--no-comment', '--no-labels', '--no-status'];

describe('linekeeper ci for the branch of a fork', function () {
  this.timeout(90_000);
  let request: PullRequest;
  let fork: string;
  beforeEach(async () => {
    request = await PullRequest.open();
    fork = request.work.outside('fork.git');
    await request.work.git('clone', '--quiet', '--mirror', request.bare, fork);
    await request.clone();
    Object.assign(request.server, { fork: true, forkAddress: `file://${fork}` });
  });
  afterEach(async () => {
    await request.dispose();
    assert.deepEqual(request.server.wrong, []);
  });

  const atForge = (...words: readonly string[]): Promise<string> => request.work.git('-C', request.bare, ...words);
  const atFork = (...words: readonly string[]): Promise<string> => request.work.git('-C', fork, ...words);
  const job = (): Promise<JobOutcome> => request.pullRequestJob(QUIET);

  /** Replaces the note of the branch, there, by one that calls its line a person's. */
  async function callPersons(at: (...words: readonly string[]) => Promise<string>): Promise<void> {
    const { head } = request.server;
    const meta = {
      schema_version: 'authorship/3.0.0',
      base_commit_sha: head,
      prompts: {},
      humans: { h_0123456789abcd: { author: 'Carl <carl@example.com>' } },
      sessions: {},
    };
    const persons = `infra/main.tf\n  h_0123456789abcd 3\n---\n${JSON.stringify(meta)}`;
    await at('notes', '--ref=ai', 'add', '--force', '--message', persons, head);
  }

  it("lines that the fork's notes call AI's: are AI's when the forge has no note of them", async () => {
    await atForge('update-ref', '-d', 'refs/notes/ai');
    const read = await job();
    assert.deepEqual([read.code, read.outputs['ai-lines']], [1, '1'], read.out);
  });

  it("lines without a note at the forge and in the fork: are unknown, and nothing is said of the fork's notes", async () => {
    for (const at of [atForge, atFork]) await at('update-ref', '-d', 'refs/notes/ai');
    const unread = await job();
    assert.deepEqual([unread.code, unread.outputs['ai-lines']], [1, '0'], unread.out);
    assert.doesNotMatch(unread.out, /fork's notes/);
  });

  it("lines that the fork's notes call a person's: stay AI's when the forge's own note says so", async () => {
    await callPersons(atFork);
    const known = await job();
    assert.deepEqual([known.code, known.outputs['ai-lines']], [1, '1'], known.out);
  });

  it("lines that the fork's notes call a person's: stay unknown when the forge has no note of them", async () => {
    await callPersons(atFork);
    await atForge('update-ref', '-d', 'refs/notes/ai');
    const unknown = await job();
    assert.deepEqual([unknown.code, unknown.outputs['ai-lines']], [1, '0'], unknown.out);
    assert.match(unknown.out, /unknown/);
  });

  it("the maintainers' own note: makes lines a person's when they push it, as the page says", async () => {
    await callPersons(atForge);
    await atFork('update-ref', '-d', 'refs/notes/ai');
    const said = await job();
    assert.equal(said.code, 0, said.out + (await atForge('notes', '--ref=ai', 'show', request.server.head)));
  });

  it("the fork's notes: stay out of the clone's own notes, and are gone when the next job is about no fork", async () => {
    await atForge('update-ref', '-d', 'refs/notes/ai');
    await job();
    const refs = async (): Promise<string> =>
      request.work.git('-C', request.inJob('.'), 'for-each-ref', '--format=%(refname)');
    const first = await refs();
    assert.ok(first.includes(FORK_NOTES) && !first.includes('refs/notes/ai'), first);
    request.server.fork = false;
    await job();
    assert.ok(!(await refs()).includes(FORK_NOTES));
  });

  it("the fork's notes: are not asked for, and the log says so, when the forge names another server", async () => {
    request.server.forkAddress = 'https://elsewhere.example/carl/shop.git';
    assert.match((await job()).out, /The fork's notes were not read: .* not on the server of this repository\./);
    const gone = await fetchForkNotes(request.work.repository(), 'origin', `file://${fork}-gone`);
    assert.match(
      gone.join(),
      /^The fork's notes could not be fetched \(.*\)\. Lines that only they know are unknown\.$/,
    );
  });
});

describe("a fork's address", () => {
  for (const [origin, address, isRead] of [
    ['https://github.com/acme/shop.git', 'https://github.com/carl/shop.git', true],
    ['https://x-access-token:t@github.com/acme/shop', 'https://github.com/carl/shop.git', true],
    ['git@github.com:acme/shop.git', 'https://github.com/carl/shop.git', true],
    ['ssh://git@git.acme.example/shop.git', 'https://git.acme.example/carl/shop.git', true],
    ['http://git.acme.example:3000/acme/shop.git', 'http://git.acme.example:3000/carl/shop.git', true],
    ['https://github.com/acme/shop.git', 'http://github.com/carl/shop.git', false],
    ['https://github.com/acme/shop.git', 'https://github.com.evil.example/carl/shop.git', false],
    ['https://github.com/acme/shop.git', 'https://carl:pw@github.com/carl/shop.git', false],
    ['https://github.com/acme/shop.git', 'file:///etc', false],
    ['https://github.com/acme/shop.git', 'ext::sh -c id', false],
    ['https://github.com/acme/shop.git', '--upload-pack=id', false],
    ['https://github.com/acme/shop.git', '/srv/carl.git', false],
    ['/srv/acme.git', 'https://github.com/carl/shop.git', false],
    ['git@github.com:acme/shop.git', 'ssh://github.com/carl/shop.git', false],
    ['ssh://git@git.acme.example:7999/acme/shop.git', 'https://git.acme.example/scm/~carl/shop.git', true],
    ['ssh://git@git.acme.example:7999/acme/shop.git', 'https://git.acme.example:8443/scm/~carl/shop.git', false],
    ['ssh://git@git.acme.example:7999/acme/shop.git', 'https://acme.example/scm/~carl/shop.git', false],
    ['https://git.acme.example:7990/acme/shop.git', 'https://git.acme.example/carl/shop.git', false],
  ] as const)
    it(`${address}: is ${isRead ? 'read' : 'left alone'} when the clone is from ${origin}`, () => {
      assert.equal(isBeside(address, origin), isRead);
    });
});
