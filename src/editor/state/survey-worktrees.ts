/**
 * Each work tree's uncommitted changes, who wrote them and what the policy requires of them: computed in the
 * background.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import { BackgroundError, type Background } from '../background';
import type { Worktree } from '../workspace/worktree';
import { standingOf } from './receive-worktree-state';
import { headMark, isGitAtWork } from './git-at-work';
import { surveyed, type Survey } from './worktree-survey';

interface SurveysPorts {
  readonly background: Background;
  readonly now: () => number;
  readonly log: vscode.LogOutputChannel;
}

/** Several events of one action result in one survey. */
const SOON_MS = 100;
/** After a survey that took long, the next one waits as long, up to this, */
const WAITS_AT_MOST_MS = 5_000;
/** and after one that failed, for example because git was busy, it is retried after this time. */
const TRIES_AGAIN_AFTER_MS = 2_000;
const TRIES = 5;
/** While git is at work the survey waits: the one of before stays. */
const GIT_AT_WORK_MS = 250;
/** So often a command that needs the present state tries. */
const FRESH_ATTEMPTS = 20;
/** A repository where HEAD moves all the time is surveyed after so many attempts anyway. */
const MOVED_HEADS = 3;

interface State {
  survey?: Survey;
  timer?: NodeJS.Timeout;
  /** The survey in progress. */
  running?: Promise<void>;
  again: boolean;
  /** Duration of the latest survey in milliseconds. */
  took: number;
  /** The latest survey was left out because git is at work; another one is planned. */
  waiting: boolean;
  /** How many surveys in a row were dropped because HEAD moved meanwhile. */
  moved: number;
  /** How many surveys have failed in a row, and why the latest did. */
  failures: number;
  problem?: string;
  /** Of the latest answer about the branch. The thread that gave it may have ended since. */
  branchKey?: string;
}

/** Set by events during a survey. */
const mustRunAgain = (state: State): boolean => state.again;

export class Surveys implements vscode.Disposable {
  private readonly states = new Map<Worktree, State>();
  private readonly changed = new vscode.EventEmitter<Worktree>();

  /** There is a new survey of a work tree. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly ports: SurveysPorts) {}

  of(worktree: Worktree): Survey | undefined {
    return this.states.get(worktree)?.survey;
  }

  /** Whether the first survey of a work tree has yet to end, well or not. */
  isLooking(worktree: Worktree): boolean {
    const state = this.states.get(worktree);
    return state !== undefined && state.survey === undefined && state.failures === 0;
  }

  all(): readonly Survey[] {
    return [...this.states.values()].flatMap((state) => state.survey ?? []);
  }

  /** Something in the work tree changed. */
  request(worktree: Worktree): void {
    if (!vscode.workspace.isTrusted) return;
    const state = this.state(worktree);
    if (state.running) state.again = true;
    else this.schedule(worktree, state, Math.max(SOON_MS, Math.min(state.took, WAITS_AT_MOST_MS)));
  }

  /** A survey of the work tree's current state; undefined when that is impossible. */
  async fresh(worktree: Worktree): Promise<Survey | undefined> {
    const state = this.state(worktree);
    for (let attempt = 1; ; attempt++) {
      while (state.running) await state.running;
      clearTimeout(state.timer);
      delete state.timer;
      await this.run(worktree, state);
      if (!state.waiting || attempt === FRESH_ATTEMPTS) return state.survey;
      await delay(GIT_AT_WORK_MS);
    }
  }

  dispose(): void {
    for (const { timer } of this.states.values()) clearTimeout(timer);
    this.states.clear();
    this.changed.dispose();
  }

  private state(worktree: Worktree): State {
    const known = this.states.get(worktree);
    if (known) return known;
    const state: State = { again: false, took: 0, waiting: false, moved: 0, failures: 0 };
    this.states.set(worktree, state);
    return state;
  }

  private schedule(worktree: Worktree, state: State, wait: number): void {
    state.timer ??= setTimeout(() => {
      delete state.timer;
      void this.run(worktree, state);
    }, wait);
  }

  private async run(worktree: Worktree, state: State): Promise<void> {
    state.again = false;
    state.running = this.workOut(worktree, state).catch((error: unknown) => this.failed(worktree, state, error));
    await state.running;
    delete state.running;
    if (!this.states.has(worktree)) return;
    if (mustRunAgain(state)) this.request(worktree);
    else if (state.failures > 0 && state.failures < TRIES) this.schedule(worktree, state, TRIES_AGAIN_AFTER_MS);
  }

  private async workOut(worktree: Worktree, state: State): Promise<void> {
    const started = this.ports.now();
    if (!worktree.isThere) throw new GitError('failed', 'its repository is not there any more');
    const { gitDir } = worktree.repository;
    state.waiting = isGitAtWork(gitDir, started);
    if (state.waiting) {
      this.schedule(worktree, state, GIT_AT_WORK_MS);
      return;
    }
    const head = headMark(gitDir);
    const standing = await standingOf(this.ports.background, worktree.places);
    if (state.moved < MOVED_HEADS && (isGitAtWork(gitDir, this.ports.now()) || headMark(gitDir) !== head)) {
      state.waiting = true;
      state.moved++;
      this.schedule(worktree, state, GIT_AT_WORK_MS);
      return;
    }
    state.moved = 0;
    state.survey = surveyed(worktree, standing, state.survey);
    state.took = this.ports.now() - started;
    this.changed.fire(worktree);
    // Compute the next commit's trailers only when no newer state is waiting.
    if (!mustRunAgain(state)) await this.prepare(state.survey, state);
    if (!mustRunAgain(state)) await this.lookAtBranch(state);
    state.failures = 0;
    delete state.problem;
  }

  /** The next commit's hook finds its answer ready. */
  private async prepare(survey: Survey, state: State): Promise<void> {
    const next = await this.ports.background.ask('next', survey.worktree.places);
    if (JSON.stringify(next) === JSON.stringify(survey.next)) return;
    state.survey = { ...survey, next };
    this.changed.fire(survey.worktree);
  }

  /** Surveys what is committed already. */
  private async lookAtBranch(state: State): Promise<void> {
    const { survey } = state;
    if (!survey) return;
    const { places } = survey.worktree;
    const reading = this.ports.background.ask('branch', { places, known: state.branchKey });
    const answer = await reading.catch((error: unknown) => {
      this.ports.log.warn(
        `What the branch of ${survey.worktree.root} needs could not be worked out: ${error instanceof Error ? error.message : String(error)}`,
      );
      return { key: undefined, branch: null };
    });
    if (!answer) return; // as it was
    const { key, branch } = answer;
    if (key === undefined) delete state.branchKey;
    else state.branchKey = key;
    if (JSON.stringify(branch) === JSON.stringify(survey.branch ?? null)) {
      state.survey = { ...survey, branch };
      return;
    }
    state.survey = { ...survey, branch };
    this.changed.fire(survey.worktree);
  }

  /** Logged once. */
  private failed(worktree: Worktree, state: State, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== state.problem)
      this.ports.log.warn(`What changed in ${worktree.root} could not be determined: ${message}`);
    if (![GitError, JournalError, BackgroundError].some((kind) => error instanceof kind) && error instanceof Error)
      this.ports.log.debug(error.stack ?? '');
    state.failures++;
    state.problem = message;
    if (state.survey === undefined && state.failures === 1) this.changed.fire(worktree); // nobody looks any more
  }
}
