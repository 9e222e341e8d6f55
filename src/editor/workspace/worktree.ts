/** One work tree that the editor looks at: its repository, its journal, and what of them is worth keeping at hand. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText } from '../../attribution';
import { Repository, type HooksState, type Places } from '../../git';
import { openJournal, type Journal } from '../../journal';
import { BackgroundError, type Background, type HadContent } from '../background';

export class Worktree {
  readonly repository: Repository;
  readonly journal: Journal;
  private readonly ignored = new Map<string, boolean | Promise<boolean>>();

  constructor(
    readonly places: Places,
    readonly now: () => number,
    private readonly background: Background,
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
   * A file's text with its authors as the journal knows them, seen from HEAD. Throws a GitError, a JournalError or a
   * BackgroundError.
   */
  async authored(path: string, content: Buffer | null): Promise<AuthoredText> {
    const {
      base,
      text,
      pieces,
      gone: deletions,
      broken,
    } = await this.background.ask('authored', { places: this.places, path, content });
    return AuthoredText.of(base, text, pieces, deletions, broken);
  }

  /** Whether the record has to be told that a file had a content. Throws a JournalError or a BackgroundError. */
  lacks(path: string, had: HadContent): Promise<boolean> {
    return this.background.ask('lacking', { places: this.places, path, ...had });
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

  /** To start git takes the thread that all extensions share as long as the processes of an editor are large. */
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
