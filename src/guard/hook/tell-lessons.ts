/** What an agent is told right after an edit to which an incident's lesson applies: each lesson once per session. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Assistant, HookAnswer, ToolEvent } from '../../provenance/assistants';
import type { Change } from '../../danger';
import { findQuicklyIn } from '../../policy/findings';
import type { Repository } from '../../git';
import {
  isAbout,
  lessonsOf,
  lessonText,
  loadIncidents,
  matchLessons,
  type LessonEdit,
  type LessonLearnt,
} from '../../policy/incidents';
import { RecordFolder } from '../../base/files';
import { hasShape, isListOf, isText } from '../../base/shapes';
import { openJournal, type FileEdit } from '../../provenance/journal';
import type { Finding } from '../../policy';
import { loadPolicy } from '../../policy/load';
import type { HookTerminal } from './types';
import { slashedHere } from '../../base/platform';

/** By session: which lessons it was told. */
const told = new RecordFolder<{ readonly lessons: readonly string[] }>({
  folder: 'lessons-told',
  isRecord: hasShape({ lessons: isListOf(isText) }),
});
/** At most this many are reported at once. */
const MOST = 3;
/** For larger files only the assistant's own report counts (bytes). */
const TEXT_AT_MOST = 400_000;

/** `edits`: what the edit changed, as recorded. Undefined when there is nothing to say. Throws a GitError. */
export async function lessonNote(
  repository: Repository,
  event: ToolEvent,
  sender: Assistant,
  { cwd, now }: Pick<HookTerminal, 'cwd' | 'now'>,
  edits: readonly FileEdit[],
): Promise<HookAnswer | undefined> {
  const lessons = lessonsOf((await loadIncidents(repository)).incidents);
  if (lessons.length === 0) return undefined;
  const changes = changesOf(repository, edits, now);
  const findings = await findingsIn(repository, changes, lessons);
  const matches = editsOf(repository, event, cwd, changes).flatMap((edit) =>
    matchLessons(lessons, {
      ...edit,
      rules: findings
        .filter(({ path: file }) => file === edit.path)
        .map(({ rule, line, side }) => ({ rule, line: side === 'new' ? line : 1 })),
    }),
  );
  const fresh = notToldYet(
    repository,
    event,
    matches.map(({ lesson }) => lesson),
  ).slice(0, MOST);
  if (fresh.length === 0) return undefined;
  const reason = `Linekeeper: an edit like this ${fresh.map((lesson) => lessonText(lesson).replace(/[\p{Cc}\p{Cf}]/gu, ' ')).join(' Another ')} Check that this one is safe, and tell the person.`;
  return sender.tellAfter?.(reason) ?? { stderr: reason, exitCode: 0 };
}

/**
 * The recorded edit as complete texts. Files that are not text, are too large or whose content is not kept are left
 * out.
 */
function changesOf({ gitDir }: Repository, edits: readonly FileEdit[], now: () => number): readonly Change[] {
  if (edits.length === 0) return [];
  const journal = openJournal(gitDir, now);
  const textOf = (name: string | null): string | null | undefined => {
    if (name === null) return null;
    const bytes = journal.content(name);
    return bytes !== undefined && bytes.length <= TEXT_AT_MOST && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  };
  return edits.flatMap(({ path: file, from, to }) => {
    const [before, after] = [textOf(from), textOf(to)];
    return before === undefined || after === undefined ? [] : [{ path: file, from: null, before, after }];
  });
}

/** What the danger rules find in the edit, if a lesson about its files names a rule: the agent waits for this. */
async function findingsIn(
  repository: Repository,
  changes: readonly Change[],
  lessons: readonly LessonLearnt[],
): Promise<readonly Finding[]> {
  const byRule = lessons.filter(({ rule }) => rule !== null);
  const looked = changes.filter(({ path: file }) => byRule.some((lesson) => isAbout(lesson, file)));
  if (looked.length === 0) return [];
  const { policy } = await loadPolicy(repository);
  return findQuicklyIn(looked, policy);
}

/** What the assistant changed, by file: as recorded; else as it reports. */
function editsOf(
  { root }: Repository,
  { edits, contents, files, cwd: toolFolder }: ToolEvent,
  cwd: string,
  recorded: readonly Change[],
): readonly Omit<LessonEdit, 'rules'>[] {
  const inside = (file: string): string => slashedHere(path.relative(root, path.resolve(toolFolder ?? cwd, file)));
  const linesOf = (text: string): LessonEdit['added'] =>
    text === '' ? [] : text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
  const newIn = (before: string, after: string): LessonEdit['added'] => {
    const oldLines = new Set(before.split('\n'));
    return linesOf(after).filter(({ text }) => !oldLines.has(text));
  };
  const known = new Set(recorded.map((change) => change.path));
  const named = [...new Set([...files, ...edits.map((edit) => edit.path), ...contents.map((content) => content.path)])];
  return [
    ...recorded.map(({ path: file, before, after }) => ({
      path: file,
      added: newIn(before ?? '', after ?? ''),
      removes: true,
    })),
    ...named
      .filter((file) => !known.has(inside(file)))
      .map((file) => ({
        path: inside(file),
        added: [
          ...edits.filter((edit) => edit.path === file).flatMap(({ old, new: now }) => newIn(old, now)),
          ...contents
            .filter((content) => content.path === file)
            .flatMap(({ before, after }) => newIn(before ?? '', after ?? '')),
        ],
        removes: true,
      })),
  ];
}

/** Those that this session has not been told yet; records that it now has. */
function notToldYet(
  { gitDir }: Repository,
  { assistant, session = '' }: ToolEvent,
  lessons: readonly LessonLearnt[],
): readonly LessonLearnt[] {
  const keyOf = (lesson: LessonLearnt): string =>
    createHash('sha256').update(JSON.stringify(lesson)).digest('hex').slice(0, 16);
  const id = createHash('sha256').update(`${assistant}\0${session}`).digest('hex').slice(0, 24);
  const shown = told.get(gitDir, id)?.lessons ?? [];
  const fresh = [...new Map(lessons.map((lesson) => [keyOf(lesson), lesson])).entries()].filter(
    ([key]) => !shown.includes(key),
  );
  if (fresh.length > 0) {
    try {
      told.put(gitDir, { lessons: [...shown, ...fresh.map(([key]) => key)] }, id);
    } catch {
      // a full disk: it will be told again
    }
  }
  return fresh.map(([, lesson]) => lesson);
}
