/**
 * What git calls a file where names differ only by case (`core.ignorecase`): as its index has it, whatever the disk
 * says. Reads git's own files, and starts no git.
 */
import { lstatSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Places } from './repository';

interface IndexNames {
  readonly stamp: string;
  readonly names: ReadonlySet<string>;
  /** By the name in lower case, files and their folders. */
  readonly spelled: ReadonlyMap<string, string>;
}

/** The latest index that was read, by its file. */
let latest: { readonly file: string; readonly known: IndexNames } | undefined;

/**
 * A path in a work tree as git spells it: that of its index where the index has it in another case, else with the
 * folders that the index knows. Unchanged without `core.ignorecase`, and where the work tree has nothing by git's name.
 */
export function nameForGit({ root, gitDir, commonDir }: Places, name: string): string {
  if (!ignoresCase(path.join(commonDir, 'config'))) return name;
  const known = namesIn(path.join(gitDir, 'index'));
  if (known === undefined || known.names.has(name)) return name;
  const spelled = spelledBy(known, name);
  // a system that tells cases apart has two files
  return spelled !== name && (isThere(root, spelled) || !isThere(root, name)) ? spelled : name;
}

function spelledBy({ spelled }: IndexNames, name: string): string {
  const parts = name.split('/');
  for (let length = parts.length; length > 0; length--) {
    const found = spelled.get(folded(parts.slice(0, length).join('/')));
    if (found !== undefined) return [found, ...parts.slice(length)].join('/');
  }
  return name;
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();

const isThere = (root: string, name: string): boolean =>
  lstatSync(path.join(root, ...name.split('/')), { throwIfNoEntry: false }) !== undefined;

/** The latest configuration that was read. */
let setting: { readonly file: string; readonly stamp: string; readonly isOn: boolean } | undefined;

function ignoresCase(file: string): boolean {
  try {
    const stamp = stampOf(file);
    if (setting?.file !== file || setting.stamp !== stamp)
      setting = { file, stamp, isOn: IGNORES_CASE.test(readFileSync(file, 'utf8')) };
    return setting.isOn;
  } catch {
    return false;
  }
}

const IGNORES_CASE = /^\s*ignorecase\s*(?:=\s*(?:true|yes|on|1)\s*)?$/im;

function stampOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  return `${String(mtimeMs)} ${String(size)}`;
}

/** Undefined for an index that can't be read here. */
function namesIn(file: string): IndexNames | undefined {
  try {
    const stamp = stampOf(file);
    if (latest?.file === file && latest.known.stamp === stamp) return latest.known;
    const names = new Set(readNames(readFileSync(file)));
    const spelled = new Map<string, string>();
    for (const name of names) {
      for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        const folder = name.slice(0, at);
        if (!spelled.has(folded(folder))) spelled.set(folded(folder), folder);
      }
      spelled.set(folded(name), name);
    }
    latest = { file, known: { stamp, names, spelled } };
    return latest.known;
  } catch {
    return undefined;
  }
}

/** An entry's fields before its flags (gitformat-index(5)): times, device, inode, mode, owner and size. */
const BEFORE_ID = 40;
const MOST_ENTRIES = 5_000_000;

/** The names of an index of version 2, 3 or 4. */
function readNames(index: Buffer): string[] {
  const version = index.readUInt32BE(4);
  if (index.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return [];
  const count = Math.min(index.readUInt32BE(8), MOST_ENTRIES);
  const names: string[] = [];
  const idLength = lengthOfIds(index);
  let at = 12;
  let before: Buffer = Buffer.alloc(0);
  for (let entry = 0; entry < count; entry++) {
    const flags = index.readUInt16BE(at + BEFORE_ID + idLength);
    let from = at + BEFORE_ID + idLength + ((flags & 0x4000) === 0 ? 2 : 4);
    let common = 0;
    if (version === 4) [common, from] = cutOff(index, from);
    const end = index.indexOf(0, from);
    if (end < 0) return names;
    const bytes = index.subarray(from, end);
    before = version === 4 ? Buffer.concat([before.subarray(0, before.length - common), bytes]) : bytes;
    names.push(before.toString('utf8'));
    at = version === 4 ? end + 1 : at + (Math.floor((end - at) / 8) + 1) * 8;
  }
  return names;
}

/** How many bytes of the name before are not in this one, and where the rest begins. */
function cutOff(index: Buffer, from: number): [number, number] {
  let at = from;
  let byte = index.readUInt8(at++);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = index.readUInt8(at++);
    value = ((value + 1) << 7) | (byte & 0x7f);
  }
  return [value, at];
}

/** SHA-1's ids have 20 bytes and SHA-256's 32: the mode behind the first entry's times tells nothing, its flags do. */
function lengthOfIds(index: Buffer): number {
  const isOfLength = (length: number): boolean => {
    const at = 12 + BEFORE_ID + length;
    if (at + 2 > index.length) return false;
    const flags = index.readUInt16BE(at);
    const from = at + ((flags & 0x4000) === 0 ? 2 : 4);
    const skipped = index.readUInt32BE(4) === 4 ? 1 : 0;
    const end = index.indexOf(0, from + skipped);
    return end - from - skipped === (flags & 0xfff);
  };
  return isOfLength(20) || !isOfLength(32) ? 20 : 32;
}
