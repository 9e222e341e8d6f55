/**
 * The policy that editor and hook use in a repository without one: the usual places where a mistake is costly.
 * It warns and advises; it blocks nobody, and `check` never uses it.
 */
import type { Policy, Requirement } from './types';

const ONE_SENIOR: Requirement = { from: 'senior', approvals: 1, codeOwner: false };

export const BUILT_IN_SOURCE = 'built-in';

export const BUILT_IN_POLICY: Policy = {
  version: 1,
  since: null,
  assistants: { preferred: null, allowed: null },
  people: { junior: [], mid: [], senior: [] },
  peopleFiles: {},
  aliases: {},
  unlisted: 'junior',
  unknown: 'ai',
  generated: [
    '**/dist/**',
    '**/node_modules/**',
    '**/vendor/**',
    '**/*.lock',
    '**/package-lock.json',
    '**/pnpm-lock.yaml',
    '**/go.sum',
    '**/*.min.js',
    '**/*.snap',
  ],
  own: [],
  bots: [],
  prompts: 'none',
  runs: 'digest',
  trailers: { assistedBy: true, lines: true, risk: true, session: false },
  rules: [],
  rulesOff: [],
  environments: [],
  tools: { deny: [], ask: [], allow: [], others: 'allow' },
  tiers: [
    {
      name: 'critical',
      paths: [
        '**/infra/**',
        '**/infrastructure/**',
        '**/terraform/**',
        '**/*.tf',
        '**/*.tfvars',
        '**/cloudformation/**',
        '**/migrations/**',
        '**/migrate/**',
        '**/k8s/**',
        '**/kubernetes/**',
        '**/helm/**',
        '**/charts/**',
        '**/ansible/**',
        '**/iam/**',
        '**/Dockerfile*',
        '**/docker-compose*.yml',
        '**/compose.yaml',
        '/.github/workflows/**',
        '/.github/actions/**',
        '/.gitlab-ci.yml',
        '/.circleci/**',
        '/azure-pipelines*.yml',
        '**/Jenkinsfile*',
        '**/.env*',
        '!**/*.md',
      ],
      detect: ['destructive', 'permissions', 'secrets'],
      agents: 'allow',
      any: null,
      ai: { atLeastLines: 1, byLevel: { junior: ONE_SENIOR, mid: ONE_SENIOR, senior: ONE_SENIOR } },
      rollout: null,
      blast: null,
    },
  ],
};
