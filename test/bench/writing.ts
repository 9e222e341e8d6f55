/**
 * What git's own commands that make commits cost with our hooks, on the processor: amend, picks, merges, pushes, and
 * commits that an agent makes in the same turn as its edits.
 */
import { existsSync } from 'node:fs';
import { installGitHooks } from '../../src/provenance/commits';
import { pushNotesAlong } from '../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import type { TestRepository } from '../support/repository';
import { as } from '../support/worker';
import { call, callOnProcessor, inTurns, type Contender } from './measure';
import { CLI } from './program';
import { fileName, linesOf, smallProject, withOneEdit } from './repositories';
import { rowsOf, type Row } from './rows';

/** One thing that is done with git, in a repository with our hooks and in one without. */
interface Deed {
  readonly what: string;
  /** How many times what git takes alone. */
  readonly budget: number | null;
  /** Once, before everything. */
  readonly make?: (test: TestRepository, hooked: boolean) => Promise<void>;
  /** Before each turn. */
  readonly prepare?: (test: TestRepository, turn: number, hooked: boolean) => Promise<void>;
  readonly words: (turn: number) => readonly (readonly string[])[];
  /** Whether the last commit's message is to have trailers. */
  readonly trailers?: boolean;
  /** Processes behind edits and commits, which nobody waits for. */
  readonly background?: boolean;
}

let second = 1_700_100_000;
const quiet = async (test: TestRepository): Promise<void> => {
  const lock = test.at('.git/linekeeper/ready.lock');
  for (const end = Date.now() + 60_000; ;) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (!existsSync(lock)) return;
    if (Date.now() > end) throw new Error('what goes on behind an edit does not end');
  }
};

/** Until the answer for an amendment of this commit is there: its process may not have begun when {@link quiet} looks. */
const amendable = async (test: TestRepository, tree: string): Promise<void> => {
  const prepared = test.at('.git/linekeeper/prepared');
  for (const end = Date.now() + 60_000; ;) {
    if (existsSync(`${prepared}/amend-${tree}`)) break;
    if (Date.now() > end) throw new Error('nothing is prepared for an amendment');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await quiet(test);
};

const environment = (test: TestRepository, background = false): Record<string, string> => ({
  ...test.env,
  LINEKEEPER_BACKGROUND: background ? '' : 'off',
});

function git(test: TestRepository, words: readonly string[], background = false): void {
  second++;
  call({
    program: 'git',
    words,
    cwd: test.root,
    env: {
      ...environment(test, background),
      GIT_AUTHOR_DATE: `@${String(second)} +0000`,
      GIT_COMMITTER_DATE: `@${String(second)} +0000`,
    },
  });
}

/** An edit as an agent's hook reports it, by the command that it runs. */
function agentEdits(
  test: TestRepository,
  files: readonly string[],
  edit: (file: string) => string,
  turn: number,
): void {
  for (const [at, file] of files.entries()) {
    const report = (event: string): void =>
      void call({
        program: process.execPath,
        words: [CLI, 'record', 'claude-code'],
        cwd: test.root,
        env: environment(test, true),
        input: JSON.stringify({
          hook_event_name: event,
          session_id: 'session-1',
          tool_use_id: `edit-${String(turn)}-${String(at)}`,
          cwd: test.root,
          tool_name: 'Write',
          tool_input: { file_path: test.at(file) },
        }),
      });
    report('PreToolUse');
    test.write(file, edit(file));
    report('PostToolUse');
  }
}

/** A commit whose work is an assistant's, with our hooks and without. */
async function commitBy(who: 'ai' | 'nobody', test: TestRepository, file: string, turn: number): Promise<void> {
  await as(who, test, [file], () => test.write(file, withOneEdit(test.read(file), turn)));
  await test.git('add', file);
  git(test, ['commit', '-qm', `Change ${String(turn)}`]);
}

/** What is owed is written, as before the next question. */
const settled = (test: TestRepository, hooked: boolean): void => {
  if (hooked) call({ program: process.execPath, words: [CLI, 'show', 'HEAD'], cwd: test.root, env: test.env });
};

/** A branch `work` of commits, every other one an assistant's, beside `main`; each commit is in another file. */
const branch =
  (count: number, by: (at: number) => 'ai' | 'nobody') =>
  async (test: TestRepository, hooked: boolean): Promise<void> => {
    await test.git('checkout', '-qb', 'work');
    for (let at = 0; at < count; at++) await commitBy(by(at), test, fileName(at), at);
    settled(test, hooked);
    await test.git('checkout', '-q', 'main');
    test.write('beside.txt', 'meanwhile on main\n');
    await test.git('add', 'beside.txt');
    git(test, ['commit', '-qm', 'Meanwhile']);
    await test.git('tag', 'start');
  };
const half = (at: number): 'ai' | 'nobody' => (at % 2 === 0 ? 'ai' : 'nobody');
/** What the turn before owes is written, as it is behind a commit: else the hook would work out two of them. */
const again = async (test: TestRepository, _turn: number, hooked: boolean): Promise<void> => {
  settled(test, hooked);
  await test.git('checkout', '-q', '-B', 'main', 'start');
};

const many = Array.from({ length: 500 }, (_, at) => `many/part-${String(at % 20)}/file-${String(at)}.ts`);
const lock = (part: string, from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const i = from + at;
    return `    "node_modules/package-${String(i)}": {\n      "version": "${String(i % 9)}.${part}.0",\n      "resolved": "https://registry.example/package-${String(i)}/-/package-${String(i)}-${part}.tgz",\n      "integrity": "sha512-${Buffer.from(`${part} ${String(i * 7919)}`).toString('base64')}=="\n    },\n`;
  }).join('');

