/** Commands that were let through and have not ended. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, readTextOrNothing, writeOwnFile } from '../../../base/files';

/** A command that did not end within this time never will be heard of (milliseconds). */
const OPEN_MS = 24 * 3600_000;

const openFolder = (commonDir: string): string => dataPlace(commonDir, 'open-runs');

/** What a command that runs is found by again when it ends: its call, or its text where the assistant names no call. */
export interface RunningCall {
  readonly assistant: string;
  readonly session: string | undefined;
  /** The assistant's id of the call, or the command itself. */
  readonly call: string;
}

const fileOfCall = (commonDir: string, { assistant, session, call }: RunningCall): string =>
  path.join(
    openFolder(commonDir),
    createHash('sha256')
      .update(JSON.stringify([assistant, session ?? null, call]))
      .digest('hex')
      .slice(0, 24),
  );

interface OpenRun {
  readonly id: string;
  readonly commit: string | null;
  /** Whether its times are kept to the minute. */
  readonly minute: boolean;
}

/** Remembers that a command was let through, so that its end is recorded with it. Never throws. */
export function openRun(commonDir: string, call: RunningCall, run: OpenRun): void {
  try {
    writeOwnFile(fileOfCall(commonDir, call), `${run.id} ${run.commit ?? '-'}${run.minute ? ' minute' : ''}\n`);
  } catch {
    // its end stays unknown
  }
}

/** Whether any command is open, for hooks that end one: one look at a folder. */
export const hasOpenRuns = (commonDir: string): boolean => existsSync(openFolder(commonDir));

/** The run that a call is the end of, once; undefined for every other call. */
export function closeRun(commonDir: string, call: RunningCall): OpenRun | undefined {
  try {
    const file = fileOfCall(commonDir, call);
    const [, id, commit, minute] =
      /^([0-9a-f]{8,16}) (-|[0-9a-f]{40,64})( minute)?\n$/.exec(readTextOrNothing(file, 200)) ?? [];
    rmSync(file, { force: true });
    return id === undefined || commit === undefined
      ? undefined
      : { id, commit: commit === '-' ? null : commit, minute: minute !== undefined };
  } catch {
    return undefined;
  }
}

/** Forgets commands whose end was not heard. */
export function forgetOpenRuns(commonDir: string, now: number): void {
  try {
    for (const name of readdirSync(openFolder(commonDir))) {
      const file = path.join(openFolder(commonDir), name);
      if (now - statSync(file).mtimeMs > OPEN_MS) rmSync(file, { force: true });
    }
  } catch {
    // there are none
  }
}
