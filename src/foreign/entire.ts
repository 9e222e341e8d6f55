/**
 * Entire (github.com/entireio/cli): a trailer `Entire-Checkpoint: ID` names a checkpoint whose metadata lie on the branch
 * `entire/checkpoints/v1` in `ID[0..2]/ID[2..]/`, or in a ref of its own, `refs/entire/checkpoints/SHARD/ID`. They tell how many lines the
 * agent wrote, and not which.
 */
import { readCommits, type Repository } from '../git';
import { assistantNamed, isObject, listOf, nameOf, parseJson, pathOf } from './names';
import type { ForeignLines, ForeignSource } from './types';

const TRAILER = /^Entire-Checkpoint:[ \t]*([0-9A-Za-z]{6,64})[ \t]*$/gm;
const BRANCHES = ['refs/heads/entire/checkpoints/v1', 'refs/remotes/origin/entire/checkpoints/v1'];

export const entire: ForeignSource = {
  id: 'entire',
  title: 'Entire',
  takesFile: false,
  async read(repository) {
    const { stdout } = await repository.git(['log', '--all', '--format=%H', '--extended-regexp', '--grep=^Entire-Checkpoint:'], { timeout: 120_000, codes: [0, 128] });
    const commits = new Map<string, readonly ForeignLines[]>();
    for (const commit of (await readCommits(repository, stdout.toString('utf8').split('\n').filter((id) => id !== ''))).values()) {
      const checkpoints = [...new Set([...commit.message.matchAll(TRAILER)].map((match) => match[1] ?? ''))];
      const told = await Promise.all(checkpoints.map((id) => readCheckpoint(repository, id)));
      const lines = told.flatMap(linesOf);
      if (lines.length > 0) commits.set(commit.id, lines);
    }
    return commits;
  },
};

/** The metadata of a checkpoint's sessions. */
async function readCheckpoint(repository: Repository, id: string): Promise<unknown[]> {
  const places = [...BRANCHES.map((branch) => `${branch}:${id.slice(0, 2)}/${id.slice(2)}`), ...[id.slice(0, 2), id.slice(-2)].map((shard) => `refs/entire/checkpoints/${shard}/${id}:`)];
  for (const place of places) {
    const texts = await Promise.all(['metadata.json', '0/metadata.json', '1/metadata.json', '2/metadata.json'].map((name) => contentOf(repository, place.endsWith(':') ? `${place}${name}` : `${place}/${name}`)));
    const found = texts.flatMap((text) => (text === undefined ? [] : [parseJson(text)])).filter((one) => isObject(one) && 'files_touched' in one && 'session_id' in one);
    if (found.length > 0) return found;
  }
  return [];
}

async function contentOf(repository: Repository, name: string): Promise<string | undefined> {
  const answer = await repository.git(['cat-file', 'blob', name], { codes: [0, 128] });
  return answer.code === 0 ? answer.stdout.toString('utf8') : undefined;
}

/** Where no person had a hand in it, every line of the files that were touched is the agent's; else it can't be said which are. */
function linesOf(checkpoints: readonly unknown[]): ForeignLines[] {
  const metadata = checkpoints.filter(isObject);
  const alone = metadata.length === 1 && metadata.every(({ initial_attribution: counts }) => isObject(counts) && counts['human_added'] === 0 && counts['human_modified'] === 0 && counts['human_removed'] === 0 && Number(counts['agent_lines']) >= Number(counts['total_committed']));
  if (!alone) return [];
  return metadata.flatMap((one) =>
    listOf(one['files_touched']).flatMap((file): ForeignLines[] => {
      const path = pathOf(file);
      return path === undefined ? [] : [{ path, lines: 'all', assistant: assistantNamed(one['agent']), model: nameOf(one['model']), session: nameOf(one['session_id']), edited: false, evidence: 'declared' }];
    }),
  );
}
