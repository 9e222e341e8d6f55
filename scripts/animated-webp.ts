/** Puts pictures in the WebP format together as one that moves (developers.google.com/speed/webp/docs/riff_container). */

export interface Frame {
  /** One picture, as an encoder gives it. */
  readonly webp: Buffer;
  /** For how long it is shown, in milliseconds. */
  readonly during: number;
}

const HEADER = 12;
const IS_ANIMATED = 0x02;
const OVER_THE_LAST = 0x02;

/** All frames have this size. It begins again at its end, for ever. */
export function animated(
  frames: readonly Frame[],
  { width, height }: { readonly width: number; readonly height: number },
): Buffer {
  const size = Buffer.concat([number(width - 1, 3), number(height - 1, 3)]);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', Buffer.concat([number(IS_ANIMATED, 4), size])),
    chunk('ANIM', Buffer.alloc(6)), // no background; without an end
    ...frames.map(({ webp, during }) =>
      chunk(
        'ANMF',
        Buffer.concat([Buffer.alloc(6), size, number(during, 3), number(OVER_THE_LAST, 1), pixelsOf(webp)]),
      ),
    ),
  ]);
  return Buffer.concat([Buffer.from('RIFF'), number(body.length, 4), body]);
}

/** The chunks that hold the picture itself. Throws for what is no WebP. */
function pixelsOf(webp: Buffer): Buffer {
  if (webp.toString('latin1', 0, 4) !== 'RIFF' || webp.toString('latin1', 8, HEADER) !== 'WEBP')
    throw new Error('a frame is no WebP');
  const parts: Buffer[] = [];
  for (let at = HEADER; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (['VP8 ', 'VP8L', 'ALPH'].includes(webp.toString('latin1', at, at + 4))) parts.push(webp.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function chunk(name: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name), number(content.length, 4), content, Buffer.alloc(content.length % 2)]);
}

/** Of so many bytes, the lowest first. */
function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
