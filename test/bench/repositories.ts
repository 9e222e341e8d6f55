/** Repositories to measure in: small enough to make, large enough to be like one. */
import { utimesSync } from 'node:fs';
import { showCommits } from '../../src/provenance/commits';
import { writeNote } from '../../src/provenance/commits/notes/format';
import { changeNote } from '../../src/provenance/commits/notes';
import { TestRepository } from '../support/repository';

export const POLICY =
  'version: 1\npeople: { senior: [ada@example.com] }\ntiers:\n  - name: critical\n    paths: ["src/part-0/**"]\n    review: { any: { from: mid }, ai: { junior: { from: senior } } }\n';

/** `count` different lines, none of them twice. */
export const linesOf = (count: number, seed = ''): string[] =>
  Array.from(
    { length: count },
    (_, i) =>
      `export const ${seed}value${String(i)} = compute(${String(i * 7919)}, '${String((i * 104729) % 9973)}');\n`,
  );

/** A clone with 200 files of 40 lines in 20 folders and a policy. */
export async function smallProject(): Promise<TestRepository> {
  const repository = await TestRepository.create();
  repository.write('.linekeeper.yml', POLICY);
  for (let i = 0; i < 200; i++) repository.write(fileName(i), linesOf(40, `f${String(i)}`).join(''));
  const start = await repository.commit('Start', { at: '@1700000000 +0000' });
  // As they are a second later: until then git reads each file again, since it may have changed within the second.
  for (let i = 0; i < 200; i++) utimesSync(repository.at(fileName(i)), 1_700_000_000, 1_700_000_000);
  await repository.git('update-index', '-q', '--refresh');
  // As a clone has it: the policy is the base branch's.
  await repository.git('update-ref', 'refs/remotes/origin/main', start);
  await repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  return repository;
}

/** One of the 200 files of {@link smallProject}. */
export const fileName = (i: number): string =>
  `src/part-${String(Math.floor((i % 200) / 10))}/file-${String(i % 200)}.ts`;

/** A text with one line changed; which, follows from `turn`. */
export function withOneEdit(text: string, turn: number): string {
  const lines = text.split('\n');
  const at = (turn * 37) % (lines.length - 1);
  lines[at] = `export const edited${String(turn)} = ${String(turn)};`;
  return lines.join('\n');
}

/** Gives commits notes in which an assistant wrote all that they changed. */
export async function noteAsAssistants(test: TestRepository, ids: readonly string[]): Promise<void> {
  const repository = test.repository();
  const credit = {
    author: 'ai',
    edited: false,
    assistant: 'claude-code',
    model: 'model-1',
    session: 'session-1',
    evidence: 'reported',
  } as const;
  for (const [id, shown] of await showCommits(repository, ids)) {
    const files = shown.files.map((file) => ({
      ...file,
      ranges: file.ranges.map((range) => ({ ...range, ...credit })),
      removed: file.removed.map((range) => ({ ...range, ...credit })),
    }));
    await changeNote(repository, shown.commit, () => writeNote(id, 'Ada <ada@example.com>', { ...shown, files }));
  }
}
