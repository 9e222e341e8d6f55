/** What trees have at paths, where they are files of their own: no git is started for what was made lately. */
import { readLoose, type LooseObject } from './read-loose-object';

export interface TreeEntry {
  readonly id: string;
  /** As git writes it: `100644`. */
  readonly mode: string;
}

export const FOLDER = '040000';

/** For one question; one git reads more of them sooner. */
const OBJECTS_AT_MOST = 64;

/** Reads loose objects for one question. */
export class LooseTrees {
  private readonly trees = new Map<string, ReadonlyMap<string, TreeEntry> | undefined>();
  private left = OBJECTS_AT_MOST;
  constructor(private readonly repository: { readonly commonDir: string }) {}

  /** Undefined where git has to read it. */
  async object(id: string): Promise<LooseObject | undefined> {
    return this.left-- > 0 ? (await readLoose(this.repository, [id])).get(id) : undefined;
  }

  /** What a tree or a commit has at a path; null where it has nothing there, undefined where git has to say. */
  async entry(root: string, path: string): Promise<TreeEntry | null | undefined> {
    let entry: TreeEntry | undefined = { id: root, mode: FOLDER };
    for (const name of path.split('/')) {
      if (ODD.test(name)) return undefined;
      if (entry.mode !== FOLDER) return null;
      const entries = await this.entriesOf(entry.id);
      if (entries === undefined) return undefined;
      entry = entries.get(name);
      if (entry === undefined) return null;
    }
    return entry;
  }

  private async entriesOf(id: string): Promise<ReadonlyMap<string, TreeEntry> | undefined> {
    if (this.trees.has(id)) return this.trees.get(id);
    const { kind, content } = (await this.object(id)) ?? {};
    const tree = kind === 'commit' ? /^tree ([0-9a-f]+)\n/.exec(content?.toString('latin1') ?? '')?.[1] : undefined;
    const entries =
      tree !== undefined
        ? await this.entriesOf(tree)
        : kind === 'tree' && content !== undefined
          ? entriesIn(content, id.length / 2)
          : undefined;
    this.trees.set(id, entries);
    return entries;
  }
}

/** Names that git takes for another folder, and what stands for bytes that are no text. */
const ODD = /^\.{0,2}$|\uFFFD/;
const ENTRY = /^(40000|100644|100755|120000|160000) ([^/]+)$/s;

/** The entries of a stored tree, whose ids have this many bytes; undefined where it is not as git writes it. */
function entriesIn(content: Buffer, size: number): ReadonlyMap<string, TreeEntry> | undefined {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(0, at);
    const [, mode, name] = ENTRY.exec(content.toString('utf8', at, Math.max(at, end))) ?? [];
    const next = end + 1 + size;
    if (mode === undefined || name === undefined || next > content.length || entries.has(name)) return undefined;
    entries.set(name, { id: content.toString('hex', end + 1, next), mode: mode.padStart(6, '0') });
    at = next;
  }
  return entries;
}
