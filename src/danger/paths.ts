/** What a path reveals about a file's role in a project. */

/** Every analyzer asks about the same path, one after the other. */
/* @__NO_SIDE_EFFECTS__ */
function forLast(ask: (path: string) => boolean): (path: string) => boolean {
  let last: { readonly path: string; readonly answer: boolean } | undefined;
  return (path) => (last?.path === path ? last : (last = { path, answer: ask(path) })).answer;
}

/** Tests, and what only tests use: they clean up after themselves. */
export const isTest = forLast(
  (path) =>
    /(?:^|\/)(?:(?:unit)?tests?|__tests__|__mocks__|specs?|e2e|testdata|fixtures?|testing|cypress|playwright|molecule|[\w-]*-tests?)\//i.test(
      path,
    ) ||
    /(?:^|\/)(?:test_[^/]*|conftest)\.py$|[._-](?:test|tests|spec|stories|mock|mocks|e2e|cy)\.[\w.]+$|(?:Tests?|Spec|IT|TestCase)\.(?:java|cs|php|kt|swift|scala)$|_(?:test|spec)\.(?:go|rb|py|exs?)$|(?:^|\/)e2e[_-]?tests?[\w-]*\.\w+$/.test(
      path,
    ),
);

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
  (/\.(?:tf|tofu|tfvars|hcl|ya?ml)(?:\.json)?$/.test(path) && TRIES.test(path));

/** Where people try things out, by the names of folders of configurations: code may run under such names. */
const TRIES =
  /(?:^|\/)(?:(?:[\w-]*-)?training|(?:[\w-]*-)?sandbox(?:-\w+)?|local[_-](?:env|dev|development|cluster)|minikube)\//i;

/** Migrations that are kept for the record: no tool runs them. */
export const isArchived = (path: string): boolean =>
  /(?:^|\/)(?:(?:old|legacy|archived?|squashed)[_-]migrations?|migrations?[_-](?:old|archived?|squashed))\//i.test(
    path,
  );
