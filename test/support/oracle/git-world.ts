/**
 * Plays a history in a real repository, git's own doings too, and holds what is said of each commit against the truth.
 */
import assert from 'node:assert/strict';
import { settle, showCommits } from '../../../src/provenance/commits';
import { repairNotes } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { record, type Claim, type Report } from '../../../src/provenance/assistants/record';
import type { Author } from '../../../src/provenance/authorship/types';
import type { TestRepository } from '../repository';
import type { GitStep } from './git-steps';
import { byOf } from './memory';
import { partOf, restored, stateOf } from './merged';
import { insert, lineText, NOTHING, seen, textOf, wordsOf, type Actor, type FileState, type Verdict } from './model';
import { changed, NAMES, truthOf, wrongIn, type Score, type TruthOf } from './world';

type Files = ReadonlyMap<string, FileState>;

/** What is right for the lines of a commit's file. */
type VerdictsOf = (added: readonly number[], removed: readonly number[], name: string) => ReturnType<TruthOf>;

interface Commit {
  readonly id: string;
  readonly parent: Commit | undefined;
  readonly files: Files;
  /** Of this commit and those before it. */
  readonly words: ReadonlySet<string>;
}

/** A merge without a conflict. */
const CLEAN: TruthOf = (added, removed) => {
  assert.deepEqual([...added, ...removed], [], 'it has no line of its own');
  return { added: [], removed: [] };
};

const fileOf = (files: Files, name: string): FileState => files.get(name) ?? NOTHING;

export class GitWorld {
  private work = new Map<string, FileState>();
  private seen = new Map<string, FileState>();
  private head: Commit | undefined;
  private branch = 'main';
  private readonly branches = new Map<string, Commit>();
  private readonly commits = new Map<string, Commit>();
  /** What is right for commits that are not judged by their lines alone. */
  private readonly verdicts = new Map<string, VerdictsOf>();
  private stashed: { readonly files: Files; readonly on: Files }[] = [];
  private open: { readonly commit: Commit; readonly verdicts?: VerdictsOf }[] = [];
  private id = 0;
  private time = Date.now();
  /** The kinds of steps of which git made a commit, or put work away: of some there was nothing to do. */
  readonly done = new Set<GitStep['kind']>();

  constructor(
    private readonly test: TestRepository,
    private readonly score: Score,
    private readonly options: { readonly missedIsWrong?: boolean } = {},
  ) {}

  private readonly now = (): number => (this.time = Math.max(this.time + 1, Date.now()));

  async start(): Promise<void> {
    for (const name of NAMES) this.put(name, insert(NOTHING, 0, 6, 6, 'nobody'));
    // A record from before: only then HEAD's way is followed.
    await this.report('before', 'start', 'human', [], []);
    await this.report('after', 'start', 'human', [], []);
    await this.test.commit('start');
    this.made(await this.headId(), undefined, new Map(this.work));
    this.open = [];
  }

  async play(steps: readonly GitStep[]): Promise<void> {
    for (const step of [...steps, { kind: 'commit', n: 0 } as const, { kind: 'ask', n: 0 } as const]) {
      if (process.env['LINEKEEPER_TRACE'] !== undefined) console.log(JSON.stringify(step));
      const before = await this.where();
      await this.take(step);
      if ((await this.where()) !== before) this.done.add(step.kind);
      if (process.env['LINEKEEPER_TRACE'] !== undefined)
        console.log([...this.work].map(([name, state]) => `-- ${name}\n${textOf(state)}`).join(''));
      for (const name of NAMES)
        assert.equal(this.read(name), textOf(fileOf(this.work, name)), `the oracle knows what is in ${name}`);
    }
  }

