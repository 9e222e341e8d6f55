/**
 * Which test files run the function that a fault stands in. A run of all of them, with a mark in each such function,
 * takes as long as the tests do, and then each fault needs few files. Programs that tests start are seen, too.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { lineOf, textOf, type Fault } from './faults';
import { PATIENCE } from './mocha-run';
import type { Scratch } from './scratch';

/** The test files by the fault's id. A fault in no function has no entry: whoever loads its file runs it. */
export type Reach = Readonly<Record<string, readonly string[]>>;

/** The marks that one process has written begin with this name on `globalThis`; reach-reporter.ts takes them back. */
export const MARK = 'linekeeper-reached:';

/** How many files one process of mocha loads: all of them at once don't fit into its memory. */
const AT_ONCE = 60;

type Function = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

const isFunction = (node: ts.Node): node is Function =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** The innermost function with a body around this place of the text. */
function functionAt(node: ts.Node, at: number): Function | undefined {
  const inner = ts.forEachChild(node, (child) =>
    child.getStart() <= at && at < child.end ? functionAt(child, at) : undefined,
  );
  return inner ?? (isFunction(node) && node.body.getStart() <= at ? node : undefined);
}

/** The text with a mark in the innermost function around the fault's line; undefined if there is none, or no line. */
export function withMark(fault: Fault, text: string, log: string): string | undefined {
  const index = lineOf(fault, text);
  if (index === undefined) return undefined;
  const start = text.split('\n').slice(0, index).join('\n').length + (index > 0 ? 1 : 0);
  const at = start + (/\S/.exec(text.slice(start))?.index ?? 0);
  const body = functionAt(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true), at)?.body;
  if (body === undefined) return undefined;
  const append = `process.getBuiltinModule('node:fs').appendFileSync(${JSON.stringify(log)}, '${fault.id}\\n')`;
  const mark = `(globalThis['${MARK}${fault.id}'] ??= (${append}, true))`;
  const from = body.getStart();
  if (ts.isBlock(body)) return `${text.slice(0, from + 1)}${mark};${text.slice(from + 1)}`;
  return `${text.slice(0, from)}(${mark}, (${text.slice(from, body.end)}))${text.slice(body.end)}`;
}

/** The files by fault, from what the marks and reach-reporter.ts have written: a file's name behind `>`, then its faults. */
export function reachOf(log: string): Reach {
  const files = new Map<string, Set<string>>();
  let file = '';
  for (const line of log.split('\n')) {
    if (line.startsWith('>')) file = line.slice(1);
    else if (line !== '' && file !== '') files.set(line, (files.get(line) ?? new Set()).add(file));
  }
  return Object.fromEntries([...files].map(([id, found]) => [id, [...found]]));
}

/** What `file` says, or, if it is not there, what a run of all these tests says: then that is kept there. */
export async function readReach(
  file: string,
  scratch: Scratch,
  faults: readonly Fault[],
  tests: readonly string[],
  everyday: boolean,
): Promise<Reach> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Reach; // ours
  const log = path.join(path.dirname(scratch.top), 'reach.log');
  const marked = faults.filter((fault) => scratch.change(fault, (text) => withMark(fault, text, log)));
  if (!scratch.build()) throw new Error('the programs cannot be built with the marks');
  for (let from = 0; from < tests.length; from += AT_ONCE) {
    await run(scratch.top, log, tests.slice(from, from + AT_ONCE), everyday);
    process.stderr.write(`reach: ${String(Math.min(from + AT_ONCE, tests.length))} of ${String(tests.length)} files\n`);
  }
  const found = reachOf(textOf('reach.log', path.dirname(log)));
  const reach = Object.fromEntries(marked.map(({ id }) => [id, found[id] ?? []]));
  writeFileSync(file, `${JSON.stringify(reach, undefined, 2)}\n`);
  scratch.restore();
  return reach;
}

function run(top: string, log: string, files: readonly string[], everyday: boolean): Promise<void> {
  const reporter = path.join(top, 'test', 'mutants', 'reach-reporter.ts');
  const words = [
    '--import',
    'tsx',
    path.join('node_modules', 'mocha', 'bin', '_mocha'),
    '--exit',
    '--reporter',
    reporter,
  ];
  const env = { ...process.env, LINEKEEPER_REACH: log, ...(everyday ? { LINEKEEPER_TESTS: 'everyday' } : {}) };
  const child = spawn(process.execPath, [...words, '--timeout', String(PATIENCE), ...files], {
    cwd: top,
    env,
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => {
      resolve();
    });
  });
}
