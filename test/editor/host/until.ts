import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  /** Milliseconds, default 20,000. */
  readonly timeout?: number;
  /** Milliseconds between two questions, default 100. */
  readonly every?: number;
  /** What is waited for, as the error names it. */
  readonly what?: string;
}

type Falsy = false | '' | 0 | null | undefined;

/**
 * Asks again until `question` gives something truthy, and gives that. When it never does, the error tells the last
 * answer or error.
 */
export async function until<T>(question: () => T | Promise<T>, options: UntilOptions = {}): Promise<Exclude<T, Falsy>> {
  const timeout = options.timeout ?? 20_000;
  const end = Date.now() + timeout;
  for (;;) {
    let last: string;
    try {
      const answer = await question();
      if (isTruthy(answer)) return answer;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- undefined has no JSON
      last = JSON.stringify(answer) ?? 'undefined';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > end)
      throw new Error(`waited ${String(timeout)} ms for ${options.what ?? 'a condition'}; last: ${last}`);
    await sleep(options.every ?? 100);
  }
}

const isTruthy = <T>(value: T): value is Exclude<T, Falsy> => Boolean(value);
