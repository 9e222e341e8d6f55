/** What the notes of a long history cost: their size, the time to fetch them, and one commit's answer among them. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { NOTES_REF } from '../../src/provenance/commits/notes/format';
import { TestRepository } from '../support/repository';
import { call, emptyNode, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { longHistory } from './histories';
import { rowsOf, type Fact, type Row } from './rows';

const COMMITS = 10_000;

export async function measureNotes(
  rounds: number,
): Promise<{ readonly rows: readonly Row[]; readonly facts: readonly Fact[] }> {
  const from = await longHistory(COMMITS);
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
      if (test)
        call({
          program: 'git',
          words: ['fetch', '--quiet', `file://${encodeURI(from.test.root)}`, ...timed],
          cwd: test.root,
          env: test.env,
        });
    },
  });
  const fetched = await inTurns(
    [fetching('git fetch of the commits', [], commits), fetching('fetch of the notes', commits, noteRefs)],
    3,
    0,
  );
  const size = await packed(await TestRepository.create(), from.test.root, commits);
  const both = await packed(await TestRepository.create(), from.test.root, [...commits, ...noteRefs]);
  for (const test of into) await test.dispose();
  const shown = await inTurns([emptyNode(from.test), git(from.test), show(from.test)], rounds);
  return {
    rows: [
      ...rowsOf('Notes', fetched, [
        {
          what: `Fetching the notes of ${COMMITS.toLocaleString('en')} commits`,
          of: 'fetch of the notes',
          against: ['git fetch of the commits'],
        },
      ]),
      ...rowsOf('Notes', shown, [
        {
          what: `\`show HEAD\` in a history of ${COMMITS.toLocaleString('en')} commits with notes`,
          of: 'show',
          against: ['node -e 0', 'git show --numstat HEAD'],
          budget: 1.5,
        },
      ]),
    ],
    facts: [
      {
        what: `Notes of ${COMMITS.toLocaleString('en')} commits, packed`,
        value: (both - size) / 2 ** 20,
        unit: 'MB',
        limit: null,
      },
      { what: 'The commits themselves, packed', value: size / 2 ** 20, unit: 'MB', limit: null },
    ],
  };
}

const git = (test: TestRepository): Contender => ({
  name: 'git show --numstat HEAD',
  run: () => void call({ program: 'git', words: ['show', '--numstat', 'HEAD'], cwd: test.root, env: test.env }),
});

const show = (test: TestRepository): Contender => ({
  name: 'show',
  run: () => {
    if (
      !call({
        program: process.execPath,
        words: [CLI, 'show', 'HEAD', '--json'],
        cwd: test.root,
        env: test.env,
      }).includes('"assistant": "claude-code"')
    )
      throw new Error('show does not say what is in the note');
  },
});

/** Bytes of what git sends, in one pack. */
async function packed(test: TestRepository, from: string, refs: readonly string[]): Promise<number> {
  await test.git('checkout', '--quiet', '--orphan', 'elsewhere');
  await test.git('-c', 'fetch.unpackLimit=1', 'fetch', '--quiet', `file://${encodeURI(from)}`, ...refs);
  const folder = path.join(test.root, '.git', 'objects', 'pack');
  const bytes = readdirSync(folder)
    .filter((name) => name.endsWith('.pack'))
    .reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  await test.dispose();
  return bytes;
}
