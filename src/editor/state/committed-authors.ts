/**
 * Who wrote the committed lines of files that somebody looks at: asked for when a line is, and kept until HEAD is
 * another.
 */
import { mayHaveNotes, NOTES_REF } from '../../provenance/commits';
import { GitError, headNow } from '../../git';
import { BackgroundError, type Background, type CommittedRun } from '../background';
import type { Worktree } from '../workspace/worktree';
import { lineInHead } from './line-hunks';
import type { Sight } from './visible-document-hunks';

/** Files whose lines are kept. */
const FILES_AT_MOST = 20;

interface CommittedPorts {
  readonly background: Pick<Background, 'ask'>;
  /** The path that a renamed file has in HEAD. */
  readonly formerPath: (worktree: Worktree, path: string) => string | undefined;
}

export class CommittedAuthors {
  private readonly known = new Map<string, Promise<readonly CommittedRun[]>>();

  constructor(private readonly ports: CommittedPorts) {}

  /** AI's lines of a file in HEAD, numbered as there. */
  async of({ worktree, path }: Sight): Promise<readonly CommittedRun[]> {
    const { repository } = worktree;
    const head = await headNow(repository);
    if (head === null) return [];
    const former = this.ports.formerPath(worktree, path) ?? path;
    // Without any note it is enough to ask once for a HEAD: that writes the notes that are still owed.
    if (!mayHaveNotes(repository, NOTES_REF)) await this.asked(worktree, head, former, [worktree.root, head]);
    if (!mayHaveNotes(repository, NOTES_REF)) return [];
    return this.asked(worktree, head, former, [worktree.root, head, former]);
  }

  /** What AI wrote of a line as it is now; undefined for a line that is not in HEAD, and for one that is not AI's. */
  async at(sight: Sight, line: number): Promise<CommittedRun | undefined> {
    const oldLine = lineInHead(sight.hunks, line);
    return oldLine === undefined
      ? undefined
      : (await this.of(sight)).find(({ start, end }) => start <= oldLine && oldLine <= end);
  }

  private asked(
    { places }: Worktree,
    head: string,
    path: string,
    of: readonly string[],
  ): Promise<readonly CommittedRun[]> {
    const key = JSON.stringify(of);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const runs = this.ports.background.ask('committed', { places, path, head }).catch((error: unknown) => {
      this.known.delete(key); // asked again the next time
      if (error instanceof GitError || error instanceof BackgroundError) return [];
      throw error;
    });
    this.known.set(key, runs);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= FILES_AT_MOST) break;
      this.known.delete(oldest);
    }
    return runs;
  }
}
