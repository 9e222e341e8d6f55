/** Whether a file is a test, or only tests use it, by its path: the rules of dangers and the requirement of tests ask. */
export const isTestPath = (path: string): boolean =>
  /(?:^|\/)(?:(?:unit)?tests?|__tests__|__mocks__|specs?|e2e|testdata|fixtures?|testing|cypress|playwright|molecule|\.?[\w-]*-tests?)\//i.test(
    path,
  ) ||
  /(?:^|\/)(?:test_[^/]*|conftest)\.py$|[._-](?:test|tests|spec|stories|mock|mocks|e2e|cy)\.[\w.]+$|(?:Tests?|Spec|IT|TestCase)\.(?:java|cs|php|kt|swift|scala)$|_(?:test|spec)\.(?:go|rb|py|exs?)$|(?:^|\/)e2e[_-]?tests?[\w-]*\.\w+$/.test(
    path,
  );
