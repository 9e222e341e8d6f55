import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Author } from '../../../../src/provenance/authorship/types';
import { netChange, readRange, type NetFile } from '../../../../src/review/gate';
import { casesOf } from '../../../support/full';
import { CARL } from '../../../support/repository';
import { Branch, bySubject } from '../../../support/gate';

/**
 * What a step of a history does. Every line ever written is different, so that it is plain who wrote and who removed
 * it.
 */
type Step =
  | {
      readonly kind: 'edit';
      readonly author: Author;
      readonly file: number;
      readonly at: number;
      readonly remove: number;
      readonly insert: number;
    }
  | { readonly kind: 'rename'; readonly author: Author; readonly file: number }
  | { readonly kind: 'main'; readonly at: number }
  | { readonly kind: 'merge' }
  | { readonly kind: 'side'; readonly author: Author; readonly file: number; readonly at: number };

const author = fc.constantFrom<Author>('ai', 'human', 'unknown');
const file = fc.integer({ min: 0, max: 1 });
const at = fc.integer({ min: 0, max: 24 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      author,
      file,
      at,
      remove: fc.integer({ min: 0, max: 3 }),
      insert: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), author, file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('main' as const), at }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'merge' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('side' as const), author, file, at }) },
);

class History {
  private serial = 0;
  private readonly names = ['a.txt', 'b.txt'];

  constructor(readonly branch: Branch) {}

  static async create(): Promise<History> {
    const base = (name: string): string =>
      Array.from({ length: 25 }, (_, index) => `${name} ${String(index)}\n`).join('');
    return new History(await Branch.create({ 'a.txt': base('a'), 'b.txt': base('b') }));
  }

  async play(one: Step): Promise<void> {
    const { repo } = this.branch;
    if (one.kind === 'edit') {
      await this.commit(one.author, this.edit(this.nameOf(one.file), one.at, one.remove, one.insert));
    } else if (one.kind === 'rename') {
      const from = this.nameOf(one.file);
      const to = `renamed-${String(this.serial++)}.txt`;
      this.names[one.file] = to;
      const content = repo.read(from);
      await this.commit(one.author, { [from]: null, [to]: content });
    } else if (one.kind === 'merge') {
      await repo.run(['merge', '--quiet', '--no-edit', '-X', 'ours', 'main']);
    } else if (one.kind === 'main') {
      await repo.git('checkout', '--quiet', 'main');
      await this.commit('human', this.edit('a.txt', one.at, 1, 1));
      await repo.git('checkout', '--quiet', 'topic');
    } else {
      const start = await repo.git('rev-parse', 'HEAD');
      const onMain = await this.commit('unknown', { 'note.txt': `note ${String(this.serial++)}\n` });
      await repo.git('checkout', '--quiet', '-B', 'side', start);
      await this.commit(one.author, this.edit(this.nameOf(one.file), one.at, 1, 2));
      await repo.git('checkout', '--quiet', '-B', 'topic', onMain);
      await repo.run(['merge', '--quiet', '--no-edit', '-X', 'ours', 'side']);
    }
    assert.equal(await repo.git('status', '--porcelain'), '');
  }

  private nameOf(index: number): string {
    return this.names[index] ?? 'a.txt';
  }

  private edit(name: string, at: number, remove: number, insert: number): Readonly<Record<string, string>> {
    const lines = this.branch.repo.read(name).split('\n').slice(0, -1);
    lines.splice(
      at % (lines.length + 1),
      remove,
      ...Array.from({ length: insert }, () => `written ${String(this.serial++)}`),
    );
    return { [name]: lines.map((line) => `${line}\n`).join('') };
  }

  private async commit(by: Author, files: Readonly<Record<string, string | null>>): Promise<string> {
    return this.branch.commit(by === 'unknown' ? 'some change' : `${by}: change`, files, CARL, {
      args: ['--allow-empty'],
    });
  }
}

