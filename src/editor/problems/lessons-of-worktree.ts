/** The lessons that apply in a work tree, re-read after a while. */
import type * as vscode from 'vscode';
import { lessonsOf, loadIncidents, type LessonLearnt } from '../../policy/incidents';
import type { Worktree } from '../workspace/worktree';

/** How long the result is valid (milliseconds). */
const GOOD_MS = 5_000;

export class Lessons {
  private readonly known = new WeakMap<
    Worktree,
    { readonly at: number; readonly lessons: Promise<readonly LessonLearnt[]> }
  >();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** Empty when they can't be read. */
  of(worktree: Worktree): Promise<readonly LessonLearnt[]> {
    const known = this.known.get(worktree);
    const now = Date.now();
    if (known && now - known.at < GOOD_MS) return known.lessons;
    const lessons = loadIncidents(worktree.repository).then(
      ({ incidents }) => lessonsOf(incidents),
      (error: unknown) => {
        this.log.warn(
          `The lessons of incidents could not be read: ${error instanceof Error ? error.message : String(error)}`,
        );
        return [];
      },
    );
    this.known.set(worktree, { at: now, lessons });
    return lessons;
  }
}
