/**
 * What git itself says of commits: trees as texts, parents, and which lines each commit added and removed, with no
 * attributes applied.
 */
import { join } from 'node:path';
import type { Scratch } from './scratch';
import { type Ledger } from './ledger';

export interface FileDiff {
  path: string;
  from: string;
  /** Lines by number, of the new and of the old file. */
  added: number[];
  removed: number[];
  hunks: { added: number[]; removed: number[] }[];
}

export const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export class Objects {
  private readonly blobs = new Map<string, string>();
  private readonly trees = new Map<string, Map<string, string>>();
  private readonly parents = new Map<string, string[]>();
  private readonly pasts = new Map<string, Set<string>>();

  constructor(
    private readonly scratch: Scratch,
    private readonly ledger: Ledger,
  ) {}

  parentsOf(commit: string): string[] {
    const known = this.parents.get(commit);
    if (known !== undefined) return known;
    const found = this.scratch.ask('show', '-s', '--format=%P', commit).trim().split(' ').filter(Boolean);
    this.parents.set(commit, found);
    return found;
  }

  /** The text files of a commit or tree. */
  files(treeish: string): Map<string, string> {
    const known = this.trees.get(treeish);
    if (known !== undefined) return known;
    const entries = this.scratch
      .ask('ls-tree', '-r', '-z', treeish)
      .split('\0')
      .filter(Boolean)
      .flatMap((line) => {
        const [, mode = '', kind = '', sha = '', path = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
        return kind === 'blob' && mode !== '120000' ? [{ sha, path }] : [];
      });
    this.load(entries.map((entry) => entry.sha).filter((sha) => !this.blobs.has(sha)));
    const files = new Map(entries.map((entry) => [entry.path, this.blobs.get(entry.sha) ?? '']));
    this.trees.set(treeish, files);
    return files;
  }

  private load(shas: string[]): void {
    for (const sha of new Set(shas)) this.blobs.set(sha, this.scratch.ask('cat-file', 'blob', sha));
  }

  /** Every known word that was ever in a commit or in one before it. */
  past(commit: string): Set<string> {
    const known = this.pasts.get(commit);
    if (known !== undefined) return known;
    const words = new Set<string>();
    for (const text of this.files(commit).values()) for (const word of this.ledger.known(text)) words.add(word);
    for (const parent of this.parentsOf(commit)) for (const word of this.past(parent)) words.add(word);
    this.pasts.set(commit, words);
    return words;
  }

  /** The lines that differ between two trees. Bare and without an index, so that no attributes count. */
  diff(from: string, to: string): FileDiff[] {
    const out = this.bare(
      'diff-tree',
      '-r',
      '-M',
      '-p',
      '-U0',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      from,
      to,
    );
    return parsed(out);
  }

  /**
   * What `git diff-tree --numstat` counts: the sum of added and of removed lines, and the number of files with no lines
   * to count.
   */
  counts(from: string, to: string): { added: number; removed: number } {
    const rows = this.bare('diff-tree', '-r', '-M', '--numstat', from, to)
      .split('\n')
      .map((row) => row.split('\t'));
    const sum = (column: number) => rows.reduce((total, row) => total + (Number(row[column]) || 0), 0);
    return { added: sum(0), removed: sum(1) };
  }

  private bare(...args: string[]): string {
    const dir = this.scratch.ask('rev-parse', '--absolute-git-dir').trim();
    return this.scratch.run('git', ['--git-dir', dir, '-c', 'core.bare=true', '-c', 'core.quotePath=false', ...args], {
      dir,
      env: { ...this.scratch.plain, GIT_ATTR_NOSYSTEM: '1', GIT_INDEX_FILE: join(this.scratch.home, 'no-index') },
    }).out;
  }
}

function parsed(diff: string): FileDiff[] {
  const files: FileDiff[] = [];
  let left = 0;
  let right = 0;
  for (const line of diff.split('\n')) {
    const file = files.at(-1);
    const name = /^diff --git "?a\/(.*?)"? "?b\/(.*?)"?$/.exec(line);
    if (left === 0 && right === 0 && name !== null) {
      files.push({ from: name[1] ?? '', path: name[2] ?? '', added: [], removed: [], hunks: [] });
      continue;
    }
    if (file === undefined) continue;
    const renamed = /^rename (from|to) "?(.*?)"?$/.exec(line);
    if (left === 0 && right === 0 && renamed !== null) file[renamed[1] === 'from' ? 'from' : 'path'] = renamed[2] ?? '';
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (left === 0 && right === 0 && hunk !== null) {
      [left, right] = [Number(hunk[2] ?? 1), Number(hunk[4] ?? 1)];
      const removed = Array.from({ length: left }, (_, at) => Number(hunk[1]) + at);
      const added = Array.from({ length: right }, (_, at) => Number(hunk[3]) + at);
      file.added.push(...added);
      file.removed.push(...removed);
      file.hunks.push({ added, removed });
    } else if (line.startsWith('-')) left = Math.max(0, left - 1);
    else if (line.startsWith('+')) right = Math.max(0, right - 1);
  }
  return files;
}
