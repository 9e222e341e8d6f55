/** What an agent is told right after an edit that runs into a lesson of an incident: once a session for each lesson. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Assistant, HookAnswer, ToolEvent } from '../../assistants';
import type { Repository } from '../../git';
import {
  lessonsOf,
  lessonText,
  loadIncidents,
  matchLessons,
  type LessonEdit,
  type LessonLearnt,
} from '../../incident-files';
import { readTextOrNothing, writeOwnFile } from '../../journal';

const TOLD_AT_MOST = 100_000;
/** So many are told at once. */
const MOST = 3;

/** Undefined where nothing is to be said. Throws a GitError. */
export async function lessonNote(
  repository: Repository,
  event: ToolEvent,
  sender: Assistant,
  cwd: string,
): Promise<HookAnswer | undefined> {
  const lessons = lessonsOf((await loadIncidents(repository)).incidents);
  if (lessons.length === 0) return undefined;
  const matches = editsOf(repository, event, cwd).flatMap((edit) => matchLessons(lessons, edit));
  const fresh = notToldYet(
    repository,
    event,
    matches.map(({ lesson }) => lesson),
  ).slice(0, MOST);
  if (fresh.length === 0) return undefined;
  const reason = `Linekeeper: an edit like this ${fresh.map((lesson) => lessonText(lesson).replace(/[\p{Cc}\p{Cf}]/gu, ' ')).join(' Another ')} Check that this one is safe, and tell the person.`;
  return sender.tellAfter?.(reason) ?? { stderr: reason, exitCode: 0 };
}

/** What the assistant says it changed, by file. */
function editsOf(
  { root }: Repository,
  { edits, contents, files, cwd: told }: ToolEvent,
  cwd: string,
): readonly LessonEdit[] {
  const inside = (file: string): string =>
    path
      .relative(root, path.resolve(told ?? cwd, file))
      .split(path.sep)
      .join('/');
  const linesOf = (text: string): LessonEdit['added'] =>
    text === '' ? [] : text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
  const named = [...new Set([...files, ...edits.map((edit) => edit.path), ...contents.map((content) => content.path)])];
  return named.map((file): LessonEdit => {
    const added = [
      ...edits
        .filter((edit) => edit.path === file)
        .flatMap(({ old, new: now }) => {
          const before = new Set(old.split('\n'));
          return linesOf(now).filter(({ text }) => !before.has(text));
        }),
      ...contents
        .filter((content) => content.path === file)
        .flatMap(({ before, after }) => {
          const was = new Set((before ?? '').split('\n'));
          return linesOf(after ?? '').filter(({ text }) => !was.has(text));
        }),
    ];
    return { path: inside(file), added, rules: [], removes: true };
  });
}

/** Those that this session was not told of; notes down that it is now. */
function notToldYet(
  { gitDir }: Repository,
  { assistant, session = '' }: ToolEvent,
  lessons: readonly LessonLearnt[],
): readonly LessonLearnt[] {
  const keyOf = (lesson: LessonLearnt): string =>
    createHash('sha256').update(JSON.stringify(lesson)).digest('hex').slice(0, 16);
  const file = path.join(
    gitDir,
    'linekeeper',
    'lessons-told',
    createHash('sha256').update(`${assistant}\0${session}`).digest('hex').slice(0, 24),
  );
  const told = new Set(readTextOrNothing(file, TOLD_AT_MOST).split('\n'));
  const fresh = [...new Map(lessons.map((lesson) => [keyOf(lesson), lesson])).entries()].filter(
    ([key]) => !told.has(key),
  );
  if (fresh.length > 0) {
    try {
      writeOwnFile(file, [...told, ...fresh.map(([key]) => key)].filter((key) => key !== '').join('\n'));
    } catch {
      // a full disk: it is told again
    }
  }
  return fresh.map(([, lesson]) => lesson);
}
