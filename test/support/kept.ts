/** What a journal keeps of files' contents, in memory: for tests that play records without a repository. */
import { blobId } from '../../src/journal';

export class KeptContents {
  private readonly contents = new Map<string, Buffer>();

  /** Keeps a text, as UTF-8, and gives the name that records have for it. */
  readonly keep = (text: string): string => {
    const content = Buffer.from(text);
    const id = blobId(content);
    this.contents.set(id, content);
    return id;
  };

  readonly content = (id: string): Buffer | undefined => this.contents.get(id);
}
