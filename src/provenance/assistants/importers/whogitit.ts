/**
 * whogitit (github.com/dotsetlabs/whogitit, `docs/src/reference/data-formats.md`): JSON notes on a ref of its own, one
 * entry per line.
 */
import { outputLines, readBlobs, type Repository } from '../../../git';
import { assistantNamed, isLine, listOf, nameOf, parseJson, pathOf } from './fields-of-foreign-records';
import { isObject } from '../../../base/shapes';
import type { ForeignLines, ForeignSource } from './types';

const REF = 'refs/notes/whogitit';

export const whogitit: ForeignSource = {
  id: 'whogitit',
  title: 'whogitit',
  takesFile: false,
  async read(repository) {
    const commits = new Map<string, readonly ForeignLines[]>();
    for (const [commit, text] of await notesAt(repository, REF)) {
      const lines = linesOf(parseJson(text));
      if (lines.length > 0) commits.set(commit, lines);
    }
    return commits;
  },
};

/** The texts of a notes ref by the commits that they are about. */
async function notesAt(repository: Repository, ref: string): Promise<Map<string, string>> {
  const { stdout } = await repository.git(['notes', `--ref=${ref}`, 'list'], { codes: [0, 1, 128] });
  const pairs = outputLines(stdout).flatMap((line) => {
    const [blob, commit] = line.split(' ');
    return blob !== undefined && commit !== undefined ? [[commit, blob] as const] : [];
  });
  const blobs = await readBlobs(
    repository,
    pairs.map(([, blob]) => blob),
  );
  return new Map(pairs.map(([commit, blob]) => [commit, blobs.get(blob)?.toString('utf8') ?? '']));
}

/** What it counts as a person's is only what no assistant's hook reported, so it is not taken as human. */
function linesOf(note: unknown): ForeignLines[] {
  if (!isObject(note)) return [];
  const session = isObject(note['session']) ? note['session'] : {};
  const model = isObject(session['model']) ? session['model'] : {};
  const common = {
    assistant: assistantNamed(model['provider'] === 'anthropic' ? 'claude' : null),
    model: nameOf(model['id']),
    session: nameOf(session['session_id']),
    evidence: 'reported',
  } as const;
  return listOf(note['files']).flatMap((file) => {
    const path = isObject(file) ? pathOf(file['path']) : undefined;
    if (path === undefined || !isObject(file)) return [];
    const by = (kind: string): (readonly [number, number])[] =>
      joined(
        listOf(file['lines']).flatMap((line) =>
          isObject(line) && isLine(line['line_number']) && kindOf(line['source']) === kind ? [line['line_number']] : [],
        ),
      );
    return [
      { ...common, path, lines: by('AI'), edited: false },
      { ...common, path, lines: by('AIModified'), edited: true },
    ].filter(({ lines }) => lines.length > 0);
  });
}

/** A string in version 2, an object with a `type` in version 3. */
const kindOf = (source: unknown): unknown => (isObject(source) ? source['type'] : source);

function joined(lines: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && line <= last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs;
}
