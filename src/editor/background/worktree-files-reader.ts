/** Reads one work tree's files in the background, and caches what is worth keeping. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText } from '../../provenance/authorship';
import { committedFile, GitError, Repository, type Places } from '../../git';
import { openJournal, replay, type Journal, type StoredRecord } from '../../provenance/journal';

/** What is known about a file's parent: the content in HEAD and the path it has there. */
interface Parent {
  readonly head: string;
  readonly content: Buffer | null;
}

export class Reader {
  readonly repository: Repository;
  private readonly journal: Journal;
  private records: { readonly key: string; readonly list: readonly StoredRecord[] } | undefined;
  private readonly parents = new Map<string, Parent>();

  constructor(
    places: Places,
    private readonly now: () => number,
  ) {
    this.repository = new Repository(places);
    this.journal = openJournal(places.gitDir, now);
  }

  /**
   * A file's text with its authors according to the journal, relative to HEAD. `from`: its path in HEAD when it was
   * renamed. Throws a GitError.
   */
  async authored(path: string, content: Buffer | null, from?: string): Promise<AuthoredText> {
    const base = await this.parent(from ?? path);
    const wanted = { path, base, target: content, ...(from === undefined ? {} : { from }) };
    const known = replay(this.recorded(), (id) => this.journal.content(id), [wanted], {
      now: this.now(),
      isThere: (other) => existsSync(join(this.repository.root, other)),
    }).get(path);
    return known ?? AuthoredText.carried(textOf(base)).replaceText(textOf(content), null);
  }

  /** The text in HEAD; null when the file does not exist there. Throws a GitError. */
  async committed(path: string): Promise<string | null> {
    return (await this.parent(path))?.toString('utf8') ?? null;
  }

  /** Whether the file does not exist in HEAD. Throws a GitError. */
  async isFresh(path: string): Promise<boolean> {
    return (await this.parent(path)) === null;
  }

  /** Whether git ignores a file. False when that is unknown. */
  async isIgnored(path: string): Promise<boolean> {
    try {
      return (await this.repository.git(['check-ignore', '--quiet', '--', `./${path}`], { codes: [0, 1] })).code === 0;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  /** Everything in the journal. Throws a JournalError. */
  recorded(): readonly StoredRecord[] {
    const key = this.journal.names().join();
    if (this.records?.key !== key) this.records = { key, list: this.journal.read() };
    return this.records.list;
  }

  /** The content in HEAD; null when the file does not exist there. Throws a GitError. */
  private async parent(path: string): Promise<Buffer | null> {
    const head = (await this.repository.commitId('HEAD')) ?? '';
    const known = this.parents.get(path);
    if (known?.head === head) return known.content;
    const content = head === '' ? null : await committedFile(this.repository, head, path);
    this.parents.set(path, { head, content });
    return content;
  }
}

const textOf = (content: Buffer | null): string => content?.toString('utf8') ?? '';
