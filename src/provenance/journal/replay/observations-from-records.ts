/** What the records say about each file, one observation after another. */
import type { By, EditRecord, FileEdit, StoredRecord, SeenRecord } from '../store/record-format';

/** A file had this content. */
export interface Observation {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Index of the record, or a fraction between two. */
  readonly record: number;
  readonly seen: string | null;
  /** It was stashed at this point. */
  readonly away?: true;
  /** What was there before was put aside at this point. */
  readonly cleared?: true;
  /** The commit that has this content; the work tree may have had a different one. */
  readonly commit?: string;
  /** What the commit's first parent had. */
  readonly was?: string;
  /** The name that the file had in the commit's first parent, where the commit renamed it. */
  readonly renamedFrom?: string;
  readonly edit?: FileEdit;
  readonly by?: By;
  /** When the bracket that this edit closes was opened. */
  readonly opened?: number;
}

/** Whether the first of two contents has more in common with a third than the second has. */
export type IsNearer = (one: string | null, other: string | null, third: string | null) => boolean;

/** The observations of all files, in the order of the records. */
export function timelineOf(records: readonly StoredRecord[], isNearer: IsNearer): Observation[] {
  const withModel = modelsOf(records);
  const opened = new Map<
    string,
    { readonly at: number; readonly record: number; readonly paths: ReadonlySet<string> }
  >();
  const done = new Set<string>();
  const observations: Observation[] = [];
  const closed = new Set(
    records.flatMap(({ record }) => (record.kind === 'edit' && record.closes !== undefined ? [record.closes] : [])),
  );
  const head = { commit: '', files: new Map<string, string | null>() };
  records.forEach(({ name, record }, index) => {
    if (record.kind === 'seen') {
      if (record.opens)
        opened.set(name, { at: record.at, record: index, paths: new Set(record.files.map((file) => file.path)) });
      for (const file of record.files)
        observations.push({
          path: file.path,
          at: record.at,
          record: index,
          seen: file.content,
          ...(record.away ? { away: true } : {}),
          ...(record.cleared ? { cleared: true } : {}),
        });
      if (record.opens?.all && record.opens.head === head.commit && !closed.has(name))
        observations.push(...cleanAt(record, index, head.files));
    } else if (record.kind === 'committed') {
      head.commit = record.commit;
      for (const file of record.files) head.files.set(file.path, file.content);
      for (const file of record.files)
        observations.push({
          path: file.path,
          at: record.at,
          record: index,
          seen: file.content,
          commit: record.commit,
          ...(file.was === undefined ? {} : { was: file.was }),
          ...(file.from === undefined ? {} : { renamedFrom: file.from }),
        });
    } else if (record.kind === 'edit') {
      const twice = doubleKey(record);
      if (twice !== undefined && done.has(twice)) return;
      if (twice !== undefined) done.add(twice);
      const bracket = record.closes === undefined ? undefined : opened.get(record.closes);
      for (const edit of record.files) {
        // A bracket over everything does not list files that were clean when it opened.
        if (bracket && !bracket.paths.has(edit.path))
          observations.push({ path: edit.path, at: bracket.at, record: bracket.record, seen: edit.from });
        observations.push({
          path: edit.path,
          at: record.at,
          record: index,
          seen: edit.to,
          edit,
          by: withModel(record.by, record.at),
          ...(record.closes === undefined ? {} : { opened: bracket?.at ?? record.at }),
        });
      }
    }
  });
  return inOrder(
    observations.sort((a, b) => a.record - b.record),
    isNearer,
  );
}

/** Files that a bracket over everything does not list were as in HEAD when it opened. */
function cleanAt({ at, files }: SeenRecord, record: number, head: ReadonlyMap<string, string | null>): Observation[] {
  const named = new Set(files.map(({ path }) => path));
  return [...head].flatMap(([path, seen]) => (named.has(path) ? [] : [{ path, at, record, seen }]));
}

/**
 * An editor may report a save after an assistant's hook has already reported what it wrote over it; never later than
 * this.
 */
const TOLD_LATE_MS = 10_000;

/** A save that was reported late goes before what overwrote it: ordered by cause and effect, not by the clock. */
function inOrder(observations: readonly Observation[], isNearer: IsNearer): Observation[] {
  const byPath = new Map<string, Observation[]>();
  for (const observation of observations) {
    const list = byPath.get(observation.path);
    if (!list) byPath.set(observation.path, [observation]);
    else if (!observation.edit?.operations || observation.edit.from === list.at(-1)?.seen) list.push(observation);
    else {
      const before = placeOf(observation, list, isNearer);
      const later = before === undefined ? undefined : list[before];
      if (before === undefined || !later) list.push(observation);
      else
        list.splice(before, 0, { ...observation, at: Math.min(observation.at, later.at), record: later.record - 0.5 });
    }
  }
  return [...byPath.values()].flat().sort((a, b) => a.record - b.record);
}

/**
 * Which of the latest observations a save came before. Either the observation starts from the same content as the save
 * and its result has more of the save than of that content (else it was the save that overwrote it), or it starts from
 * what the save wrote.
 */
function placeOf(save: Observation, list: readonly Observation[], isNearer: IsNearer): number | undefined {
  let seen: number | undefined;
  for (let i = list.length - 1; i >= 0; i--) {
    const observation = list[i];
    if (
      !observation ||
      observation.edit?.operations ||
      observation.commit !== undefined ||
      save.at - observation.at > TOLD_LATE_MS
    )
      break;
    if (
      i > 0 &&
      save.edit &&
      list[i - 1]?.seen === save.edit.from &&
      isNearer(save.seen, save.edit.from, observation.seen)
    )
      return i;
    if ((seen === undefined || seen === i + 1) && (observation.edit ?? { from: observation.seen }).from === save.seen)
      seen = i;
  }
  return seen;
}

/** Two hook files may report one action: the same id in the same session with the same files is the same edit. */
function doubleKey(record: EditRecord): string | undefined {
  if (record.id === undefined) return undefined;
  return JSON.stringify([
    record.id,
    record.by.session ?? null,
    record.files.map((file) => [file.path, file.from, file.to]),
  ]);
}

/** Models that a session's records name: some assistants report theirs only at the start or at the end. */
function modelsOf(records: readonly StoredRecord[]): (by: By, at: number) => By {
  const reports = new Map<string, { at: number; model: string }[]>();
  const tell = (
    assistant: string | undefined,
    session: string | undefined,
    at: number,
    model: string | undefined,
  ): void => {
    if (model === undefined || session === undefined) return;
    const key = `${assistant ?? ''} ${session}`;
    const list = reports.get(key);
    if (list) list.push({ at, model });
    else reports.set(key, [{ at, model }]);
  };
  for (const { record } of records) {
    if (record.kind === 'session') tell(record.assistant, record.session, record.at, record.model);
    else if (record.kind === 'edit') tell(record.by.assistant, record.by.session, record.at, record.by.model);
  }
  return (by, at) => {
    if (by.model !== undefined || by.author !== 'ai' || by.session === undefined) return by;
    const list = reports.get(`${by.assistant ?? ''} ${by.session}`);
    const model = (list?.findLast((t) => t.at <= at) ?? list?.[0])?.model;
    return model === undefined ? by : { ...by, model };
  };
}
