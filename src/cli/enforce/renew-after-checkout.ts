/**
 * Codex' rules name files that are there. A checkout that takes a folder of several closed files away would stop its
 * shell on Linux until they are written anew: behind it, a hook of Codex starts the command that does that.
 */
import { statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Assistant } from '../../provenance/assistants';
import type { Repository } from '../../git';
import { startLater } from '../../guard/hook';
import { folderOf } from '../../base/launcher';
import { SYSTEM } from '../../base/platform';
import type { Call } from '../verb';

/** Costs two file lookups where nothing was checked out. Never throws: "doctor" says what is wrong with the rules. */
export async function renewAfterCheckout(
  { id, rulesFollowFilesOn }: Assistant,
  repository: Repository,
  { terminal }: Call,
): Promise<void> {
  if (rulesFollowFilesOn !== SYSTEM) return;
  // where `store-written-and-wanted-rules.ts` keeps the rules of each repository
  const place = path.join(folderOf(terminal.home), 'setup', 'native-rules', 'repositories', id);
  try {
    if (changedAt(path.join(repository.gitDir, 'logs', 'HEAD')) <= changedAt(place)) return;
    const time = new Date(terminal.now());
    utimesSync(place, time, time);
  } catch {
    return; // there are none
  }
  await startLater(repository, terminal, ['doctor']);
}

const changedAt = (file: string): number => statSync(file).mtimeMs;
