/**
 * Fills in what hooks did not report, from the assistants' own transcripts: hooks may not have been set up yet, or not
 * trusted, or Linekeeper had failed. Each edit becomes a record at the time it was made, so that what a person did
 * since stays theirs, and commits made since get their notes. Only what a transcript itself proves against known
 * contents of the file is credited, and nothing that hooks already reported.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../../base/files';
import type { Surroundings, ToldEdit } from '..';
import { keepUnheard, type UnheardSession } from '../sessions-without-hooks';
import { toldSince } from '../transcripts';
import { missingModelsIn } from '../../commits';
import { writeStateFile, type Repository } from '../../../git';
import { blobId, openJournal, type By, type Journal, type StoredRecord } from '../../journal';
import { safePath } from './safe-path';
import { presentFile } from './present-file';
import { claimsIn } from './report-of-tool-event';
import { contentBefore, applyReportedEdits } from './undo-and-apply-reported-edits';
import type { Claim } from './edit-report';

/** What was recorded of one assistant. */
interface Filled {
  readonly assistant: string;
  readonly edits: number;
}

/** Older edits say nothing about current work and are not looked for in transcripts (milliseconds). */
export const OLDEST_TRANSCRIPT_MS = 7 * 24 * 3600_000;
/** An assistant may write its transcript a little later than it acts. */
const LATE_MS = 60_000;
/** Without a common id, an edit is the same as one that a hook reported for the same file within this time. */
const SAME_MS = 5_000;

/** Reads transcripts that changed since the last time. Throws a JournalError. */
export function fillFromTranscripts(repository: Repository, where: Surroundings, now: () => number): readonly Filled[] {
  const looked = dataPlace(repository.gitDir, 'told');
  const time = now();
  const since = sinceWhen(looked, time);
  const waiting = missingModelsIn(repository, time);
  // a model may be reported for edits recorded long before
  const edits = toldSince(
    since,
    { ...where, repositoryRoot: repository.root },
    waiting.length > 0 ? time - OLDEST_TRANSCRIPT_MS : since,
  );
  const inside = edits.flatMap((edit) =>
    within(edit, repository).map((missed) => ({ missed, own: !edit.userModified && edit.at > since })),
  );
  const journal = openJournal(repository.gitDir, now);
  if (inside.length > 0)
    nameModels(
      journal,
      inside.map(({ missed }) => missed),
      waiting,
    );
  const ownMissed = once(inside.flatMap((one) => (one.own ? [one.missed] : [])));
  if (ownMissed.length > 0) keepUnheard(repository, unheardIn(journal.read(), ownMissed, time), time);
  const credited = ownMissed.length === 0 ? [] : put(repository, journal, ownMissed);
  if (edits.length > 0 || existsSync(path.dirname(looked))) writeStateFile(looked, `${String(time)}\n`);
  return credited;
}

/** The first run goes back as far as current work may. */
function sinceWhen(looked: string, now: number): number {
  const last = existsSync(looked) ? Number(readFileSync(looked, 'utf8')) : Number.NaN;
  return Math.max(now - OLDEST_TRANSCRIPT_MS, Number.isFinite(last) ? last - LATE_MS : 0);
}

/** An edit of one file, and its author. */
interface Missed extends FileInTranscript {
  readonly by: By;
  readonly id?: string;
  readonly subagent?: string;
}

/** Repeats the edit for each of its files in this repository. */
function within(missing: ToldEdit, { root }: Repository): Missed[] {
  const { assistant, model, session, id, subagent } = missing;
  const by: By = {
    author: 'ai',
    assistant,
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { session }),
    evidence: 'reported',
  };
  return missing.files.flatMap((file) => {
    const safe = safePath(file, missing.cwd ?? root, root);
    if (!('path' in safe)) return [];
    const content = missing.contents.find((one) => one.path === file);
    return [
      {
        path: safe.path,
        at: missing.at,
        by,
        edits: claimsIn(missing).filter((edit) => edit.path === file),
        ...(content?.before === undefined ? {} : { before: content.before }),
        ...(content?.after === undefined ? {} : { after: content.after }),
        ...(id === undefined ? {} : { id }),
        ...(subagent === undefined ? {} : { subagent }),
      },
    ];
  });
}

/** For so long the journal knows of every session that a hook reported, and of every edit (milliseconds). */
const SESSIONS_KNOWN_MS = 23 * 3600_000;
const EDITS_KNOWN_MS = 2 * 3600_000;

/**
 * Sessions of which no hook reported anything, and those that hooks reported without the edits of a subagent. Of what
 * the journal may have dropped since, nothing is said.
 */
