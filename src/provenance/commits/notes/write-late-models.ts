/** Writes missing models into notes. */
import type { StoredRecord } from '../../journal';
import { readCommits, type Repository } from '../../../git';
import { keepMissingModels, missingModelsIn, type MissingModel } from '../settle/commits-awaiting-model';
import { nameModels } from './format';
import { changeNote } from './notes-store';

/** Adds the models that the journal knows by now; returns the commits whose notes changed. Throws a GitError. */
export async function backfillModels(
  repository: Repository,
  records: readonly StoredRecord[],
  now: number,
): Promise<readonly string[]> {
  const list = missingModelsIn(repository, now);
  if (list.length === 0) return [];
  const models = modelsIn(records);
  const known = list.filter((one) => models.has(keyOf(one)));
  if (known.length === 0) return [];
  const ids = [...new Set(known.map(({ commit }) => commit))];
  const commits = await readCommits(repository, ids);
  const named: string[] = [];
  for (const id of ids) {
    const commit = commits.get(id);
    if (!commit) continue;
    // Somebody may have removed its note.
    if (
      await changeNote(
        repository,
        commit,
        (note) => note && nameModels(id, note, (session) => models.get(keyOf(session))),
      )
    )
      named.push(id);
  }
  keepMissingModels(
    repository,
    missingModelsIn(repository, now).filter((one) => !models.has(keyOf(one))),
  );
  return named;
}

/** The first known model of a session: what it did before naming one was done with that. */
function modelsIn(records: readonly StoredRecord[]): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const { record } of records) {
    const by = record.kind === 'session' ? record : record.kind === 'edit' ? record.by : undefined;
    if (by?.assistant === undefined || by.session === undefined || by.model === undefined) continue;
    const key = keyOf({ assistant: by.assistant, session: by.session });
    if (!models.has(key)) models.set(key, by.model);
  }
  return models;
}

const keyOf = ({ assistant, session }: Pick<MissingModel, 'assistant' | 'session'>): string =>
  JSON.stringify([assistant, session]);
