/** What a process writes is read ahead of whoever asks, in its order, and to its end or its failure. */
import assert from 'node:assert/strict';
import { ahead } from '../../../src/git/plumbing/read-process-output-ahead';

async function* chunksOf(
  texts: readonly string[],
  wrote: (text: string) => void = () => undefined,
  failure?: Error,
): AsyncGenerator<Buffer, undefined> {
  for (const text of texts) {
    await Promise.resolve();
    wrote(text);
    yield Buffer.from(text);
  }
  if (failure) throw failure;
}

async function textsIn(chunks: AsyncGenerator<Buffer, undefined>): Promise<string[]> {
  const texts: string[] = [];
  for await (const chunk of chunks) texts.push(chunk.toString());
  return texts;
}

describe('ahead, a stream read before it is asked for', () => {
  it('yields all chunks in order, read before anybody asks', async () => {
    const wrote: string[] = [];
    const chunks = ahead(chunksOf(['a', 'b', 'c'], (text) => wrote.push(text)));
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(wrote, ['a', 'b', 'c']);
    assert.deepEqual(await textsIn(chunks), ['a', 'b', 'c']);
    assert.deepEqual(await textsIn(ahead(chunksOf([]))), []);
  });

  it('fails after the chunks that came before the error', async () => {
    const chunks = ahead(chunksOf(['a'], undefined, new Error('broken')));
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal((await chunks.next()).value?.toString(), 'a');
    await assert.rejects(chunks.next(), /broken/);
  });

  it('stops its source when the reader stops', async () => {
    let ended: () => void = () => undefined;
    const isEnded = new Promise<void>((resolve) => (ended = resolve));
    async function* endless(): AsyncGenerator<Buffer, undefined> {
      try {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          yield Buffer.alloc(1024);
        }
      } finally {
        ended();
      }
    }
    const chunks = ahead(endless());
    await chunks.next();
    await chunks.return(undefined);
    await isEnded;
  });
});
