/**
 * Codex' rules name files that are there. A checkout that takes a folder of several closed files away would stop its
 * shell on Linux until they are written anew, so a hook of Codex that comes after it does that.
 */
import { statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Assistant } from '../../provenance/assistants';
import type { Repository } from '../../git';
import { folderOf } from '../../base/launcher';
import { SYSTEM } from '../../base/platform';
import type { Call } from '../command';

/** Costs two file lookups where nothing was checked out. Never throws: "doctor" says what is wrong with the rules. */
export async function renewAfterCheckout(assistant: Assistant, repository: Repository, call: Call): Promise<void> {
  if (SYSTEM !== 'linux' || assistant.id !== 'codex') return;
  // where `rules-record.ts` keeps the rules of each repository
  const place = path.join(folderOf(call.terminal.home), 'setup', 'native-rules', 'repositories', assistant.id);
  try {
    if (changedAt(path.join(repository.gitDir, 'logs', 'HEAD')) <= changedAt(place)) return;
    const time = new Date(call.terminal.now());
    utimesSync(place, time, time);
    const [{ dialectOf, stateOfRules, writeRules }, { rulesHere, rulesOptions }] = await Promise.all([
      import('../../provenance/assistants/native-rules'),
      import('.'),
    ]);
    const dialect = dialectOf(assistant.id);
    const rules = await rulesHere(repository, call);
    if (dialect === undefined || rules === undefined) return;
    const options = rulesOptions(call, repository, 'user');
    if (stateOfRules(assistant, dialect, rules, options).state === 'outdated')
      writeRules(assistant, dialect, rules, options);
  } catch {
    // there are none, or they can't be written
  }
}

const changedAt = (file: string): number => statSync(file).mtimeMs;
