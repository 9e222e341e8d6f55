/** A journal's stored file contents, in memory: for tests that replay records without a repository. */
import { blobId } from '../../src/provenance/journal';

export class KeptContents {
  private readonly contents = new Map<string, Buffer>();

  /** Stores a text, as UTF-8, and returns its name in records. */
  readonly keep = (text: string): string => {
    const content = Buffer.from(text);
    const id = blobId(content);
    this.contents.set(id, content);
    return id;
  };

  readonly content = (id: string): Buffer | undefined => this.contents.get(id);
}