  private async take(step: GitStep): Promise<void> {
    // The model does not follow the authors of a revert any further.
    if (
      this.reverted &&
      ['amend', 'pick', 'rebase', 'squash', 'reset', 'am', 'rebase-apply', 'rewrite', 'resolve'].includes(step.kind)
    )
      return;
    switch (step.kind) {
      case 'edit':
        return this.edit(step);
      case 'commit':
        return this.commitAll(['-a']);
      case 'commit-path':
        return this.commitPath(step.n);
      case 'amend':
        return this.amend();
      case 'part':
        return this.commitPart(step.file, step.chosen);
      case 'stash':
        return this.stash();
      case 'pop':
        return this.pop();
      case 'reset':
        return this.reset(step.how, step.n + 1);
      case 'switch':
        return this.switchTo(step.n, step.make);
      case 'stash-file':
        return this.stash(NAMES[step.n % 2]);
      case 'pick':
        return this.pick();
      case 'am':
        return this.pick(true);
      case 'resolve':
        return this.resolve(step);
      case 'rebase':
        return this.rebase('--merge');
      case 'rebase-apply':
        return this.rebase('--apply');
      case 'octopus':
        return this.octopus();
      case 'crlf':
        return this.convert();
      case 'rewrite':
        return this.rewrite(step.n + 1, step.n % 2 === 0);
      case 'squash':
        return this.squash();
      case 'merge':
        return this.merge();
      case 'revert':
        return this.revert();
      case 'restore':
        return this.restore(step.file, step.actor);
      case 'ask':
        return this.ask();
    }
  }

  /** From now on git has other line ends in the work tree than it stores. */
  private converted = false;
  private async convert(): Promise<void> {
    if (this.converted || !(await this.clean())) return;
    this.look('nobody');
    await this.test.git('config', 'core.autocrlf', 'true');
    await this.test.git('rm', '-rq', '--cached', '.');
    await this.test.git('reset', '-q', '--hard');
    this.converted = true;
    this.setWork(this.headFiles);
    for (const name of NAMES) if (this.test.read(name).includes('\r\n')) this.done.add('crlf');
  }

  private read(name: string): string {
    const text = this.test.read(name);
    return this.converted ? text.replaceAll('\r\n', '\n') : text;
  }

  private write(name: string, state: FileState): void {
    const text = textOf(state);
    this.test.write(name, this.converted ? text.replaceAll('\n', '\r\n') : text);
  }

  private put(name: string, state: FileState): void {
    if (this.work.get(name) !== state) this.write(name, state);
    this.work.set(name, state);
  }

  /** Whatever happened since somebody looked last was done by one: only the difference can be seen. */
  private look(by: Actor, files: Iterable<string> = NAMES): void {
    for (const name of files) {
      const last = this.seen.get(name);
      const state = fileOf(this.work, name);
      const looked = last && last !== state ? seen(last, state, by) : state;
      this.work.set(name, looked);
      this.seen.set(name, looked);
    }
  }

  private async report(
    event: Report['event'],
    id: string | undefined,
    actor: Actor,
    files: readonly string[],
    edits: readonly Claim[],
  ): Promise<void> {
    await record(
      this.test.repository(),
      { event, ...(id === undefined ? {} : { id }), by: byOf(actor), cwd: this.test.root, files, edits, onDisk: true },
      this.now,
      { namesLater: actor !== 'human' },
    );
  }

  private async edit(step: Extract<GitStep, { kind: 'edit' }>): Promise<void> {
    const name = NAMES[step.file] ?? NAMES[0];
    const recorded = step.actor !== 'nobody';
    const id = String(this.id++);
    const files = step.report === 'everything' ? [] : [name];
    if (recorded) this.look('nobody', step.report === 'everything' ? NAMES : [name]);
    if (recorded && step.report !== 'words') await this.report('before', id, step.actor, files, []);
    const before = fileOf(this.work, name);
    for (const c of step.changes) {
      const [mine] = changed(fileOf(this.work, name), NOTHING, c, step.actor);
      this.put(name, mine);
    }
    if (!recorded) return;
    this.look(step.actor, [name]);
    if (step.report === 'words')
      await this.report('after', undefined, step.actor, [name], claimsOf(name, before, fileOf(this.work, name)));
    else await this.report('after', id, step.actor, files, []);
  }

  /** Where HEAD is and what is stashed. */
  private async where(): Promise<string> {
    return (await this.test.run(['rev-parse', 'HEAD', 'refs/stash'])).stdout;
  }

