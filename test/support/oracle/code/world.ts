/**
 * Plays commits of a real repository again: the hunks of each in another order, each by another hand, and then
 * committed, in one of several ways. Holds what is said of each commit against who put which hunk in.
 */
import { chmodSync, existsSync } from 'node:fs';
import { settle, showCommits } from '../../../../src/provenance/commits';
import { record, type Report } from '../../../../src/provenance/assistants/record';
import type { TestRepository } from '../../repository';
import { byOf } from '../memory';
import type { Actor } from '../model';
import { changesOf, linesOf, textIn, type FileChange, type Hunk } from './hunks';
import { judgePart, judgeWhole, type Judgement, type SaidFile } from './judge';
import type { Random } from './random';
import type { Score } from './score';
import type { RealCommit, Source } from './source';
import { TrueFile, Truth } from './truth';

/** How what was written gets into commits. */
export const MODES = ['plain', 'squash', 'stash', 'parts', 'hunks', 'amend', 'rebase', 'pick'] as const;
export type Mode = (typeof MODES)[number];

/** More often those whose lines are counted. */
const HANDS: readonly Actor[] = ['human', 'human', 'ai-one', 'ai-one', 'ai-one', 'ai-two', 'nobody'];
const MOST_AT_ONCE = 3;
/** So many commits become one where they are squashed. */
const SQUASHED = 3;

interface Step {
  readonly change: FileChange;
  /** None where a file without lines comes or goes. */
  readonly hunk?: Hunk;
}

interface Played {
  /** That which the repository has. */
  readonly real: string;
  /** Ours. */
  readonly id: string;
  readonly truth: Truth;
  readonly isExact: boolean;
}

/** What came of the lines of a history, each with its real commit. */
export class Told {
  /** Of these something is said that is not so. */
  readonly wrong: string[] = [];
  /** These are called unknown although somebody is known. */
  readonly missed: string[] = [];

  add(real: string, { wrong, missed }: Judgement): void {
    this.wrong.push(...wrong.map((line) => `${real} ${line}`));
    this.missed.push(...missed.map((line) => `${real} ${line}`));
  }
}

export class CodeWorld {
  readonly told = new Told();
  /** Since the last commit. */
  private truth = new Truth();
  /** Real commits since our last one. */
  private pending: RealCommit[] = [];
  /** Ours at the end of the branch, one upon the other. */
  private row: Played[] = [];
  private id = 0;
  private time = Date.now();

  constructor(
    private readonly test: TestRepository,
    private readonly mode: Mode,
    private readonly random: Random,
    private readonly score: Score,
  ) {}

  private readonly now = (): number => (this.time = Math.max(this.time + 1, Date.now()));

  async play({ objects }: Source, stretch: readonly RealCommit[]): Promise<void> {
    this.test.write('.git/objects/info/alternates', `${objects}\n`);
    // What is in the work tree is what is committed, whatever the repository's own attributes say.
    this.test.write('.git/info/attributes', '* -text -filter -ident -working-tree-encoding !diff\n');
    for (const real of stretch) {
      if (this.pending.at(-1)?.id !== real.parent) await this.commit();
      if (this.pending.length === 0) await this.goTo(real.parent);
      const changes = await changesOf(this.test, real);
      if (changes) await this.write(real, changes);
      else await this.jump(real);
      if (this.pending.length >= (this.mode === 'squash' ? SQUASHED : 1)) await this.commit();
    }
    await this.commit();
    await this.remake();
    this.score.histories++;
  }

  /** Nobody brings the work tree to a commit that is not played from where it is. */
  private async goTo(revision: string): Promise<void> {
    const head = await this.test.run(['rev-parse', '--quiet', '--verify', 'HEAD^{tree}']);
    if (head.stdout.trim() === (await this.test.git('rev-parse', `${revision}^{tree}`))) return;
    await this.test.git('read-tree', '-u', '--reset', revision);
    await this.test.commit(`go to ${revision}`, { staged: true, args: ['--allow-empty'] });
    this.row = [];
  }

