/** The git hooks, read and run by the shells that somebody's `sh` may be. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { installGitHooks } from '../../../src/provenance/commits';
import { TestRepository } from '../../support/repository';

/** ksh93 and posh also refuse what bash 3.2 (the `sh` of macOS) refuses: an unmatched `)` in a command substitution. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  dash: ['dash'],
  bash: ['bash', '--posix'],
  busybox: ['busybox', 'sh'],
  mksh: ['mksh'],
  zsh: ['zsh', '--emulate', 'sh'],
  yash: ['yash', '--posixly-correct'],
  ksh93: ['ksh93'],
  posh: ['posh'],
};
const HOOKS = ['prepare-commit-msg', 'commit-msg', 'post-rewrite', 'pre-push'];

describe('the text of our git hooks', function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    await installGitHooks(test.repository(), { executable: process.execPath, cli: '/none', electron: false });
  });
  afterEach(() => test.dispose());

  for (const [name, [program = '', ...words]] of Object.entries(SHELLS)) {
    it(`is parsed by ${name}`, function () {
      if (spawnSync(program, [...words, '-c', ':']).error !== undefined) this.skip();
      for (const hook of HOOKS) {
        assert.match(readFileSync(test.at(`.git/hooks/${hook}`), 'utf8'), /^#!\/bin\/sh\n/);
        const { status, stderr } = spawnSync(program, [...words, '-n', test.at(`.git/hooks/${hook}`)], {
          encoding: 'utf8',
        });
        assert.equal(status, 0, `${hook}: ${stderr}`);
      }
    });
  }
});
