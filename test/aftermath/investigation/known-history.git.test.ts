/** Suspects of incidents against some months of a history of which everything is known, with deployments of it. */
import assert from 'node:assert/strict';
import { deploy } from '../../../src/cli/verbs/deploy';
import { incident } from '../../../src/cli/verbs/incident';
import { itInFull } from '../../support/full';
import { someMonths, type MadeCommit, type MadeHistory, type MadeLine } from '../../support/made-history';
import { TestRepository } from '../../support/repository';
import { callVerb } from '../../support/verbs';

const DAY = 86_400;
const FROM = Date.parse('2026-01-05T09:00:00Z') / 1000;

interface Told {
  readonly deployed: string;
  readonly lastGood: string | null;
  readonly suspects: readonly {
    readonly commit: string;
    readonly added: { readonly ai: number; readonly human: number; readonly unknown: number };
    readonly assistants: readonly { readonly assistant: string }[];
    readonly contribution: string;
    readonly reasons: readonly { readonly kind: string }[];
  }[];
}

describe('linekeeper incident, on a history with known authors', function () {
  this.timeout(240_000);
  let test: TestRepository;
  let made: MadeHistory;
  let tip: MadeCommit;
  let good: MadeCommit;
  let ids: ReadonlyMap<number, string>;
  let now: number;

  before(async () => {
    test = await TestRepository.create();
    made = someMonths({ seed: 2026, from: FROM, commits: 120, daysEach: 1.5 });
    await made.into(test);
    const [last] = made.commits.slice(-1);
    assert.ok(last);
    tip = last;
    const branch = [tip];
    for (let at = tip.parents[0]; at; at = at.parents[0]) branch.push(at);
    good = branch[25] ?? tip;
    now = (tip.time + DAY) * 1000;
    const refs = await test.git('for-each-ref', '--format=%(objectname) %(refname:short)', 'refs/heads/made-*');
    ids = new Map(refs.split('\n').map((row) => [Number(/made-(\d+)$/.exec(row)?.[1]), row.split(' ')[0] ?? '']));
    for (const [commit, at] of [
      [good, good.time + 3600],
      [tip, tip.time + 3600],
    ] as const) {
      const words = ['record', '--stage', 'production', '--ref', ids.get(commit.mark) ?? '', '--at'];
      const { code, err } = await callVerb(deploy, [...words, new Date(at * 1000).toISOString()], test.root, {
        now: () => now,
      });
      assert.equal(code, 0, err.join('\n'));
    }
  });
  after(() => test.dispose());

  /** What is found for a failure in a line. */
  async function told(path: string, line: number): Promise<Told> {
    const began = new Date((tip.time + 7200) * 1000).toISOString();
    const { code, out, err } = await callVerb(
      incident,
      ['new', '--title', 'Down', '--began', began, '--trace', '-', '--print', '--json'],
      test.root,
      { now: () => now, stdin: () => Promise.resolve(`Error: no\n    at run (/srv/app/${path}:${String(line)}:3)\n`) },
    );
    assert.equal(code, 0, err.join('\n'));
    return JSON.parse(out) as Told;
  }

  itInFull('suspects the commit that wrote the failing line, with its author', async () => {
    const since = new Set(made.commits.filter((commit) => !isBefore(commit, good)));
    const failing = [...tip.files]
      .flatMap(([path, lines]) => lines.map((line, at) => ({ path, line, number: at + 1 })))
      .filter(({ line }) => since.has(line.born));
    const picked = byAuthor(failing);
    assert.deepEqual([...picked.keys()].sort(), ['ai', 'human', 'unknown'], 'lines by everybody');
    for (const [author, { path, line, number }] of picked) {
      const found = await told(path, number);
      assert.deepEqual([found.deployed, found.lastGood], [ids.get(tip.mark), ids.get(good.mark)]);
      // Others may have more evidence against them, such as a danger, and come before it.
      const first = found.suspects.find(({ commit }) => commit === ids.get(line.born.mark));
      assert.ok(first, `${author}: line ${String(number)} of ${path}`);
      assert.ok(first.reasons.some(({ kind }) => kind === 'line'));
      const mine = line.born.changes.flatMap(({ added }) => added).filter((one) => authorOf(one) === author).length;
      assert.equal(first.added[author], mine, `lines of ${author}`);
      const { noted, changes } = line.born;
      const byPeople = changes.every(
        ({ added, removed, removedBy }) =>
          added.every((one) => authorOf(one) === 'human') && (removed.length === 0 || removedBy.author === 'human'),
      );
      assert.equal(first.contribution, noted && byPeople ? 'did-not' : 'cannot-tell');
      const { who } = line;
      if (author === 'ai' && who.author === 'ai')
        assert.ok(first.assistants.some(({ assistant }) => assistant === who.assistant));
    }
  });

  it('suspects no commit from before the last good deployment', async () => {
    const old = [...tip.files]
      .flatMap(([path, lines]) => lines.map((line, at) => ({ path, line, number: at + 1 })))
      .find(({ line }) => isBefore(line.born, good));
    assert.ok(old);
    const { suspects } = await told(old.path, old.number);
    const before = new Set(made.commits.filter((one) => isBefore(one, good)).map(({ mark }) => ids.get(mark)));
    assert.deepEqual(
      suspects.filter(({ commit }) => before.has(commit)),
      [],
    );
  });
});

interface Failing {
  readonly path: string;
  readonly line: MadeLine;
  readonly number: number;
}

/** The author as far as anything was recorded. */
const authorOf = ({ born, who }: MadeLine): 'ai' | 'human' | 'unknown' => (born.noted ? who.author : 'unknown');

/** One line of each author, as far as anything was recorded. */
function byAuthor(all: readonly Failing[]): ReadonlyMap<'ai' | 'human' | 'unknown', Failing> {
  const picked = new Map<'ai' | 'human' | 'unknown', Failing>();
  for (const one of all) {
    const author = authorOf(one.line);
    if (!picked.has(author)) picked.set(author, one);
  }
  return picked;
}

/** Whether `other` has the commit in its past, or is it. */
function isBefore(commit: MadeCommit, other: MadeCommit): boolean {
  const open = [other];
  const seen = new Set<MadeCommit>();
  for (let at = open.pop(); at; at = open.pop()) {
    if (at === commit) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...at.parents);
  }
  return false;
}
