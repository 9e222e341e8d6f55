/**
 * Holds the texts that people read to the house's rules of English: pages, the extension's own strings and its help.
 * `npm run lint:prose` lists what breaks a rule. `rules.json` has the rules as data; `to-mend.json` counts, by file and
 * rule, what older texts still break, and only gets shorter (`--write` takes out what was mended, and raises no count: a sentence that moves to another
 * page is mended there, or its count is moved by hand). A sentence that must stay as it is
 * stands in `exceptions.json` with a reason.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, findingsOf, type Rule } from './check';
import { textsToCheck } from './texts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(HERE, '..', '..', '..');
const TO_MEND = path.join(HERE, 'to-mend.json');

/** By file, then by rule: how many sentences still break it. */
type Counts = Record<string, Record<string, number>>;

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(HERE, name), 'utf8'));

function countsOf(findings: readonly Finding[]): Counts {
  const counts: Counts = {};
  for (const { file, rule } of findings) {
    const ofFile = (counts[file] ??= {});
    ofFile[rule] = (ofFile[rule] ?? 0) + 1;
  }
  return counts;
}

/** What is more than `allowed`: every sentence of such a file and rule, since nobody knows which of them is new. */
export function newFindings(findings: readonly Finding[], allowed: Counts): Finding[] {
  const counts = countsOf(findings);
  return findings.filter(({ file, rule }) => (counts[file]?.[rule] ?? 0) > (allowed[file]?.[rule] ?? 0));
}

/** Rows of `allowed` that promise more than is left to mend. */
export function mendedRows(findings: readonly Finding[], allowed: Counts): string[] {
  const counts = countsOf(findings);
  return Object.entries(allowed).flatMap(([file, rules]) =>
    Object.entries(rules)
      .filter(([rule, count]) => (counts[file]?.[rule] ?? 0) < count)
      .map(([rule]) => `${file}: ${rule}`),
  );
}

/** What `--write` writes: the counts of today where they are lower. A count only falls; a higher one stays reported. */
export function loweredCounts(findings: readonly Finding[], allowed: Counts): Counts {
  const counts = countsOf(findings);
  const files = Object.entries(allowed).map(([file, rules]) => {
    const rest = Object.entries(rules)
      .map(([rule, count]) => [rule, Math.min(count, counts[file]?.[rule] ?? 0)] as const)
      .filter(([, count]) => count > 0);
    return [file, Object.fromEntries(rest)] as const;
  });
  return Object.fromEntries(files.filter(([, rules]) => Object.keys(rules).length > 0));
}

/** Of this checkout. */
export function proseFindings(): Finding[] {
  const exceptions = new Set(
    (read('exceptions.json') as readonly { sentence: string }[]).map(({ sentence }) => sentence),
  );
  return findingsOf(textsToCheck(ROOT), read('rules.json') as readonly Rule[]).filter(
    ({ sentence }) => !exceptions.has(sentence),
  );
}

function main(): void {
  const findings = proseFindings();
  if (process.argv.includes('--write')) {
    const counts = loweredCounts(findings, read('to-mend.json') as Counts);
    writeFileSync(TO_MEND, `${JSON.stringify(counts, null, 2)}\n`);
    return;
  }
  const allowed = read('to-mend.json') as Counts;
  const tooMany = process.argv.includes('--all') ? findings : newFindings(findings, allowed);
  for (const { file, line, rule, say, sentence } of tooMany)
    console.log(`${file}:${String(line)}  ${rule}  ${say}\n    ${sentence}`);
  const mended = mendedRows(findings, allowed);
  if (mended.length > 0) console.log(`Mended, so run npm run lint:prose -- --write:\n  ${mended.join('\n  ')}`);
  console.log(`${String(findings.length)} sentences to mend, ${String(tooMany.length)} of them listed`);
  process.exitCode = tooMany.length + mended.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
