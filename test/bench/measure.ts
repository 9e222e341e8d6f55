/**
 * Times things against each other. A machine is never quiet, so what is compared is run in turns, and medians are
 * compared.
 */
import { spawnSync } from 'node:child_process';
import type { TestRepository } from '../support/repository';

/** Something to be timed. */
export interface Contender {
  readonly name: string;
  /** What must be ready before each turn; not timed. `turn` counts from 0, warm-up turns included. */
  readonly prepare?: (turn: number) => void | Promise<void>;
  /** One turn. May return its processor time (milliseconds), as {@link callOnProcessor} tells it. */
  readonly run: (turn: number) => unknown;
  /** Throws when the turn did not do what it is timed for; not timed. */
  readonly verify?: (turn: number) => void | Promise<void>;
}

/** The key of a contender's processor times among the times. */
export const processorOf = (name: string): string => `${name}, on the processor`;

/** Milliseconds of each turn, by the contender's name. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Runs the contenders in turns: each once in every round, another one first each time. While caches fill and code is
 * compiled, turns do not count.
 */
export async function inTurns(contenders: readonly Contender[], rounds: number, warmUp = 2): Promise<Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let turn = 0; turn < rounds + warmUp; turn++) {
    const first = turn % contenders.length;
    for (const { name, prepare, run, verify } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      await prepare?.(turn);
      const start = process.hrtime.bigint();
      const processor = run(turn);
      const took = Number(process.hrtime.bigint() - start) / 1e6;
      await verify?.(turn);
      if (turn < warmUp) continue;
      times.get(name)?.push(took);
      if (typeof processor !== 'number') continue;
      const key = processorOf(name);
      times.set(key, [...(times.get(key) ?? []), processor]);
    }
  }
  return times;
}

/** The middle of the values; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

export interface Call {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/**
 * A Node that does nothing: what any program of ours costs at least. In the same environment as ours, because Node
 * reads some variables (as `NODE_EXTRA_CA_CERTS`) at a cost of its own.
 */
export const emptyNode = (test: TestRepository): Contender => ({
  name: 'node -e 0',
  run: () => void call({ program: process.execPath, words: ['-e', '0'], cwd: test.root, env: test.env, input: '{}' }),
});

/** Runs a program to its end. Throws, with what it said, when it fails. */
export function call({ program, words, cwd, env, input }: Call): string {
  const ended = spawnSync(program, words, {
    cwd,
    env,
    input: input ?? '',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ended.error) throw ended.error;
  if (ended.status !== 0)
    throw new Error(`${program} ${words.join(' ')} ended with ${String(ended.status)}: ${ended.stderr}`);
  return ended.stdout;
}

/**
 * The same; returns the processor time (user and system, milliseconds) of the program and of all that it waits for. A
 * busy machine disturbs it least. What goes on behind it does not count.
 */
export function callOnProcessor({ program, words, ...more }: Call): number {
  const timed = ['-c', 'exec 3>&2; TIMEFORMAT="took %3U %3S"; time "$@" 2>&3 3>&-', 'bash', program, ...words];
  const ended = spawnSync('bash', timed, { ...more, input: more.input ?? '', encoding: 'utf8', maxBuffer: Infinity });
  const [, user, system] = /took ([\d.]+) ([\d.]+)\s*$/.exec(ended.stderr) ?? [];
  if (ended.status !== 0 || user === undefined)
    throw new Error(`${program} ${words.join(' ')} ended with ${String(ended.status)}: ${ended.stderr}`);
  return 1000 * (Number(user) + Number(system));
}
