/** Files that are more than lines: attributes that convert or hide, links, modes, binary contents, submodules. */
import { texts } from './edits';
import type { World } from './world';

const ATTRIBUTES = [
  '*.crlf text eol=crlf',
  '*.u16 text working-tree-encoding=UTF-16',
  '*.at filter=at',
  '*.md -diff',
  '*.txt binary',
  '*.ts linguist-generated',
];

/** Attributes for all that comes after them. */
export function attributes(world: World): void {
  world.scratch.git(['config', 'filter.at.clean', "sed 's/^@@//'"]);
  world.scratch.git(['config', 'filter.at.smudge', "sed 's/^/@@/'"]);
  const actor = world.actor();
  world.by(
    actor,
    'attributes',
    () =>
      world.scratch.write(
        '.gitattributes',
        world.chance
          .some(ATTRIBUTES)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    { files: ['.gitattributes'] },
  );
}

const SPECIAL: Record<string, (world: World) => void> = {
  attributes,
  encoded: (world) => {
    if (!(world.scratch.read('.gitattributes') ?? '').includes('UTF-16')) return;
    const actor = world.actor();
    const path = `${world.name('f')}.u16`;
    world.by(
      actor,
      `create ${path}`,
      () => world.scratch.write(path, `${world.fresh(actor)} ${world.fresh(actor)}\n${world.fresh(actor)}\n`),
      { files: [path] },
    );
  },
  filtered: (world) => {
    if (!(world.scratch.read('.gitattributes') ?? '').includes('filter=at')) return;
    const actor = world.actor();
    const path = `${world.name('f')}.at`;
    world.by(
      actor,
      `create ${path}`,
      () => world.scratch.write(path, `@@${world.fresh(actor)} ${world.fresh(actor)}\n@@${world.fresh(actor)}\n`),
      { files: [path] },
    );
  },
  binary: (world) => {
    const path = world.chance.maybe(0.5) ? world.chance.any(texts(world)) : `${world.name('f')}.bin`;
    if (path === undefined || path.endsWith('.u16')) return;
    world.by(
      world.actor(),
      `make ${path} binary`,
      () => world.scratch.write(path, `\0\u0001${world.scratch.read(path) ?? ''}`),
      { files: [path] },
    );
  },
  mode: (world) => {
    const path = world.chance.any(world.scratch.ask('ls-files', '-z').split('\0').filter(Boolean));
    if (path === undefined) return;
    world.say('mode');
    world.scratch.git(['update-index', `--chmod=${world.chance.maybe(0.6) ? '+' : '-'}x`, '--', path]);
  },
  link: (world) => {
    const target = world.chance.any(texts(world)) ?? 'nowhere';
    const blob = world.scratch.blob(target);
    const path = world.name('link');
    world.say('link');
    world.scratch.git(['update-index', '--add', '--cacheinfo', `120000,${blob},${path}`]);
    world.scratch.git(['checkout-index', '--', path]);
  },
  submodule: (world) => {
    const head = world.scratch.ask('rev-parse', '-q', '--verify', 'HEAD').trim();
    if (head === '') return;
    world.say('submodule');
    world.scratch.git([
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${head},${world.chance.maybe(0.5) ? 'module' : world.name('module')}`,
    ]);
  },
};

export function special(world: World): void {
  const kind = world.chance.any(Object.keys(SPECIAL));
  if (kind !== undefined) SPECIAL[kind]?.(world);
}
