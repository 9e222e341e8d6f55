/** Which lessons apply to an edit. Light: hooks and the editor use it. */
import { compileGlob, foldPath } from '..';
import type { Incident, Lesson } from './types';

export interface LessonLearnt extends Lesson {
  readonly incident: string;
}

/** Lines that an assistant adds to a file. */
export interface LessonEdit {
  readonly path: string;
  /** Added lines with their 1-based numbers in the new file. */
  readonly added: readonly { readonly line: number; readonly text: string }[];
  /** Danger rules with a finding in what the assistant changed, with the line in the new file. */
  readonly rules: readonly { readonly rule: string; readonly line: number }[];
  /** Whether it also removes lines. */
  readonly removes?: boolean;
}

interface LessonMatch {
  readonly lesson: LessonLearnt;
  readonly path: string;
  /** The first line in the new file that it applies to. */
  readonly line: number;
}

export const lessonsOf = (incidents: readonly Incident[]): readonly LessonLearnt[] =>
  incidents.flatMap(({ id, lessons }) => lessons.map((lesson) => ({ ...lesson, incident: id })));

/** Whether a lesson covers a file, by its path. */
export const isAbout = ({ path }: Pick<Lesson, 'path'>, file: string): boolean =>
  path === null || compileGlob(path).matches(foldPath(file));

/** The lessons that apply to an edit, each once. */
export function matchLessons(lessons: readonly LessonLearnt[], edit: LessonEdit): readonly LessonMatch[] {
  if (lessons.length === 0 || (edit.added.length === 0 && edit.rules.length === 0 && edit.removes !== true)) return [];
  return lessons.flatMap((lesson): LessonMatch[] => {
    if (!isAbout(lesson, edit.path)) return [];
    const rule = edit.rules.find((one) => one.rule === lesson.rule);
    if (lesson.rule !== null && rule === undefined) return [];
    const line =
      lesson.pattern === null ? undefined : edit.added.find(({ text }) => hasPattern(text, lesson.pattern ?? ''));
    if (lesson.pattern !== null && line === undefined) return [];
    return [{ lesson, path: edit.path, line: line?.line ?? rule?.line ?? edit.added[0]?.line ?? 1 }];
  });
}

/** The message for a match: `caused INC-…: …`. */
export const lessonText = ({ incident, message }: LessonLearnt): string => `caused ${incident}: ${message}`;

/** Longer lines are not searched (UTF-16 units). */
const LONGEST = 2_000;

/** Whether a line matches a pattern, in time linear in their lengths. */
export function hasPattern(line: string, pattern: string): boolean {
  const text = squeeze(line.slice(0, LONGEST));
  let at = 0;
  for (const part of squeeze(pattern).split('*')) {
    const found = text.indexOf(part.trim(), at);
    if (found < 0) return false;
    at = found + part.trim().length;
  }
  return true;
}

const squeeze = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
