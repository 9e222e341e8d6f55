/**
 * A small repository whose text is as code is: imports, brackets, empty lines and assertions that are the same in many
 * places.
 */
import type { TestRepository } from '../../repository';
import type { Random } from './random';

const NOUNS = ['Order', 'Price', 'Route', 'Token', 'Queue', 'Label', 'Cache', 'Event', 'Range', 'Width'];
const VERBS = ['read', 'find', 'join', 'check', 'merge', 'write', 'count', 'parse'];
/** Seconds since 1970: when the first commit is made. */
const BEGAN = 1_700_000_000;
const IMPORTS = [
  "import assert from 'node:assert/strict';\n",
  "import path from 'node:path';\n",
  "import { readFileSync } from 'node:fs';\n",
  "import type { Options } from './options';\n",
];

interface Source {
  readonly imports: readonly string[];
  /** Functions, or tests. */
  readonly blocks: readonly (readonly string[])[];
}

const textOf = ({ imports, blocks }: Source): string =>
  [...imports, ...blocks.map((block) => `\n${block.join('')}`)].join('');

/** Code that grows and changes: functions and the tests of them. */
class Sample {
  private readonly files = new Map<string, Source>();
  /** Blocks that were taken out. */
  private shelf: readonly (readonly string[])[] = [];

  constructor(private readonly random: Random) {}

  get texts(): readonly (readonly [path: string, text: string])[] {
    return [...this.files].map(([path, source]) => [path, textOf(source)]);
  }

  /** Some changes at several places, as a commit has them. */
  grow(): void {
    const count = this.random.between(4, 8);
    for (let i = 0; i < count; i++) this.change();
  }

  private change(): void {
    const path = `${this.random.one(['src/', 'src/', 'test/'])}${this.random.one(NOUNS.slice(0, 2)).toLowerCase()}.ts`;
    const source = this.files.get(path);
    if (!source)
      return void this.files.set(path, {
        imports: this.random.mixed(IMPORTS).slice(0, 2),
        blocks: Array.from({ length: 4 }, () => this.block(path)),
      });
    const { blocks } = source;
    if (blocks.length === 0)
      return void this.files.set(path, { ...source, blocks: [this.block(path), this.block(path)] });
    const at = this.random.below(blocks.length);
    const block = blocks[at] ?? [];
    const put = (changed: Partial<Source>): void => void this.files.set(path, { ...source, ...changed });
    switch (this.random.below(10)) {
      case 0:
        return put({ imports: this.random.mixed(IMPORTS).slice(0, this.random.between(1, 4)) });
      case 1: {
        this.shelf = [...this.shelf, block];
        return put({ blocks: blocks.toSpliced(at, 1) });
      }
      case 7: {
        const [again, ...left] = this.random.mixed(this.shelf);
        this.shelf = left;
        return put({ blocks: blocks.toSpliced(at, 0, again ?? this.block(path)) });
      }
      case 2:
        return put({ blocks: [...blocks.toSpliced(at, 1), block] });
      case 3:
        return put({
          blocks: blocks.with(
            at,
            block.map((line) => line.replaceAll('value', 'given')),
          ),
        });
      case 4:
        return put({ blocks: blocks.with(at, block.toSpliced(1, 0, ...this.early())) });
      case 5:
        return put({ blocks: blocks.with(at, wrapped(block)) });
      case 6:
        return put({ blocks: blocks.with(at, this.block(path)) });
      default:
        return put({ blocks: blocks.toSpliced(at, 0, this.block(path)) });
    }
  }

  private block(path: string): readonly string[] {
    const name = `${this.random.one(VERBS)}${this.random.one(NOUNS)}`;
    if (path.startsWith('test/'))
      return [
        `it('can ${name}', () => {\n`,
        `  const found = ${name}(sample);\n`,
        '  assert.ok(found);\n',
        '  assert.equal(found.length, 1);\n',
        '});\n',
      ];
    return [
      `export function ${name}(value: string): string | undefined {\n`,
      ...this.early(),
      `  const ${this.random.one(NOUNS).toLowerCase()} = ${this.random.one(VERBS)}(value);\n`,
      '\n',
      ...this.middle(),
      '  return undefined;\n',
      '}\n',
    ];
  }

  private middle(): readonly string[] {
    const [one, other] = [this.random.one(NOUNS).toLowerCase(), this.random.one(NOUNS).toLowerCase()];
    return this.random.one([
      [],
      [
        `  for (const ${one} of ${other}s) {\n`,
        `    if (!${one}) continue;\n`,
        '\n',
        `    ${this.random.one(VERBS)}(${one});\n`,
        '  }\n',
        '\n',
      ],
      [
        `  try {\n`,
        `    ${this.random.one(VERBS)}(${one}, ${other});\n`,
        '  } catch {\n',
        '    return undefined;\n',
        '  }\n',
        '\n',
      ],
    ]);
  }

  private early(): readonly string[] {
    return this.random.one([
      ['  if (value === undefined) return undefined;\n'],
      ['  if (value.length === 0) {\n', '    return undefined;\n', '  }\n'],
      ['  assert.ok(value);\n'],
      ['\n'],
    ]);
  }
}

/** All but its first and its last line in a condition. */
const wrapped = (block: readonly string[]): readonly string[] => [
  ...block.slice(0, 1),
  '  if (isKnown) {\n',
  ...block.slice(1, -1).map((line) => (line === '\n' ? line : `  ${line}`)),
  '  }\n',
  ...block.slice(-1),
];

/** Commits it in a repository without a commit, always with the same ids. */
export async function growSample(test: TestRepository, commits: number, random: Random): Promise<void> {
  const sample = new Sample(random);
  for (let i = 0; i < commits; i++) {
    sample.grow();
    for (const [path, text] of sample.texts) test.write(path, text);
    await test.commit(`change ${String(i + 1)}`, { at: `${String(BEGAN + i)} +0000`, args: ['--allow-empty'] });
  }
}