function unheardIn(records: readonly StoredRecord[], missed: readonly Missed[], now: number): UnheardSession[] {
  const heard = new Set(
    records.flatMap(({ record }) => {
      const by = record.kind === 'session' ? record : record.kind === 'edit' ? record.by : undefined;
      return by?.session === undefined ? [] : [agentKey(by)];
    }),
  );
  const told = new Set(missed.flatMap((edit) => (isTold(records, edit) ? [subagentKey(edit)] : [])));
  const looked = new Set<string>();
  return missed.flatMap((edit) => {
    const [{ by, at, subagent }, key] = [edit, subagentKey(edit)];
    if (by.session === undefined || by.assistant === undefined || looked.has(key)) return [];
    looked.add(key);
    const isHeard = heard.has(agentKey(by));
    if (now - at > (isHeard ? EDITS_KNOWN_MS : SESSIONS_KNOWN_MS) || (isHeard && subagent === undefined)) return [];
    return told.has(key)
      ? []
      : [{ assistant: by.assistant, session: by.session, at, isSubagent: subagent !== undefined }];
  });
}

const subagentKey = ({ by, subagent }: Missed): string => JSON.stringify([agentKey(by), subagent]);
const agentKey = ({ assistant, session }: Pick<By, 'assistant' | 'session'>): string =>
  JSON.stringify([assistant, session]);

/** A session that continues under another name repeats earlier edits in its transcript. */
function once(edits: readonly Missed[]): Missed[] {
  const seen = new Set<string>();
  return edits.filter(({ by, path: file, id, at }) => {
    const key = JSON.stringify([by.assistant, file, id, at]);
    if (id === undefined || !seen.has(key)) {
      seen.add(key);
      return true;
    }
    return false;
  });
}

/** Some hooks do not know the model; their session's transcript does. */
function nameModels(
  journal: Journal,
  edits: readonly Missed[],
  waiting: readonly Pick<By, 'assistant' | 'session'>[],
): void {
  const named = new Set<string>();
  const missingModels = new Set(waiting.map(agentKey));
  for (const { record } of journal.read()) {
    const by = record.kind === 'session' ? record : record.kind === 'edit' ? record.by : undefined;
    if (by?.session !== undefined) (by.model === undefined ? missingModels : named).add(agentKey(by));
  }
  for (const { by, at } of edits) {
    const { assistant, session, model } = by;
    const key = agentKey(by);
    if (
      assistant === undefined ||
      session === undefined ||
      model === undefined ||
      named.has(key) ||
      !missingModels.has(key)
    )
      continue;
    journal.addAt(at, { kind: 'session', event: 'start', assistant, session, model });
    named.add(key);
    // the answer prepared for the next commit is outdated, and commits made since may get this in their notes
    journal.add({ kind: 'seen', files: [] });
    rmSync(path.join(journal.folder, 'settled'), { force: true });
  }
}

/** Adds what is missing to the journal. */
function put(repository: Repository, journal: Journal, reported: readonly Missed[]): Filled[] {
  const records = journal.read();
  const missed = reported.filter((edit) => !isTold(records, edit)).sort((a, b) => a.at - b.at);
  const touched = new Set<string>();
  const count = new Map<string, number>();
  for (const file of new Set(missed.map((edit) => edit.path))) {
    const edits = missed.filter((edit) => edit.path === file);
    const states = statesOf(edits, (after) => textsAfter(repository, journal, records, file, after));
    edits.forEach((edit, index) => {
      const state = states[index];
      if (!state || state.from === state.to) return;
      const keep = (text: string | null): string | null => (text === null ? null : journal.keep(Buffer.from(text)));
      const to = state.to === null ? null : blobId(Buffer.from(state.to));
      if (hasMade(records, edit, to)) return;
      journal.addAt(edit.at, {
        kind: 'edit',
        by: edit.by,
        ...(edit.id === undefined ? {} : { id: edit.id }),
        files: [{ path: file, from: keep(state.from), to: keep(state.to) }],
      });
      const assistant = edit.by.assistant ?? 'unknown-assistant';
      count.set(assistant, (count.get(assistant) ?? 0) + 1);
      touched.add(file);
    });
  }
  if (touched.size > 0) {
    // the answer prepared for the next commit is outdated, and commits made since may get their notes
    journal.add({
      kind: 'seen',
      files: [...touched].map((file) => ({ path: file, ...presentNow(repository, journal, file) })),
    });
    rmSync(path.join(journal.folder, 'settled'), { force: true });
  }
  return [...count].map(([assistant, edits]) => ({ assistant, edits }));
}