const DEEDS: readonly Deed[] = [
  {
    what: 'Amend of the message, nothing ever recorded',
    budget: 1.7,
    words: (turn) => [['commit', '-q', '--amend', '-m', `Another message ${String(turn)}`]],
  },
  {
    what: "Amend of an assistant's commit, its message kept",
    budget: 2.5,
    trailers: true,
    background: true,
    prepare: async (test, turn, hooked) => {
      if (hooked) agentEdits(test, [fileName(turn)], (file) => withOneEdit(test.read(file), turn), turn);
      else test.write(fileName(turn), withOneEdit(test.read(fileName(turn)), turn));
      await test.git('add', '.');
      git(test, ['commit', '-qm', `Change ${String(turn)}`], true);
      if (hooked) await amendable(test, await test.git('write-tree'));
    },
    words: () => [['commit', '-q', '--amend', '--no-edit']],
  },
  {
    what: "Amend of an assistant's commit with another message",
    budget: 2.5,
    trailers: true,
    background: true,
    prepare: async (test, turn, hooked) => {
      if (hooked) agentEdits(test, [fileName(turn)], (file) => withOneEdit(test.read(file), turn), turn);
      else test.write(fileName(turn), withOneEdit(test.read(fileName(turn)), turn));
      await test.git('add', '.');
      git(test, ['commit', '-qm', `Change ${String(turn)}`], true);
      if (hooked) await amendable(test, await test.git('write-tree'));
    },
    words: (turn) => [['commit', '-q', '--amend', '-m', `Another message ${String(turn)}`]],
  },
  {
    what: "Cherry-pick of 20 commits, half of them an assistant's",
    budget: 2.5,
    make: branch(20, half),
    prepare: again,
    words: () => [['cherry-pick', 'work~20..work']],
  },
  {
    what: "`merge --squash` of 40 commits, half of them an assistant's, and its commit",
    budget: 4,
    trailers: true,
    make: branch(40, half),
    prepare: again,
    words: () => [
      ['merge', '-q', '--squash', 'work'],
      ['commit', '-q', '--no-edit'],
    ],
  },
  {
    what: "`merge --squash` of 200 commits, half of them an assistant's, and its commit",
    budget: 4,
    trailers: true,
    make: branch(200, half),
    prepare: again,
    words: () => [
      ['merge', '-q', '--squash', 'work'],
      ['commit', '-q', '--no-edit'],
    ],
  },
  {
    what: "`merge --no-ff` of 200 commits, half of them an assistant's",
    budget: 2,
    make: branch(200, half),
    prepare: again,
    words: () => [['merge', '-q', '--no-ff', '--no-edit', 'work']],
  },
  {
    what: 'Commit by an agent of an edit that it made in the same turn',
    budget: 3,
    trailers: true,
    background: true,
    prepare: async (test, turn, hooked) => {
      if (hooked) agentEdits(test, [fileName(turn)], (file) => withOneEdit(test.read(file), turn), turn);
      else test.write(fileName(turn), withOneEdit(test.read(fileName(turn)), turn));
      if (hooked) await quiet(test);
      await test.git('add', '.');
    },
    words: (turn) => [['commit', '-qm', `Change ${String(turn)}`]],
  },
  {
    what: 'Commit by an agent of 500 files that it made in the same turn',
    budget: null,
    trailers: true,
    background: true,
    prepare: async (test, turn) => {
      await as('ai', test, many, () => {
        for (const [at, file] of many.entries())
          test.write(file, linesOf(20, `t${String(turn)}f${String(at)}`).join(''));
      });
      await test.git('add', '.');
    },
    words: (turn) => [['commit', '-qm', `Change ${String(turn)}`]],
  },
  {
    what: 'Commit of a lock file of 5,700 new and 3,500 removed lines that `npm install` of an agent wrote',
    budget: null,
    trailers: true,
    prepare: async (test, turn) => {
      const text = (part: string): string =>
        `{\n  "packages": {\n${lock('0', 0, 2000)}${lock(part, 2000, turn % 2 === 0 ? 700 : 1140)}${lock('0', 4000, 2000)}    "end": {}\n  }\n}\n`;
      test.write('package-lock.json', text(`old${String(turn)}`));
      await test.git('add', '.');
      git(test, ['commit', '-qm', 'Before']);
      await as('ai', test, ['package-lock.json'], () =>
        test.write(
          'package-lock.json',
          `{\n  "packages": {\n${lock('0', 0, 2000)}${lock(`new${String(turn)}`, 1900, 1140)}${lock('0', 4000, 2000)}    "end": {}\n  }\n}\n`,
        ),
      );
      await test.git('add', '.');
    },
    words: (turn) => [['commit', '-qm', `Install ${String(turn)}`]],
  },
  ...['one commit', 'nothing'].map((what): Deed => ({
    what: `Push of ${what}, notes on`,
    budget: 4,
    make: async (test, hooked) => {
      const remote = test.outside('remote.git');
      await test.git('init', '-q', '--bare', remote);
      await test.git('remote', 'add', 'origin', remote);
      if (hooked) await pushNotesAlong(test.repository());
      await commitBy('ai', test, fileName(1), 1);
      settled(test, hooked);
      git(test, ['push', '-q', 'origin', 'main']);
    },
    prepare: async (test, turn, hooked) => {
      if (what === 'nothing') return;
      await commitBy('ai', test, fileName(50 + turn), 50 + turn);
      settled(test, hooked);
    },
    words: () => [['push', '-q', 'origin', 'main']],
  })),
];

