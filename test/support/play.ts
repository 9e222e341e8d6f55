/** Replays recorded payloads through `linekeeper record` in a real repository, with the tools' effects in between. */
import { record } from '../../src/cli/verbs/record';
import { statusOf } from '../../src/provenance/commits';
import type { TestRepository } from './repository';
import { sampleSession } from './samples';
import { callVerb, type VerbOutcome } from './verbs';

/** Where the recorded sessions took place. */
const RECORDED_IN = '/home/dev/proj';

/** What happens on disk just before a payload arrives, by the payload's index. */
export type Acts = Readonly<Record<number, () => void>>;

/** Passes one payload to an assistant's hook; a string as it is. */
export function hookWith(
  test: TestRepository,
  id: string,
  payload: unknown,
  env: Readonly<Record<string, string>> = {},
): Promise<VerbOutcome> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const inside = text.replaceAll(RECORDED_IN, JSON.stringify(test.root).slice(1, -1));
  return callVerb(record, [id], test.root, { stdin: () => Promise.resolve(inside), home: test.home, env });
}

/** Replays a session of the samples; returns the standard error output. */
export async function playSession(
  test: TestRepository,
  id: string,
  session: string,
  acts: Acts = {},
): Promise<string[]> {
  const said: string[] = [];
  for (const [index, payload] of sampleSession(session).entries()) {
    acts[index]?.();
    said.push(...(await hookWith(test, id, payload)).err);
  }
  return said;
}

/** The author of each changed line, such as `a.txt +2 kiro`; removed lines with their old number. */
export async function linesOf(test: TestRepository): Promise<string[]> {
  const { files } = await statusOf(test.repository(), Date.now);
  return files
    .flatMap((file) => [
      ...file.ranges.flatMap((range) => told(file.path, '+', range)),
      ...file.removed.flatMap((range) => told(file.path, '-', range)),
    ])
    .sort();
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly author: string;
  readonly assistant: string | null;
  readonly model: string | null;
}

const told = (path: string, side: '+' | '-', { start, end, author, assistant, model }: Range): string[] =>
  Array.from(
    { length: end - start + 1 },
    (_, n) =>
      `${path} ${side}${String(start + n)} ${author === 'ai' ? [assistant, model].filter((name) => name !== null).join(':') : author}`,
  );
