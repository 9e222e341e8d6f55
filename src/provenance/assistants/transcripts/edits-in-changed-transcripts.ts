/** Finds and reads transcripts. Separate, because no hook needs it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ASSISTANTS } from '../registry';
import type { Surroundings, ToldEdit, TranscriptPlace } from '../types';
import { rowsIn } from './sqlite-transcripts';

/** Larger transcripts are not read (bytes). */
const LARGEST = 32 * 1024 * 1024;
/** At most this many are read per assistant, newest first. */
const MOST = 50;
/** And only this many bytes of them in total: somebody is waiting for the answer. */
const MOST_BYTES = 96 * 1024 * 1024;
/** Maximum number of folders searched per place. */
const MOST_FOLDERS = 2000;

/**
 * The edits in transcripts that changed since a time (milliseconds since the epoch), in chronological order: those made
 * after `from`. Never throws.
 */
export function toldSince(since: number, where: Surroundings, from = since): ToldEdit[] {
  const found: ToldEdit[] = [];
  const name = JSON.stringify(path.basename(where.repositoryRoot ?? '')).slice(1, -1);
  for (const { transcripts } of ASSISTANTS) {
    if (!transcripts) continue;
    const files = transcripts.places(where).flatMap((place) => filesIn(place, since));
    let budget = MOST_BYTES;
    for (const { file, changed, size, rows } of files.sort((a, b) => b.changed - a.changed).slice(0, MOST)) {
      budget -= rows === undefined ? size : 0;
      const text = budget < 0 ? undefined : rows === undefined ? readQuietly(file) : rowsIn(file, rows, from);
      // most are about other repositories: that is visible without parsing them
      if (text?.includes(name) === true) found.push(...transcripts.edits(text, changed).filter(({ at }) => at > from));
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

interface Found {
  readonly file: string;
  readonly changed: number;
  readonly size: number;
  readonly rows: string | undefined;
}

function filesIn({ folder, depth, name, rows }: TranscriptPlace, since: number): Found[] {
  const found: Found[] = [];
  const waiting = [{ folder, depth }];
  for (let looked = 0; looked < MOST_FOLDERS; looked++) {
    const here = waiting.pop();
    if (here === undefined) break;
    try {
      for (const entry of readdirSync(here.folder, { withFileTypes: true })) {
        const full = path.join(here.folder, entry.name);
        if (entry.isDirectory()) {
          if (here.depth > 0) waiting.push({ folder: full, depth: here.depth - 1 });
        } else if (entry.isFile() && name.test(entry.name)) {
          const { mtimeMs, size } = statSync(full);
          // a database's latest writes may be in a file next to it, and it is never read as a whole
          if (rows !== undefined || (mtimeMs > since && size <= LARGEST))
            found.push({ file: full, changed: mtimeMs, size, rows });
        }
      }
    } catch {
      // no such folder, or gone meanwhile
    }
  }
  return found;
}

function readQuietly(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
