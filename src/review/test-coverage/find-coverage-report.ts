/** The coverage report in the work tree, where tools put it. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseCoverage } from './parse-coverage-reports';
import type { Coverage } from './types';

/** Relative to the top of the work tree. */
const USUAL_PLACES: readonly string[] = [
  'coverage/lcov.info',
  'lcov.info',
  'coverage.lcov',
  'coverage/lcov/lcov.info',
  'coverage/cobertura-coverage.xml',
  'coverage/cobertura.xml',
  'cobertura.xml',
  'coverage.xml',
  'coverage.cobertura.xml',
  'target/site/jacoco/jacoco.xml',
  'build/reports/jacoco/test/jacocoTestReport.xml',
  'coverage.out',
  'cover.out',
  'c.out',
];

const LARGEST = 20 * 1024 * 1024;

interface FoundCoverage extends Coverage {
  /** Relative to the work tree; only the file name when it is outside. */
  readonly file: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

/** The latest report in the usual places; undefined when none can be read. */
export function findCoverage(root: string): FoundCoverage | undefined {
  const found = USUAL_PLACES.flatMap((file) => readCoverage(root, file) ?? []);
  return found.sort((one, other) => other.at - one.at)[0];
}

/** One report, by a name relative to `root`; undefined when it does not exist, is too large, or has no known format. */
export function readCoverage(root: string, file: string): FoundCoverage | undefined {
  const place = path.resolve(root, file);
  try {
    const entry = statSync(place);
    if (!entry.isFile() || entry.size > LARGEST) return undefined;
    const parsed = parseCoverage(readFileSync(place, 'utf8'));
    return parsed && { ...parsed, file: nameOf(root, place), at: entry.mtimeMs };
  } catch {
    return undefined;
  }
}

/** Without this machine's folders, as it is shown to others. */
function nameOf(root: string, place: string): string {
  const name = path.relative(root, place);
  return path.isAbsolute(name) || /^\.\.(?:[\\/]|$)/.test(name) ? path.basename(place) : name.replaceAll('\\', '/');
}