describe('linekeeper check, for random histories', () => {
  let branch: Branch | undefined;
  afterEach(() => branch?.repo.dispose());

  it("its net change has git's lines, each with the author of the commit that wrote or removed it", async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        const history = await History.create();
        ({ branch } = history);
        try {
          for (const one of steps) await history.play(one);
          await compare(branch);
        } finally {
          await branch.repo.dispose();
        }
      }),
      { numRuns: casesOf(8, 3) },
    );
  });
});

async function compare({ repo }: Branch): Promise<void> {
  const repository = repo.repository();
  const range = await readRange(repository, await repo.git('rev-parse', 'main'), await repo.git('rev-parse', 'topic'));
  const { files } = await netChange(repository, range, bySubject);
  const numstat = (await repo.git('diff', '--numstat', '--no-renames', range.mergeBase, range.head))
    .split('\n')
    .filter((line) => line !== '');
  const renamed = files.some((one) => one.attribution.from !== null);
  if (!renamed)
    assert.deepEqual(
      files.map(
        ({ attribution: { path, ranges, removed } }) =>
          `${String(length(ranges))}\t${String(length(removed))}\t${path}`,
      ),
      numstat,
    );
  const writers = await writersAndRemovers(repo, range.commits);
  for (const one of files) {
    const { path, from } = one.attribution;
    const after = one.attribution.status === 'D' ? [] : (await repo.git('show', `${range.head}:${path}`)).split('\n');
    const before =
      one.attribution.status === 'A' ? [] : (await repo.git('show', `${range.mergeBase}:${from ?? path}`)).split('\n');
    checkSide(one, 'ranges', after, writers.wrote);
    checkSide(one, 'removed', before, writers.removed);
  }
}

const length = (ranges: NetFile['attribution']['ranges']): number =>
  ranges.reduce((sum, range) => sum + range.end - range.start + 1, 0);

function checkSide(
  file: NetFile,
  side: 'ranges' | 'removed',
  text: readonly string[],
  known: ReadonlyMap<string, ReadonlySet<Author>>,
): void {
  for (const range of file.attribution[side]) {
    for (let line = range.start; line <= range.end; line++) {
      const expected = known.get(text[line - 1] ?? '') ?? new Set();
      // More than one commit (two branches removed the same line), or only a merge: then any of them, or unknown.
      if (expected.size === 1)
        assert.ok(
          expected.has(range.author),
          `${side} ${file.attribution.path}:${String(line)} "${text[line - 1] ?? ''}" is ${range.author}, not ${[...expected].join()}`,
        );
      else if (expected.size > 1) assert.ok(expected.has(range.author) || range.author === 'unknown');
    }
  }
}

/** By the text of a line: whose commits wrote it, and whose removed it. Merges aside. */
async function writersAndRemovers(
  repo: Branch['repo'],
  commits: readonly { readonly id: string; readonly parents: readonly string[]; readonly message: string }[],
): Promise<{ readonly wrote: Map<string, Set<Author>>; readonly removed: Map<string, Set<Author>> }> {
  const texts = new Map<string, ReadonlySet<string>>();
  const textOf = async (commit: string): Promise<ReadonlySet<string>> => {
    let lines = texts.get(commit);
    if (lines === undefined)
      texts.set(commit, (lines = new Set((await repo.git('grep', '-h', '-I', '-e', '', commit)).split('\n'))));
    return lines;
  };
  const wrote = new Map<string, Set<Author>>();
  const removed = new Map<string, Set<Author>>();
  const note = (where: Map<string, Set<Author>>, line: string, author: Author): void =>
    void where.set(line, (where.get(line) ?? new Set<Author>()).add(author));
  for (const { id, parents, message } of commits) {
    const [parent, other] = parents;
    if (parent === undefined || other !== undefined) continue;
    const by: Author = message.startsWith('ai:') ? 'ai' : message.startsWith('human:') ? 'human' : 'unknown';
    const [before, after] = [await textOf(parent), await textOf(id)];
    for (const line of after) if (!before.has(line)) note(wrote, line, by);
    for (const line of before) if (!after.has(line)) note(removed, line, by);
  }
  return { wrote, removed };
}
