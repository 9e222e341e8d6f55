/** Standard input, with an end for one that has none. A file of its own, so that it can be tried without a program. */
import { constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { InputLimits } from '../guard/hook';

const CHUNK_BYTES = 64 * 1024;
/** How long nothing is asked of a pipe that had nothing (milliseconds). */
const PAUSE_MS = 2;

/**
 * All of standard input. Creating a stream for it would take a fifth of Node's own startup time, so it is read directly
 * if possible. With `limits` it is read until nothing came for that time: what had come by then is the answer. Throws
 * if nothing came at all, or more than the limit.
 */
export async function readStandardInput(limits?: InputLimits): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (limits !== undefined && bytes > limits.bytes)
      throw new Error(
        `Standard input holds more than ${String(limits.bytes / 1024 ** 2)} MB, and no payload does. Please send one object in JSON and close standard input.`,
      );
    chunks.push(chunk);
  };
  const ended = await readInto(take, limits?.idleMs);
  if (!ended && bytes === 0)
    throw new Error(
      `Nothing came on standard input for ${String((limits?.idleMs ?? 0) / 1000)} seconds. Please send one object in JSON and close standard input.`,
    );
  return Buffer.concat(chunks).toString('utf8');
}

/** Hands over what comes. False if it did not end, and nothing came for `idleMs`. */
async function readInto(take: (chunk: Buffer) => void, idleMs: number | undefined): Promise<boolean> {
  const fd = idleMs === undefined ? 0 : neverBlocking();
  if (fd === undefined) return streamInto(take, idleMs);
  let last = Date.now();
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let got: number;
    try {
      got = readSync(fd, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // On Windows the end of a pipe is an error. Anything else needs waiting, or fails again below, where it is
      // reported.
      if (code === 'EOF') return true;
      if (code !== 'EAGAIN' || idleMs === undefined) return streamInto(take, idleMs);
      if (Date.now() - last >= idleMs) return false;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      continue;
    }
    if (got === 0) return true;
    take(chunk.subarray(0, got));
    last = Date.now();
  }
}

/**
 * What standard input can be read by without ever being held up: itself if it is a file, and a pipe that is opened once
 * more, which leaves alone how those who share it read it. The socket that an assistant made of Node gives the shell of
 * its hook is read as it is: what starts the hook has a limit of its own, and a stream would cost each tool call some
 * milliseconds. Undefined where the system has no such way.
 */
function neverBlocking(): number | undefined {
  try {
    const stats = fstatSync(0);
    if (stats.isFile()) return 0;
    if (stats.isSocket() && isStartedByShell()) return 0;
    if (stats.isFIFO()) return openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // Not there, or not for us: a stream says why.
  }
  return undefined;
}

/** Whether a shell, as hooks have it, or the limit that it sets, is above. Only where the system has `/proc`. */
const isStartedByShell = (): boolean =>
  /^(?:timeout|busybox|ash|sh|dash|bash|ksh|mksh|zsh)\n$/.test(
    readFileSync(`/proc/${String(process.ppid)}/comm`, 'utf8'),
  );

async function streamInto(take: (chunk: Buffer) => void, idleMs: number | undefined): Promise<boolean> {
  const stream = process.stdin;
  let timer: NodeJS.Timeout | undefined;
  const idle = new AbortController();
  const restart = (): void => {
    clearTimeout(timer);
    if (idleMs !== undefined)
      timer = setTimeout(() => {
        idle.abort();
        stream.destroy();
      }, idleMs);
  };
  try {
    restart();
    for await (const chunk of stream) {
      take(chunk as Buffer);
      restart();
    }
  } catch (error) {
    if (!idle.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return !idle.signal.aborted;
}
