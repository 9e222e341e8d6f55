/** One work tree that the editor looks at: its repository, its journal, and what of them is worth caching. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText } from '../../provenance/authorship';
import { Repository, type HooksState, type Places } from '../../git';
import { openJournal, type Journal } from '../../provenance/journal';
import { BackgroundError, type Background, type HadContent } from '../background';

export class Worktree {
  readonly repository: Repository;
  readonly journal: Journal;
  private readonly ignored = new Map<string, boolean | Promise<boolean>>();

  constructor(
    readonly places: Places,
    readonly now: () => number,
    private readonly background: Background,
    /** Whoever surveys the work tree, and so knows what changed there. */
    private readonly surveying: Background,
  ) {
    this.repository = new Repository(places);
    this.journal = openJournal(places.gitDir, now);
  }

  /** Whether the repository still exists: nothing is written where it was removed. */
  get isThere(): boolean {
    return existsSync(join(this.repository.gitDir, 'HEAD'));
  }

  get root(): string {
    return this.repository.root;
  }

  /**
   * A file's text with its authors according to the journal, relative to HEAD. Throws a GitError, a JournalError or a
   * BackgroundError.
   */
  async authored(path: string, content: Buffer | null): Promise<AuthoredText> {
    const { base, text, pieces, deletions, broken } = await this.background.ask('authored', {
      places: this.places,
      path,
      content,
    });
    return AuthoredText.of(base, text, pieces, deletions, broken);
  }

  /** Whether the journal must be told that a file had a content. Throws a JournalError or a BackgroundError. */
  lacks(path: string, had: HadContent): Promise<boolean> {
    return this.background.ask('lacking', { places: this.places, path, ...had });
  }

  /** The committed content that a new file is a copy of; null: it is no copy. Throws a GitError or a BackgroundError. */
  async copiedFrom(path: string, content: Buffer): Promise<Buffer | null> {
    const committed = await this.surveying.ask('copied', { places: this.places, path, content });
    return committed && Buffer.from(committed);
  }

  /** Whether git ignores the file: then nothing of it is kept. A cached answer is returned synchronously. */
  isIgnored(path: string): boolean | Promise<boolean> {
    const known = this.ignored.get(path);
    if (known !== undefined) return known;
    const reading = this.askIgnored(path).then((answer) => {
      if (this.ignored.get(path) === reading) this.ignored.set(path, answer);
      return answer;
    });
    this.ignored.set(path, reading);
    return reading;
  }

  /**
   * Starting git from an editor's large process blocks the thread that all extensions share, so another one does it.
   */
  private async askIgnored(path: string): Promise<boolean> {
    try {
      return await this.background.ask('ignored', { places: this.places, path });
    } catch (error) {
      if (error instanceof BackgroundError) return false;
      throw error;
    }
  }

  /** Whether git would run our hooks here. Throws a GitError or a BackgroundError. */
  hooksState(): Promise<HooksState> {
    return this.background.ask('hooks', this.places);
  }

  /** What git ignores may have changed. */
  forgetIgnored(): void {
    this.ignored.clear();
  }
}
