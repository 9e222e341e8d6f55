/** Which lines tests ran. */

type CoverageFormat = 'lcov' | 'cobertura' | 'jacoco' | 'go';

/** Lines that can be run, by their number (1-based), and whether a test ran them. */
export type CoveredLines = ReadonlyMap<number, boolean>;

export interface Coverage {
  readonly format: CoverageFormat;
  /** By the report's name for the file: absolute, relative to some folder, or a package's path. */
  readonly files: ReadonlyMap<string, CoveredLines>;
}