  private headId(): Promise<string> {
    return this.test.git('rev-parse', 'HEAD');
  }
  private async clean(): Promise<boolean> {
    return (await this.test.git('status', '--porcelain', '--untracked-files=no')) === '';
  }

  /** HEAD is a new commit now. */
  private made(id: string, parent: Commit | undefined, files: Files, verdicts?: VerdictsOf): Commit {
    const known = this.commits.get(id);
    const commit: Commit = known ?? {
      id,
      parent,
      files,
      words: new Set([...(parent?.words ?? []), ...[...files.values()].flatMap(wordsOf)]),
    };
    this.commits.set(id, commit);
    if (!known && parent) this.open.push({ commit, ...(verdicts ? { verdicts } : {}) });
    if (!known && verdicts) this.verdicts.set(id, verdicts);
    this.head = commit;
    this.branches.set(this.branch, commit);
    return commit;
  }

  private get headFiles(): Files {
    return this.head?.files ?? new Map();
  }

  /** The work tree is what git made of it. */
  private setWork(files: Files): void {
    for (const name of NAMES) {
      this.work.set(name, fileOf(files, name));
      this.seen.set(name, fileOf(files, name));
    }
  }

  private async commitAll(args: readonly string[], parent = this.head): Promise<void> {
    this.look('nobody');
    const result = await this.test.run(['commit', '-q', '-m', `commit ${String(this.id++)}`, ...args]);
    if (result.code === 0) this.made(await this.headId(), parent, new Map(this.work));
  }

  private async commitPath(n: number): Promise<void> {
    const name = NAMES[n % 2] ?? NAMES[0];
    this.look('nobody');
    const files = new Map(this.headFiles).set(name, fileOf(this.work, name));
    const result = await this.test.run(['commit', '-q', '-m', `path ${String(this.id++)}`, name]);
    if (result.code === 0) this.made(await this.headId(), this.head, files);
  }

  private async amend(): Promise<void> {
    if (!this.head?.parent || this.isMerge(this.head)) return;
    await this.commitAll(
      ['-a', '--amend', '--no-edit'].filter((word) => word !== '--no-edit'),
      this.head.parent,
    );
  }

  private reverted = false;
  private readonly merges = new Set<string>();
  private isMerge(commit: Commit): boolean {
    return this.merges.has(commit.id);
  }

  private async commitPart(file: number, chosen: number): Promise<void> {
    const name = NAMES[file] ?? NAMES[0];
    this.look('nobody');
    const base = fileOf(this.headFiles, name);
    const part = partOf(base, fileOf(this.work, name), (change) => (chosen >> change) % 2 === 1);
    if (textOf(part) === textOf(base) || !staysInPlace(base, fileOf(this.work, name))) return;
    await this.test.git('read-tree', 'HEAD');
    const blob = (await this.test.run(['hash-object', '-w', '--stdin'], { input: textOf(part) })).stdout.trim();
    await this.test.git('update-index', '--cacheinfo', `100644,${blob},${name}`);
    const result = await this.test.run(['commit', '-q', '-m', `part ${String(this.id++)}`]);
    assert.equal(result.code, 0, result.stderr);
    this.made(await this.headId(), this.head, new Map(this.headFiles).set(name, part));
  }

  /** Puts everything away, or what one file has. */
  private async stash(name?: string): Promise<void> {
    this.look('nobody');
    if (await this.clean()) return;
    if (name !== undefined && textOf(fileOf(this.work, name)) === textOf(fileOf(this.headFiles, name))) return;
    await this.test.git('stash', 'push', '-q', ...(name === undefined ? [] : ['--', name]));
    const files = name === undefined ? new Map(this.work) : new Map(this.headFiles).set(name, fileOf(this.work, name));
    this.stashed.push({ files, on: this.headFiles });
    this.setWork(name === undefined ? this.headFiles : new Map(this.work).set(name, fileOf(this.headFiles, name)));
  }

