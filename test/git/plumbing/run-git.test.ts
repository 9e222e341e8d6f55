import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitError, runGit } from '../../../src/git';

const isNotStarted = (error: unknown): boolean =>
  error instanceof GitError && error.reason === 'no-git' && error.message.includes('is git installed and on PATH');

describe('runGit', () => {
  it('runGit: says that git could not be started when the folder does not exist', async () => {
    const cwd = path.join(tmpdir(), 'linekeeper-is-not-here');
    await assert.rejects(runGit(['--version'], { cwd }), isNotStarted);
  });

  it('runGit: says that git could not be started when no git is on PATH', async () => {
    await assert.rejects(runGit(['--version'], { cwd: tmpdir(), env: { PATH: '/nowhere' } }), isNotStarted);
  });
});
