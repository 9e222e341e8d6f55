/**
 * How tools tell of what they do besides one `before` and its `after`: several at once, without ids, or with words
 * alone.
 */
import { changed, texts, work } from './edits';
import { type Actor, linesOf } from './ledger';
import { AGENTS, type World } from './world';

/** Tool calls of one or of several hands, each on a file of its own, that end in any order. */
export function parallel(world: World): void {
  const paths = world.chance.shuffled(texts(world)).slice(0, 2 + world.chance.below(3));
  const one = world.chance.maybe(0.5) ? world.chance.pick(AGENTS) : undefined;
  const named = world.chance.maybe(0.7);
  const hands = paths.map((path) => ({ path, actor: one ?? world.actor(0) }));
  // Without ids a session's latest comes first, so each has one file of its own only.
  const own = named ? hands : hands.filter(({ actor }, at) => hands.findIndex((other) => other.actor === actor) === at);
  world.together('several at once', () => {
    const brackets = own.map(({ path, actor }) => ({
      path,
      actor,
      bracket: world.begin(actor, { files: [path] }, named),
    }));
    for (const { path, actor } of world.chance.shuffled(brackets)) work(world, actor, path);
    for (const { bracket } of world.chance.shuffled(brackets)) world.end(bracket);
  });
}

/** One edit after the other of one session, told without ids. */
export function nameless(world: World): void {
  const actor = world.actor(0);
  for (let count = 1 + world.chance.below(3); count > 0; count -= 1) {
    const path = world.chance.any(texts(world));
    if (path === undefined) return;
    world.together('without an id', () => {
      const bracket = world.begin(actor, world.chance.maybe(0.7) ? { files: [path] } : {}, false);
      work(world, actor, path);
      world.end(bracket);
    });
  }
}

/** A person types in a file that an assistant has open, who goes on afterwards. */
export function within(world: World): void {
  const path = world.chance.any(texts(world));
  if (path === undefined) return;
  const agent = world.chance.pick(AGENTS);
  world.by(
    agent,
    `${path} with a person in it`,
    () => {
      if (world.chance.maybe(0.5)) work(world, agent, path);
      world.by('human', `in ${path} meanwhile`, () => work(world, 'human', path), { files: [path] });
      if (world.chance.maybe(0.5)) work(world, agent, path);
    },
    { files: [path] },
  );
}

/** What tools tell afterwards only, in their own words. */
const WORDS: Record<
  string,
  (world: World, actor: Actor, path: string, lines: string[]) => { old: string; new: string; line?: number } | undefined
> = {
  replace: (world, actor, _path, lines) => {
    const old = world.chance.any(
      lines.filter(
        (line) =>
          world.ledger.known(line).length > 0 && lines.filter((other) => other.includes(line.trim())).length === 1,
      ),
    );
    return old === undefined ? undefined : { old: old.trim(), new: `${world.fresh(actor)} ${world.fresh(actor)}` };
  },
  take: (world, _actor, _path, lines) => {
    const old = world.chance.any(
      lines.filter(
        (line) =>
          line.endsWith('\n') &&
          world.ledger.known(line).length > 0 &&
          lines.filter((other) => other.includes(line)).length === 1,
      ),
    );
    return old === undefined ? undefined : { old, new: '' };
  },
  /** In one of several places, which only the number of the line tells. */
  numbered: (world, actor, _path, lines) => {
    const old = world.chance
      .any(lines.filter((line) => line.trim() !== '' && line.split(line.trim()).length === 2))
      ?.trim();
    if (old === undefined) return undefined;
    const places = lines.flatMap((line, at) => (line.split(old).length === 2 ? [at + 1] : []));
    return { old, new: `${old} ${world.fresh(actor)}`, line: world.chance.any(places) ?? 1 };
  },
};

export function told(world: World): void {
  const path = world.chance.any(texts(world).filter((name) => !name.endsWith('.u16')));
  const actor = world.actor(0);
  const kind = world.chance.any(Object.keys(WORDS)) ?? '';
  if (path === undefined) return;
  const text = world.scratch.read(path) ?? '';
  const lines = linesOf(text);
  const edit = WORDS[kind]?.(world, actor, path, lines);
  if (edit === undefined) return;
  const before = edit.line === undefined ? 0 : lines.slice(0, edit.line - 1).join('').length;
  const at = text.indexOf(edit.old, before);
  world.byWords(actor, `${kind} in ${path}`, () => {
    world.scratch.write(path, text.slice(0, at) + edit.new + text.slice(at + edit.old.length));
    return { path, ...edit };
  });
}

/** A file that was not there, told with its whole content. */
export function toldWhole(world: World): void {
  const actor = world.actor(0);
  const path = `${world.name('t')}.ts`;
  world.byWords(actor, `create ${path}`, () => {
    const text = Array.from(
      { length: 2 + world.chance.below(4) },
      () => `${world.fresh(actor)} ${world.fresh(actor)}\n`,
    ).join('');
    world.scratch.write(path, text);
    return { path, old: '', new: text };
  });
}

/** What nobody saw being written in a file that was as committed, and what somebody says of it afterwards. */
export function declared(world: World): void {
  const { scratch, chance } = world;
  const clean = scratch
    .ask('ls-files', '-z')
    .split('\0')
    .filter((path) => texts(world).includes(path) && scratch.ask('status', '--porcelain', '--', path) === '');
  const path = chance.maybe(0.3) ? `${world.name('d')}.ts` : chance.any(clean);
  if (path === undefined) return;
  const actor = chance.any(['human:declared', 'ai:claude-code:', 'ai:kiro:']) ?? 'human:declared';
  world.open(actor, `in ${path}, declared afterwards`);
  scratch.write(
    path,
    changed(world, actor, scratch.read(path) ?? '', chance.any(['insert', 'replaceLines', 'swapWord']) ?? 'insert'),
  );
  world.close();
  if (scratch.ask('status', '--porcelain', '--', path) === '') return;
  const ran = scratch.keeper([
    'declare',
    path,
    ...(actor === 'human:declared' ? ['--human'] : ['--ai', actor.split(':')[1] ?? '']),
  ]);
  if (ran.code !== 0) world.failed.push(`declare ${path}: ${String(ran.code)} ${ran.err}`);
}
