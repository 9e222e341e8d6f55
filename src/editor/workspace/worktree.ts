/** One work tree that the editor looks at: its repository, its journal, and what of them is worth keeping at hand. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText } from '../../attribution';
import { GitError, Repository, type Places } from '../../git';
import { openJournal, replay, type Journal, type Named } from '../../journal';

/** What is known of a file's parent: the content in HEAD and the path it has there. */
interface Parent {
  readonly head: string;
  readonly content: Buffer | null;
}

export class Worktree {
  readonly repository: Repository;
  readonly journal: Journal;
  private records: { readonly key: string; readonly list: readonly Named[] } | undefined;
  private readonly parents = new Map<string, Parent>();
  private readonly ignored = new Map<string, boolean | Promise<boolean>>();

  constructor(
    places: Places,
    readonly now: () => number,
  ) {
    this.repository = new Repository(places);
    this.journal = openJournal(places.gitDir, now);
  }

  /** Whether the repository is still where it was: nothing is written where it was taken away. */
  get isThere(): boolean {
    return existsSync(join(this.repository.gitDir, 'HEAD'));
  }

  get root(): string {
    return this.repository.root;
  }

  /**
   * A file's text with its authors as the journal knows them, seen from HEAD. `from`: its path in HEAD when it was renamed.
   * Throws a GitError.
   */
  async authored(path: string, content: Buffer | null, from?: string): Promise<AuthoredText> {
    const base = await this.parent(from ?? path);
    const records = this.recorded();
    const wanted = { path, base, target: content, ...(from === undefined ? {} : { from }) };
    const known = replay(records, (id) => this.journal.content(id), [wanted], { now: this.now() }).get(path);
    return known ?? AuthoredText.carried(textOf(base)).become(textOf(content), null);
  }

  /** The content that HEAD has; null when it has no such file. Throws a GitError. */
  async parent(path: string): Promise<Buffer | null> {
    const head = (await this.repository.commitId('HEAD')) ?? '';
    const known = this.parents.get(path);
    if (known?.head === head) return known.content;
    const answer = head === '' ? undefined : await this.repository.git(['cat-file', 'blob', `${head}:${path}`], { codes: [0, 128] });
    const content = answer?.code === 0 ? answer.stdout : null;
    this.parents.set(path, { head, content });
    return content;
  }

  /** Whether git ignores the file: then nothing of it is kept. An answer that was given before is there at once. */
  isIgnored(path: string): boolean | Promise<boolean> {
    const known = this.ignored.get(path);
    if (known !== undefined) return known;
    const asked = this.askIgnored(path).then((answer) => {
      if (this.ignored.get(path) === asked) this.ignored.set(path, answer);
      return answer;
    });
    this.ignored.set(path, asked);
    return asked;
  }

  private async askIgnored(path: string): Promise<boolean> {
    try {
      return (await this.repository.git(['check-ignore', '--quiet', '--', `./${path}`], { codes: [0, 1] })).code === 0;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  /** What git ignores may have changed. */
  forgetIgnored(): void {
    this.ignored.clear();
  }

  /** Everything in the journal. Throws a JournalError. */
  recorded(): readonly Named[] {
    const key = this.journal.names().join();
    if (this.records?.key !== key) this.records = { key, list: this.journal.read() };
    return this.records.list;
  }
}

const textOf = (content: Buffer | null): string => content?.toString('utf8') ?? '';
