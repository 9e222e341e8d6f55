/**
 * `git add --all` and `git commit` without a process, for fixtures: writes the same objects, index, branch and reflog,
 * byte for byte where git leaves no choice. Only where nothing but the files matters: as soon as there are hooks,
 * attributes, ignored files, other settings, a merge or anything else that git would have to weigh, it declines.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';

export interface PlainCommit {
  readonly root: string;
  /** The settings under which this does what git would do: files and their texts, the repository's own file first. */
  readonly settings: readonly (readonly [file: string, text: string])[];
  readonly message: string;
  readonly author: PlainPerson;
  readonly committer: PlainPerson;
  /** `SECONDS ZONE`, or a date as in ISO 8601 with its zone; undefined: now. */
  readonly at: string | undefined;
}

export interface PlainPerson {
  readonly name: string;
  readonly email: string;
}

/** What in `.git` says that git is in the middle of something, or has rules of its own. */
const UNUSUAL = [
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_LOG',
  'rebase-merge',
  'rebase-apply',
  'sequencer',
  'index.lock',
  'shallow',
  'config.worktree',
  'info/attributes',
  'info/sparse-checkout',
  'info/grafts',
  'objects/info/alternates',
  'refs/replace',
  'worktrees',
  'modules',
  'linekeeper/hooks',
];

/** The id of the new commit; undefined where git itself has to make it. Nothing was changed then. */
export function commitPlainly({ root, settings, message, author, committer, at }: PlainCommit): string | undefined {
  const dir = path.join(root, '.git');
  const when = timeOf(at);
  const text = cleaned(message);
  const isPlain = process.platform === 'linux' && isUsual(dir, settings) && [author, committer].every(isPlainPerson);
  if (!isPlain || when === undefined || text === '' || text.includes('\0')) return undefined;
  const head = headIn(dir);
  const parentTree = head?.id === undefined ? '' : treeOfCommit(dir, head.id);
  const index = readIndex(path.join(dir, 'index'));
  const files = index && filesIn(root);
  if (head === undefined || parentTree === undefined || index === undefined || files === undefined) return undefined;
  const objects = new Map<string, Buffer>();
  const keep = (type: string, content: Buffer): string => {
    const object = Buffer.concat([Buffer.from(`${type} ${String(content.length)}\0`), content]);
    const id = createHash('sha1').update(object).digest('hex');
    objects.set(id, object);
    return id;
  };
  const entries = files.map((file): Entry => {
    const known = index.entries.get(file.path);
    const isSame = known?.stat.equals(statOf(file.stat, file.mode)) === true && file.stat.mtimeNs < index.mtimeNs;
    return { ...file, id: isSame ? known.id : keep('blob', contentOf(path.join(root, file.path), file.mode)) };
  });
  const tree = keepTree(entries, '', keep);
  if (tree === parentTree || entries.length === 0) return undefined;
  const stamp = ({ name, email }: PlainPerson): string => `${name} <${email}> ${when}`;
  const parents = head.id === undefined ? [] : [`parent ${head.id}`];
  const lines = [`tree ${tree}`, ...parents, `author ${stamp(author)}`, `committer ${stamp(committer)}`, '', text];
  const id = keep('commit', Buffer.from(lines.join('\n')));
  for (const [name, object] of objects) writeObject(dir, name, object);
  fs.writeFileSync(path.join(dir, 'index'), indexOf(entries));
  fs.writeFileSync(path.join(dir, 'COMMIT_EDITMSG'), text);
  const what = `commit${head.id === undefined ? ' (initial)' : ''}: ${subjectOf(text)}`;
  const logs = head.ref === undefined ? ['HEAD'] : ['HEAD', head.ref];
  for (const log of logs)
    put(path.join(dir, 'logs', log), `${head.id ?? NO_COMMIT} ${id} ${stamp(committer)}\t${what}\n`, 'a');
  put(path.join(dir, head.ref ?? 'HEAD'), `${id}\n`, 'w');
  return id;
}

const NO_COMMIT = '0'.repeat(40);

/** git's own form of a time: seconds since the epoch and a zone. Undefined: a form that git has to read. */
function timeOf(at: string | undefined): string | undefined {
  const own = /^@?(\d{9,10} [+-]\d{4})$/.exec(at ?? '')?.[1];
  if (own !== undefined) return own;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/.exec(
    at ?? `${new Date().toISOString().slice(0, 19)}Z`,
  );
  if (match?.[2] === undefined) return undefined;
  const zone = match[2] === 'Z' ? '+0000' : match[2].replace(':', '');
  return `${String(Date.parse(match[0]) / 1000)} ${zone}`;
}

