/**
 * Many commits at once, by several work trees on a busy machine, as people make them: each message is there whole, with
 * trailers or without, and no commit is lost.
 */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { showCommits } from '../../../src/provenance/commits';
import { Repository } from '../../../src/git';
import { record } from '../../../src/provenance/assistants/record';
import { TestRepository } from '../repository';
import { linekeeper } from '../product';
import { tick } from '../worker';

export interface ManyAtOnce {
  readonly commits: number;
  readonly worktrees: number;
  /** Processes that keep the processors busy meanwhile. */
  readonly load: number;
  /** No commit is begun after this (minutes). */
  readonly minutes?: number;
  /** How long a hook may take (milliseconds); undefined: as for people. */
  readonly hookMs?: number;
}

export interface Outcome {
  readonly made: number;
  /** What git said of commits that were not made. */
  readonly lost: readonly string[];
  /** Messages that are not what was typed, apart from a paragraph of our trailers. */
  readonly altered: readonly string[];
  readonly withTrailers: number;
  /** Commits whose hook took too long. */
  readonly late: number;
  /** Commits that had no note yet when the last one was made: the next question writes them. */
  readonly notedLater: number;
  /** Commits whose note, once somebody has asked, does not say that their one line is the assistant's. */
  readonly wronglyNoted: readonly string[];
  /** The longest time that git took for a commit (milliseconds). */
  readonly longestMs: number;
}

const OURS = /\n\n(?:(?:Assisted-by|AI-Lines|AI-Risk): [^\n]*\n?)+$/;

/** Never throws for what it looks for. */
export async function manyAtOnce({
  commits,
  worktrees,
  load,
  minutes = Infinity,
  hookMs,
}: ManyAtOnce): Promise<Outcome> {
  const test = await TestRepository.create();
  const burners = Array.from({ length: load }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    test.write('start.txt', 'start\n');
    await test.commit('Start');
    await linekeeper(test, ['install', '--git']);
    const env = {
      ...(process.env['LINEKEEPER_TRACE'] === undefined ? {} : { LINEKEEPER_TRACE: process.env['LINEKEEPER_TRACE'] }),
      ...(hookMs === undefined ? { LINEKEEPER_HOOK_MS: undefined } : { LINEKEEPER_HOOK_MS: String(hookMs) }),
    };
    const each = Math.ceil(commits / worktrees);
    const lost: string[] = [];
    const typed = new Map<string, string>();
    const end = performance.now() + minutes * 60_000;
    let late = 0;
    let longestMs = 0;
    const rootOf = (index: number): string => test.outside(`tree ${String(index)}`);
    // One after the other: git's own `worktree add` may read what another one is writing.
    for (let index = 0; index < worktrees; index++)
      await test.git('worktree', 'add', '-q', '-b', `topic-${String(index)}`, rootOf(index));
    const work = async (index: number): Promise<void> => {
      const root = rootOf(index);
      const repository = Repository.find(root);
      if (repository === undefined) throw new Error(`no work tree at ${root}`);
      for (let n = 1; n <= each && performance.now() < end; n++) {
        const file = `${String(index)}.txt`;
        const report = (event: 'before' | 'after'): Parameters<typeof record>[1] => ({
          event,
          id: `${String(index)}-${String(n)}`,
          by: {
            author: 'ai',
            assistant: 'claude-code',
            model: 'm',
            session: `s-${String(index)}`,
            evidence: 'reported',
          },
          cwd: root,
          files: [file],
          edits: [],
          onDisk: true,
        });
        await record(repository, report('before'), tick);
        appendFileSync(path.join(root, file), `line ${String(n)}\n`);
        await record(repository, report('after'), tick);
        await test.run(['add', '--all'], { cwd: root });
        const message = `Change ${String(index)}.${String(n)}\n\nWhy it was needed, in a\nfew words: ${'x'.repeat(n % 60)}.`;
        const began = performance.now();
        const made = await test.run(['commit', '-q', '-F', '-'], { cwd: root, env, input: message });
        longestMs = Math.max(longestMs, Math.round(performance.now() - began));
        if (made.code === 0) typed.set((await test.run(['rev-parse', 'HEAD'], { cwd: root })).stdout.trim(), message);
        else lost.push(`${message.split('\n')[0] ?? ''}: ${made.stderr.trim()}`);
        if (/took too long/.test(made.stderr)) late++;
      }
    };
    await Promise.all(Array.from({ length: worktrees }, (_, index) => work(index)));
    const altered: string[] = [];
    let withTrailers = 0;
    const log = await test.git('log', '--branches=topic-*', '--format=%H%x01%B%x02');
    const there = new Map(
      log.split('\x02').flatMap((entry) => {
        const [id, text] = entry.replace(/^\n/, '').split('\x01');
        return id === undefined || text === undefined ? [] : [[id, text.replace(/\n+$/, '')] as const];
      }),
    );
    for (const [id, message] of typed) {
      const text = there.get(id);
      if (text === undefined) lost.push(`${id} is not in its branch`);
      else if (text.replace(OURS, '') !== message) altered.push(text);
      else if (text !== message) withTrailers++;
    }
    const noted = async (): Promise<ReadonlySet<string>> =>
      new Set((await test.git('notes', '--ref=ai', 'list')).split('\n').map((line) => line.split(' ')[1] ?? ''));
    const inTime = await noted();
    const notedLater = [...typed.keys()].filter((id) => !inTime.has(id)).length;
    const asked = await linekeeper(test, ['show', 'topic-0', '--json']);
    if (asked.code !== 0) throw new Error(asked.stderr);
    const shown = await showCommits(test.repository(), [...typed.keys()]);
    const wronglyNoted = [...typed.keys()]
      .map((id) => [id, JSON.stringify(shown.get(id)?.added)] as const)
      .filter(([, added]) => added !== JSON.stringify({ ai: 1, human: 0, unknown: 0 }))
      .map(([id, added]) => `${id}: ${added}`);
    return { made: typed.size, lost, altered, withTrailers, late, notedLater, wronglyNoted, longestMs };
  } finally {
    for (const burner of burners) burner.kill('SIGKILL');
    await test.dispose();
  }
}