  private async pop(): Promise<void> {
    const last = this.stashed.at(-1);
    if (!last || !(await this.clean())) return;
    this.stashed.pop();
    const result = await this.test.run(['stash', 'pop', '-q']);
    if (result.code !== 0) {
      await this.test.git('reset', '-q', '--hard');
      await this.test.git('stash', 'drop', '-q');
      return;
    }
    this.setWork(
      this.readAll((name) => [fileOf(last.files, name), fileOf(this.headFiles, name), fileOf(last.on, name)]),
    );
  }

  /** What the work tree holds, made of these states. */
  private readAll(sources: (name: string) => readonly FileState[], without: readonly string[] = []): Files {
    return new Map(
      NAMES.filter((name) => !without.includes(name)).map((name) => [name, stateOf(this.read(name), sources(name))]),
    );
  }

  private async reset(how: 'soft' | 'mixed' | 'hard', n: number): Promise<void> {
    let to = this.head;
    for (let i = 0; i < n && to?.parent; i++) to = this.isMerge(to) ? undefined : to.parent;
    if (!to || to === this.head) return;
    this.look('nobody');
    await this.test.git('reset', '-q', `--${how}`, to.id);
    this.head = to;
    this.branches.set(this.branch, to);
    if (how === 'hard') this.setWork(to.files);
  }

  private async switchTo(n: number, make: boolean): Promise<void> {
    this.look('nobody');
    const names = [...this.branches.keys()];
    if (make && names.length < 3) {
      this.branch = `branch-${String(names.length)}`;
      await this.test.git('switch', '-qc', this.branch);
      if (this.head) this.branches.set(this.branch, this.head);
      return;
    }
    const name = names[n % names.length] ?? this.branch;
    const to = this.branches.get(name);
    if (!to || !(await this.clean())) return;
    await this.test.git('switch', '-q', name);
    this.branch = name;
    this.head = to;
    this.setWork(to.files);
  }

  private get other(): Commit | undefined {
    return [...this.branches].find(([name, commit]) => name !== this.branch && commit !== this.head)?.[1];
  }

  /** Takes the last commit of another branch over: itself, or as a patch from a mail. */
  private async pick(mailed = false): Promise<void> {
    const source = this.other;
    if (!source?.parent || this.isMerge(source) || !(await this.clean())) return;
    this.look('nobody');
    const before = await this.headId();
    const mail = mailed ? (await this.test.run(['format-patch', '-1', '--stdout', source.id])).stdout : '';
    const result = mailed
      ? await this.test.run(['am', '-q', '-3'], { input: mail })
      : await this.test.run(['cherry-pick', source.id]);
    if (result.code !== 0) return this.giveUp([mailed ? 'am' : 'cherry-pick', '--abort']);
    if ((await this.headId()) === before) return;
    const files = this.readAll((name) => [
      fileOf(source.files, name),
      fileOf(this.headFiles, name),
      fileOf(source.parent?.files ?? new Map(), name),
    ]);
    this.setWork(files);
    this.made(await this.headId(), this.head, files);
  }

  /** A conflict that somebody resolves: what was there stays, and a line of their own comes to it. */
  private async resolve({ how, actor, at }: Extract<GitStep, { kind: 'resolve' }>): Promise<void> {
    const source = this.other;
    const first = this.head;
    if (!source?.parent || !first || this.isMerge(source) || !(await this.clean())) return;
    this.look('nobody');
    const verb = how === 'pick' ? 'cherry-pick' : 'merge';
    const result = await this.test.run(
      how === 'pick' ? ['cherry-pick', source.id] : ['merge', '-q', '--no-ff', '--no-edit', source.id],
    );
    const conflicts = (await this.test.git('diff', '--name-only', '--diff-filter=U'))
      .split('\n')
      .filter((name) => name !== '');
    if (result.code === 0 || conflicts.length === 0) {
      await this.test.run([verb, '--abort']);
      await this.test.git('reset', '-q', '--hard', first.id);
      return;
    }
    const files = new Map(
      this.readAll(
        (name) =>
          conflicts.includes(name)
            ? []
            : [fileOf(source.files, name), fileOf(first.files, name), fileOf(source.parent?.files ?? new Map(), name)],
        conflicts,
      ),
    );
    const id = String(this.id++);
    if (actor !== 'nobody') await this.report('before', id, actor, conflicts, []);
    for (const name of conflicts) {
      const own = fileOf(first.files, name);
      files.set(name, insert(own, at % (own.lines.length + 1), 1, 6, actor));
      this.write(name, fileOf(files, name));
    }
    if (actor !== 'nobody') await this.report('after', id, actor, conflicts, []);
    await this.test.git('add', ...conflicts);
    this.setWork(files);
    const done = await this.test.run(['commit', '-q', '--no-edit']);
    assert.equal(done.code, 0, done.stderr);
    const made = await this.headId();
    if (how === 'pick') return void this.made(made, first, files);
    this.merges.add(made);
    const { words } = source;
    const own = new Map(
      conflicts.map((name) => [name, truthOf(fileOf(first.files, name), fileOf(files, name), words)]),
    );
    // Only what differs from all parents is a merge's own.
    this.made(made, { ...first, words: new Set([...first.words, ...words]) }, files, (added, removed, name) =>
      (own.get(name) ?? CLEAN)(added, removed),
    );
    this.branches.set(this.branch, this.head ?? first);
  }

