/** How much memory the command line takes at most, on the largest work that the other groups give it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';
import { call } from './measure';
import { CLI } from './program';
import { rewrite } from './lines';
import type { Fact } from './rows';

const LIMIT_MB = 200;

/** The largest resident size of one call, in MB: Node says it itself as it ends. */
export function memoryOf(test: TestRepository, words: readonly string[], input?: string): number {
  const watcher = test.outside('watcher.cjs');
  const told = test.outside('memory');
  writeFileSync(
    watcher,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));\n`,
  );
  call({
    program: 'sh',
    // A gate says no by its exit code.
    words: ['-c', '"$@" >/dev/null; test $? -lt 2', 'sh', process.execPath, '--require', watcher, CLI, ...words],
    cwd: test.root,
    env: test.env,
    ...(input === undefined ? {} : { input }),
  });
  return Number(readFileSync(told, 'utf8')) / 1024;
}

export const memoryFact = (what: string, megabytes: number): Fact => ({
  what: `Memory of ${what}`,
  value: megabytes,
  unit: 'MB',
  limit: LIMIT_MB,
});

export async function measureMemory(): Promise<Fact[]> {
  const test = await TestRepository.create();
  const { before, after } = rewrite();
  test.write('large.ts', before.join(''));
  await test.commit('Start');
  await as('ai', test, ['large.ts'], () => test.write('large.ts', after.join('')));
  const edit = {
    version: 1,
    event: 'after',
    author: 'ai',
    tool: 'some-tool',
    session: 'session-1',
    cwd: test.root,
    files: ['large.ts'],
    edits: [{ path: 'large.ts', old: 'nothing of the kind', new: 'nothing' }],
  };
  const idle = memoryOf(test, ['--version']);
  return [
    memoryFact('`status` of 20,000 lines rewritten in 4,000 places', memoryOf(test, ['status'])),
    memoryFact('`record` of an edit in that file', memoryOf(test, ['record', 'generic'], JSON.stringify(edit))),
    { what: 'Memory of `--version`, for comparison', value: idle, unit: 'MB', limit: null },
  ];
}
