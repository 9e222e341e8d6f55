/** Lessons of incidents that apply to AI's lines of a change, by the incident files on the base. */
import { dangersOf } from '../../policy/warnings/danger-warning-locations';
import { lessonsOf, matchLessons, type LessonEdit } from '../../policy/incidents';
import type { Finding } from '../../policy';
import type { ChangeSource } from './repository-reads';
import type { NetFile } from './range/net-change-with-authors';

/** A lesson that applies to a change. */
export interface LessonHit {
  readonly incident: string;
  readonly path: string;
  /** In the new file, 1-based. */
  readonly line: number;
  readonly message: string;
}

/** Files larger than this are matched by their path and findings only (bytes). */
const TEXT_AT_MOST = 4 * 1024 * 1024;

/** `base`: the commit that the incident files are read from. Throws a GitError. */
export async function lessonsIn(
  source: Pick<ChangeSource, 'incidents' | 'blobs'>,
  base: string,
  files: readonly NetFile[],
  findings: readonly Finding[],
): Promise<readonly LessonHit[]> {
  const lessons = lessonsOf((await source.incidents(base)).incidents);
  const byAi = files.filter(
    ({ attribution: { ranges, removed, change } }) =>
      [...ranges, ...removed].some(({ author }) => author === 'ai') || change?.author === 'ai',
  );
  if (lessons.length === 0 || byAi.length === 0) return [];
  const wanted = lessons.some(({ pattern }) => pattern !== null)
    ? byAi.flatMap(({ newId }) => (/^0+$/.test(newId) ? [] : [newId]))
    : [];
  const blobs = await source.blobs(wanted);
  return byAi.flatMap((file) =>
    matchLessons(lessons, editOf(file, blobs.get(file.newId), findings)).map(({ lesson, path, line }) => ({
      incident: lesson.incident,
      path,
      line,
      message: lesson.message,
    })),
  );
}

function editOf({ attribution }: NetFile, bytes: Buffer | undefined, findings: readonly Finding[]): LessonEdit {
  const text = bytes === undefined || bytes.length > TEXT_AT_MOST ? [] : bytes.toString('utf8').split('\n');
  const added = attribution.ranges
    .filter(({ author }) => author === 'ai')
    .flatMap(({ start, end }) =>
      Array.from({ length: end - start + 1 }, (_, n) => ({ line: start + n, text: text[start + n - 1] ?? '' })),
    );
  const here = findings.filter(({ path }) => path === attribution.path);
  const rules = dangersOf(here, attribution, text.length > 0 ? text.length : Infinity)
    .filter(({ author }) => author === 'ai')
    .map(({ finding: { rule }, line }) => ({ rule, line }));
  return { path: attribution.path, added, rules, removes: true };
}
