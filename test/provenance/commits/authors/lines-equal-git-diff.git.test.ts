/**
 * I2 of the design: whatever a commit holds, whatever is configured, its lines are git's own, no more and no fewer.
 *
 * The counts come from git in a bare repository that shares nothing but the objects; that the ranges are the lines
 * comes from the contents themselves: without the removed lines the old file must be the new one without the added
 * lines.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { FileAttribution } from '../../../../src/provenance/authorship/types';
import { showCommits, type CommitAttribution } from '../../../../src/provenance/commits';
import { runGit } from '../../../../src/git';
import { casesOf, itInFull } from '../../../support/full';
import { askJson } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { anyHistory, importStream, type History, type Tree } from '../../../support/oracle/trees';

const RUNS = Number(process.env['LINEKEEPER_TREES'] ?? casesOf(100, 25));

/** What a user or a branch may set that changes what git shows. None of it may change what is counted. */
const HOSTILE_CONFIGURATION: readonly (readonly [string, string])[] = [
  ['diff.noprefix', 'true'],
  ['diff.mnemonicPrefix', 'true'],
  ['diff.algorithm', 'patience'],
  ['diff.renames', 'false'],
  ['diff.renameLimit', '1'],
  ['diff.context', '0'],
  ['diff.interHunkContext', '20'],
  ['diff.indentHeuristic', 'false'],
  ['diff.suppressBlankEmpty', 'true'],
  ['diff.submodule', 'log'],
  ['diff.ignoreSubmodules', 'all'],
  ['diff.relative', 'true'],
  ['diff.external', 'false'],
  ['diff.orderFile', 'no-such-file'],
  ['diff.colorMoved', 'zebra'],
  ['color.ui', 'always'],
  ['color.diff', 'always'],
  ['core.quotePath', 'false'],
  ['core.bigFileThreshold', '1'],
  ['core.whitespace', 'cr-at-eol'],
  ['diff.foo.binary', 'true'],
  ['diff.foo.textconv', 'tr a-z z'],
  ['diff.foo.command', 'false'],
  ['diff.wsErrorHighlight', 'all'],
];

const ATTRIBUTES = '* -diff\n*.txt binary\n*.md diff=foo\n*.c text eol=crlf\nd/* -text working-tree-encoding=UTF-16\n';

class Bench {
  private constructor(
    readonly test: TestRepository,
    private readonly bare: string,
  ) {}

  static async create(): Promise<Bench> {
    const test = await TestRepository.create();
    const bare = test.outside('bare.git');
    await test.git('init', '--quiet', '--bare', bare);
    mkdirSync(path.join(bare, 'objects', 'info'), { recursive: true });
    writeFileSync(path.join(bare, 'objects', 'info', 'alternates'), `${path.join(test.root, '.git', 'objects')}\n`);
    for (const [key, value] of HOSTILE_CONFIGURATION) await test.git('config', key, value);
    test.write('.git/info/attributes', ATTRIBUTES);
    test.write('.gitattributes', ATTRIBUTES);
    await test.git('add', '.gitattributes');
    return new Bench(test, bare);
  }

  /** Makes the commits of a history and gives their ids, oldest first. */
  async make(history: History): Promise<string[]> {
    await runGit(['fast-import', '--quiet', '--force', '--date-format=raw'], {
      cwd: this.test.root,
      input: importStream(history),
    });
    const { stdout } = await runGit(['rev-list', '--reverse', 'refs/heads/made'], { cwd: this.test.root });
    return stdout.toString('utf8').trim().split('\n');
  }

  /** git, with nothing configured and no attributes. */
  async plain(args: readonly string[], input = ''): Promise<Buffer> {
    return (
      await runGit(args, {
        cwd: this.bare,
        input,
        env: {
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_ATTR_NOSYSTEM: '1',
          XDG_CONFIG_HOME: '/nonexistent',
          GIT_DIFF_OPTS: undefined,
          GIT_EXTERNAL_DIFF: undefined,
          GIT_CONFIG_COUNT: undefined,
        },
      })
    ).stdout;
  }

  /** Added and removed lines of each commit, by git. */
  async numstat(ids: readonly string[]): Promise<Map<string, Numbers[]>> {
    const answer = await this.plain(
      ['diff-tree', '--stdin', '--root', '-r', '-M', '--numstat', '-z'],
      `${ids.join('\n')}\n`,
    );
    return parseNumstat(answer.toString('latin1'));
  }
}

interface Numbers {
  readonly path: string;
  readonly from: string | null;
  /** Null for what git calls binary. */
  readonly added: number | null;
  readonly removed: number | null;
}

function parseNumstat(text: string): Map<string, Numbers[]> {
  const result = new Map<string, Numbers[]>();
  const fields = text.split('\0');
  let list: Numbers[] = [];
  for (let i = 0; i < fields.length; i++) {
    let field = fields[i] ?? '';
    const header = /^([0-9a-f]{40})(?:\n|$)/.exec(field);
    if (header?.[1] !== undefined) {
      list = [];
      result.set(header[1], list);
      field = field.slice(header[0].length);
    }
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(field);
    if (!match) continue;
    const number = (word: string | undefined): number | null => (word === '-' ? null : Number(word));
    const renamed = match[3] === '';
    const name = (raw: string | undefined): string => Buffer.from(raw ?? '', 'latin1').toString('utf8');
    list.push({
      path: name(renamed ? fields[i + 2] : match[3]),
      from: renamed ? name(fields[i + 1]) : null,
      added: number(match[1]),
      removed: number(match[2]),
    });
    if (renamed) i += 2;
  }
  return result;
}

