/** A commit, compared with what happened: its trailers, its note, `show` and `blame`. */
import assert from 'node:assert/strict';
import { happened, said } from './recorded';
import type { Writer, Written } from './ledger';
import type { Blamed, Shown } from './shapes';
import type { Stage } from './stage';

/** What a commit of these files must say, by what happened. */
export interface Expected {
  readonly subject: string;
  readonly paths: readonly string[];
  /** The tier that `AI-Risk` names; null for no such trailer. */
  readonly risk: string | null;
}

/** Compares the commit; gives lines that tell of it. */
export async function expectCommit(stage: Stage, commit: string, expected: Expected): Promise<string[]> {
  const { linekeeper, ledger, editor } = stage;
  const message = editor.workspace.git('show', '--no-patch', '--format=%B', commit).trimEnd();
  assert.equal(
    message,
    `${expected.subject}\n\n${expectedTrailers(stage, expected).join('\n')}`,
    'the whole message of the commit',
  );
  const shown = await linekeeper.json<Shown>('show', commit);
  const have = shown.files.map((file) => [file.path, said(file.ranges), said(file.removed)]);
  const want = [...expected.paths]
    .sort()
    .map((path) => [path, happened(ledger.added(path)), happened(ledger.removed(path))]);
  assert.deepEqual(have, want, 'who wrote which line, as "linekeeper show" says it and as it happened');
  expectNote(stage, commit, expected.paths);
  for (const path of expected.paths) await expectBlame(stage, commit, path);
  return message.split('\n');
}

/** In the order in which they are written. */
export function expectedTrailers({ ledger }: Stage, { paths, risk }: Expected): string[] {
  const added = paths.flatMap((path) => ledger.added(path));
  const removed = paths.flatMap((path) => ledger.removed(path));
  const byAi = (lines: readonly Written[]): Writer[] => lines.map((line) => line.by).filter((by) => by.author === 'ai');
  const assistants = new Set(
    [...byAi(added), ...byAi(removed)].map((by) => [by.assistant, by.model].filter((word) => word !== null).join(':')),
  );
  const count = (plus: number, minus: number): string => `+${String(plus)} -${String(minus)}`;
  return [
    ...[...assistants].sort().map((name) => `Assisted-by: ${name}`),
    `AI-Lines: ${count(byAi(added).length, byAi(removed).length)} of ${count(added.length, removed.length)}`,
    ...(risk === null ? [] : [`AI-Risk: ${risk}`]),
  ];
}

/**
 * The note is read as the Git AI Standard 3.0.0 has it, not with our own reader: which lines have a session's key,
 * which a person's.
 */
function expectNote({ editor: { workspace }, ledger }: Stage, commit: string, paths: readonly string[]): void {
  const note = workspace.git('notes', '--ref=ai', 'show', commit);
  const [attestations = '', json = ''] = note.split(/^---$/m);
  const data = JSON.parse(json) as { readonly schema_version: string; readonly base_commit_sha: string }; // fields are compared below
  assert.equal(data.schema_version, 'authorship/3.0.0');
  assert.equal(data.base_commit_sha, commit);
  const authors: Record<string, Record<number, string>> = {};
  let file: Record<number, string> = {};
  for (const row of attestations.split('\n').filter((text) => text !== '')) {
    const entry = /^ {2}([sh])_\S+ (.+)$/.exec(row);
    if (!entry) authors[row] = file = {};
    for (const range of entry?.[2]?.split(',') ?? []) {
      const [start = 0, end = start] = range.split('-').map(Number);
      for (let line = start; line <= end; line++) file[line] = entry?.[1] === 's' ? 'ai' : 'human';
    }
  }
  const want = paths.flatMap((path) =>
    ledger.added(path).length > 0
      ? [[path, Object.fromEntries(ledger.added(path).map(({ line, by }) => [line, by.author]))] as const]
      : [],
  );
  assert.deepEqual(authors, Object.fromEntries(want), 'who wrote which line, as the note says it and as it happened');
}

/** Lines of the commit have their writers; older ones were committed before anything was recorded. */
async function expectBlame(
  { linekeeper, ledger, editor: { workspace } }: Stage,
  commit: string,
  path: string,
): Promise<void> {
  const { lines } = await linekeeper.json<Blamed>('blame', commit, path);
  const text = workspace.git('show', `${commit}:${path}`).split('\n');
  const have = lines.map(({ line, author, assistant, commit: of }) => [
    line,
    of === commit ? `${author} ${assistant ?? ''}`.trim() : 'older',
  ]);
  const written = new Map(
    ledger.added(path).map(({ line, by }) => [line, `${by.author} ${by.assistant ?? ''}`.trim()]),
  );
  assert.deepEqual(
    have,
    text.map((_, index) => [index + 1, written.get(index + 1) ?? 'older']),
    `who wrote each line of ${path}, as "linekeeper blame" says it and as it happened`,
  );
}