  private async giveUp(abort: readonly string[]): Promise<void> {
    await this.test.run(abort);
    await this.test.git('reset', '-q', '--hard');
  }

  private async rebase(backend: '--merge' | '--apply'): Promise<void> {
    const onto = this.other;
    if (!onto || !(await this.clean())) return;
    this.look('nobody');
    const sources: Commit[] = [];
    for (let commit = this.head; commit && !this.isBefore(commit, onto); commit = commit.parent) {
      if (this.isMerge(commit)) return;
      sources.unshift(commit);
    }
    const result = await this.test.run(['rebase', '-q', backend, onto.id]);
    if (result.code !== 0) return this.giveUp(['rebase', '--abort']);
    const ids = (await this.test.git('rev-list', '--reverse', `${onto.id}..HEAD`))
      .split('\n')
      .filter((id) => id !== '');
    this.head = onto;
    let s = 0;
    for (const id of ids) {
      const subject = await this.test.git('log', '-1', '--format=%s', id);
      while (s < sources.length && (await this.test.git('log', '-1', '--format=%s', sources[s]?.id ?? '')) !== subject)
        s++;
      const source = sources[s++];
      const parent: Commit = this.head;
      const texts = new Map<string, string>();
      for (const name of NAMES) texts.set(name, (await this.test.run(['show', `${id}:${name}`])).stdout);
      this.made(
        id,
        parent,
        new Map(
          NAMES.map((name) => [
            name,
            stateOf(texts.get(name) ?? '', [
              fileOf(source?.files ?? new Map(), name),
              fileOf(parent.files, name),
              fileOf(source?.parent?.files ?? new Map(), name),
            ]),
          ]),
        ),
      );
    }
    this.branches.set(this.branch, this.head);
    this.setWork(this.headFiles);
  }

  private isBefore(commit: Commit, other: Commit): boolean {
    for (let c: Commit | undefined = other; c; c = c.parent) if (c === commit) return true;
    return false;
  }

  private async squash(): Promise<void> {
    const source = this.other;
    if (!source || !(await this.clean())) return;
    this.look('nobody');
    const result = await this.test.run(['merge', '-q', '--squash', source.id]);
    if (result.code !== 0) return this.giveUp(['reset', '-q', '--hard']);
    const files = this.readAll((name) => [fileOf(source.files, name), fileOf(this.headFiles, name)]);
    this.setWork(files);
    const done = await this.test.run(['commit', '-q', '--no-edit']);
    if (done.code === 0) this.made(await this.headId(), this.head, files);
  }

  private async merge(): Promise<void> {
    const source = this.other;
    const first = this.head;
    if (!source || !first || !(await this.clean())) return;
    this.look('nobody');
    const result = await this.test.run(['merge', '-q', '--no-ff', '--no-edit', source.id]);
    if (result.code !== 0) return this.giveUp(['merge', '--abort']);
    const id = await this.headId();
    if (id === first.id) return;
    const files = this.readAll((name) => [fileOf(first.files, name), fileOf(source.files, name)]);
    this.setWork(files);
    this.merges.add(id);
    const commit = this.made(id, { ...first, words: new Set([...first.words, ...source.words]) }, files, CLEAN);
    this.branches.set(this.branch, commit);
  }