/** As git cleans up the message of a file: no white space at the end of lines, no empty lines around or in a row. */
function cleaned(message: string): string {
  const text = message
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+$/, ''))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^\n+|\n+$/g, '');
  return text === '' ? '' : `${text}\n`;
}

const subjectOf = (text: string): string => text.trimStart().split('\n', 1)[0] ?? '';

function isUsual(dir: string, settings: PlainCommit['settings']): boolean {
  const isThere = (name: string): boolean => fs.existsSync(path.join(dir, name));
  return (
    fs.lstatSync(dir).isDirectory() &&
    settings.every(([file, text]) => fs.readFileSync(file, 'utf8') === text) &&
    !UNUSUAL.some(isThere) &&
    fs.readdirSync(path.join(dir, 'hooks')).every((name) => name.endsWith('.sample')) &&
    fs.readdirSync(path.join(dir, 'objects/pack')).length === 0 &&
    fs
      .readFileSync(path.join(dir, 'info/exclude'), 'utf8')
      .split('\n')
      .every((line) => line === '' || line.startsWith('#'))
  );
}

/** The commit that HEAD is at, and its branch (`refs/…`) unless it is detached. */
function headIn(dir: string): { readonly id?: string; readonly ref?: string } | undefined {
  const text = fs.readFileSync(path.join(dir, 'HEAD'), 'utf8').trim();
  if (/^[0-9a-f]{40}$/.test(text)) return { id: text };
  const ref = /^ref: (refs\/heads\/\S+)$/.exec(text)?.[1];
  if (ref === undefined || fs.existsSync(path.join(dir, 'packed-refs'))) return undefined;
  const file = path.join(dir, ref);
  if (!fs.existsSync(file)) return { ref };
  const id = fs.readFileSync(file, 'utf8').trim();
  return /^[0-9a-f]{40}$/.test(id) ? { id, ref } : undefined;
}

const objectFile = (dir: string, id: string): string => path.join(dir, 'objects', id.slice(0, 2), id.slice(2));

function treeOfCommit(dir: string, id: string): string | undefined {
  try {
    return /^commit \d+\0tree ([0-9a-f]{40})\n/.exec(
      inflateSync(fs.readFileSync(objectFile(dir, id))).toString('latin1'),
    )?.[1];
  } catch {
    return undefined;
  }
}

function writeObject(dir: string, id: string, object: Buffer): void {
  const file = objectFile(dir, id);
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, deflateSync(object, { level: 1 }), { mode: 0o444 });
}

function put(file: string, text: string, flag: 'a' | 'w'): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text, { flag });
}

interface FoundFile {
  /** With slashes, below the top. */
  readonly path: string;
  readonly mode: number;
  readonly stat: fs.BigIntStats;
}

interface Entry extends FoundFile {
  readonly id: string;
}

const [FILE, EXECUTABLE, LINK] = [0o100644, 0o100755, 0o120000];

/** With more, what git does faster weighs more than its start. */
const MANY = 400;

/**
 * All files of the work tree, in the order of the index; undefined where something decides which of them count, or how
 * they are stored.
 */
