/** What changed below some folders since the last look: what an editor's file watcher reports, without its delay. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface DiskChange {
  readonly kind: 'created' | 'changed' | 'deleted';
  /** Absolute. */
  readonly file: string;
}

/** As the editor's own setting `files.watcherExclude` leaves out. */
const LEFT_OUT = /\/\.git\/(?:objects|subtree-cache)$/;

export class DiskWatch {
  private before: ReadonlyMap<string, string>;

  constructor(private readonly folder: string) {
    this.before = this.read();
  }

  look(): readonly DiskChange[] {
    const { before } = this;
    const after = this.read();
    this.before = after;
    const changes: DiskChange[] = [];
    for (const [file, state] of after)
      if (before.get(file) !== state) changes.push({ kind: before.has(file) ? 'changed' : 'created', file });
    for (const file of before.keys()) if (!after.has(file)) changes.push({ kind: 'deleted', file });
    return changes;
  }

  private read(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const into = (folder: string): void => {
      if (LEFT_OUT.test(folder)) return;
      for (const entry of entriesOf(folder)) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) {
          found.set(file, 'folder');
          into(file);
        } else {
          const stats = statSync(file, { throwIfNoEntry: false });
          if (stats) found.set(file, `${String(stats.mtimeMs)} ${String(stats.size)} ${String(stats.ino)}`);
        }
      }
    };
    into(this.folder);
    return found;
  }
}

/** None when the folder went just now. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
