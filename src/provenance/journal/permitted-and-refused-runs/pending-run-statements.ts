/**
 * Statements that are not in git's notes yet: one small file each below `linekeeper/run-statements` in the git directory
 * that all work trees share, so that a hook only writes a file. Whoever asks next settles them.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, readTextOrNothing, writeOwnFile } from '../../../base/files';
import { parseStatement, STATEMENT_AT_MOST, textOfStatement } from './run-statement-text';
import type { PlacedStatement, RunStatement } from './types';
import { attempt } from '../../../base/platform';

/** An agent that tries again and again must not fill a disk: beyond this many, refusals are not kept. */
const PENDING_AT_MOST = 300;

const folderOf = (commonDir: string): string => dataPlace(commonDir, 'run-statements');

/** Keeps a statement. Never throws: what a person or the policy said holds whether or not it is recorded. */
export function keepStatement(commonDir: string, { commit, statement }: PlacedStatement, now: number): void {
  try {
    const folder = folderOf(commonDir);
    if (statement.event === 'refused' || statement.event === 'asked' || statement.event === 'observed') {
      if (pendingNames(commonDir).length >= PENDING_AT_MOST) return;
    }
    const name = `${String(now).padStart(15, '0')}-${randomBytes(4).toString('hex')}.json`;
    writeOwnFile(path.join(folder, name), `${commit ?? '-'} ${textOfStatement(statement)}\n`);
  } catch {
    // no space or no permission
  }
}

/** Whether there are any, without reading them. */
export const hasPendingStatements = (commonDir: string): boolean => pendingNames(commonDir).length > 0;

function pendingNames(commonDir: string): readonly string[] {
  return attempt(() => readdirSync(folderOf(commonDir)).filter((name) => name.endsWith('.json')), []); // nothing was ever refused or allowed
}

/** Those that are kept, oldest first, by the names of their files. `statement` is null where a file can't be read. */
export function pendingStatements(
  commonDir: string,
): readonly { readonly name: string; readonly placed: PlacedStatement | null }[] {
  return [...pendingNames(commonDir)].sort().map((name) => {
    const text = readTextOrNothing(path.join(folderOf(commonDir), name), STATEMENT_AT_MOST + 100).trimEnd();
    const [, commit, line] = /^(-|[0-9a-f]{40,64}) (.*)$/.exec(text) ?? [];
    const statement = parseStatement(line ?? '');
    return {
      name,
      placed:
        statement === undefined || commit === undefined ? null : { commit: commit === '-' ? null : commit, statement },
    };
  });
}

/** Removes those that are settled. */
export function forgetPending(commonDir: string, names: readonly string[]): void {
  for (const name of names) rmSync(path.join(folderOf(commonDir), name), { force: true });
}

/** A name for a command that nobody asked for: the same within the time that is kept, so that trying again is one entry. */
export const idOfStatement = (statement: Omit<Extract<RunStatement, { command: unknown }>, 'id'>): string =>
  createHash('sha256')
    .update(textOfStatement({ ...statement, id: '' } as RunStatement))
    .digest('hex')
    .slice(0, 12);
