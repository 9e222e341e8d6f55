/**
 * What is in `.git/linekeeper` is recorded, or a cache (docs/dev/data-folder.md has the table): a copy of a repository may lack
 * any part of it, empty folders above all, and no command fails for that.
 */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { linekeeper, type Answer } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';
import { removeFolder } from '../../../support/folders';
import { itInFull } from '../../../support/full';

const POLICY = `version: 1
people: { senior: [ada@example.com] }
tiers:
  - { name: standard, paths: ["**"], review: { ai: { junior: { from: senior, approvals: 1 }, senior: { from: senior, approvals: 1 } } } }
`;

const COMMANDS = {
  status: ['status'],
  show: ['show', 'HEAD'],
  doctor: ['doctor'],
  check: ['check', 'HEAD~1..HEAD', '--actor', 'ada@example.com'],
} as const;
type Command = keyof typeof COMMANDS;

type Kind = 'recorded' | 'cache';

/** The table of the docs: what each name in the folder is. */
function documented(): Map<string, Kind> {
  const text = readFileSync(path.join(import.meta.dirname, '../../../../docs/dev/data-folder.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \| (recorded|cache) \|/gm)];
  return new Map(
    rows.flatMap(([, names = '', kind]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name.replace(/\/$/, ''), kind as Kind] as const),
    ),
  );
}

/** Relative to the folder: everything at its top, and in each folder one file and two folders. */
function partsOf(folder: string, inside = ''): string[] {
  const entries = readdirSync(path.join(folder, inside), { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const folders = entries.filter((entry) => entry.isDirectory());
  return [
    ...(inside === '' ? files : files.slice(0, 1)).map(({ name }) => path.join(inside, name)),
    ...folders
      .slice(0, inside === '' ? Infinity : 2)
      .flatMap(({ name }) => [path.join(inside, name), ...partsOf(folder, path.join(inside, name))]),
  ];
}

describe('.git/linekeeper', () => {
  let test: TestRepository;
  let whole: Readonly<Record<Command, Answer>>;
  let count = 0;

  /** Runs `work` in a copy of the repository. */
  async function inCopy<T>(work: (root: string) => Promise<T>): Promise<T> {
    const root = test.outside(`copy ${String(++count)}`);
    cpSync(test.root, root, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    try {
      return await work(root);
    } finally {
      removeFolder(root);
    }
  }

  const ask = (cwd: string, name: Command): Promise<Answer> => linekeeper(test, COMMANDS[name], { cwd });

  /** Paths differ from copy to copy. */
  const plain = (text: string): string => text.replaceAll(/copy \d+|work tree/g, 'ROOT');

  before(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\nthree\n');
    test.write('.linekeeper.yml', POLICY);
    await test.commit('Start');
    assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    await as('ai', test, ['a.txt'], () => {
      test.write('a.txt', 'one\ntwo by AI\nthree\n');
    });
    await test.commit('Change two');
    await as('ai', test, ['b.txt'], () => {
      test.write('b.txt', 'stashed\n');
    });
    await test.git('stash', '--include-untracked');
    await as('ai', test, ['a.txt'], () => {
      test.write('a.txt', 'one by AI\ntwo by AI\nthree\n');
    });
    await as('human', test, ['c.txt'], () => {
      test.write('c.txt', 'a person\n');
    });
    await test.git('add', '--all');
    for (const words of [
      ['report'],
      ['exception', '--tier', 'standard', '--reason', 'a test'],
      ['request-run', '--reason', 'a test', '--', 'true'],
      ['hook', 'ready'],
      ['status'],
      ['check', 'HEAD~1..HEAD', '--actor', 'ada@example.com'],
    ])
      await linekeeper(test, words);
    await inCopy(async (root) => {
      const answers = await Promise.all((Object.keys(COMMANDS) as Command[]).map((name) => ask(root, name)));
      whole = Object.fromEntries(
        (Object.keys(COMMANDS) as Command[]).map((name, i) => [name, answers[i]]),
      ) as unknown as typeof whole;
    });
    assert.match(whole.status.stdout, /2 AI|ai/i);
  });
  after(() => test.dispose());

  itInFull('has no file that the docs leave out', () => {
    const known = documented();
    const unnamed = readdirSync(test.at('.git/linekeeper')).filter((name) => !known.has(name));
    assert.deepEqual(unnamed, []);
  });

  itInFull('may lose any one part: each command answers, and a rebuilt part changes no answer', async function () {
    this.timeout(300_000);
    const folder = test.at('.git/linekeeper');
    const known = documented();
    const wrong: string[] = [];
    const parts = partsOf(folder);
    assert.ok(parts.includes('plain.git/refs') && parts.some((part) => part.startsWith('journal/')), parts.join(' '));
    const examine = async (part: string): Promise<void> => {
      await inCopy(async (root) => {
        const place = path.join(root, '.git/linekeeper', part);
        const kind = known.get(part.split(path.sep)[0] ?? '');
        rmSync(place, { recursive: true });
        for (const name of Object.keys(COMMANDS) as Command[]) {
          const answer = await ask(root, name);
          const said = `${part}: ${name} ended with ${String(answer.code)}: ${answer.stderr || answer.stdout}`;
          if (answer.code === 2 || /fatal:|not a git repository|ENOENT|\bat .*:\d+:\d+/.test(answer.stderr))
            wrong.push(said);
          else if (kind === 'cache' && name !== 'doctor' && plain(answer.stdout) !== plain(whole[name].stdout))
            wrong.push(`${part}: ${name} says\n${answer.stdout}instead of\n${whole[name].stdout}`);
        }
        const commit = await test.run(['commit', '-q', '-m', 'Work'], { cwd: root });
        if (commit.code !== 0) wrong.push(`${part}: git commit ended with ${String(commit.code)}: ${commit.stderr}`);
        const message = (await test.run(['log', '-1', '--format=%B'], { cwd: root })).stdout;
        if (kind === 'cache' && !message.includes('AI-Lines: +1 -1 of +2 -1'))
          wrong.push(`${part}: the commit's message is ${JSON.stringify(message)}: ${commit.stderr}`);
      });
    };
    const waiting = [...parts];
    await Promise.all(
      [1, 2].map(async () => {
        for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) await examine(part);
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('may lose its empty folders: every answer is the same', async () => {
    await inCopy(async (root) => {
      const folder = path.join(root, '.git/linekeeper');
      const removed: string[] = [];
      const prune = (place: string): void => {
        for (const name of readdirSync(place)) {
          const inner = path.join(place, name);
          if (statSync(inner).isDirectory()) prune(inner);
        }
        if (readdirSync(place).length > 0) return;
        rmSync(place, { recursive: true });
        removed.push(path.relative(folder, place));
      };
      prune(folder);
      assert.ok(removed.includes('plain.git/refs'), removed.join(' '));
      for (const name of Object.keys(COMMANDS) as Command[]) {
        const answer = await ask(root, name);
        assert.deepEqual([answer.code, plain(answer.stdout)], [whole[name].code, plain(whole[name].stdout)], name);
      }
      assert.ok(existsSync(path.join(folder, 'plain.git/refs')));
    });
  });
});
