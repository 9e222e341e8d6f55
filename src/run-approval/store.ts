/**
 * Requests and their approvals on this machine: one folder each below `<git dir>/linekeeper/runs`, with the files
 * `request`, `approval` and, once it has run, `used`.
 */
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeDataFolder } from '../journal';
import { idOfRequest, parseRequest, parseSigned, type RunRequest, type SignedApproval } from './request';

export interface StoredRun {
  readonly id: string;
  readonly text: string;
  readonly request: RunRequest;
  readonly approval: SignedApproval | undefined;
  readonly used: boolean;
}

const FILE_AT_MOST = 100_000;

const folderOf = (gitDir: string): string => path.join(gitDir, 'linekeeper', 'runs');

/** Keeps a request and gives its id. Throws an error of the file system. */
export function keepRequest(gitDir: string, text: string): string {
  const id = idOfRequest(text);
  writeFileSync(path.join(makeDataFolder(path.join(folderOf(gitDir), id)), 'request'), text);
  return id;
}

/** Throws an error of the file system. */
export function keepApproval(gitDir: string, id: string, approval: SignedApproval): void {
  writeFileSync(path.join(makeDataFolder(path.join(folderOf(gitDir), id)), 'approval'), JSON.stringify(approval));
}

/** The request of this id, or of the only one that begins so. */
export function findRun(gitDir: string, id: string): StoredRun | undefined {
  const found = /^[0-9a-f]{4,12}$/.test(id) ? runs(gitDir).filter((run) => run.id.startsWith(id)) : [];
  return found.length === 1 ? found[0] : undefined;
}

/** All of them, in no order. What can't be read, or is not what its name says, is left out. */
export function runs(gitDir: string): StoredRun[] {
  const folder = folderOf(gitDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // nobody asked for a run yet
  }
  return names.flatMap((id): StoredRun[] => {
    const text = read(path.join(folder, id, 'request')) ?? '';
    const request = parseRequest(text);
    if (request === undefined || idOfRequest(text) !== id) return [];
    return [
      {
        id,
        text,
        request,
        approval: parseSigned(read(path.join(folder, id, 'approval')) ?? ''),
        used: read(path.join(folder, id, 'used')) !== undefined,
      },
    ];
  });
}

function read(file: string): string | undefined {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= FILE_AT_MOST ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Uses an approval up. Of several processes that try at once, one succeeds. */
export function useUp(gitDir: string, id: string, what: object): boolean {
  try {
    const file = openSync(path.join(folderOf(gitDir), id, 'used'), 'wx');
    try {
      writeSync(file, `${JSON.stringify(what)}\n`);
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    return false;
  }
}
