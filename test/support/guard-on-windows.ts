/** Asks the guard about one action in a project on Windows. */
import { guard, type GuardAnswer, type GuardInput } from '../../src/guard';
import { realPaths } from '../../src/guard/cached-real-paths';
import { pathsLike, type FileSystem } from '../../src/base/platform';
import { matching } from '../../src/danger/shell/words/glob';
import { policy, tier } from './policies';

const ROOT = 'C:\\Users\\Jo Öz\\repo';
const HOME = 'C:\\Users\\Jo Öz';
const FILES = [
  `${ROOT}\\infra\\prod\\main.tf`,
  `${ROOT}\\src\\a.ts`,
  `${ROOT}\\build\\x.js`,
  `${ROOT}\\node_modules\\m\\index.js`,
  `${ROOT}\\.git\\hooks\\pre-commit`,
  `${HOME}\\.claude\\settings.json`,
];
const RULES = policy({
  tiers: [
    tier({ name: 'closed', paths: ['infra/prod/**'], agents: 'deny' }),
    tier({ name: 'open', paths: ['**'], agents: 'deny-destructive', detect: ['destructive'] }),
  ],
});

/** Finds a file in any case of letters and, as `S:`, on a drive that stands for the project. */
const existing = [
  ...new Set(FILES.flatMap((file) => file.split('\\').map((_, n, all) => all.slice(0, n + 1).join('\\')))),
];
const stored = (absolute: string): string => {
  const whole = absolute.replace(/^s:/i, ROOT).replace(/\\$/, '').toLowerCase();
  const found = existing.find((one) => one.toLowerCase() === whole || (one === 'C:' && whole === 'c:'));
  if (found === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
  return found === 'C:' ? 'C:\\' : found;
};
const DISK: FileSystem = {
  manyNames: true,
  splitAccents: false,
  real: stored,
  followed: (absolute) => absolute,
  isLink: () => false,
  names: () => [],
};

const namesIn = (folder: string): string[] => [
  ...new Set(
    FILES.filter((file) => file.startsWith(`${folder}\\`)).map(
      (file) => file.slice(folder.length + 1).split('\\')[0] ?? '',
    ),
  ),
];

export function judge(action: Partial<GuardInput['action']>, cwd = ROOT): GuardAnswer {
  return guard({
    policy: RULES,
    source: '.linekeeper.yml',
    action: { files: [], command: undefined, cwd, ...action },
    root: ROOT,
    home: HOME,
    guarded: () => [
      { path: `${HOME}\\.claude\\settings.json`, what: 'the hooks of Claude Code' },
      { path: `${ROOT}\\.claude\\settings.json`, what: 'the hooks', anywhere: '.claude\\settings.json' },
      { path: `${ROOT}\\.git\\hooks`, what: "git's hooks" },
    ],
    findingsOf: () => [],
    files: {
      real: realPaths(ROOT, DISK),
      below: (folder) => FILES.filter((file) => file.startsWith(`${folder}\\`)),
      matching: (pattern) => matching(pattern, namesIn, pathsLike(pattern).sep),
      text: () => undefined,
      isRevision: () => false,
      isCommitted: () => false,
      alias: () => undefined,
    },
  });
}
