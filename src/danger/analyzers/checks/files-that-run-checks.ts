/** Where the checks of a repository are called: pipelines, the scripts that they run, hooks, packages and builds. */
import { fileNamed } from '../../../base/patterns';
import { isGithub } from '../ci/github-workflows';
import { isJenkins, isOther } from '../ci/other-pipelines';
import { isBuildFile } from './checks-lost-in-build-files';

const RUNNERS = fileNamed(String.raw`
  package\.json$ composer\.json$ deno\.jsonc?$ (?:GNU)?Makefile$ \.mk$ justfile$ Taskfile\.ya?ml$ Rakefile$ noxfile\.py$ tox\.ini$
  \.pre-commit-config\.ya?ml$ \.?lefthook\.ya?ml$ \.husky/[^/]+$ \.githooks/[^/]+$ \.lintstagedrc(?:\.\w+)?$ \.travis\.ya?ml$
  \.buildkite/.*\.ya?ml$ \.cirrus\.ya?ml$ \.?appveyor\.ya?ml$ \.semaphore/.*\.ya?ml$ \.tekton/.*\.ya?ml$
`);
/** Scripts that CI runs, by the names of their folders and their own. */
const CI_SCRIPT =
  /(?:^|\/)(?:\.?ci|\.?travis|\.github|\.circleci|\.buildkite|jenkins|prow|hack|build-?scripts?)\/(?:[^/]+\/)*[^/]+\.(?:sh|bash|ps1|py|mk)$|(?:^|\/)\.?(?:[\w-]*[_-])?(?:ci|tests?|checks?|lint)(?:[_-][\w-]*)?\.(?:sh|bash|ps1)$/i;
export const isCiScript = (path: string): boolean => CI_SCRIPT.test(path);
/** What CI reads. */
export const isPipeline = (path: string): boolean =>
  isGithub(path) || isOther(path) || isJenkins(path) || /(?:^|\/)(?:\.travis\.ya?ml|\.circleci\/.+\.ya?ml)$/.test(path);

/** Whether a file tells somebody to run checks. */
export const runsChecks = (path: string): boolean =>
  isPipeline(path) || isCiScript(path) || RUNNERS.test(path) || isBuildFile(path);
