/**
 * Reads a process's output before it is requested: the process can keep writing, and the waiting data is outside the
 * garbage-collected heap.
 */

/** This much is read before anybody requests it. */
const AHEAD_AT_MOST_BYTES = 64 * 1024 * 1024;

/** The same chunks in order. Starts reading at once; errors are thrown to the consumer. */
export function ahead(chunks: AsyncGenerator<Buffer, undefined>): AsyncGenerator<Buffer, undefined> {
  const ready: Buffer[] = [];
  let waiting = 0;
  let failure: Error | undefined;
  let isDone = false;
  const state = { isGivenUp: false };
  let wake = (): void => undefined;
  let more = (): void => undefined;
  const read = async (): Promise<void> => {
    for await (const chunk of chunks) {
      ready.push(chunk);
      waiting += chunk.length;
      wake();
      if (waiting > AHEAD_AT_MOST_BYTES)
        await new Promise<void>((resolve) => {
          more = resolve;
        });
      if (state.isGivenUp) return;
    }
  };
  read()
    .catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
    })
    .finally(() => {
      isDone = true;
      wake();
    });
  return following();

  async function* following(): AsyncGenerator<Buffer, undefined> {
    try {
      for (;;) {
        const chunk = ready.shift();
        if (chunk !== undefined) {
          waiting -= chunk.length;
          more();
          yield chunk;
        } else if (failure !== undefined) throw failure;
        else if (isDone) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      state.isGivenUp = true;
      more();
    }
  }
}