const contenderOf = async (deed: Deed, hooked: boolean): Promise<Contender> => {
  const test = await smallProject();
  if (hooked) await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
  await deed.make?.(test, hooked);
  return {
    name: hooked ? deed.what : `git alone`,
    prepare: async (turn) => {
      second++;
      await deed.prepare?.(test, turn, hooked);
    },
    run: (turn) => {
      second++;
      return deed.words(turn).reduce(
        (sum, words) =>
          sum +
          callOnProcessor({
            program: 'git',
            words,
            cwd: test.root,
            env: {
              ...environment(test, deed.background),
              // What git makes from other commits keeps their dates.
              ...(words[0] !== 'commit' || words.includes('--amend')
                ? {}
                : { GIT_AUTHOR_DATE: `@${String(second)} +0000` }),
              GIT_COMMITTER_DATE: `@${String(second)} +0000`,
            },
          }),
        0,
      );
    },
    verify: async () => {
      const has = (await test.git('log', '-1', '--format=%B')).includes('AI-Lines: ');
      if (hooked && deed.trailers !== undefined && has !== deed.trailers)
        throw new Error(`${deed.what}: the trailers are ${has ? 'there' : 'missing'}`);
      if (hooked && deed.background) await quiet(test);
    },
  };
};

/** `only`: deeds whose name has this in it. */
export async function measureWriting(rounds: number, only = process.env['BENCH_ONLY'] ?? ''): Promise<Row[]> {
  const rows: Row[] = [];
  for (const deed of DEEDS.filter(({ what }) => what.includes(only))) {
    const contenders = [await contenderOf(deed, false), await contenderOf(deed, true)];
    rows.push(
      ...rowsOf('Write', await inTurns(contenders, rounds, 1), [
        {
          what: deed.what,
          of: deed.what,
          against: ['git alone'],
          ...(deed.budget === null ? {} : { budget: deed.budget }),
        },
      ]),
    );
  }
  return rows;
}
