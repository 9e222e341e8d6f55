/** Kinds of files that are dangerous to change: how to detect them, and the patterns for a policy. */

interface Area {
  /** What it is, for the comment in the policy. */
  readonly title: string;
  /** Why a mistake here is costly, as the end of the comment. */
  readonly why: string;
  /** Patterns for the policy, each with what proves that the repository has such files. */
  readonly patterns: readonly { readonly pattern: string; readonly shownBy: RegExp }[];
}

const below = (...folders: readonly string[]): Area['patterns'] =>
  folders.map((folder) => ({ pattern: `**/${folder}/**`, shownBy: new RegExp(`(?:^|/)${folder}/`, 'i') }));

/** Highest risk first. */
export const CRITICAL_AREAS: readonly Area[] = [
  {
    title: 'Terraform and OpenTofu',
    why: 'an apply can delete running resources',
    patterns: [
      { pattern: '**/*.tf', shownBy: /\.tf$/i },
      { pattern: '**/*.tfvars', shownBy: /\.tfvars$/i },
      { pattern: '**/*.tofu', shownBy: /\.tofu$/i },
      { pattern: '**/terragrunt.hcl', shownBy: /(?:^|\/)terragrunt\.hcl$/i },
    ],
  },
  {
    title: 'Infrastructure',
    why: 'a mistake can stop or expose servers',
    patterns: below('infra', 'infrastructure', 'cloudformation', 'ansible', 'pulumi', 'cdk'),
  },
  {
    title: 'Kubernetes and Helm',
    why: 'a mistake can stop running services',
    patterns: below('k8s', 'kubernetes', 'manifests', 'helm', 'charts', 'kustomize', 'argocd'),
  },
  {
    title: 'Database migrations',
    why: 'nobody can restore deleted data',
    patterns: [
      ...below('migrations', 'migrate', 'migration', 'alembic', 'flyway', 'liquibase'),
      { pattern: '**/prisma/schema.prisma', shownBy: /(?:^|\/)prisma\/schema\.prisma$/i },
    ],
  },
  {
    title: 'Builds and deployments',
    why: 'their jobs can read secrets and deploy',
    patterns: [
      { pattern: '.github/workflows/**', shownBy: /^\.github\/workflows\//i },
      { pattern: '.github/actions/**', shownBy: /^\.github\/actions\//i },
      { pattern: '.gitlab-ci.yml', shownBy: /^\.gitlab-ci\.yml$/i },
      { pattern: '.circleci/**', shownBy: /^\.circleci\//i },
      { pattern: '**/Jenkinsfile*', shownBy: /(?:^|\/)Jenkinsfile/i },
      { pattern: 'azure-pipelines*.yml', shownBy: /^azure-pipelines[^/]*\.yml$/i },
      { pattern: 'bitbucket-pipelines.yml', shownBy: /^bitbucket-pipelines\.yml$/i },
      { pattern: '**/Dockerfile*', shownBy: /(?:^|\/)Dockerfile/i },
      { pattern: '**/docker-compose*.yml', shownBy: /(?:^|\/)docker-compose[^/]*\.yml$/i },
      { pattern: '**/compose.yaml', shownBy: /(?:^|\/)compose\.yaml$/i },
    ],
  },
  {
    title: 'Access rights',
    why: 'a mistake lets strangers in',
    patterns: [
      ...below('iam', 'rbac', 'policies'),
      ...below('auth', 'authentication', 'authorization', 'security', 'permissions'),
    ],
  },
  {
    title: 'Payments',
    why: 'a mistake costs money',
    patterns: below('payment', 'payments', 'billing', 'checkout', 'invoicing'),
  },
];

/** Generated files. */
export const GENERATED: Area['patterns'] = [
  ...below('dist', 'vendor', 'generated'),
  { pattern: '**/package-lock.json', shownBy: /(?:^|\/)package-lock\.json$/ },
  { pattern: '**/pnpm-lock.yaml', shownBy: /(?:^|\/)pnpm-lock\.yaml$/ },
  { pattern: '**/*.lock', shownBy: /\.lock$/ },
  { pattern: '**/go.sum', shownBy: /(?:^|\/)go\.sum$/ },
  { pattern: '**/*.snap', shownBy: /\.snap$/ },
  { pattern: '**/*.min.js', shownBy: /\.min\.js$/ },
];

/** The patterns for which the repository has files. */
export const patternsHere = (patterns: Area['patterns'], paths: readonly string[]): readonly string[] =>
  patterns.filter(({ shownBy }) => paths.some((path) => shownBy.test(path))).map(({ pattern }) => pattern);