  private async jump({ id }: RealCommit): Promise<void> {
    await this.commit();
    await this.goTo(id);
  }

  private async write(real: RealCommit, changes: readonly FileChange[]): Promise<void> {
    const all = changes.flatMap((change): readonly Step[] =>
      change.hunks.length === 0 ? [{ change }] : change.hunks.map((hunk) => ({ change, hunk })),
    );
    const steps = [...this.random.mixed(all)];
    const done = new Map<string, Hunk[]>();
    while (steps.length > 0) {
      const by = this.random.one(HANDS);
      await this.step(by, steps.splice(0, this.random.between(1, MOST_AT_ONCE)), done);
    }
    for (const { path, kind, executable } of changes)
      if (kind !== 'deleted') chmodSync(this.test.at(path), executable ? 0o755 : 0o644);
    this.pending.push(real);
  }

  /** Somebody puts in some hunks at once. */
  private async step(by: Actor, steps: readonly Step[], done: Map<string, Hunk[]>): Promise<void> {
    const id = String(this.id++);
    const paths = [...new Set(steps.map(({ change }) => change.path))];
    await this.report('before', id, by, paths);
    if (process.env['LINEKEEPER_TRACE'] !== undefined)
      for (const { change, hunk } of steps)
        console.log(
          `${by} ${change.path} ${hunk ? `line ${String(hunk.at + 1)}\n${hunk.old.map((line) => `-${line}`).join('')}${hunk.new.map((line) => `+${line}`).join('')}` : change.kind}`,
        );
    for (const { change, hunk } of steps) {
      const { path, kind } = change;
      const file = await this.file(path);
      if (hunk) {
        const before = done.get(path) ?? [];
        const shift = before
          .filter(({ at, old }) => at < hunk.at || (at === hunk.at && old.length === 0))
          .reduce((sum, one) => sum + one.new.length - one.old.length, 0);
        this.truth.put(file, hunk.at + shift, hunk, by);
        done.set(path, [...before, hunk]);
      }
      if (kind === 'deleted' && file.lines.length === 0) this.test.remove(path);
      else this.test.write(path, file.text);
    }
    await this.report('after', id, by, paths);
  }

  /** With its files, or of everything, as assistants report theirs; a person's editor knows its files. */
  private async report(event: Report['event'], id: string, by: Actor, paths: readonly string[]): Promise<void> {
    if (by === 'nobody') return;
    const files = by === 'human' || this.random.chance() ? paths : [];
    await record(
      this.test.repository(),
      { event, id, by: byOf(by), cwd: this.test.root, files, edits: [], onDisk: true },
      this.now,
      { namesLater: by !== 'human' },
    );
  }

  private async file(path: string): Promise<TrueFile> {
    const known = this.truth.files.get(path);
    if (known) return known;
    const isCommitted = (await this.test.run(['cat-file', '-e', `HEAD:${path}`])).code === 0;
    const file = new TrueFile(isCommitted ? linesOf(await textIn(this.test, 'HEAD', path)) : undefined);
    this.truth.files.set(path, file);
    return file;
  }

  /** Commits what is pending, in the way of this history. */
  private async commit(): Promise<void> {
    const real = this.pending.map(({ id }) => id).join('+');
    if (real === '') return;
    const [truth, isExact] = [this.truth, this.pending.length === 1];
    if (this.mode === 'stash') await this.stash();
    const isInParts =
      (this.mode === 'parts' && (await this.commitSomeFiles(real))) ||
      (this.mode === 'hunks' && (await this.commitSomeHunks(real)));
    const id = await this.test.commit(`play ${real}`, { args: ['--allow-empty'] });
    if (this.mode === 'amend' && this.random.chance()) await settle(this.test.repository(), this.now);
    const played = {
      real,
      truth,
      isExact,
      id: this.mode === 'amend' ? await this.test.commit(`again ${real}`, { args: ['--amend', '--allow-empty'] }) : id,
    };
    if (isInParts && this.mode === 'hunks') await this.judgePart(real);
    else await this.judge(played);
    this.row.push(played);
    this.truth = new Truth();
    this.pending = [];
  }

