/**
 * A range and its squash are one change, whatever people and assistants did to each other's lines: the squash has no
 * line of a person's that the range has not. What only was indented again may be somebody's in the range and nobody's in
 * the squash, and a person's line that an assistant indented is a person's in the squash alone. A revert in the range is
 * left out of that: who then writes into a line that an assistant had changed and the revert brought back is a person in
 * the squash, and the range, which saw the assistant there, still asks for the review.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { netChange, readRange, type AttributionOf, type NetFile } from '../../../../src/review/gate';
import { settle, showCommits } from '../../../../src/provenance/commits';
import '../../../support/seed';
import { casesOf, itOfCases } from '../../../support/full';
import { TestRepository } from '../../../support/repository';
import { as, tick, type Who } from '../../../support/worker';

const KINDS = [
  'reword',
  'most',
  'capitals',
  'indent',
  'insert',
  'remove',
  'copy',
  'rename',
  'revert',
  'merge',
] as const;

/** One commit of the range. */
interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly by: Who;
  readonly file: number;
  readonly at: number;
  readonly count: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS, 'insert' as const, 'reword' as const),
    by: fc.constantFrom<Who>('ai', 'human'),
    file: fc.integer({ min: 0, max: 1 }),
    at: fc.integer({ min: 0, max: 11 }),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 3, maxLength: 6 },
);

const WORDS = [
  'amber',
  'bridge',
  'copper',
  'dragon',
  'ember',
  'falcon',
  'garden',
  'harbor',
  'island',
  'jungle',
  'kettle',
  'lantern',
  'meadow',
  'nectar',
  'orchid',
  'pebble',
];

class History {
  private serial = 0;
  private readonly names = ['a.txt', 'b.txt'];
  constructor(readonly test: TestRepository) {}

  static async create(): Promise<History> {
    const history = new History(await TestRepository.create());
    for (const name of history.names)
      history.test.write(name, Array.from({ length: 12 }, () => history.line()).join(''));
    await history.test.commit('start');
    await history.test.git('switch', '-qc', 'topic');
    return history;
  }

  /** No two are alike. */
  private line(): string {
    const at = this.serial++;
    return `${[3, 5, 7, 11].map((step) => `${WORDS[(at * step) % WORDS.length] ?? ''}${String(at)}`).join(' ')}\n`;
  }

  async play({ kind, by, file, at, count }: Step): Promise<void> {
    const { test, names } = this;
    const [name = '', other = ''] = [names[file], names[1 - file]];
    if (kind === 'revert') {
      if ((await test.git('rev-parse', 'main')) !== (await test.git('rev-parse', 'HEAD')))
        await test
          .run(['revert', '--no-edit', '-m', '1', 'HEAD'])
          .then(async ({ code }) => (code === 0 ? undefined : test.run(['revert', '--no-edit', 'HEAD'])));
    } else if (kind === 'rename') {
      const to = `renamed-${String(this.serial++)}.txt`;
      await test.git('mv', name, to);
      names[file] = to;
      await test.git('commit', '-qam', 'rename');
    } else if (kind === 'merge') {
      await test.git('switch', '-qc', `side-${String(this.serial++)}`);
      await this.edit(by, name, (lines) => lines.splice(0, 1, this.line()));
      await test.git('switch', '-q', 'topic');
      await this.edit('human', other, (lines) => lines.push(this.line()));
      await test.git('merge', '-q', '--no-edit', `side-${String(this.serial - 2)}`).catch(() => undefined);
    } else {
      await this.edit(by, kind === 'copy' ? other : name, (lines) => {
        if (kind === 'copy')
          lines.push(
            ...test
              .read(name)
              .split(/(?<=\n)/)
              .slice(at, at + count),
          );
        if (kind === 'insert') lines.splice(at, 0, ...Array.from({ length: count }, () => this.line()));
        if (kind === 'remove') lines.splice(at, count);
        for (let i = at; i < Math.min(lines.length, at + count); i++) {
          if (kind === 'indent') lines[i] = `  ${lines[i] ?? ''}`;
          if (kind === 'capitals') lines[i] = (lines[i] ?? '').toUpperCase();
          // All words but one, however little of the line that one is.
          if (kind === 'most')
            lines[i] = (lines[i] ?? '').replace(/\S+(?= )/g, () => `another${String(this.serial++)}`);
          if (kind === 'reword') lines[i] = (lines[i] ?? '').replace(/\S+/, `word${String(this.serial++)}`);
        }
      });
    }
    assert.equal(await test.git('status', '--porcelain'), '');
  }

  private async edit(by: Who, name: string, change: (lines: string[]) => unknown): Promise<void> {
    const lines = this.test.read(name).split(/(?<=\n)/);
    change(lines);
    await as(by, this.test, [name], () => this.test.write(name, lines.join('')));
    await this.test.git('commit', '-qam', 'work', '--allow-empty');
    await settle(this.test.repository(), tick);
  }

  /** The authors that the gate finds between `main` and a branch: `+notHuman/human -notHuman/human` of each file. */
  async authors(branch: string): Promise<readonly string[]> {
    const repository = this.test.repository();
    await settle(repository, tick);
    const range = await readRange(
      repository,
      await this.test.git('rev-parse', 'main'),
      await this.test.git('rev-parse', branch),
    );
    const attributionOf: AttributionOf = async (ids) => {
      const shown = await showCommits(repository, ids);
      return ({ id }) => shown.get(id);
    };
    const { files } = await netChange(repository, range, attributionOf);
    return files.map(
      ({ attribution: { path, ranges, removed } }) => `${path} +${countOf(ranges)} -${countOf(removed)}`,
    );
  }
}

const countOf = (ranges: NetFile['attribution']['ranges']): string =>
  [false, true]
    .map((isHuman) =>
      String(
        ranges.reduce(
          (sum, range) => sum + ((range.author === 'human') === isHuman ? range.end - range.start + 1 : 0),
          0,
        ),
      ),
    )
    .join('/');

describe('a squash merge, for random histories of people and assistants', () => {
  itOfCases('has no more lines by people than its range', async function () {
    this.timeout(600_000);
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        const history = await History.create();
        const { test } = history;
        try {
          for (const one of played) await history.play(one);
          await settle(test.repository(), tick);
          const range = await history.authors('topic');
          await test.git('switch', '-qc', 'squashed', 'main');
          await test.git('merge', '-q', '--squash', 'topic');
          await test.git('commit', '-qm', 'all of it', '--allow-empty');
          const squashed = await history.authors('squashed');
          const totals = (files: readonly string[]): readonly string[] =>
            files.map((file) =>
              file.replace(/(\d+)\/(\d+)/g, (_, one: string, other: string) => String(Number(one) + Number(other))),
            );
          const people = (files: readonly string[]): readonly number[] =>
            files.flatMap((file) => [...file.matchAll(/\d+\/(\d+)/g)].map((match) => Number(match[1])));
          assert.deepEqual(totals(squashed), totals(range));
          if (played.some(({ kind, by }) => kind === 'revert' || (kind === 'indent' && by === 'ai'))) return;
          assert.ok(
            people(squashed).every((count, index) => count <= (people(range)[index] ?? 0)),
            `${squashed.join(', ')} is not ${range.join(', ')}`,
          );
        } finally {
          await test.dispose();
        }
      }),
      { numRuns: Number(process.env['LINEKEEPER_SQUASHES'] ?? casesOf(6, 2)) },
    );
  });
});
