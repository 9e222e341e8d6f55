/**
 * Entire (github.com/entireio/cli): a trailer `Entire-Checkpoint: ID` names a checkpoint whose metadata are on the
 * branch `entire/checkpoints/v1` in `ID[0..2]/ID[2..]/`, or in a ref of its own, `refs/entire/checkpoints/SHARD/ID`.
 * They record how many lines the agent wrote, but not which.
 */
import { outputLines, readBlobs, readCommits, type Repository } from '../../../git';
import { assistantNamed, listOf, nameOf, parseJson, pathOf } from './fields-of-foreign-records';
import { isObject } from '../../../base/shapes';
import type { ForeignLines, ForeignSource } from './types';

const TRAILER = /^Entire-Checkpoint:[ \t]*([0-9A-Za-z]{6,64})[ \t]*$/gm;
const BRANCHES = ['refs/heads/entire/checkpoints/v1', 'refs/remotes/origin/entire/checkpoints/v1'];
const FILES = ['metadata.json', '0/metadata.json', '1/metadata.json', '2/metadata.json'];
/** A commit that names more is not Entire's. */
const MOST_CHECKPOINTS = 20;
/** Metadata are a few hundred bytes. */
const LARGEST = 1024 * 1024;

export const entire: ForeignSource = {
  id: 'entire',
  title: 'Entire',
  takesFile: false,
  async read(repository) {
    const { stdout } = await repository.git(
      ['log', '--all', '--format=%H', '--extended-regexp', '--grep=^Entire-Checkpoint:'],
      { timeout: 120_000, codes: [0, 128] },
    );
    const named = [...(await readCommits(repository, outputLines(stdout))).values()]
      .map((commit) => ({
        commit: commit.id,
        checkpoints: [...new Set([...commit.message.matchAll(TRAILER)].map((match) => match[1] ?? ''))],
      }))
      .filter(({ checkpoints }) => checkpoints.length <= MOST_CHECKPOINTS);
    const sessions = await readCheckpoints(repository, [...new Set(named.flatMap(({ checkpoints }) => checkpoints))]);
    return new Map(
      named.flatMap(({ commit, checkpoints }) => {
        const lines = checkpoints.flatMap((id) => linesOf(sessions.get(id) ?? []));
        return lines.length > 0 ? [[commit, lines] as const] : [];
      }),
    );
  },
};

/** The metadata of checkpoints' sessions, by checkpoint. Two git calls for all. */
async function readCheckpoints(
  repository: Repository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const places = ids.flatMap((id) => placesOf(id).map((place) => ({ id, place })));
  if (places.length === 0) return new Map();
  const { stdout } = await repository.git(['cat-file', '--batch-check'], {
    input: places.flatMap(({ place }) => FILES.map((file) => `${place}${file}\n`)).join(''),
    timeout: 120_000,
  });
  const blobs = stdout
    .toString('utf8')
    .split('\n')
    .map((line) => {
      const [, blob, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
      return Number(size) <= LARGEST ? blob : undefined;
    });
  const texts = await readBlobs(
    repository,
    blobs.flatMap((blob) => blob ?? []),
  );
  const sessions = new Map<string, readonly unknown[]>();
  for (const [index, { id }] of places.entries()) {
    const here = blobs
      .slice(index * FILES.length, (index + 1) * FILES.length)
      .flatMap((blob) => texts.get(blob ?? '') ?? []);
    const found = here
      .map((text) => parseJson(text.toString('utf8')))
      .filter((one) => isObject(one) && 'files_touched' in one && 'session_id' in one);
    if (found.length > 0 && !sessions.has(id)) sessions.set(id, found);
  }
  return sessions;
}

/** Where a checkpoint may be, the likeliest first. */
const placesOf = (id: string): string[] => [
  ...BRANCHES.map((branch) => `${branch}:${id.slice(0, 2)}/${id.slice(2)}/`),
  ...[id.slice(0, 2), id.slice(-2)].map((shard) => `refs/entire/checkpoints/${shard}/${id}:`),
];

/** If no person was involved, every line of the touched files is the agent's; otherwise it is unknown which are. */
function linesOf(checkpoints: readonly unknown[]): ForeignLines[] {
  const metadata = checkpoints.filter(isObject);
  const alone =
    metadata.length === 1 &&
    metadata.every(
      ({ initial_attribution: counts }) =>
        isObject(counts) &&
        counts['human_added'] === 0 &&
        counts['human_modified'] === 0 &&
        counts['human_removed'] === 0 &&
        Number(counts['agent_lines']) >= Number(counts['total_committed']),
    );
  if (!alone) return [];
  return metadata.flatMap((record) =>
    listOf(record['files_touched']).flatMap((file): ForeignLines[] => {
      const path = pathOf(file);
      return path === undefined
        ? []
        : [
            {
              path,
              lines: 'all',
              assistant: assistantNamed(record['agent']),
              model: nameOf(record['model']),
              session: nameOf(record['session_id']),
              edited: false,
              evidence: 'declared',
            },
          ];
    }),
  );
}
