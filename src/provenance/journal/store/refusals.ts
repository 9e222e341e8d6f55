/**
 * What assistants were refused, to show to the user: one small file each below `<git dir>/linekeeper/refused`, kept for
 * a day at most. They contain no command and no prompt.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeOwnFile } from '../../../base/files';
import { hasShape, isNumber, isText, textOrNull, type JsonObject } from '../../../base/shapes';

export interface Refusal {
  readonly assistant: string;
  readonly session: string | null;
  /** Why, as a sentence. */
  readonly reason: string;
  /** Of a command: its program and verb, and what it would have done (`destroys …`). */
  readonly brief?: { readonly command: string; readonly does: string };
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The oldest go first. */
const MOST = 50;
const KEPT_MS = 24 * 60 * 60_000;
const REASON_AT_MOST = 300;

const folderOf = (gitDir: string): string => path.join(gitDir, 'linekeeper', 'refused');

/** Never throws: a refusal holds whether or not it is recorded. */
export function keepRefusal(gitDir: string, { assistant, session, reason, brief, at }: Refusal): void {
  try {
    const folder = folderOf(gitDir);
    const file = path.join(folder, `${String(at).padStart(15, '0')}-${randomBytes(3).toString('hex')}.json`);
    writeOwnFile(
      file,
      `${JSON.stringify({ version: 1, assistant, session, reason: reason.slice(0, REASON_AT_MOST), ...(brief ? { brief } : {}), at })}\n`,
    );
    for (const name of readdirSync(folder).sort().slice(0, -MOST)) rmSync(path.join(folder, name), { force: true });
  } catch {
    // no space or no permission
  }
}

/** Refusals of the last day, newest first. */
export function refusalsIn(gitDir: string, now: number): readonly Refusal[] {
  const folder = folderOf(gitDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .slice(0, MOST)
    .flatMap((name) => read(path.join(folder, name)))
    .filter(({ at }) => now - at < KEPT_MS);
}

const isStored = hasShape({ assistant: isText, reason: isText, at: isNumber });
const isBrief = hasShape({ command: isText, does: isText });

function read(file: string): Refusal[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isStored(value)) return [];
    const { assistant, reason, at } = value;
    const { session, brief }: JsonObject = value;
    return [
      {
        assistant,
        session: textOrNull(session),
        reason,
        ...(isBrief(brief) ? { brief: { command: brief.command, does: brief.does } } : {}),
        at,
      },
    ];
  } catch {
    return []; // deleted meanwhile, or not ours
  }
}