  /** Merges two branches at once. */
  private async octopus(): Promise<void> {
    const first = this.head;
    const sources = [...this.branches].flatMap(([name, commit]) =>
      name !== this.branch && commit !== first ? [commit] : [],
    );
    const [one, two] = sources;
    if (!first || !one || !two || one === two || !(await this.clean())) return;
    this.look('nobody');
    const result = await this.test.run(['merge', '-q', '--no-ff', '--no-edit', one.id, two.id]);
    const id = await this.headId();
    if (result.code !== 0) return this.giveUp(['merge', '--abort']);
    if (id === first.id) return;
    const files = this.readAll((name) => [first, one, two].map((commit) => fileOf(commit.files, name)));
    this.setWork(files);
    this.merges.add(id);
    this.made(id, { ...first, words: new Set([first, one, two].flatMap(({ words }) => [...words])) }, files, CLEAN);
  }

  /**
   * Makes the last commits again, with their first lines or others, as programs do that rewrite a history: nothing says
   * what became what, and notes are repaired.
   */
  private async rewrite(n: number, keep: boolean): Promise<void> {
    const last: Commit[] = [];
    for (let commit = this.head; commit?.parent && last.length < n; commit = commit.parent) {
      if (this.isMerge(commit)) return;
      last.unshift(commit);
    }
    let parent = last[0]?.parent;
    if (!parent) return;
    await this.ask();
    this.look('nobody');
    for (const commit of last) {
      const [date = '', message = ''] = (
        await this.test.git('log', '-1', '--date=raw', '--format=%ad%x00%s', commit.id)
      ).split('\0');
      const words = keep ? message : `again ${String(this.id++)}`;
      const id = (
        await this.test.run(['commit-tree', `${commit.id}^{tree}`, '-p', parent.id, '-m', words, '-m', 'rewritten'], {
          env: { GIT_AUTHOR_DATE: date },
        })
      ).stdout.trim();
      await this.test.git('update-ref', '-m', 'rewritten', 'HEAD', id);
      parent = this.made(id, parent, commit.files);
    }
    await settle(this.test.repository(), this.now);
    await repairNotes(this.test.repository(), ['HEAD'], this.now);
  }

