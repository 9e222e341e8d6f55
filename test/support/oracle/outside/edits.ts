/** What hands do to texts: each of them one edit of the worktree, told or not. */
import { type Actor, linesOf, tokensOf } from './ledger';
import { PLAIN } from './words';
import { AGENTS, type World } from './world';

const ENDS = ['', ';', ',', ' {', ' }', '();'];

/** A new line by `actor`, without its end. */
export function newLine(world: World, actor: Actor): string {
  const { chance } = world;
  if (chance.maybe(0.08)) return chance.any(PLAIN) ?? '';
  const words = Array.from({ length: 2 + chance.below(4) }, () => world.fresh(actor));
  return '  '.repeat(chance.below(3)) + words.join(chance.maybe(0.8) ? ' ' : ', ') + (chance.any(ENDS) ?? '');
}

const block = (world: World, actor: Actor, most = 4) =>
  Array.from({ length: 1 + world.chance.below(most) }, () => newLine(world, actor));

/** The end of line that a file has. */
const endOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

type LineEdit = (world: World, actor: Actor, lines: string[]) => string[];

const at = (world: World, lines: string[]) => world.chance.below(lines.length);

/** Lines without their ends, changed by one hand. */
const LINE_EDITS: Record<string, LineEdit> = {
  insert: (world, actor, lines) => {
    const where = world.chance.below(lines.length + 1);
    return [...lines.slice(0, where), ...block(world, actor), ...lines.slice(where)];
  },
  remove: (world, _actor, lines) => {
    const where = at(world, lines);
    return [...lines.slice(0, where), ...lines.slice(where + 1 + world.chance.below(3))];
  },
  replaceLines: (world, actor, lines) => {
    const where = at(world, lines);
    return [...lines.slice(0, where), ...block(world, actor, 3), ...lines.slice(where + 1 + world.chance.below(2))];
  },
  addWord: (world, actor, lines) =>
    inLine(world, lines, (words) => words.splice(world.chance.below(words.length + 1), 0, world.fresh(actor))),
  dropWord: (world, _actor, lines) =>
    inLine(world, lines, (words) => words.length > 1 && words.splice(world.chance.below(words.length), 1)),
  swapWord: (world, actor, lines) =>
    inLine(world, lines, (words) => words.splice(world.chance.below(words.length), 1, world.fresh(actor))),
  varyWord: (world, actor, lines) =>
    inLine(world, lines, (words) => {
      const which = world.chance.below(words.length);
      const old = words[which] ?? '';
      const varied = world.ledger.words.has(old) ? world.words.varied(old) : undefined;
      if (varied === undefined) return;
      world.ledger.make(varied, actor, old);
      words[which] = varied;
    }),
  indent: (world, _actor, lines) => {
    const [from, most] = [at(world, lines), 1 + world.chance.below(5)];
    const out = world.chance.maybe(0.3);
    return lines.map((line, index) =>
      index < from || index >= from + most || line.trim() === ''
        ? line
        : out
          ? line.replace(/^ {1,2}/, '')
          : `  ${line}`,
    );
  },
  marks: (world, _actor, lines) => {
    const which = at(world, lines);
    return lines.map((line, index) => (index !== which ? line : line.endsWith(';') ? line.slice(0, -1) : `${line};`));
  },
  move: (world, _actor, lines) => {
    const from = at(world, lines);
    const moved = lines.slice(from, from + 1 + world.chance.below(4));
    const rest = [...lines.slice(0, from), ...lines.slice(from + moved.length)];
    const to = world.chance.below(rest.length + 1);
    return [...rest.slice(0, to), ...moved, ...rest.slice(to)];
  },
  copy: (world, _actor, lines) => {
    const from = at(world, lines);
    const to = world.chance.below(lines.length + 1);
    return [...lines.slice(0, to), ...lines.slice(from, from + 1 + world.chance.below(3)), ...lines.slice(to)];
  },
  split: (world, _actor, lines) => {
    const which = at(world, lines);
    return lines.flatMap((line, index) => {
      const cut = line.trim().indexOf(' ');
      return index !== which || cut < 0
        ? [line]
        : [line.slice(0, line.length - line.trimStart().length + cut), `  ${line.trim().slice(cut + 1)}`];
    });
  },
  join: (world, _actor, lines) => {
    const which = at(world, lines);
    const next = lines[which + 1];
    return next === undefined
      ? lines
      : [...lines.slice(0, which), `${lines[which] ?? ''} ${next.trim()}`, ...lines.slice(which + 2)];
  },
  /** A whole file told anew, of which most was left alone. */
  rewrite: (world, actor, lines) =>
    lines.flatMap((line) => {
      const dice = world.chance.real();
      if (dice < 0.12) return [];
      if (dice < 0.25) return [newLine(world, actor), line];
      if (dice < 0.4)
        return inLine(world, [line], (words) => words.splice(world.chance.below(words.length), 1, world.fresh(actor)));
      return [line];
    }),
};

