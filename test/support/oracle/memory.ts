/** A bench without git and without a disk: what is kept, and what it says, for many histories in little time. */
import { attributeLines, diffLines, splitLines, toRanges } from '../../../src/provenance/authorship';
import {
  blobId,
  replay,
  type By,
  type JournalRecord,
  type StoredRecord,
  type FileQuery,
} from '../../../src/provenance/journal';
import type { Actor } from './model';
import type { Bench, Said } from './world';

export const byOf = (actor: Actor): By =>
  actor === 'human'
    ? { author: 'human', evidence: 'observed' }
    : { author: 'ai', assistant: actor, session: actor, evidence: 'reported' };

export class MemoryBench implements Bench {
  private readonly files = new Map<string, string>();
  private readonly contents = new Map<string, Buffer>();
  private records: StoredRecord[] = [];
  private readonly open = new Map<
    string,
    { readonly name: string; readonly files: readonly { readonly path: string; readonly content: string | null }[] }
  >();
  private head: ReadonlyMap<string, string> = new Map();
  private commits = 0;
  private clock = 1_000_000;

  write(path: string, text: string): void {
    this.files.set(path, text);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  before(id: string, actor: Actor, files: readonly string[]): Promise<void> {
    const seen = files.map((path) => ({ path, content: this.keep(path) }));
    this.open.set(id, {
      name: this.add({
        version: 1,
        kind: 'seen',
        at: ++this.clock,
        files: seen,
        opens: { id, by: byOf(actor), all: false, head: null },
      }),
      files: seen,
    });
    return Promise.resolve();
  }

  after(id: string, actor: Actor): Promise<void> {
    const bracket = this.open.get(id);
    const files = (bracket?.files ?? [])
      .map(({ path, content }) => ({ path, from: content, to: this.keep(path) }))
      .filter(({ from, to }) => from !== to);
    this.add({
      version: 1,
      kind: 'edit',
      at: ++this.clock,
      by: byOf(actor),
      id,
      ...(bracket ? { closes: bracket.name } : {}),
      files,
    });
    return Promise.resolve();
  }

  commitAll(): Promise<readonly Said[] | undefined> {
    const wanted = [...new Set([...this.files.keys(), ...this.head.keys()])].flatMap((path): FileQuery[] => {
      const [base, target] = [this.head.get(path), this.files.get(path)];
      return base === target
        ? []
        : [
            {
              path,
              base: base === undefined ? null : Buffer.from(base),
              target: target === undefined ? null : Buffer.from(target),
            },
          ];
    });
    if (wanted.length === 0) return Promise.resolve(undefined);
    const parent = `commit ${String(this.commits)}`;
    const texts = replay(this.records, (id) => this.contents.get(id), wanted, { now: this.clock, parent });
    const said = wanted.map(({ path }): Said => {
      const text = texts.get(path);
      if (!text) throw new Error(`nothing is said of ${path}`);
      const { added, removed } = attributeLines(text, diffLines(splitLines(text.base), splitLines(text.text)));
      return { path, ranges: toRanges(added), removed: toRanges(removed) };
    });
    const commit = `commit ${String(++this.commits)}`;
    this.add({
      version: 1,
      kind: 'committed',
      at: ++this.clock,
      commit,
      parents: [parent],
      files: wanted.map(({ path }) => ({ path, content: this.keep(path) })),
    });
    this.head = new Map(this.files);
    return Promise.resolve(said);
  }

  private keep(path: string): string | null {
    const text = this.files.get(path);
    if (text === undefined) return null;
    const content = Buffer.from(text);
    const id = blobId(content);
    this.contents.set(id, content);
    return id;
  }

  private add(record: JournalRecord): string {
    const name = `${String(record.at).padStart(14, '0')}.json`;
    this.records.push({ name, record });
    return name;
  }
}
