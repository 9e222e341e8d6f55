/** AI's and unknown changes in places that the policy watches, and dangers in them, as entries of the Problems view. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { GitError } from '../../git';
import { isGenerated } from '../../policy';
import { subjectOfDanger } from '../../policy/warnings';
import type { FilePicture, Pictures } from '../state/changed-files';
import { watchIn } from '../state/tier-view';
import type { Worktree } from '../workspace/worktree';
import { Passes } from '../one-pass-at-a-time';
import { yieldIfDue } from '../time-slices';
import type { Translate } from '../translate';
import type { Acknowledgements } from './acknowledgements';
import { dangerWarnings, signerOf } from './danger-warnings';
import type { Dangers } from './find-dangers';
import { freezeWarnings } from './open-incident-warnings';
import { lessonWarnings } from './lesson-warnings';
import type { Lessons } from './lessons-of-worktree';
import { warningsOf } from './author-warnings';
import type { Loudness, Warning } from './warning-and-loudness';

const SOURCE = 'Linekeeper';

/**
 * A warning and the 1-based lines it is about. The entry itself is at the first of them, so that a long change is not
 * underlined from end to end.
 */
interface ShownWarning {
  readonly diagnostic: vscode.Diagnostic;
  readonly about: Warning['about'];
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly unknown: Warning['unknown'];
  readonly cause: Warning['cause'];
  /** What an acknowledgement applies to: a different text is a different warning. */
  readonly subject: string;
}

/** What is shown of a file. */
interface Shown {
  /** The data it was made from. */
  readonly picture: FilePicture | undefined;
  readonly uri: vscode.Uri;
  readonly warnings: readonly ShownWarning[];
  /** Those that somebody acknowledged: they are hidden. */
  readonly settled: readonly ShownWarning[];
}

/** The editor shows no more of one file. */
const MOST_IN_A_FILE = 1_000;
/** How many hunks are processed before the work yields. */
const AT_ONCE = 50;

const SEVERITY_SETTING = 'warnings.severity';

const SEVERITY: Readonly<Record<Loudness, vscode.DiagnosticSeverity>> = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

interface ProblemsPorts {
  readonly pictures: Pictures;
  readonly dangers: Dangers;
  readonly lessons: Lessons;
  readonly acknowledgements: Acknowledgements;
  /** Where a rule is documented: the pattern of the policy, or a danger's page. */
  readonly ruleUri: (file: FilePicture, warning: Warning) => vscode.Uri;
  readonly t: Translate;
}

