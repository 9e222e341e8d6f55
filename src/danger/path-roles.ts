/** What a path reveals about a file's role in a project. */
import { either, isTestPath } from '../base/patterns';

/** Every analyzer asks about the same path, one after the other. */
/* @__NO_SIDE_EFFECTS__ */
function forLast(ask: (path: string) => boolean): (path: string) => boolean {
  let last: { readonly path: string; readonly answer: boolean } | undefined;
  return (path) => (last?.path === path ? last : (last = { path, answer: ask(path) })).answer;
}

/** Tests, and what only tests use: they clean up after themselves. */
export const isTest = forLast(
  (path) => isTestPath(path) || /(?:^|\/)(?:mocks?|msw)\/.*\.(?:[cm]?[jt]sx?|py|rb|php|java|kt|go)$/i.test(path),
);

/** Migrations that only fill the databases of tests and developers, by their folder: `db/migration/dev+test/`. */
export const fillsTests = (path: string): boolean => FILLS_TESTS.test(path);
const FILLS_TESTS =
  /(?:^|\/)migrations?\/(?:(?:local|dev|development|test|testdata|seed|demo|sample)[+_-]?(?:local|dev|test|data|truncate|seed)?)\//i;

/** Whether a file is in production, by a name in its path that the path of another file does not have. */
export function isInProduction(path: string, besides: string): boolean {
  const names = besides.split('/');
  return path.split('/').some((name) => !names.includes(name) && PRODUCTION.test(name));
}
const PRODUCTION = /(?<![a-z]|non[-_]|pre[-_])(?:prod|production|prd|live)(?![a-z])/i;

/** What only tests read: nobody runs it. */
export const isFixture = (path: string): boolean =>
  /(?:^|\/)(?:unittests?|__tests__|__mocks__|testdata|test[_-]data|fixtures?|__fixtures__)\//i.test(path);

/** Vendored or generated. */
export const isVendored = forLast(
  (path) =>
    /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv|venv|dist|build|\.yarn|bower_components)\//.test(
      path,
    ) || /\.min\.\w+$/.test(path),
);

/** What shows how something is used, or helps its developers, and is not what runs. */
export const isExample = (path: string): boolean =>
  /(?:^|\/)(?:examples?|samples?|demos?|tutorials?|playground|hack|seed(?:er)?s)\//i.test(path) ||
  OF_DEVELOPERS.test(path) ||
  (/\.(?:tf|tofu|tfvars|hcl|ya?ml)(?:\.json)?$/.test(path) && TRIES.test(path));

/** The machine that a developer or an assistant works in, and what fills an empty database. */
const OF_DEVELOPERS =
  /(?:^|\/)(?:\.(?:devcontainer|cursor|gitpod)|devcontainer)\/|(?:^|[/_.-])seed(?:s|er|ers|ing)?(?:[_.-][\w-]+)?\.(?:[cm]?[jt]sx?|rb|py|php|sql|go|kt)$/i;

/**
 * What says by its name that only developers run it: `compose.dev.yml`, `.dev/`, the folders of their editors. A folder of
 * an environment (`envs/dev/`) is none: something runs there.
 */
export const isDevelopment = forLast((path) => DEVELOPMENT.test(path));
const DEVELOPMENT = either(
  /(?:^|\/)\.(?:dev|devenv|local|vscode|vscode-\w+|idea|zed|fleet|vs|nvim|helix|run)\//i,
  /(?:^|\/)[^/]+[._-](?:dev|devel|development|local|localhost)\.(?:ya?ml|json|toml|env|sh|sql|conf)$/i,
  /(?:^|\/)(?:dev|local)[._-](?:docker-)?compose[^/]*\.ya?ml$/i,
  /(?:^|\/)(?:docker-)?compose[._-](?:dev|devel|development|local|test|tests|testing|ci|e2e)[^/]*\.ya?ml$/i,
  /(?:^|\/)(?:dev|development|local)\.(?:docker-)?compose\.ya?ml$/i,
  /(?:^|\/)Dockerfile[._-](?:dev|devel|development|local|test)$/i,
  /(?:^|\/)(?:dev|development)\.Dockerfile$/i,
);

/** Where people try things out, by the names of folders of configurations: code may run under such names. */
const TRIES =
  /(?:^|\/)(?:(?:[\w-]*-)?training|(?:[\w-]*-)?sandbox(?:-\w+)?|(?:dev|local)[_-](?:env|environment|dev|development|cluster)|minikube)\//i;

/** Migrations that are kept for the record: no tool runs them. */
export const isArchived = (path: string): boolean =>
  /(?:^|\/)(?:(?:old|legacy|archived?|squashed)[_-]migrations?|migrations?[_-](?:old|archived?|squashed))\//i.test(
    path,
  );