const sum = (counts: { readonly ai: number; readonly human: number; readonly unknown: number }): number =>
  counts.ai + counts.human + counts.unknown;

/** The lines that ranges name, 0-based; they must ascend and neither touch nor overlap where they say the same. */
function linesOf(ranges: FileAttribution['ranges'], what: string): Set<number> {
  const lines = new Set<number>();
  let last = 0;
  for (const { start, end } of ranges) {
    assert.ok(
      Number.isInteger(start) && start > last && end >= start,
      `${what}: ranges ascend: ${JSON.stringify(ranges)}`,
    );
    for (let line = start; line <= end; line++) lines.add(line - 1);
    last = end;
  }
  return lines;
}

/** The lines that git compares: of a submodule the one that it writes in its stead. */
function contentOf(tree: Tree | undefined, file: string): string[] {
  const entry = tree?.get(file);
  const text =
    entry?.mode === '160000'
      ? `Subproject commit ${entry.content.toString('latin1')}\n`
      : entry?.content.toString('latin1');
  return text?.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

type Shown = Pick<CommitAttribution, 'files' | 'added' | 'removed'>;

function compare(
  shown: Shown | undefined,
  expected: readonly Numbers[],
  before: Tree | undefined,
  after: Tree | undefined,
): void {
  assert.ok(shown);
  assert.deepEqual(
    [...shown.files.map((f) => [f.from, f.path])].sort(),
    [...expected.map((e) => [e.from, e.path])].sort(),
  );
  for (const numbers of expected) {
    const file: FileAttribution | undefined = shown.files.find((f) => f.path === numbers.path);
    assert.ok(file);
    const what: string = JSON.stringify([numbers, file.status]);
    assert.equal(file.binary, numbers.added === null, `${what}: binary`);
    const added = linesOf(file.ranges, what);
    const removed = linesOf(file.removed, what);
    assert.deepEqual([added.size, removed.size], [numbers.added ?? 0, numbers.removed ?? 0], what);
    if (added.size + removed.size === 0) assert.ok(file.change, `${what}: a change without lines has an author`);
    if (numbers.added === null) continue;
    const old: readonly string[] = file.status === 'A' ? [] : contentOf(before, file.from ?? file.path);
    const now: readonly string[] = contentOf(after, file.path);
    assert.ok(Math.max(-1, ...removed) < old.length && Math.max(-1, ...added) < now.length, `${what}: lines exist`);
    assert.deepEqual(
      now.filter((_, i) => !added.has(i)),
      old.filter((_, i) => !removed.has(i)),
      `${what}: without what was added and removed both sides are the same`,
    );
  }
  const total = (side: 'added' | 'removed'): number => expected.reduce((all, one) => all + (one[side] ?? 0), 0);
  assert.deepEqual([sum(shown.added), sum(shown.removed)], [total('added'), total('removed')]);
}

describe('the lines of linekeeper show are those of git diff', () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.create();
  });
  after(() => bench.test.dispose());

  itInFull('for random histories, whatever git configuration', async function () {
    this.timeout(600_000);
    const home = bench.test.outside('config');
    mkdirSync(path.join(home, 'git'), { recursive: true });
    writeFileSync(path.join(home, 'git', 'attributes'), '* -diff\n');
    const environment = {
      XDG_CONFIG_HOME: home,
      GIT_EXTERNAL_DIFF: 'false',
      GIT_DIFF_OPTS: '-u0',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'diff.algorithm',
      GIT_CONFIG_VALUE_0: 'histogram',
    };
    const usual = process.env['XDG_CONFIG_HOME'];
    Object.assign(process.env, environment);
    let commits = 0;
    try {
      await fc.assert(
        fc.asyncProperty(anyHistory, async (history) => {
          const ids = await bench.make(history);
          const [expected, shown] = await Promise.all([bench.numstat(ids), showCommits(bench.test.repository(), ids)]);
          ids.forEach((id, i) => {
            compare(shown.get(id), expected.get(id) ?? [], history[i - 1], history[i]);
          });
          commits += ids.length;
        }),
        { numRuns: RUNS },
      );
    } finally {
      for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      if (usual !== undefined) process.env['XDG_CONFIG_HOME'] = usual;
    }
    console.log(`      ${String(RUNS)} histories, ${String(commits)} commits`);
  });

  it('through the command line', async function () {
    this.timeout(60_000);
    for (const history of fc.sample(anyHistory, { numRuns: 2 })) {
      const ids = await bench.make(history);
      const expected = await bench.numstat(ids);
      for (const [i, id] of ids.slice(0, 3).entries()) {
        const shown = await askJson<Shown & { readonly commit: string; readonly parent: string | null }>(
          bench.test,
          'show',
          id,
        );
        assert.deepEqual([shown.commit, shown.parent], [id, ids[i - 1] ?? null]);
        compare(shown, expected.get(id) ?? [], history[i - 1], history[i]);
      }
    }
  });
});