  /**
   * Who may be told for a line of a commit, by its text without blanks: whoever a commit on the way to it has it by.
   * Git knows which lines a commit adds.
   */
  private async formerAuthors(at: Commit): Promise<ReadonlyMap<string, ReadonlySet<Author>>> {
    const before = new Set((await this.test.git('rev-list', at.id)).split('\n'));
    const commits = [...this.commits.values()].filter(({ id }) => before.has(id));
    const shown = await showCommits(
      this.test.repository(),
      commits.map(({ id }) => id),
    );
    const authors = new Map<string, Set<Author>>();
    for (const commit of commits) {
      for (const name of NAMES) {
        const lines = fileOf(commit.files, name).lines.map(lineText);
        const added =
          shown
            .get(commit.id)
            ?.files.find((file) => file.path === name)
            ?.ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, i) => start + i)) ?? [];
        const { parent } = commit;
        const verdicts =
          parent === undefined
            ? added.map((line) => ({ line, authors: ['unknown'] as const }))
            : (
                this.verdicts.get(commit.id) ??
                truthOf(fileOf(parent.files, name), fileOf(commit.files, name), parent.words)
              )(added, [], name).added;
        for (const { line, authors: found } of verdicts) {
          const text = lines[line - 1]?.trim() ?? '';
          authors.set(text, new Set([...(authors.get(text) ?? []), ...found]));
        }
      }
    }
    return authors;
  }

  /**
   * Reverts the last commit exactly: what it takes away is a person's, and what it brings back is by whom it was
   * before.
   */
  private async revert(): Promise<void> {
    const last = this.head;
    if (!last?.parent || this.isMerge(last) || !(await this.clean())) return;
    this.look('nobody');
    this.reverted = true;
    await this.test.git('revert', '--no-edit', 'HEAD');
    const before = last.parent.files;
    const files = new Map(
      NAMES.map((name) => [name, restored(fileOf(this.headFiles, name), fileOf(before, name), 'nobody')]),
    );
    this.setWork(files);
    const former = await this.formerAuthors(last.parent);
    const texts = (name: string): readonly string[] => fileOf(before, name).lines.map(lineText);
    this.made(await this.headId(), last, files, (added, removed, name) => ({
      added: added.map((line): Verdict => {
        const text = texts(name)[line - 1] ?? '';
        return { line, text, authors: [...(former.get(text.trim()) ?? [])], assistant: null };
      }),
      removed: removed.map((line): Verdict => ({ line, text: '', authors: ['human'], assistant: null })),
    }));
  }

  private async restore(file: number, actor: Actor): Promise<void> {
    const name = NAMES[file] ?? NAMES[0];
    const from = this.head?.parent;
    if (!from) return;
    this.look('nobody');
    const id = String(this.id++);
    if (actor !== 'nobody') await this.report('before', id, actor, [name], []);
    await this.test.git('checkout', '-q', from.id, '--', name);
    this.work.set(name, restored(fileOf(this.work, name), fileOf(from.files, name), actor));
    if (actor !== 'nobody') {
      this.look(actor, [name]);
      await this.report('after', id, actor, [name], []);
    }
  }

  /** What is said of the commits that were made since the last time. */
  private async ask(): Promise<void> {
    const repository = this.test.repository();
    await settle(repository, this.now);
    const shown = await showCommits(
      repository,
      this.open.map(({ commit }) => commit.id),
    );
    const wrong: string[] = [];
    for (const { commit, verdicts } of this.open) {
      const said = shown.get(commit.id);
      assert.ok(said);
      this.score.commits++;
      const parent = commit.parent;
      for (const name of NAMES) {
        const file = said.files.find((f) => f.path === name);
        const truth: TruthOf = verdicts
          ? (added, removed) => verdicts(added, removed, name)
          : truthOf(fileOf(parent?.files ?? new Map(), name), fileOf(commit.files, name), parent?.words ?? new Set());
        wrong.push(
          ...wrongIn(name, truth, file, this.score, this.options.missedIsWrong).map(
            (line) => `${said.commit.message.trim()}: ${line}`,
          ),
        );
      }
    }
    this.open = [];
    assert.deepEqual(wrong, []);
  }
}

/** What is common to both states is in the same order. */
function staysInPlace(a: FileState, b: FileState): boolean {
  const place = new Map(a.lines.map((line, i) => [line.id, i]));
  const places = b.lines.flatMap((line) => place.get(line.id) ?? []);
  return places.every((p, i) => i === 0 || p > (places[i - 1] ?? 0));
}

/**
 * The changes between two states of a file in words, as an assistant reports them: each with a line below it that
 * stayed.
 */
function claimsOf(path: string, before: FileState, after: FileState): Claim[] {
  const stayed = new Map(before.lines.map((line, i) => [lineText(line), i]));
  const claims: Claim[] = [];
  let [i, from] = [0, 0];
  const claim = (oldEnd: number, newEnd: number): void => {
    if (oldEnd === i && newEnd === from) return;
    const text = (lines: FileState['lines'], start: number, end: number): string =>
      lines
        .slice(start, end)
        .map((line) => `${lineText(line)}\n`)
        .join('');
    // A change at the end of a file has its line above instead.
    const [below, above] = newEnd < after.lines.length ? [1, 0] : [0, from > 0 ? 1 : 0];
    claims.push({
      path,
      old: text(before.lines, i - above, oldEnd + below),
      new: text(after.lines, from - above, newEnd + below),
      line: from - above + 1,
    });
  };
  after.lines.forEach((line, j) => {
    const place = stayed.get(lineText(line));
    if (place === undefined || place < i) return;
    claim(place, j);
    [i, from] = [place + 1, j + 1];
  });
  claim(before.lines.length, after.lines.length);
  return claims;
}
