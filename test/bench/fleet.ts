/**
 * A made-up company, as exports: how large they are, and how long the questions take. Run it by itself:
 * `npx tsx test/bench/fleet.ts [REPOSITORIES] [COMMITS OF EACH] [MONTHS]`. The rows come from a fixed row of numbers:
 * sizes and shares differ by repository, half of the commits have AI lines, each has two runs of lines.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bytesOf, partName, SCHEMA_VERSION, type Row, type TableName } from '../../src/aftermath/export';
import { ask, findDuckdb, gatherExports, merge, questions } from '../../src/aftermath/fleet';

const [repositories, commitsOfEach, months] = [
  Number(process.argv[2] ?? 100),
  Number(process.argv[3] ?? 1_000),
  Number(process.argv[4] ?? 24),
];

let seed = 1;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const hex = (length: number): string => Array.from({ length }, () => '0123456789abcdef'.charAt(random(16))).join('');
const ASSISTANTS = [
  ['claude-code', 'claude-opus-4-8'],
  ['claude-code', 'claude-sonnet-4-5'],
  ['kiro', 'claude-sonnet-4-5'],
  ['github-copilot', 'gpt-5'],
  ['cursor', 'gpt-5'],
] as const;

function monthOfRows(month: number, count: number): Readonly<Record<'commits' | 'lines' | 'deployments', Row[]>> {
  const rows = { commits: [] as Row[], lines: [] as Row[], deployments: [] as Row[] };
  const from = Date.UTC(2024, month, 1) / 1000;
  for (let i = 0; i < count; i++) {
    const [commit, at, ai] = [hex(40), from + random(27 * 86_400), random(100) < 20 + month * 2];
    const [assistant, model] = ASSISTANTS[random(ASSISTANTS.length)] ?? ASSISTANTS[0];
    const counts = [ai ? random(60) : 0, random(40), random(8)] as const;
    const tier = random(10) === 0 ? 'critical' : null;
    rows.commits.push({
      commit,
      committed_at: at,
      merge: false,
      author_key: null,
      provenance: random(10) === 0 ? 'none' : 'note',
      assistants: ai ? assistant : '',
      tier: ai ? tier : null,
      files: 1 + random(5),
      added_ai: counts[0],
      added_human: counts[1],
      added_unknown: counts[2],
      removed_ai: counts[0] >> 1,
      removed_human: counts[1] >> 1,
      removed_unknown: 0,
      reverts: random(80) === 0 ? ((rows.commits.at(-1)?.['commit'] as string | undefined) ?? null) : null,
      overruled: 0,
    });
    for (const [author, lines] of [
      [ai ? 'ai' : 'human', counts[ai ? 0 : 1]],
      ['unknown', counts[2]],
    ] as const) {
      if (lines === 0) continue;
      const start = 1 + random(400);
      rows.lines.push({
        commit,
        committed_at: at,
        path: `src/part-${String(random(30))}/file-${String(random(40))}.ts`,
        side: 'new',
        start_line: start,
        end_line: start + lines - 1,
        author,
        edited: false,
        assistant: author === 'ai' ? assistant : null,
        model: author === 'ai' ? model : null,
        session: author === 'ai' ? `session-${String(random(100_000))}` : null,
        evidence: author === 'unknown' ? null : 'reported',
        tier,
      });
    }
    if (random(10) === 0)
      rows.deployments.push({
        commit,
        stage: random(2) === 0 ? 'canary' : 'production',
        deployed_at: at + random(10 * 86_400),
        state: random(20) === 0 ? 'failed' : 'deployed',
      });
  }
  return rows;
}

const sizeBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linekeeper-fleet-'));
  const from = Date.now();
  try {
    for (let number = 0; number < repositories; number++) {
      const name = `forge.example/acme/service-${String(number)}`;
      const parts: string[] = [];
      for (let month = 0; month < months; month++) {
        const rows = monthOfRows(month, Math.round(commitsOfEach / months));
        const label = new Date(Date.UTC(2024, month, 1)).toISOString().slice(0, 7);
        for (const [table, all] of Object.entries(rows)) {
          if (all.length === 0) continue;
          const part = `${table}/repository=${partName(name)}/month=${label}/part-0.parquet`;
          mkdirSync(path.dirname(path.join(folder, part)), { recursive: true });
          writeFileSync(path.join(folder, part), bytesOf('parquet', table as TableName, all)); // its own keys
          parts.push(part);
        }
      }
      mkdirSync(path.join(folder, '_linekeeper'), { recursive: true });
      writeFileSync(
        path.join(folder, '_linekeeper', `${partName(name)}.json`),
        JSON.stringify({
          version: SCHEMA_VERSION,
          format: 'parquet',
          repository: name,
          tip: hex(40),
          notes: '',
          policy: '',
          people: false,
          parts,
        }),
      );
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = sizeBelow(folder);
    console.log(
      `${String(repositories)} repositories, ${String(repositories * Math.round(commitsOfEach / months) * months)} commits: made in ${String(Math.round((Date.now() - from) / 1000))} s, ${String(Math.round(bytes / 1e6))} MB in ${String(files.length)} files`,
    );
    const api = findDuckdb(path.resolve(import.meta.dirname, '../..'));
    const exports = gatherExports([folder]);
    if (!api || typeof exports === 'string')
      throw new Error(typeof exports === 'string' ? exports : 'DuckDB is not installed');
    const before = Date.now();
    const small = await ask(api, exports, questions(), { memory: '1GB' });
    const between = Date.now();
    await merge(api, exports, path.join(folder, 'merged'), { memory: '1GB' });
    const merged = gatherExports([path.join(folder, 'merged')]);
    if (typeof merged === 'string') throw new Error(merged);
    console.log(
      `asked as exported in ${((between - before) / 1000).toFixed(1)} s; merged in ${((Date.now() - between) / 1000).toFixed(1)} s to ${String(Math.round(sizeBelow(path.join(folder, 'merged')) / 1e6))} MB`,
    );
    const large = await ask(api, merged, questions(), { memory: '1GB' });
    for (const [at, { id, rows, seconds }] of large.entries())
      console.log(
        `${id.padEnd(14)} ${(small[at]?.seconds ?? NaN).toFixed(2).padStart(7)} s as exported ${seconds.toFixed(2).padStart(7)} s merged  ${String(rows.length)} rows`,
      );
    console.log(`memory of the process at most: ${String(Math.round(process.resourceUsage().maxRSS / 1024))} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
