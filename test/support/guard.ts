/** Asks the guard about one action, in a project with closed, asked, watched and open places. */
import path from 'node:path';
import { guard, type FindingsOf, type GuardAnswer, type GuardInput } from '../../src/guard';
import { matching } from '../../src/danger/shell/words/glob';
import { policy, tier } from './policies';

export const ROOT = '/home/dev/proj';
export const RULES = policy({
  tiers: [
    tier({ name: 'closed', paths: ['infra/prod/**'], agents: 'deny' }),
    tier({ name: 'asked', paths: ['migrations/**'], agents: 'ask' }),
    tier({ name: 'watched', paths: ['infra/**'], agents: 'deny-destructive' }),
    tier({ name: 'open', paths: ['**'] }),
  ],
});
/** The same, where a tier looks for dangers wherever they are. */
export const WATCHING = policy({
  tiers: RULES.tiers.map((one) => (one.name === 'watched' ? { ...one, detect: ['destructive', 'permissions'] } : one)),
});
export const GUARDED = [
  { path: '/home/dev/.claude/settings.json', what: 'the hooks of Claude Code' },
  { path: `${ROOT}/.claude/settings.json`, what: 'the hooks of Claude Code', anywhere: '.claude/settings.json' },
  { path: `${ROOT}/.git/hooks`, what: "git's hooks" },
  { path: `${ROOT}/.git/config`, what: "git's configuration" },
];
export const TREE = [`${ROOT}/infra/prod/main.tf`, `${ROOT}/infra/dev/main.tf`, `${ROOT}/src/a.ts`];

const namesIn = (folder: string): string[] => [
  ...new Set(
    TREE.filter((file) => file.startsWith(folder + path.sep)).map(
      (file) => file.slice(folder.length + 1).split(path.sep)[0] ?? '',
    ),
  ),
];

export interface Over {
  readonly texts?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly branches?: readonly string[];
  /** Files that the last commit has as they are. */
  readonly committed?: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
  readonly rules?: GuardInput['policy'];
  readonly findingsOf?: FindingsOf;
  readonly root?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly exists?: (absolute: string) => boolean;
}

export function judge(
  action: Partial<GuardInput['action']>,
  {
    links = {},
    texts = {},
    branches = [],
    committed = [],
    aliases = {},
    rules = RULES,
    findingsOf = () => [],
    root = ROOT,
    env = {},
    exists = () => true,
  }: Over = {},
): GuardAnswer {
  return guard({
    policy: rules,
    source: '.linekeeper.yml',
    action: { files: [], command: undefined, cwd: ROOT, ...action },
    root,
    gitFolders: { own: `${ROOT}/.git`, shared: `${ROOT}/.git` },
    home: '/home/dev',
    guarded: () => GUARDED,
    env,
    findingsOf,
    files: {
      real: (file) => links[file] ?? file,
      exists,
      below: (folder) => TREE.filter((file) => file.startsWith(folder + path.sep)),
      matching: (pattern) => matching(pattern, namesIn, path.sep),
      text: (file) => texts[file],
      isRevision: (folder, name) => folder === ROOT && branches.includes(name),
      isCommitted: (file) => committed.includes(file),
      alias: (folder, verb) => (folder === ROOT ? aliases[verb] : undefined),
    },
  });
}
export const edit = (...files: string[]): string => judge({ files }).verdict;
export const run = (command: string, cwd = ROOT): string => judge({ command, cwd }).verdict;
