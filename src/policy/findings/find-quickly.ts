/**
 * Findings for a hook, while somebody waits: the rules are loaded only for kinds of files that they know. Prose is not
 * searched for secrets here.
 */
import type { Change } from '../../danger';
import type { DiffFile, Repository } from '../../git';
import { looksAt, type Finding } from '..';
import { findIn, type RulesOfPolicy } from './find-in-changes';
import { textsOfBlobs, type Texts } from './texts-before-and-after';

/** Of a larger change only the paths count: its analysis could outlast the hook. Characters, old and new together. */
const TEXT_AT_MOST = 400_000;

/** Files that some rule reads, not only the search for secrets. */
const HAS_RULES = new RegExp(
  '\\.(?:tf|tofu|hcl|tfvars|bicep|sql|prisma|ya?ml|json|xml|toml|ini|conf|cfg|properties|env|[cm]?[jt]sx?|py|go|rb|java|kt|php|cs|rs|exs?|sh|bash|zsh|ps1|mk|groovy|rules|cron|service)$|' +
    '(?:^|/)(?:Dockerfile|Containerfile|Makefile|GNUmakefile|Jenkinsfile|justfile|Procfile|Rakefile|Vagrantfile|crontab|sudoers|\\.htaccess|\\.npmrc|\\.env)[^/]*$|(?:^|/)(?:CLAUDE|AGENTS|GEMINI)[^/]*\\.md$|\\.mdc$|(?:^|/)\\.(?:cursorrules|clinerules|windsurfrules|trivyignore|gitleaksignore|snyk)$|(?:^|/)(?:bin|scripts?|hooks|sudoers\\.d|\\.github|\\.gitlab|\\.claude|\\.husky)/',
  'i',
);
/** At most one call of git. Throws a GitError. */
export async function findQuickly(
  repository: Repository,
  files: readonly DiffFile[],
  policy: RulesOfPolicy,
  options: { readonly objects?: string },
): Promise<readonly Finding[]> {
  const looked = files.filter((file) => mayHold(policy, file));
  if (looked.length === 0) return [];
  return findIfSmall(await textsOfBlobs(repository, looked, options), policy);
}

/** The same in texts that the caller has, without git. */
export const findQuicklyIn = (changes: readonly Change[], policy: RulesOfPolicy): Promise<readonly Finding[]> =>
  findIfSmall(
    {
      changes: changes.filter((change) => mayHold(policy, change)),
      left: [],
      unread: [],
      beyondLines: new Set(),
      runsGate: new Set(),
    },
    policy,
  );

async function findIfSmall(texts: Texts, policy: RulesOfPolicy): Promise<readonly Finding[]> {
  const size = texts.changes.reduce((sum, { before, after }) => sum + (before?.length ?? 0) + (after?.length ?? 0), 0);
  return size > TEXT_AT_MOST || texts.changes.length === 0 ? [] : (await findIn(texts, policy)).findings;
}

const mayHold = ({ rules }: RulesOfPolicy, { path, from }: Pick<DiffFile, 'path' | 'from'>): boolean =>
  [path, ...(from === null ? [] : [from])].some((name) => HAS_RULES.test(name)) ||
  rules.some((rule) => looksAt(rule, path));
