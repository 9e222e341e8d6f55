/**
 * A least-recently-used cache, limited to a total size of `limit`. Getting or setting an entry marks it as recently
 * used. `sizeOf` must return the same for an entry each time.
 */
export class LruCache<Key, Value> {
  private readonly entries = new Map<Key, Value>();
  private size = 0;

  constructor(
    private readonly limit: number,
    private readonly sizeOf: (value: Value) => number,
  ) {}

  /** Undefined when it was never set or has been evicted. */
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

/** One file's contents are cached up to this many characters together: an hour's saves of a long file. */
export const MAX_CACHED_CHARACTERS = 16_000_000;
