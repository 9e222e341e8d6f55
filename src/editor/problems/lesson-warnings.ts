/** Lessons of incidents that apply to AI's lines of a file, as warnings. Pure. */
import { dangersIn } from '../../policy/warnings';
import { lessonText, matchLessons, type LessonLearnt } from '../../policy/incidents';
import type { Finding } from '../../policy';
import type { Hunk } from '../state/line-hunks';
import type { Translate } from '../translate';
import type { Warning } from './warning-and-loudness';

interface LessonPlace {
  readonly path: string;
  readonly hunks: readonly Hunk[];
  /** The text of a line (1-based). */
  readonly lineText: (line: number) => string;
  readonly lineTotal: number;
  readonly findings: readonly Finding[];
}

/** One for each lesson, at the first line that it applies to. */
export function lessonWarnings(
  t: Translate,
  lessons: readonly LessonLearnt[],
  { path, hunks, lineText, lineTotal, findings }: LessonPlace,
): Warning[] {
  const byAi = hunks.flatMap(({ added }) => added.filter(({ author }) => author === 'ai'));
  const removes = hunks.find(({ removed }) => removed.some(({ author }) => author === 'ai'));
  if (lessons.length === 0 || (byAi.length === 0 && removes === undefined)) return [];
  const added = byAi.flatMap(({ start, end }) =>
    Array.from({ length: end - start + 1 }, (_, n) => ({ line: start + n, text: lineText(start + n) })),
  );
  const rules = dangersIn(findings, hunks, lineTotal)
    .filter(({ author }) => author === 'ai')
    .map(({ finding: { rule }, line }) => ({ rule, line }));
  return matchLessons(lessons, { path, added, rules, removes: removes !== undefined }).map(
    ({ lesson, line }): Warning => {
      const at = Math.max(1, Math.min(line, lineTotal));
      return {
        start: at,
        end: at,
        removal: false,
        about: 'lesson',
        rule: `lesson/${lesson.incident}`,
        loudness: 'warning',
        message: t('Such a change {0}', lessonText(lesson)),
        finding: lesson.message,
      };
    },
  );
}