export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('linekeeper');
  private readonly shown = new Map<Worktree, Map<string, Shown>>();
  private readonly passes = new Passes<Worktree>((worktree) => this.showAll(worktree));
  private readonly timers = new Map<Worktree, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly ports: ProblemsPorts) {
    this.subscriptions = [
      this.collection,
      ports.pictures.onDidChange((worktree) => this.passes.request(worktree)),
      ports.acknowledgements.onDidChange(() => {
        this.showAgain();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`linekeeper.${SEVERITY_SETTING}`)) this.showAgain();
      }),
    ];
  }

  private showAgain(): void {
    for (const [worktree, files] of this.shown) {
      this.shown.set(
        worktree,
        new Map([...files].map(([path, shown]) => [path, { ...shown, picture: undefined }] as const)),
      );
      this.passes.request(worktree);
    }
  }

  /** The warnings about a line (1-based) of a file. */
  at(uri: vscode.Uri, line: number): readonly ShownWarning[] {
    return isAbout(this.of(uri)?.warnings, line);
  }

  /** Those about a line (1-based) that somebody acknowledged. */
  settledAt(uri: vscode.Uri, line: number): readonly ShownWarning[] {
    return isAbout(this.of(uri)?.settled, line);
  }

  /** A file as its last commit has it; undefined for a new one, and for what is not UTF-8. */
  async committedText(uri: vscode.Uri): Promise<string | undefined> {
    const picture = this.of(uri)?.picture;
    if (!picture) return undefined;
    const { worktree, path } = picture;
    const changed = this.ports.pictures.survey(worktree)?.change.files.find((one) => one.path === path);
    try {
      const { stdout } = await worktree.repository.git(['cat-file', '--filters', `HEAD:${changed?.from ?? path}`]);
      const text = stdout.toString('utf8');
      return text.includes('\uFFFD') ? undefined : text;
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private of(uri: vscode.Uri): Shown | undefined {
    return [...this.shown.values()]
      .flatMap((files) => [...files.values()])
      .find((shown) => shown.uri.toString() === uri.toString());
  }

  private async showAll(worktree: Worktree): Promise<void> {
    const shown = this.shown.get(worktree) ?? new Map<string, Shown>();
    this.shown.set(worktree, shown);
    const isSettled = this.ports.acknowledgements.of(worktree);
    const pictures = this.ports.pictures.of(worktree);
    const obsolete = new Set(shown.keys());
    for (const picture of pictures) {
      obsolete.delete(picture.path);
      if (shown.get(picture.path)?.picture === picture) continue;
      await yieldIfDue();
      const wait = this.ports.dangers.waitFor(picture);
      if (wait > 0) {
        this.showLater(worktree, wait); // until then the editor moves what is shown with the text
        continue;
      }
      const all = await this.warningsIn(picture);
      if (all.length === 0 && !shown.has(picture.path)) continue;
      const settled = all.filter(({ subject }) => isSettled?.(picture.path, subject) === true);
      const warnings = all.filter((one) => !settled.includes(one));
      shown.set(picture.path, { picture, uri: picture.uri, warnings, settled });
      this.collection.set(
        picture.uri,
        warnings.map(({ diagnostic }) => diagnostic),
      );
    }
    for (const path of obsolete) {
      const former = shown.get(path);
      if (former) this.collection.delete(former.uri);
      shown.delete(path);
    }
  }

  private showLater(worktree: Worktree, wait: number): void {
    clearTimeout(this.timers.get(worktree));
    this.timers.set(
      worktree,
      setTimeout(() => this.passes.request(worktree), wait),
    );
  }

  /** Next to a danger nothing else is reported: its message says what is needed. */
  private async warningsIn(file: FilePicture): Promise<ShownWarning[]> {
    const { tier } = file;
    const survey = this.ports.pictures.survey(file.worktree);
    if (survey && isGenerated(survey.local.policy.policy, file.path)) return [];
    const findings = await this.ports.dangers.of(file);
    const watch = tier && watchIn(tier);
    const { ai, unknown } = file.counts;
    const isWatched =
      !file.deleted &&
      watch !== null &&
      ((watch.ai && ai.added + ai.removed > 0) || (watch.unknown && unknown.added + unknown.removed > 0));
    const lessons = file.deleted || ai.added + ai.removed === 0 ? [] : await this.ports.lessons.of(file.worktree);
    const isFrozen = !file.deleted && tier?.open.some(({ incidents }) => incidents !== undefined) === true;
    if (!isWatched && !isFrozen && findings.length === 0 && lessons.length === 0) return [];
    const text = file.deleted ? TextLines.NONE : await TextLines.of(file.uri);
    const from = vscode.workspace.getConfiguration('linekeeper', file.uri).get<string>(SEVERITY_SETTING, 'high');
    const dangers = dangerWarnings(this.ports.t, findings, {
      from,
      hunks: file.hunks,
      lineTotal: text.count,
      signer: (finding, author) => (survey ? signerOf(survey, finding, author) : null),
    });
    const learnt = lessonWarnings(this.ports.t, lessons, {
      path: file.path,
      hunks: file.hunks,
      lineText: (line) => text.between(line, line),
      lineTotal: text.count,
      findings,
    });
    const shown: ShownWarning[] = [...learnt, ...dangers].map((warning) => this.shownAs(file, warning, text));
    for (
      let from = 0;
      isWatched && tier && from < file.hunks.length && shown.length < MOST_IN_A_FILE;
      from += AT_ONCE
    ) {
      await yieldIfDue();
      for (const warning of warningsOf(this.ports.t, file.hunks.slice(from, from + AT_ONCE), tier, text.count)) {
        if (!dangers.some(({ start }) => warning.start <= start && start <= warning.end))
          shown.push(this.shownAs(file, warning, text));
      }
    }
    // A warning about the tier mentions the incident too.
    if (isFrozen && survey && shown.every(({ about }) => about === 'danger' || about === 'lesson'))
      for (const warning of freezeWarnings(this.ports.t, survey.local.incidents, {
        path: file.path,
        line: Math.max(1, Math.min(file.hunks[0]?.line ?? 1, text.count)),
        open: tier.open,
      }))
        shown.unshift(this.shownAs(file, warning, text));
    return shown.slice(0, MOST_IN_A_FILE);
  }

  private shownAs(file: FilePicture, warning: Warning, text: TextLines): ShownWarning {
    const { start, end, removal, message, loudness, rule, about, unknown, finding, cause } = warning;
    const range =
      removal && about !== 'danger' ? new vscode.Range(start - 1, 0, start - 1, 0) : text.firstLine(start, end);
    const diagnostic = new vscode.Diagnostic(range, message, SEVERITY[loudness]);
    diagnostic.source = SOURCE;
    diagnostic.code = { value: rule, target: this.ports.ruleUri(file, warning) };
    const lines = text.between(start, end);
    return {
      diagnostic,
      about,
      start,
      end,
      rule,
      unknown,
      cause,
      subject: finding === undefined ? lines : subjectOfDanger({ rule, message: finding }, lines),
    };
  }
}

const isAbout = (warnings: readonly ShownWarning[] = [], line: number): readonly ShownWarning[] =>
  warnings.filter(({ start, end }) => start <= line && line <= end);

/** The lines of a file, of its document if it is open. Numbers are 1-based. */
class TextLines {
  static readonly NONE = new TextLines('');

  private readonly lines: readonly string[];

  private constructor(text: string) {
    this.lines = text.split(/\r\n|\n/);
  }

  static async of(uri: vscode.Uri): Promise<TextLines> {
    const document = vscode.workspace.textDocuments.find(
      (one) => one.uri.scheme === uri.scheme && one.fileName === uri.fsPath,
    );
    return new TextLines(document?.getText() ?? (await readFile(uri.fsPath, 'utf8').catch(() => '')));
  }

  get count(): number {
    return this.lines.length;
  }

  between(start: number, end: number): string {
    return this.lines.slice(start - 1, end).join('\n');
  }

  /** The text of the first line that is not empty. */
  firstLine(start: number, end: number): vscode.Range {
    const index = this.lines.slice(start - 1, end).findIndex((line) => line.trim() !== '');
    const at = start - 1 + Math.max(0, index);
    const line = this.lines[at] ?? '';
    return new vscode.Range(at, line.length - line.trimStart().length, at, line.length);
  }
}
