/**
 * What was put in last by its key, as long as it is no larger than `limit` together: older entries are forgotten, those
 * asked for or put in again are young again. `sizeOf` must tell the same of an entry each time.
 */
export class LruCache<Key, Value> {
  private readonly entries = new Map<Key, Value>();
  private size = 0;

  constructor(
    private readonly limit: number,
    private readonly sizeOf: (value: Value) => number,
  ) {}

  /** Undefined where it was never put in, or is forgotten. */
  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.forget(key);
    this.entries.set(key, value);
    this.size += this.sizeOf(value);
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.limit) return;
      this.forget(oldest);
    }
  }

  private forget(key: Key): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.size -= this.sizeOf(value);
  }
}

/** Contents of one file are kept at hand up to so many characters together: an hour's saves of a long file. */
export const MAX_CACHED_CHARACTERS = 16_000_000;
