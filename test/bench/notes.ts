/** What the notes of a long history cost: their size, the time to fetch them, and one commit's answer among them. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { addCounts, countLines, NO_COUNTS } from '../../src/attribution';
import type { FileAttribution } from '../../src/attribution/types';
import { NOTES_REF, writeNote } from '../../src/git/note';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { linesOf } from './repositories';
import { rowsOf, type Fact, type Row } from './rows';

const COMMITS = 10_000;
const FILES = 200;

export async function measureNotes(rounds: number): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const from = await history();
  const commits = [`+${from.branch}:refs/heads/main`];
  const noteRefs = [`+${NOTES_REF}:${NOTES_REF}`];
  const into: TestRepository[] = [];
  const fetching = (name: string, first: readonly string[], timed: readonly string[]): Contender => ({
    name,
    prepare: async () => {
      const test = await TestRepository.create();
      into.push(test);
      await test.git('checkout', '--quiet', '--orphan', 'elsewhere');
      if (first.length > 0) await test.git('fetch', '--quiet', from.test.root, ...first);
    },
    run: () => {
      const test = into.at(-1);
      if (test) call({ program: 'git', words: ['fetch', '--quiet', `file://${encodeURI(from.test.root)}`, ...timed], cwd: test.root, env: test.env });
    },
  });
  const fetched = await inTurns([fetching('git fetch of the commits', [], commits), fetching('fetch of the notes', commits, noteRefs)], 3, 0);
  const size = await packed(await TestRepository.create(), from.test.root, commits);
  const both = await packed(await TestRepository.create(), from.test.root, [...commits, ...noteRefs]);
  for (const test of into) await test.dispose();
  const shown = await inTurns([emptyNode(from.test), git(from.test), show(from.test)], rounds);
  return {
    rows: [
      ...rowsOf('Notes', fetched, [{ what: `Fetching the notes of ${COMMITS.toLocaleString('en')} commits`, of: 'fetch of the notes', against: ['git fetch of the commits'] }]),
      ...rowsOf('Notes', shown, [{ what: `\`show HEAD\` in a history of ${COMMITS.toLocaleString('en')} commits with notes`, of: 'show', against: ['node -e 0', 'git show --numstat HEAD'], budget: 1.5 }]),
    ],
    facts: [{ what: `Notes of ${COMMITS.toLocaleString('en')} commits, packed`, value: (both - size) / 2 ** 20, unit: 'MB', limit: null }, { what: 'The commits themselves, packed', value: size / 2 ** 20, unit: 'MB', limit: null }],
  };
}

const git = (test: TestRepository): Contender => ({ name: 'git show --numstat HEAD', run: () => void call({ program: 'git', words: ['show', '--numstat', 'HEAD'], cwd: test.root, env: test.env }) });

const show = (test: TestRepository): Contender => ({
  name: 'show',
  run: () => {
    if (!call({ program: process.execPath, words: [CLI, 'show', 'HEAD', '--json'], cwd: test.root, env: test.env }).includes('"assistant": "claude-code"')) throw new Error('show does not say what is in the note');
  },
});

/** Bytes of what git sends, in one pack. */
async function packed(test: TestRepository, from: string, refs: readonly string[]): Promise<number> {
  await test.git('checkout', '--quiet', '--orphan', 'elsewhere');
  await test.git('-c', 'fetch.unpackLimit=1', 'fetch', '--quiet', `file://${encodeURI(from)}`, ...refs);
  const folder = path.join(test.root, '.git', 'objects', 'pack');
  const bytes = readdirSync(folder).filter((name) => name.endsWith('.pack')).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  await test.dispose();
  return bytes;
}

/** Commits that an assistant and a person made together, each of one file, and a note for each. */
async function history(): Promise<{ readonly test: TestRepository; readonly branch: string }> {
  const test = await TestRepository.create();
  const branch = 'refs/heads/main';
  const person = 'committer Ada <ada@example.com>';
  const lines = Array.from({ length: FILES }, (_, file) => linesOf(40, `f${String(file)}`));
  const stream: string[] = [];
  for (let turn = 0; turn < COMMITS; turn++) {
    const file = turn % FILES;
    const own = lines[file] ?? [];
    for (let i = 0; i < 5; i++) own[(turn * 7 + i) % 40] = `export const changed${String(turn)}_${String(i)} = ${String((turn * 7919) % 10007)};\n`;
    const content = own.join('');
    const message = `Change ${String(turn)}\n`;
    stream.push(`commit ${branch}\n${person} ${String(1600000000 + turn * 60)} +0000\ndata ${String(message.length)}\n${message}M 100644 inline src/part-${String(file % 20)}/file-${String(file)}.ts\ndata ${String(content.length)}\n${content}\n`);
  }
  await imported(test, stream);
  const ids = (await test.git('rev-list', '--reverse', branch)).split('\n');
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

function changeOf(turn: number): Parameters<typeof writeNote>[2] {
  const credit = { author: 'ai', edited: false, assistant: 'claude-code', model: 'claude-opus-4-8', session: `session-${String(Math.floor(turn / 8))}`, evidence: 'reported' } as const;
  const start = ((turn * 7) % 40) + 1;
  const file: FileAttribution = { path: `src/part-${String((turn % FILES) % 20)}/file-${String(turn % FILES)}.ts`, from: null, status: 'M', binary: false, ranges: [{ start, end: start + 2, ...credit }], removed: [{ start, end: start + 2, ...credit }], change: null };
  return { files: [file], added: addCounts(NO_COUNTS, countLines(file.ranges)), removed: addCounts(NO_COUNTS, countLines(file.removed)) };
}

async function imported(test: TestRepository, stream: readonly string[]): Promise<void> {
  const result = await test.run(['fast-import', '--quiet', '--force'], { input: stream.join('') });
  if (result.code !== 0) throw new Error(result.stderr);
}
