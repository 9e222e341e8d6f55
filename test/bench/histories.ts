/** Long histories with notes, made by `git fast-import`. */
import { addCounts, countLines, NO_COUNTS } from '../../src/provenance/authorship';
import type { FileAttribution } from '../../src/provenance/authorship/types';
import { NOTES_REF, writeNote } from '../../src/provenance/commits/notes/format';
import { TestRepository } from '../support/repository';
import { linesOf, POLICY } from './repositories';

const FILES = 200;

/**
 * Commits that an assistant and a person made together, each of one file, and a note for each. Before them there is one
 * with a policy: the branch `base`.
 */
export async function longHistory(
  commits: number,
): Promise<{ readonly test: TestRepository; readonly branch: string }> {
  const test = await TestRepository.create();
  const branch = 'refs/heads/main';
  const person = 'committer Ada <ada@example.com>';
  const lines = Array.from({ length: FILES }, (_, file) => linesOf(40, `f${String(file)}`));
  const stream: string[] = [];
  stream.push(
    `commit ${branch}\n${person} 1599999999 +0000\ndata 6\nStart\nM 100644 inline .linekeeper.yml\ndata ${String(POLICY.length)}\n${POLICY}\n`,
  );
  for (let turn = 0; turn < commits; turn++) {
    const file = turn % FILES;
    const own = lines[file] ?? [];
    for (let i = 0; i < 5; i++)
      own[(turn * 7 + i) % 40] =
        `export const changed${String(turn)}_${String(i)} = ${String((turn * 7919) % 10007)};\n`;
    const content = own.join('');
    const message = `Change ${String(turn)}\n`;
    stream.push(
      `commit ${branch}\n${person} ${String(1600000000 + turn * 60)} +0000\ndata ${String(message.length)}\n${message}M 100644 inline src/part-${String(file % 20)}/file-${String(file)}.ts\ndata ${String(content.length)}\n${content}\n`,
    );
  }
  await imported(test, stream);
  const [start = '', ...ids] = (await test.git('rev-list', '--reverse', branch)).split('\n');
  await test.git('branch', 'base', start);
  const notes: string[] = [];
  for (let from = 0; from < ids.length; from += 500) {
    notes.push(`commit ${NOTES_REF}\n${person} ${String(1700000000 + from)} +0000\ndata 6\nnotes\n`);
    for (const [at, id] of ids.slice(from, from + 500).entries()) {
      const text = writeNote(id, 'Ada <ada@example.com>', changeOf(from + at));
      notes.push(`N inline ${id}\ndata ${String(Buffer.byteLength(text))}\n${text}\n`);
    }
  }
  await imported(test, notes);
  await test.git('reset', '--quiet', '--hard', 'main');
  await test.git('gc', '--quiet');
  return { test, branch };
}

/** How many commits old a topic is when it is merged. */
const TOPIC_AGE = 40;

/**
 * A branch that merges a topic after every other commit of its own, each of two commits and begun long before, on
 * changes of all kinds of files since. The branch `base` has the policy and everything that the first topics begin with.
 */
export async function mergedHistory(
  merges: number,
): Promise<{ readonly test: TestRepository; readonly commits: number }> {
  const test = await TestRepository.create();
  const person = 'committer Ada <ada@example.com>';
  const lines = Array.from({ length: FILES }, (_, file) => linesOf(200, `f${String(file)}`));
  const stream: string[] = [];
  const marks: number[] = [];
  const states: string[][] = [];
  let mark = 0;
  const commit = (
    branch: string,
    message: string,
    parents: readonly string[],
    files: readonly (readonly [string, string])[],
  ): number => {
    mark++;
    stream.push(
      `commit refs/heads/${branch}\nmark :${String(mark)}\n${person} ${String(1600000000 + mark * 60)} +0000\ndata ${String(message.length)}\n${message}\n${parents.join('')}`,
      ...files.map(([name, text]) => `M 100644 inline ${name}\ndata ${String(text.length)}\n${text}\n`),
      '\n',
    );
    return mark;
  };
  const nameOf = (file: number): string => `src/part-${String(file % 20)}/file-${String(file)}.ts`;
  const changed = (file: number, turn: number): string => {
    const own = lines[file] ?? [];
    own[(turn * 7) % own.length] = `export const changed${String(turn)} = ${String((turn * 7919) % 10007)};\n`;
    return own.join('');
  };
  const before = TOPIC_AGE + FILES;
  for (let turn = 0; turn < before + merges; turn++) {
    const file = turn % FILES;
    const old = marks[turn - TOPIC_AGE];
    const parents = marks.length === 0 ? [] : [`from :${String(marks.at(-1))}\n`];
    const policy: (readonly [string, string])[] = turn === 0 ? [['.linekeeper.yml', POLICY]] : [];
    const own = commit('main', `Change ${String(turn)}`, parents, [...policy, [nameOf(file), changed(file, turn)]]);
    states.push([...(lines[file] ?? [])]);
    if (turn === before - 1) stream.push(`reset refs/heads/base\nfrom :${String(own)}\n\n`);
    if (turn < before || old === undefined) {
      marks.push(own);
      continue;
    }
    // On a file of its own, and one that the branch has changed too.
    const topicFile: readonly [string, string] = [
      `src/topic-${String(turn)}.ts`,
      linesOf(20, `t${String(turn)}`).join(''),
    ];
    const both = (file + 1) % FILES;
    const since = states[turn - FILES + 1] ?? [];
    const theirs = [...since];
    theirs[199] = `export const topic${String(turn)} = 1;\n`;
    const first = commit('topic', 'Topic', [`from :${String(old)}\n`], [topicFile]);
    const second = commit('topic', 'Topic goes on', [`from :${String(first)}\n`], [[nameOf(both), theirs.join('')]]);
    const joined = lines[both] ?? [];
    joined[199] = theirs[199];
    marks.push(
      commit(
        'main',
        'Merge',
        [`from :${String(own)}\n`, `merge :${String(second)}\n`],
        [topicFile, [nameOf(both), joined.join('')]],
      ),
    );
  }
  await imported(test, stream);
  await test.git('reset', '--quiet', '--hard', 'main');
  await test.git('gc', '--quiet');
  return { test, commits: Number(await test.git('rev-list', '--count', 'base..main')) };
}

function changeOf(turn: number): Parameters<typeof writeNote>[2] {
  const credit = {
    author: 'ai',
    edited: false,
    assistant: 'claude-code',
    model: 'claude-opus-4-8',
    session: `session-${String(Math.floor(turn / 8))}`,
    evidence: 'reported',
  } as const;
  const start = ((turn * 7) % 40) + 1;
  const file: FileAttribution = {
    path: `src/part-${String((turn % FILES) % 20)}/file-${String(turn % FILES)}.ts`,
    from: null,
    status: 'M',
    binary: false,
    ranges: [{ start, end: start + 2, ...credit }],
    removed: [{ start, end: start + 2, ...credit }],
    change: null,
  };
  return {
    files: [file],
    added: addCounts(NO_COUNTS, countLines(file.ranges)),
    removed: addCounts(NO_COUNTS, countLines(file.removed)),
  };
}

async function imported(test: TestRepository, stream: readonly string[]): Promise<void> {
  const result = await test.run(['fast-import', '--quiet', '--force'], { input: stream.join('') });
  if (result.code !== 0) throw new Error(result.stderr);
}
