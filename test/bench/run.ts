/**
 * `npm run bench`: what Linekeeper costs, as ratios to what would be waited for without it. Both sides of a ratio are
 * run in turns in the same run, so that the ratios travel from machine to machine; milliseconds do not. Nothing here
 * fails a test.
 *
 * Writes `out/bench.json` and `docs/dev/bench.md`. `npm run bench -- commit record` measures only the named groups and
 * prints them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measureCommits, type Started } from './commits';
import { measureEditor } from './editor';
import { measureLines } from './lines';
import { machine } from './machine';
import { measureReading } from './reading';
import { buildProgram } from './program';
import { measureRecording } from './recording';
import { asMarkdown } from './report';
import type { Fact, Row } from './rows';
import { measureAsking } from './asking';
import { measureBrackets } from './brackets';
import { measureDanger } from './danger';
import { measureGate } from './gate';
import { measureInstalledHooks } from './installed-hooks';
import { measureMemory } from './memory';
import { measureNotes } from './notes';
import { measureRebase } from './rebase';
import { measureWriting } from './writing';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

interface Measured {
  readonly rows?: readonly Row[];
  readonly facts?: readonly Fact[];
  readonly started?: readonly Started[];
}

const GROUPS: Readonly<Record<string, () => Promise<Measured>>> = {
  commit: () => measureCommits(15),
  record: async () => ({ rows: await measureRecording(30) }),
  bracket: async () => ({ rows: await measureBrackets(6) }),
  read: () => measureReading(15),
  ask: () => measureAsking(7),
  hooks: async () => ({ rows: await measureInstalledHooks(15) }),
  notes: () => measureNotes(15),
  gate: () => measureGate(15),
  danger: () => measureDanger(15),
  lines: async () => ({ rows: await measureLines(5) }),
  write: async () => ({ rows: await measureWriting(Number(process.env['BENCH_ROUNDS'] ?? 7)) }),
  rebase: async () => ({ rows: await measureRebase(Number(process.env['BENCH_ROUNDS'] ?? 5)) }),
  memory: async () => ({ facts: await measureMemory() }),
  editor: async () => ({ facts: await measureEditor() }),
};

async function main(names: readonly string[]): Promise<void> {
  await buildProgram();
  const rows: Row[] = [];
  const facts: Fact[] = [];
  const started: Started[] = [];
  for (const [name, measure] of Object.entries(GROUPS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const measured = await measure();
    rows.push(...(measured.rows ?? []));
    facts.push(...(measured.facts ?? []));
    started.push(...(measured.started ?? []));
  }
  const results = { date: new Date().toISOString().slice(0, 10), machine: machine(), rows, facts, started };
  const text = asMarkdown(results);
  console.log(text);
  if (names.length > 0) return;
  mkdirSync(path.join(ROOT, 'out'), { recursive: true });
  writeFileSync(path.join(ROOT, 'out', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(path.join(ROOT, 'docs', 'dev', 'bench.md'), text);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
