import assert from 'node:assert/strict';
import { animated } from '../../scripts/animated-webp';

/** One transparent pixel, as an encoder writes it. */
const PIXEL = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');

/** Names and contents of the chunks from an offset on. */
function chunksOf(bytes: Buffer, from: number): (readonly [name: string, content: Buffer])[] {
  const found: (readonly [string, Buffer])[] = [];
  for (let at = from; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    found.push([bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length)]);
    at += 8 + length + (length % 2);
  }
  return found;
}

describe('animated WebP', () => {
  it('each frame has its pixels, its size and its duration', () => {
    const file = animated(
      [
        { webp: PIXEL, during: 1_200 },
        { webp: PIXEL, during: 70_000 },
      ],
      { width: 640, height: 400 },
    );
    assert.equal(file.readUInt32LE(4), file.length - 8);
    const [canvas, loop, ...frames] = chunksOf(file, 12);
    assert.deepEqual(
      [canvas?.[0], canvas?.[1].readUIntLE(4, 3), canvas?.[1].readUIntLE(7, 3), loop?.[0], loop?.[1].readUInt16LE(4)],
      ['VP8X', 639, 399, 'ANIM', 0],
    );
    assert.deepEqual(
      frames.map(([name, content]) => [name, content.readUIntLE(6, 3), content.readUIntLE(12, 3)]),
      [
        ['ANMF', 639, 1_200],
        ['ANMF', 639, 70_000],
      ],
    );
    for (const [, content] of frames) assert.deepEqual(chunksOf(content, 16), [['VP8L', PIXEL.subarray(20, 20 + 13)]]);
  });

  it('a frame that is not WebP is refused', () => {
    assert.throws(() => animated([{ webp: Buffer.from('GIF89a'), during: 1 }], { width: 1, height: 1 }), /no WebP/);
  });
});
