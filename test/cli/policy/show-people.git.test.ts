import assert from 'node:assert/strict';
import { check } from '../../../src/cli/verbs/check';
import { policy } from '../../../src/cli/verbs/policy';
import { readAuthority } from '../../../src/guard/run-approval';
import { identityOf, levelOf } from '../../../src/policy';
import { GitHubServer } from '../../support/forge/github-server';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { callVerb, type VerbOutcome } from '../../support/verbs';

const POLICY =
  'version: 1\npeople: { senior: ["@acme/seniors"], mid: [bob], junior: [] }\ntiers:\n  - name: all\n    paths: ["**"]\n    review: { any: { from: senior } }\n';

describe('linekeeper policy people', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let server: GitHubServer;
  let now = Date.parse('2026-01-01T00:00:00Z');
  beforeEach(async () => {
    server = await new GitHubServer().start();
    repository = await TestRepository.create();
    repository.write('.linekeeper.yml', POLICY);
    await repository.commit('Start');
    await repository.git('switch', '--quiet', '-c', 'topic');
    repository.write('a', 'b\n');
    await repository.commit('Change');
  });
  afterEach(async () => {
    await server.stop();
    await repository.dispose();
    assert.deepEqual(server.wrong, []);
  });

  const people = (...words: readonly string[]): Promise<VerbOutcome> =>
    callVerb(policy, ['people', ...words], repository.root, {
      env: { ...repository.env, ...server.env() },
      now: () => now,
    });
  const gate = async (): Promise<VerbOutcome> => {
    const head = await repository.git('rev-parse', 'HEAD');
    repository.write(
      '../approvals.json',
      JSON.stringify([{ by: 'grace', email: 'grace@example.com', commit: head, state: 'approved' }]),
    );
    return callVerb(
      check,
      [
        '--base',
        'main',
        '--head',
        'HEAD',
        '--actor',
        'carl@example.com',
        '--approvals',
        repository.outside('approvals.json'),
      ],
      repository.root,
      { env: repository.env, now: () => now },
    );
  };

  it('asks the Git host only with --refresh, names unresolved teams, and remembers the answer', async () => {
    server.teams = { '@acme/seniors': ['grace', 'ada'] };
    const before = await people();
    assert.equal(before.code, 1);
    assert.match(
      before.out,
      /^junior {2}nobody\nmid {5}bob\nsenior {2}@acme\/seniors\nAnybody else is junior\.\nNot known here: @acme\/seniors\. "linekeeper policy people --refresh" asks the Git host\.\n$/,
    );
    assert.deepEqual(server.asked, []);
    assert.equal((await gate()).code, 1);
    const after = await people('--refresh');
    assert.deepEqual([after.code, after.err], [0, []]);
    assert.match(
      after.out,
      /senior {2}@acme\/seniors \(grace and ada\)\n.*\nTeams as of 2026-01-01, from 127\.0\.0\.1/,
    );
    assert.equal((await gate()).code, 0);
    assert.equal(server.asked.length, 1);
  });

  itInFull('forgets teams after 30 days', async () => {
    server.teams = { '@acme/seniors': ['grace'] };
    await people('--refresh');
    now += 31 * 24 * 60 * 60_000;
    assert.equal((await gate()).code, 1);
  });

  it('says when the forge refuses to list a team', async () => {
    server.fail(401, /members/);
    const { code, err } = await people('--refresh');
    assert.equal(code, 1);
    assert.match(err.join(), /Who is in the team @acme\/seniors is not known here/);
  });

  describe('from a file of the repository', () => {
    const levelForRuns = async (): Promise<string> => {
      const { policy: read, teams } = await readAuthority(repository.repository(), now);
      return levelOf(read, identityOf('grace@example.com'), teams).level;
    };
    beforeEach(async () => {
      await repository.git('switch', '--quiet', 'main');
      repository.write('.linekeeper.yml', POLICY.replace('["@acme/seniors"]', '{ from: seniors.txt }'));
      repository.write('seniors.txt', 'grace@example.com\n');
      await repository.commit('People of a file');
    });

    it("people of a file: are listed, and may approve an agent's run, when no base branch is known", async () => {
      const { code, out } = await people();
      assert.equal(code, 0);
      assert.match(out, /^senior {2}grace@example\.com$/m);
      assert.equal(await levelForRuns(), 'senior');
    });

    it('people of a file: are those of the base branch when it is known', async () => {
      await repository.git('update-ref', 'refs/remotes/origin/main', 'main');
      await repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      repository.write('seniors.txt', 'eve@example.com\n');
      assert.match((await people()).out, /^senior {2}grace@example\.com$/m);
      assert.equal(await levelForRuns(), 'senior');
    });

    it('people of a file: are said to be unknown when the file is not there', async () => {
      repository.remove('seniors.txt');
      const { code, err } = await people();
      assert.equal(code, 2);
      assert.match(err.join(), /takes people from "?seniors\.txt"?, which is not here/);
    });
  });
});
