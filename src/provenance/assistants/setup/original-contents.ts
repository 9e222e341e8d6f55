/**
 * What a file was before we changed it, kept in our own state folder so that uninstalling restores it byte for byte.
 * Readable only by its owner: an assistant's configuration may hold secrets.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { listFolder, readTextOrNothing, writeWhole } from '../../../base/files';
import { SEPARATOR } from '../../../base/platform';
import { hasShape, isAnything, isListOf, isOneOf, isText, orNull, parsedAs } from '../../../base/shapes';

export interface Receipt {
  readonly assistant: string;
  readonly file: string;
  /** The bytes before; null when there was no file. */
  readonly before: Buffer | null;
  /** SHA-256 of what we wrote, hexadecimal. */
  readonly written: string;
  /** Folders we created for it, innermost first. */
  readonly folders: readonly string[];
}

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const receiptFile = (stateDir: string, assistant: string, file: string): string =>
  path.join(stateDir, 'assistant-hooks', `${assistant}-${digest(Buffer.from(file)).slice(0, 16)}.json`);

const isStored = hasShape({
  version: isOneOf(1),
  file: isText,
  before: orNull(isText),
  written: isText,
  folders: isListOf(isAnything),
});

/** Undefined when missing or unreadable: then only our own entries are removed. */
export function readReceipt(stateDir: string, assistant: string, file: string): Receipt | undefined {
  try {
    const value = parsedAs(readFileSync(receiptFile(stateDir, assistant, file), 'utf8'), isStored);
    if (value?.file !== file) return undefined;
    const { before, written, folders } = value;
    const inside = folders.filter(isText).filter((folder) => file.startsWith(folder + SEPARATOR));
    return {
      assistant,
      file,
      written,
      folders: inside,
      before: before === null ? null : Buffer.from(before, 'base64'),
    };
  } catch {
    return undefined;
  }
}

/**
 * The folders around `file` that were made for any of the files that have a receipt, innermost first: the last of them
 * to be removed takes the folder along, whatever the order.
 */
export function foldersMadeAround(stateDir: string, file: string): readonly string[] {
  const place = path.join(stateDir, 'assistant-hooks');
  const texts = listFolder(place)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readTextOrNothing(path.join(place, name)));
  const folders = texts.flatMap((text) => parsedAs(text, isStored)?.folders ?? []);
  return [...new Set(folders.filter(isText))]
    .filter((folder) => file.startsWith(folder + SEPARATOR))
    .sort((a, b) => b.length - a.length);
}

/** Beside a receipt, as bytes: for `remove.sh`, which reads no base64. */
const copiesOf = (target: string): { readonly before: string; readonly written: string } => ({
  before: target.replace(/json$/, 'before'),
  written: target.replace(/json$/, 'written'),
});

/** `written`: the bytes that the file is about to have. Throws file-system errors. */
export function writeReceipt(stateDir: string, receipt: Receipt, written: Uint8Array): void {
  const target = receiptFile(stateDir, receipt.assistant, receipt.file);
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const copies = copiesOf(target);
  if (receipt.before !== null) writeWhole(copies.before, receipt.before, { mode: 0o600 });
  writeWhole(copies.written, written, { mode: 0o600 });
  writeWhole(
    target,
    `${JSON.stringify({ version: 1, ...receipt, before: receipt.before?.toString('base64') ?? null })}\n`,
    { mode: 0o600 },
  );
}

export function dropReceipt(stateDir: string, assistant: string, file: string): void {
  const target = receiptFile(stateDir, assistant, file);
  for (const name of [target, ...Object.values(copiesOf(target))]) rmSync(name, { force: true });
}