function presentNow(
  repository: Repository,
  journal: Journal,
  file: string,
): { readonly content: string | null; readonly mode?: string } {
  const present = presentFile(repository.root, file);
  return present === null
    ? { content: null }
    : { content: journal.keep(present.content), ...(present.mode === undefined ? {} : { mode: present.mode }) };
}

/**
 * Whether a hook or an earlier run already recorded it: by the call's id; without one, by the same author on the same
 * file at that time.
 */
function isTold(records: readonly StoredRecord[], edit: Missed): boolean {
  return records.some(({ record }) => {
    if (record.kind !== 'edit' || !record.files.some((file) => file.path === edit.path)) return false;
    // a session that continues under another name repeats the call
    if (
      record.by.assistant === edit.by.assistant &&
      record.id !== undefined &&
      edit.id !== undefined &&
      plain(record.id) === plain(edit.id) &&
      Math.abs(record.at - edit.at) <= SAME_MS
    )
      return true;
    if (!sameHand(record.by, edit.by)) return false;
    if (record.id !== undefined && edit.id !== undefined) return plain(record.id) === plain(edit.id);
    return Math.abs(record.at - edit.at) <= SAME_MS;
  });
}

/** Whether the same author is known to have brought the file to this content: some transcripts have no times. */
const hasMade = (records: readonly StoredRecord[], { by, path: file }: Missed, to: string | null): boolean =>
  records.some(
    ({ record }) =>
      record.kind === 'edit' &&
      sameHand(record.by, by) &&
      record.files.some((one) => one.path === file && one.to === to),
  );

const sameHand = (a: By, b: By): boolean =>
  a.author === 'ai' &&
  a.assistant === b.assistant &&
  (a.session === undefined || b.session === undefined || a.session === b.session);

/** Call ids are the same in hooks and transcripts, except for what VS Code appends. */
const plain = (id: string): string => id.replace(/__vscode-\d+$/, '');

/** Texts that the file is known to have had after a time: as recorded next, and as on disk. */
function textsAfter(
  repository: Repository,
  journal: Journal,
  records: readonly StoredRecord[],
  file: string,
  after: number,
): (string | null)[] {
  const next = records.flatMap(({ record }) =>
    record.kind === 'session' || record.at <= after
      ? []
      : record.files.flatMap((one) => (one.path === file ? ['from' in one ? one.from : one.content] : [])),
  )[0];
  const recorded = next === undefined ? [] : [next === null ? null : journal.content(next)];
  return [...recorded, presentFile(repository.root, file)?.content ?? null].flatMap((content) => {
    if (content === undefined) return [];
    const text = content?.toString('utf8') ?? null;
    return text === null || content === null || Buffer.from(text).equals(content) ? [text] : []; // else it is not text
  });
}

/** One reported edit of a file. An omitted side was not reported; `null` is a missing file. */
interface FileInTranscript {
  readonly path: string;
  readonly at: number;
  readonly edits: readonly Claim[];
  readonly before?: string | null;
  readonly after?: string | null;
}

interface States {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * For edits of one file in order: the states before and after each; undefined for one that is not proven. `knownAfter`
 * returns texts that the file is known to have had after a time: an edit that only describes a change is undone from
 * one of them.
 */
function statesOf(
  edits: readonly FileInTranscript[],
  knownAfter: (time: number) => readonly (string | null)[],
): (States | undefined)[] {
  const result: (States | undefined)[] = edits.map(() => undefined);
  let later: string | null | undefined;
  for (let index = edits.length - 1; index >= 0; index--) {
    const edit = edits[index];
    if (!edit) continue;
    const known = [...(later === undefined ? [] : [later]), ...knownAfter(edit.at)];
    const states = reportedStates(edit, known) ?? undone(edit, known);
    result[index] = states;
    if (states) later = states.from;
  }
  return result;
}

/** Both sides as reported. If the report normalised line breaks, the file's own are used. */
function reportedStates(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  const { before, edits } = edit;
  if (before === undefined) return undefined;
  const after = edit.after !== undefined ? edit.after : applyReportedEdits(before, edits);
  if (after === undefined) return undefined;
  const windows =
    known.some((text) => text?.includes('\r\n') === true) &&
    ![before, after].some((text) => text?.includes('\r\n') === true);
  const asWritten = (text: string | null): string | null =>
    windows && text !== null ? text.replaceAll('\n', '\r\n') : text;
  return { from: asWritten(before), to: asWritten(after) };
}

/** The reported change, undone from a text that contains it. */
function undone(edit: FileInTranscript, known: readonly (string | null)[]): States | undefined {
  for (const text of known) {
    if (text === null || edit.edits.length === 0) continue;
    const from = contentBefore(text, edit.edits, undefined);
    if (from !== undefined) return { from, to: text };
  }
  return undefined;
}
