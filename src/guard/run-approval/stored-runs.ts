/**
 * Requests and their approvals on this machine: one folder each below `<git dir>/linekeeper/runs`, with the files
 * `request`, `approval` and, once it has run, `used`.
 */
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { dataPlace, makeDataFolder, textUpTo, writeWhole } from '../../base/files';
import { idOfRequest, parseRequest, parseSigned, type RunRequest, type SignedApproval } from './request-and-approval';
import { fitting, hasShape, isAnything, isText, parsedAs, textOrNull } from '../../base/shapes';

export interface StoredRun {
  readonly id: string;
  readonly text: string;
  readonly request: RunRequest;
  readonly approval: SignedApproval | undefined;
  readonly used: boolean;
  /** Who ran it and whose approval allowed it, once it has run; null when that can't be read. */
  readonly usedBy: RunUse | null;
}

/** What is recorded when an approval is consumed. */
interface RunUse {
  readonly version: 1;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly assistant: string;
  /** Raw id of the conversation; null when unknown. */
  readonly session: string | null;
  /** The principals of the signature. */
  readonly approvedBy: readonly string[];
}

const FILE_AT_MOST = 100_000;

const folderOf = (gitDir: string): string => dataPlace(gitDir, 'runs');

/** Saves a request and returns its id. Throws a file system error. */
export function keepRequest(gitDir: string, text: string): string {
  const id = idOfRequest(text);
  writeWhole(path.join(makeDataFolder(path.join(folderOf(gitDir), id)), 'request'), text);
  return id;
}

/** Throws a file system error. */
export function keepApproval(gitDir: string, id: string, approval: SignedApproval): void {
  writeWhole(path.join(makeDataFolder(path.join(folderOf(gitDir), id)), 'approval'), JSON.stringify(approval));
}

/** The request with this id, or the only one whose id begins with it. */
export function findRun(gitDir: string, id: string): StoredRun | undefined {
  const found = /^[0-9a-f]{4,12}$/.test(id) ? runs(gitDir).filter((run) => run.id.startsWith(id)) : [];
  return found.length === 1 ? found[0] : undefined;
}

/** All of them, in no order. What can't be read, or does not match its name, is left out. */
export function runs(gitDir: string): StoredRun[] {
  const folder = folderOf(gitDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // nobody has requested a run yet
  }
  return names.flatMap((id): StoredRun[] => {
    const text = read(path.join(folder, id, 'request')) ?? '';
    const request = parseRequest(text);
    if (request === undefined || idOfRequest(text) !== id) return [];
    const used = read(path.join(folder, id, 'used'));
    return [
      {
        id,
        text,
        request,
        approval: parseSigned(read(path.join(folder, id, 'approval')) ?? ''),
        used: used !== undefined,
        usedBy: parseUse(used ?? ''),
      },
    ];
  });
}

const isUse = hasShape({ at: isText, assistant: isText, session: isAnything, approvedBy: isAnything });

function parseUse(text: string): RunUse | null {
  const value = parsedAs(text, isUse);
  if (value === undefined) return null; // half written
  const { at, assistant, session, approvedBy } = value;
  return { version: 1, at, assistant, session: textOrNull(session), approvedBy: fitting(approvedBy, isText) };
}

const read = (file: string): string | undefined => textUpTo(file, FILE_AT_MOST);

/** Consumes an approval. Of several processes that try at once, one succeeds. */
export function useUp(gitDir: string, id: string, use: RunUse): boolean {
  try {
    const file = openSync(path.join(folderOf(gitDir), id, 'used'), 'wx');
    try {
      writeSync(file, `${JSON.stringify(use)}\n`);
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    return false;
  }
}