  private async stash(): Promise<void> {
    if ((await this.test.git('status', '--porcelain')) === '') return;
    await this.test.git('stash', 'push', '--quiet', '--include-untracked');
    if (this.random.chance()) await settle(this.test.repository(), this.now);
    await this.test.git('stash', 'pop', '--quiet');
  }

  private async commitSomeFiles(real: string): Promise<boolean> {
    const changed = new Set(
      (await this.test.git('ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard')).split('\0'),
    );
    const paths = [...changed].filter((path) => path !== '' && this.random.chance());
    if (paths.length === 0) return false;
    // What is tracked may be in a folder that is ignored.
    await this.test.git('add', '--all', '--force', '--', ...paths.map((path) => `:(literal)${path}`));
    const id = await this.test.commit(`some files of ${real}`, { staged: true, args: ['--allow-empty'] });
    await this.judge({ real: `some files of ${real}`, id, truth: this.truth, isExact: this.pending.length === 1 });
    return true;
  }

  private async commitSomeHunks(real: string): Promise<boolean> {
    for (const [path, { committed }] of this.truth.files) {
      if (!committed || !existsSync(this.test.at(path))) continue;
      const [head = '', ...hunks] = (
        await this.test.run(['diff', '--no-ext-diff', '--no-color', '-U0', '--', `:(literal)${path}`])
      ).stdout.split(/^(?=@@ )/m);
      const some = hunks.filter(() => this.random.chance());
      if (some.length === 0) continue;
      const { code, stderr } = await this.test.run(['apply', '--cached', '--unidiff-zero', '-'], {
        input: head + some.join(''),
      });
      if (code !== 0) throw new Error(`git can't stage hunks of ${path}: ${stderr}`);
    }
    if ((await this.test.git('diff', '--cached', '--name-only')) === '') return false;
    await this.test.commit(`some hunks of ${real}`, { staged: true });
    await this.judgePart(`some hunks of ${real}`);
    return true;
  }

  /** The commits that are one upon the other, made anew by git. */
  private async remake(): Promise<void> {
    const count = this.row.length;
    if ((this.mode !== 'rebase' && this.mode !== 'pick') || count < 2) return;
    const base = `HEAD~${String(count)}`;
    const env = { GIT_COMMITTER_DATE: '2030-01-01T00:00:00Z' }; // another id than before
    const run = async (...words: readonly string[]): Promise<void> => {
      const { code, stderr } = await this.test.run(words, { env });
      if (code !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
    };
    if (this.mode === 'rebase') await run('rebase', '--quiet', '--force-rebase', '--keep-empty', base);
    else {
      const last = await this.test.git('rev-parse', 'HEAD');
      await run('switch', '--quiet', '--create', 'other', base);
      await run('cherry-pick', '--allow-empty', `${last}~${String(count)}..${last}`);
    }
    const ids = (await this.test.git('log', '--reverse', '--format=%H', `-${String(count)}`)).split('\n');
    for (const [i, played] of this.row.entries()) {
      const id = ids[i] ?? '';
      if (id === played.id) throw new Error(`git did not make ${id} anew`);
      await this.judge({ ...played, id, real: `${played.real} (${this.mode})` });
    }
  }

  private async judge({ real, id, truth, isExact }: Played): Promise<void> {
    this.told.add(real, judgeWhole(await this.said(id), truth, this.score, isExact));
  }

  /** Of HEAD. */
  private async judgePart(real: string): Promise<void> {
    const said = await this.said(await this.test.git('rev-parse', 'HEAD'));
    const texts = new Map<string, string>();
    for (const { path, ranges } of said) if (ranges.length > 0) texts.set(path, await textIn(this.test, 'HEAD', path));
    this.told.add(real, judgePart(said, texts, this.truth, this.score));
  }

  private async said(id: string): Promise<readonly SaidFile[]> {
    const repository = this.test.repository();
    await settle(repository, this.now);
    const shown = (await showCommits(repository, [id])).get(id);
    if (!shown) throw new Error(`nothing is said of ${id}`);
    return shown.files;
  }
}