function filesIn(root: string): readonly FoundFile[] | undefined {
  const found: FoundFile[] = [];
  const walk = (folder: string): boolean =>
    fs.readdirSync(path.join(root, folder), { withFileTypes: true }).every((entry) => {
      const name = `${folder}${entry.name}`;
      if (name === '.git') return true;
      if (/^\.git|\uFFFD|\\/i.test(entry.name)) return false;
      if (entry.isDirectory()) return walk(`${name}/`);
      const stat = fs.lstatSync(path.join(root, name), { bigint: true });
      const mode = entry.isSymbolicLink() ? LINK : (Number(stat.mode) & 0o100) === 0 ? FILE : EXECUTABLE;
      found.push({ path: name, mode, stat });
      return entry.isFile() || entry.isSymbolicLink();
    });
  if (!walk('')) return undefined;
  if (found.length > MANY) return undefined;
  return found.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

const contentOf = (file: string, mode: number): Buffer =>
  mode === LINK ? fs.readlinkSync(file, 'buffer') : fs.readFileSync(file);

/** Keeps the tree of the files below `folder` (empty, or with a slash at its end) and returns its id. */
function keepTree(entries: readonly Entry[], folder: string, keep: (type: string, content: Buffer) => string): string {
  const rows = new Map<string, { readonly mode: number; readonly id: string }>();
  for (const { path: name, mode, id } of entries) {
    if (!name.startsWith(folder)) continue;
    const [first = '', ...rest] = name.slice(folder.length).split('/');
    if (rest.length === 0) rows.set(first, { mode, id });
    else if (!rows.has(`${first}/`))
      rows.set(`${first}/`, { mode: 0o40000, id: keepTree(entries, `${folder}${first}/`, keep) });
  }
  const sorted = [...rows].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const parts = sorted.flatMap(([name, { mode, id }]) => [
    Buffer.from(`${mode.toString(8)} ${name.replace(/\/$/, '')}\0`),
    Buffer.from(id, 'hex'),
  ]);
  return keep('tree', Buffer.concat(parts));
}

/** The numbers of an index entry that say whether a file is as it was (gitformat-index(5)). */
function statOf(stat: fs.BigIntStats, mode: number): Buffer {
  const bytes = Buffer.alloc(40);
  const { ctimeNs, mtimeNs, dev, ino, uid, gid, size } = stat;
  const numbers = [ctimeNs / NS, ctimeNs % NS, mtimeNs / NS, mtimeNs % NS, dev, ino, BigInt(mode), uid, gid, size];
  for (const [at, value] of numbers.entries()) bytes.writeUInt32BE(Number(value & 0xffff_ffffn), at * 4);
  return bytes;
}

const NS = 1_000_000_000n;
const [ID_AT, FLAGS_AT, NAME_AT] = [40, 60, 62];
/** Entries are padded with one to eight zeros to a multiple of eight bytes. */
const lengthOf = (name: number): number => (NAME_AT + name + 8) & ~7;

interface Index {
  readonly entries: ReadonlyMap<string, { readonly stat: Buffer; readonly id: string }>;
  readonly mtimeNs: bigint;
}

/** Undefined: it says more than which files have which contents. */
function readIndex(file: string): Index | undefined {
  if (!fs.existsSync(file)) return { entries: new Map(), mtimeNs: 0n };
  const { mtimeNs } = fs.statSync(file, { bigint: true });
  const bytes = fs.readFileSync(file);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || bytes.readUInt32BE(4) !== 2) return undefined;
  const entries = new Map<string, { readonly stat: Buffer; readonly id: string }>();
  let at = 12;
  for (let count = bytes.readUInt32BE(8); count > 0; count--) {
    const flags = bytes.readUInt16BE(at + FLAGS_AT);
    if (flags >= 0xfff) return undefined; // a conflict, a name that is too long for its field, or a mark
    const name = bytes.toString('utf8', at + NAME_AT, at + NAME_AT + flags);
    entries.set(name, {
      stat: bytes.subarray(at, at + ID_AT),
      id: bytes.toString('hex', at + ID_AT, at + FLAGS_AT),
    });
    at += lengthOf(flags);
  }
  const extension = bytes.toString('latin1', at, at + 4);
  const isPlain =
    at === bytes.length - 20 || (extension === 'TREE' && at + 8 + bytes.readUInt32BE(at + 4) === bytes.length - 20);
  return isPlain ? { entries, mtimeNs } : undefined;
}

function indexOf(entries: readonly Entry[]): Buffer {
  const head = Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1');
  head.writeUInt32BE(entries.length, 8);
  const rows = entries.map(({ path: name, mode, stat, id }) => {
    const bytes = Buffer.from(name);
    const row = Buffer.alloc(lengthOf(bytes.length));
    statOf(stat, mode).copy(row);
    row.write(id, ID_AT, 'hex');
    row.writeUInt16BE(bytes.length, FLAGS_AT);
    bytes.copy(row, NAME_AT);
    return row;
  });
  const body = Buffer.concat([head, ...rows]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** git strips some characters around a name. */
const isPlainPerson = ({ name, email }: PlainPerson): boolean =>
  [name, email].every((text) => /^[^\0-\x20.,:;<>"\\'](?:[^\0-\x1f<>]*[^\0-\x20.,:;<>"\\'])?$/.test(text));
