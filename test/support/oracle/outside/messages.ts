/** How a commit is given its message, and which message git makes of it where no hook has a say. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scratch, Wording } from './scratch';
import type { World } from './world';

/** Lines that look like trailers, like git's own, or like ours. */
const ODD = [
  'Fixes: 3',
  'Reviewed-by: Jane <jane@example.com>',
  'Signed-off-by: Ada <ada@example.com>',
  'Assisted-by: Jane',
  '> AI-Lines: +1 -0 of +1 -0',
  'AI-Lines: soon',
  '---',
  '--- a/f',
  'diff --git a/f b/f',
  '# a heading',
  '; note',
  '% done',
  '  continued',
  '\tmore',
  '- item',
  'Text of it.',
  'Text: of it',
  'https://x.y/z',
  'Key:',
  'key=value',
  '"Assisted-by: nobody"',
  'Ärger: ü',
  'ends in blanks   ',
  '# ------------------------ >8 ------------------------',
  '(cherry picked from commit abc)',
  'Co-authored-by: Bob <bob@example.com>',
  '',
  '',
  '',
  '',
  '',
];
const MODES = ['default', 'strip', 'whitespace', 'verbatim', 'scissors'];

const oddText = (world: World) =>
  Array.from({ length: 1 + world.chance.below(7) }, () => world.chance.any(ODD) ?? '').join('\n');

/** Programs that stand for somebody at an editor. `NAME` is a subject that was not used before. */
const EDITORS = [
  ':',
  'printf \'NAME\\n\' | cat - "$1" > "$1.new" && mv "$1.new" "$1"',
  'printf \'NAME\\n\\nFixes: 4\\n\' | cat - "$1" > "$1.new" && mv "$1.new" "$1"',
  'printf \'NAME\\n\' > "$1"',
  'sed -i \'1s/.*/NAME/\' "$1"',
];

/** With an editor, git's own hints stay in the message in these modes: the lines of two repositories differ there. */
function keepsHints(world: World, args: readonly string[]): boolean {
  const told =
    args.find((arg) => arg.startsWith('--cleanup='))?.slice(10) ??
    world.scratch.run('git', ['config', 'commit.cleanup']).out.trim();
  return told === 'verbatim' || told === 'whitespace';
}

function editor(world: World, subject: string, args: readonly string[]): Wording {
  const script = (world.chance.any(EDITORS) ?? ':').replaceAll('NAME', subject);
  const quiet = keepsHints(world, args) ? ['--no-status'] : [];
  return { args: [...args, ...quiet, '-e'], env: { GIT_EDITOR: `f() { ${script}; }; f` } };
}

const WAYS: Record<string, (world: World, subject: string) => Wording> = {
  plain: (_world, subject) => ({ args: ['-m', subject] }),
  trailers: (_world, subject) => ({
    args: ['-m', `${subject}\n\nSome words: of it.\n\nReviewed-by: Jane <jane@example.com>`],
  }),
  odd: (world, subject) => ({ args: ['-m', `${subject}\n${world.chance.maybe(0.8) ? '\n' : ''}${oddText(world)}`] }),
  parts: (world, subject) => ({ args: ['-m', subject, '-m', oddText(world), '-m', oddText(world)] }),
  file: (world, subject) => {
    const text = `${subject}\n\n${oddText(world)}${world.chance.maybe(0.5) ? '\n' : ''}`;
    return { args: ['-F', '-'], input: world.chance.maybe(0.4) ? text.replaceAll('\n', '\r\n') : text };
  },
  cleaned: (world, subject) => ({
    args: [`--cleanup=${world.chance.any(MODES) ?? 'default'}`, '-m', `${subject}\n\n${oddText(world)}`],
  }),
  signed: (world, subject) => ({ args: ['-s', '-m', `${subject}\n\n${oddText(world)}`] }),
  // git itself may go on for ever where settings say otherwise.
  trailer: (world, subject) => ({
    args: [
      ...(world.scratch.run('git', ['config', '--get-regexp', '^trailer']).out === ''
        ? ['--trailer', 'Ticket: 12']
        : []),
      '-m',
      `${subject}\n\n${oddText(world)}`,
    ],
  }),
  edited: (world, subject) =>
    editor(world, world.name('commit edited '), [
      '-m',
      `${subject}\n\n${oddText(world)}`,
      ...(world.chance.maybe(0.3) ? ['-v'] : []),
    ]),
  editedCleaned: (world, subject) =>
    editor(world, world.name('commit edited '), [
      '-m',
      `${subject}\n\n${oddText(world)}`,
      `--cleanup=${world.chance.any(MODES) ?? 'default'}`,
    ]),
  template: (world, subject) => {
    return {
      args: [...(keepsHints(world, []) ? ['--no-status'] : []), '-t', '../template'],
      env: { GIT_EDITOR: `f() { sed -i '1s/.*/${subject}/' "$1"; }; f` },
    };
  },
};

const AMENDS: Record<string, (world: World, subject: string) => Wording> = {
  noEdit: () => ({ args: ['--no-edit'] }),
  message: (_world, subject) => ({ args: ['-m', subject] }),
  odd: (world, subject) => ({ args: ['-m', `${subject}\n\n${oddText(world)}`] }),
  author: () => ({ args: ['--no-edit', '--author=Eve <eve@example.com>', '--date=2020-01-01T00:00:00Z'] }),
  reset: () => ({ args: ['--no-edit', '--reset-author'] }),
  reused: () => ({ args: ['-C', 'HEAD'] }),
  edited: (world, subject) => editor(world, subject, []),
  verbose: (world, subject) => editor(world, subject, ['-v']),
};

/** The message of the next commit, told to git in one of the ways people use. */
export function wording(world: World, amend = false): Wording {
  const subject = world.name('commit ');
  // A message that a merge or a squash has left comes before a template.
  const begun = ['MERGE_MSG', 'SQUASH_MSG'].some((name) =>
    existsSync(resolve(world.scratch.dir, world.scratch.ask('rev-parse', '--git-path', name).trim())),
  );
  if (begun || world.chance.maybe(0.6)) return amend ? { args: ['--no-edit'] } : { args: ['-m', subject] };
  const ways = amend ? AMENDS : WAYS;
  return ways[world.chance.any(Object.keys(ways)) ?? '']?.(world, subject) ?? { args: ['-m', subject] };
}

/**
 * The message that git stores for a commit with this wording in a repository without hooks, or nothing where it makes
 * no commit; `former` is the message that an amended commit had.
 */
export function asGit(scratch: Scratch, { args, input = '', env = {} }: Wording, former?: string): string | undefined {
  const dir = join(scratch.home, 'plain');
  const git = (words: readonly string[], more: { input?: string; env?: Record<string, string> } = {}) =>
    scratch.run('git', words, { dir, ...more });
  if (!existsSync(dir)) {
    mkdirSync(dir);
    git(['init', '-q']);
  }
  git(['commit', '-q', '--allow-empty', '--allow-empty-message', '--cleanup=verbatim', '-F', '-'], {
    input: former ?? 'before',
  });
  const before = git(['rev-parse', 'HEAD']).out;
  git(['commit', '-q', '--allow-empty', ...(former === undefined ? [] : ['--amend']), ...args], { input, env });
  return git(['rev-parse', 'HEAD']).out === before ? undefined : messageOf(git(['cat-file', 'commit', 'HEAD']).out);
}

/** What stands below the headers of a commit. */
export const messageOf = (commit: string): string => commit.slice(commit.indexOf('\n\n') + 2);
