/**
 * Says in one line how large the sources and the tests are, and what changed in them: `npx tsx scripts/size.ts [COMMIT]`.
 * The change is against COMMIT, else what `CI_BASE` names, else where this branch left the remote's default branch; on
 * that branch itself, the commit before.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['src', 'test'] as const;

/** Throws where git fails. */
const git = (top: string, ...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: top, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });

function commitOf(top: string, name: string): string | undefined {
  try {
    return git(top, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).trim();
  } catch {
    return undefined;
  }
}

function mergeBase(top: string): string | undefined {
  try {
    return git(top, 'merge-base', 'HEAD', 'origin/HEAD').trim();
  } catch {
    return undefined; // no remote, or a clone without its history
  }
}

/** The commit that the change is against; undefined where nothing is known but HEAD. */
function baseOf(top: string, named: string | undefined): string | undefined {
  if (named !== undefined && named !== '') return commitOf(top, named);
  const base = mergeBase(top);
  return base === undefined || base === commitOf(top, 'HEAD') ? commitOf(top, 'HEAD~1') : base;
}

const linesOf = (text: string): number => text.split('\n').length - 1;

const typeScript = (folder: string): string => `:(glob)${folder}/**/*.ts`;

const totalOf = (top: string, folder: string): number =>
  git(top, 'ls-files', '-z', '--', typeScript(folder))
    .split('\0')
    .filter((name) => name !== '')
    .reduce((sum, name) => sum + linesOf(readFileSync(path.join(top, name), 'utf8')), 0);

function changeOf(top: string, base: string, folder: string): string {
  const rows = git(top, 'diff', '--no-ext-diff', '--numstat', base, '--', typeScript(folder)).split('\n');
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row.split('\t')[column] ?? 0), 0);
  return `+${grouped(sum(0))} -${grouped(sum(1))}`;
}

const grouped = (count: number): string => count.toLocaleString('en');

/** `size: src 1,510 lines (+20 -30), test 900 lines (+1 -0) since 9ede593c1`. `named`: the base, by any name. */
export function sizeText(top: string, named: string | undefined): string {
  const base = baseOf(top, named);
  const parts = FOLDERS.map(
    (folder) =>
      `${folder} ${grouped(totalOf(top, folder))} lines${base === undefined ? '' : ` (${changeOf(top, base, folder)})`}`,
  );
  return `size: ${parts.join(', ')}${base === undefined ? ', and no earlier commit to compare with' : ` since ${base.slice(0, 9)}`}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(sizeText(path.join(import.meta.dirname, '..'), process.argv[2] ?? process.env['CI_BASE']));