/** Changes the words of one line that has some, and leaves its blanks and marks. */
function inLine(world: World, lines: string[], change: (words: string[]) => unknown): string[] {
  const candidates = lines.flatMap((line, index) =>
    tokensOf(line).some((word) => world.ledger.words.has(word)) ? [index] : [],
  );
  const which = world.chance.any(candidates);
  if (which === undefined) return lines;
  const line = lines[which] ?? '';
  const words = line.trim().split(' ');
  const core = words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''));
  const tails = new Map(words.map((word, index) => [core[index] ?? '', word]));
  change(core);
  const text = core.map((word) => tails.get(word) ?? word).join(' ');
  return lines.map((other, index) =>
    index === which ? line.slice(0, line.length - line.trimStart().length) + text : other,
  );
}

const KINDS = [
  'insert',
  'insert',
  'insert',
  'remove',
  'replaceLines',
  'addWord',
  'dropWord',
  'swapWord',
  'swapWord',
  'varyWord',
  'indent',
  'marks',
  'move',
  'copy',
  'split',
  'join',
  'rewrite',
];

/** A text as one hand leaves it. */
export function changed(world: World, actor: Actor, text: string, kind: string): string {
  const end = endOf(text);
  const lines = linesOf(text).map((line) => line.replace(/\r?\n$/, ''));
  const closed = text === '' ? !world.chance.maybe(0.1) : text.endsWith('\n');
  const edit = lines.length === 0 ? LINE_EDITS['insert'] : LINE_EDITS[kind];
  const now = edit?.(world, actor, lines) ?? lines;
  return now.length === 0 ? '' : now.join(end) + (closed ? end : '');
}

const SMALL = ['insert', 'insert', 'swapWord', 'remove', 'replaceLines'];

/** A hand at work in one file, as it is told around it. */
export const work = (world: World, actor: Actor, path: string): void =>
  world.hand(actor, path, () =>
    world.scratch.write(path, changed(world, actor, world.scratch.read(path) ?? '', world.chance.any(SMALL) ?? '')),
  );

/** The text files that hands work on. */
export const texts = (world: World): string[] =>
  [...world.scratch.files().keys()].filter((path) => !path.startsWith('.git') && !path.includes('.sub/')).sort();

/** One edit of one file. */
export function editFile(world: World, actor = world.actor(), path = world.chance.any(texts(world))): void {
  if (path === undefined) return createFile(world, actor);
  const kind = world.chance.any(KINDS) ?? 'insert';
  // Where a file was empty, its whole content and nothing before it proves nothing.
  const empty = (world.scratch.read(path) ?? '') === '';
  if (actor !== 'unknown' && kind === 'insert' && !empty && world.chance.maybe(0.15))
    return insertByWords(world, actor, path);
  const files = world.chance.maybe(0.75) ? [path] : undefined;
  world.by(
    actor,
    `${kind} in ${path}`,
    () => world.scratch.write(path, changed(world, actor, world.scratch.read(path) ?? '', kind)),
    files === undefined ? {} : { files },
  );
}

function insertByWords(world: World, actor: Actor, path: string): void {
  world.byWords(actor, `insert in ${path}`, () => {
    const text = world.scratch.read(path) ?? '';
    const lines = linesOf(text);
    const where = world.chance.below(lines.length);
    const end = endOf(text);
    const added = Array.from(
      { length: 1 + world.chance.below(3) },
      () => `${world.fresh(actor)} ${world.fresh(actor)}${end}`,
    ).join('');
    world.scratch.write(path, [...lines.slice(0, where), added, ...lines.slice(where)].join(''));
    return { path, old: '', new: added };
  });
}

const FOLDERS = ['', 'src/', 'src/lib/', 'x y/', 'dé/'];
const SUFFIXES = ['.ts', '.txt', '.md', '.crlf'];

export function createFile(world: World, actor = world.actor()): void {
  const path = `${world.chance.any(FOLDERS) ?? ''}${world.name('f')}${world.chance.any(SUFFIXES) ?? ''}`;
  const text = () =>
    Array.from({ length: 3 + world.chance.below(9) }, () => newLine(world, actor)).join('\n') +
    (world.chance.maybe(0.9) ? '\n' : '');
  world.by(
    actor,
    `create ${path}`,
    () => world.scratch.write(path, text()),
    world.chance.maybe(0.75) ? { files: [path] } : {},
  );
}

