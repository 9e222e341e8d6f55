import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { findBranch } from '../../../src/review/pull-request';
import { ReviewError, type ReviewProblem } from '../../../src/review/forges';
import { itInFull } from '../../support/full';
import { BOB, TestRepository } from '../../support/repository';

async function refuses(reason: ReviewProblem, says: RegExp, asking: Promise<unknown>): Promise<void> {
  await assert.rejects(asking, (error) => {
    assert.ok(error instanceof ReviewError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, says);
    return true;
  });
}

describe('findBranch, the branch to review', function () {
  this.timeout(30_000);
  let repository: TestRepository;
  /**
   * A real remote with branch main in it, reached by its folder; what the forge would be reached by is told apart with
   * insteadOf.
   */
  const withRemote = async (name = 'origin'): Promise<void> => {
    await repository.git('init', '--quiet', '--bare', repository.outside('forge.git'));
    await repository.git('config', 'remote.' + name + '.pushurl', repository.outside('forge.git'));
    await repository.git('config', 'remote.' + name + '.url', 'https://jo:s3cret@github.com/acme/shop.git');
    await repository.git('config', 'remote.' + name + '.fetch', `+refs/heads/*:refs/remotes/${name}/*`);
    await repository.git('push', '--quiet', '-u', name, 'main');
  };
  const branchWith = async (name: string, subject: string): Promise<void> => {
    await repository.git('switch', '--quiet', '--no-track', '-c', name);
    repository.write('b.txt', `${subject}\n`);
    await repository.commit(subject);
  };

  beforeEach(async () => {
    repository = await TestRepository.create();
    repository.write('a.txt', 'one\n');
    await repository.commit('Start');
  });
  afterEach(() => repository.dispose());

  itInFull('finds base, commits and authors', async () => {
    await withRemote();
    await branchWith('feature/cap', 'Cap the cost');
    repository.write('c.txt', 'two\n');
    await repository.commit('Test it\n\nWhy.\n\nCo-authored-by: Lin <lin@example.com>', { as: BOB });
    const facts = await findBranch(repository.root);
    assert.deepEqual(facts, {
      remote: { name: 'origin', address: 'https://jo:s3cret@github.com/acme/shop.git' },
      base: 'main',
      baseRef: 'refs/remotes/origin/main',
      head: 'feature/cap',
      subjects: ['Cap the cost', 'Test it'],
      authors: ['ada@example.com', 'bob@example.com', 'lin@example.com'],
      pushed: false,
      pushCommand: 'git push -u origin feature/cap',
    });
  });

  itInFull("takes the remote's default branch as base", async () => {
    await withRemote();
    await repository.git('push', '--quiet', 'origin', 'main:trunk');
    await repository.git('remote', 'set-head', 'origin', 'trunk');
    await branchWith('feature/cap', 'Cap the cost');
    assert.equal((await findBranch(repository.root)).base, 'trunk');
    assert.equal((await findBranch(repository.root, 'main')).base, 'main');
    assert.equal((await findBranch(repository.root, 'origin/main')).baseRef, 'refs/remotes/origin/main');
  });

  itInFull('is pushed only when the remote has its very commit', async () => {
    await withRemote();
    await branchWith('feature/cap', 'Cap the cost');
    await repository.git('push', '--quiet', '-u', 'origin', 'HEAD');
    assert.equal((await findBranch(repository.root)).pushed, true);
    repository.write('c.txt', 'more\n');
    await repository.commit('More');
    assert.equal((await findBranch(repository.root)).pushed, false);
  });

  itInFull('takes the name under which it was pushed', async () => {
    await withRemote();
    await branchWith('work', 'Cap the cost');
    await repository.git('push', '--quiet', '-u', 'origin', 'work:jo/cap');
    const facts = await findBranch(repository.root);
    assert.deepEqual([facts.head, facts.pushed, facts.pushCommand], ['jo/cap', true, 'git push -u origin work:jo/cap']);
  });

  itInFull('keeps its own name when it only tracks the base', async () => {
    await withRemote();
    await repository.git('switch', '--quiet', '--track', '-c', 'feature/cap', 'origin/main');
    repository.write('b.txt', 'x\n');
    await repository.commit('Cap the cost');
    const facts = await findBranch(repository.root);
    assert.deepEqual([facts.head, facts.base, facts.pushed], ['feature/cap', 'main', false]);
  });

  itInFull('takes the push remote, with insteadOf applied', async () => {
    await withRemote('upstream');
    await repository.git('remote', 'add', 'fork', 'forge:jo/shop.git');
    await repository.git('config', 'url.https://gitlab.com/.insteadOf', 'forge:');
    await repository.git('config', 'remote.pushDefault', 'fork');
    await branchWith('feature/cap', 'Cap the cost');
    assert.deepEqual((await findBranch(repository.root)).remote, {
      name: 'fork',
      address: 'https://gitlab.com/jo/shop.git',
    });
  });

  itInFull('quotes any branch name in the push command', async () => {
    await withRemote();
    const name = `x';touch$IFS"$(id)\`&|é`;
    await branchWith(name, 'Subject with \u001b[31m colour');
    const facts = await findBranch(repository.root);
    assert.equal(facts.head, name);
    const shown = await repository.run(['-c', `alias.words=!f() { printf '%s\\n' ${facts.pushCommand}; }; f`, 'words']);
    assert.equal(shown.stdout, `git\npush\n-u\norigin\n${name}\n`);
  });

  itInFull('is refused without commits, branch or remote, with what to do', async () => {
    await refuses('no-remote', /git remote add origin/, findBranch(repository.root));
    await withRemote();
    await refuses('no-branch', /on main\..*git switch -c/, findBranch(repository.root));
    await repository.git('switch', '--quiet', '-c', 'feature/empty');
    await refuses('no-commits', /feature\/empty has no commits ahead of main/, findBranch(repository.root));
    await refuses('no-base', /no branch nowhere .*git fetch origin/, findBranch(repository.root, 'nowhere'));
    await refuses('no-base', /no branch --output=x /, findBranch(repository.root, '--output=x'));
    await repository.git('switch', '--quiet', '--detach');
    await refuses('no-branch', /No branch is checked out/, findBranch(repository.root));
  });

  it('asks which remote when several could be meant', async () => {
    await repository.git('remote', 'add', 'one', 'https://github.com/a/b');
    await repository.git('remote', 'add', 'two', 'https://github.com/c/d');
    await refuses('no-remote', /has several remotes, and none is called origin/, findBranch(repository.root));
  });

  it('reports when git cannot start or read the repository', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = repository.outside('nothing');
    try {
      await refuses('git', /git could not be started/, findBranch(repository.root));
    } finally {
      process.env['PATH'] = path;
    }
    repository.write('.git/config', '[broken\n');
    await refuses('git', /git status/, findBranch(repository.root));
  });

  itInFull("runs no programs from the repository's git configuration", async () => {
    await withRemote();
    await branchWith('feature/cap', 'Cap the cost');
    const mark = repository.outside('ran');
    const run = `!touch '${mark}'`;
    for (const [key, value] of Object.entries({
      'core.fsmonitor': `touch '${mark}'`,
      'core.pager': `touch '${mark}'`,
      'pager.log': `touch '${mark}'`,
      'gpg.program': `touch '${mark}'`,
      'log.showSignature': 'true',
      'diff.external': `touch '${mark}'`,
      'core.sshCommand': `touch '${mark}'`,
      'credential.helper': run,
      'alias.log': run,
    })) {
      await repository.git('config', key, value);
    }
    assert.equal((await findBranch(repository.root)).subjects.length, 1);
    assert.ok(!existsSync(mark));
  });
});