/** Edits of whole files. */
const FILE_EDITS: Record<string, (world: World, actor: Actor, path: string) => void> = {
  rename: (world, actor, path) => {
    const to = path.replace(/[^/]*$/, world.name('r'));
    world.by(
      actor,
      `rename ${path} to ${to}`,
      () => {
        world.scratch.write(to, world.scratch.read(path) ?? '');
        world.scratch.remove(path);
      },
      { files: [path, to] },
    );
  },
  renameEdited: (world, actor, path) => {
    const to = path.replace(/[^/]*$/, world.name('r'));
    world.by(
      actor,
      `rename ${path} to ${to} and edit`,
      () => {
        const text = world.scratch.read(path) ?? '';
        world.scratch.remove(path);
        world.scratch.write(to, changed(world, actor, text, 'insert'));
      },
      { files: [path, to] },
    );
  },
  copyFile: (world, actor, path) => {
    const to = path.replace(/[^/]*$/, world.name('c'));
    world.by(actor, `copy ${path} to ${to}`, () => world.scratch.write(to, world.scratch.read(path) ?? ''), {
      files: [path, to],
    });
  },
  empty: (world, actor, path) =>
    world.by(actor, `empty ${path}`, () => world.scratch.write(path, ''), { files: [path] }),
  delete: (world, actor, path) =>
    world.by(actor, `delete ${path}`, () => world.scratch.remove(path), { files: [path] }),
  ends: (world, actor, path) =>
    world.by(
      actor,
      `line ends of ${path}`,
      () => {
        const text = world.scratch.read(path) ?? '';
        world.scratch.write(
          path,
          text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'),
        );
      },
      { files: [path] },
    ),
  lastEnd: (world, actor, path) =>
    world.by(
      actor,
      `end of ${path}`,
      () => {
        const text = world.scratch.read(path) ?? '';
        world.scratch.write(path, text.endsWith('\n') ? text.replace(/\r?\n$/, '') : text === '' ? text : `${text}\n`);
      },
      { files: [path] },
    ),
};

export function editWhole(world: World, actor = world.actor()): void {
  const path = world.chance.any(texts(world));
  const kind = world.chance.any(Object.keys(FILE_EDITS));
  if (path !== undefined && kind !== undefined) FILE_EDITS[kind]?.(world, actor, path);
}

/** Lines cut or copied from one file and put into another. */
export function carry(world: World, actor = world.actor()): void {
  const [from, to] = world.chance.shuffled(texts(world));
  if (from === undefined || to === undefined) return;
  const cut = world.chance.maybe(0.6);
  world.by(
    actor,
    `${cut ? 'move' : 'copy'} lines from ${from} to ${to}`,
    () => {
      const source = linesOf(world.scratch.read(from) ?? '').map((line) => line.replace(/\r?\n$/, ''));
      const start = world.chance.below(source.length);
      const taken = source.slice(start, start + 1 + world.chance.below(4));
      const put = (path: string, lines: string[]) => {
        const text = world.scratch.read(path) ?? '';
        const end = endOf(text);
        world.scratch.write(
          path,
          lines.length === 0 ? '' : lines.join(end) + (text === '' || text.endsWith('\n') ? end : ''),
        );
      };
      if (cut) put(from, [...source.slice(0, start), ...source.slice(start + taken.length)]);
      const target = linesOf(world.scratch.read(to) ?? '').map((line) => line.replace(/\r?\n$/, ''));
      const where = world.chance.below(target.length + 1);
      put(to, [...target.slice(0, where), ...taken, ...target.slice(where)]);
    },
    { files: [from, to] },
  );
}

/** Two at work at once, each on a file of its own; the one who began first tells last. */
export function beside(world: World): void {
  const [mine, theirs] = world.chance.shuffled(texts(world));
  if (mine === undefined || theirs === undefined) return;
  const agent = world.chance.pick(AGENTS);
  const other = world.actor(0);
  if (other === agent) return;
  const edit = (actor: Actor, path: string) =>
    world.scratch.write(
      path,
      changed(world, actor, world.scratch.read(path) ?? '', world.chance.any(KINDS) ?? 'insert'),
    );
  world.by(
    agent,
    `edits ${mine} while ${other} edits ${theirs}`,
    () => {
      if (world.chance.maybe(0.5)) edit(agent, mine);
      world.by(other, `meanwhile in ${theirs}`, () => edit(other, theirs), { files: [theirs] });
      edit(agent, mine);
    },
    world.chance.maybe(0.5) ? { files: [mine] } : {},
  );
}
