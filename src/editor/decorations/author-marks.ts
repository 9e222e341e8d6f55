/**
 * Marks next to lines: who wrote them, in the gutter and in the overview ruler. The editor draws the icon of one extension
 * in a line's gutter (breakpoints have a lane of their own): beside an extension with such icons, a mark is a bar at the
 * line's left edge.
 */
import * as vscode from 'vscode';
import type { CommittedAuthors } from '../state/committed-authors';
import type { Sights } from '../state/visible-document-hunks';
import { yieldIfDue, runSliced } from '../time-slices';
import { KINDS, marksOf, type Kind } from './mark-ranges';

export const MARKS_SETTING = 'marks.enabled';
const COMMITTED_SETTING = 'marks.committed';
const PLACE_SETTING = 'marks.place';

/**
 * How many marks are set at once: those of a decoration type can only be set all together, so more marks get types of
 * their own.
 */
const MARKS_AT_ONCE = 500;
/** The last type of a kind gets all remaining marks. */
const TYPES_AT_MOST = 100;

export class Marks implements vscode.Disposable {
  private readonly types: Readonly<Record<Kind, vscode.TextEditorDecorationType[]>> = {
    ai: [],
    removed: [],
    unknown: [],
    committed: [],
  };
  private readonly subscriptions: vscode.Disposable[];
  /** The latest update of an editor's marks; an older one stops. */
  private readonly turns = new WeakMap<vscode.TextEditor, object>();

  constructor(
    private readonly sights: Sights,
    private readonly committed: CommittedAuthors,
    private readonly extensionUri: vscode.Uri,
  ) {
    const { window, workspace } = vscode;
    this.subscriptions = [
      sights.onDidChange(({ document }) => {
        for (const editor of window.visibleTextEditors) if (editor.document === document) void this.show(editor);
      }),
      window.onDidChangeVisibleTextEditors((editors) => this.showAll(editors)),
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('linekeeper.marks')) return;
        if (event.affectsConfiguration(`linekeeper.${PLACE_SETTING}`)) this.removeTypes();
        this.showAll(window.visibleTextEditors);
      }),
    ];
    this.showAll(window.visibleTextEditors);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.removeTypes();
  }

  private removeTypes(): void {
    for (const kind of KINDS) for (const type of this.types[kind].splice(0)) type.dispose();
  }

  private showAll(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) void this.show(editor);
  }

  /** Setting thousands of marks takes the editor a while, so the work yields in between. */
  private async show(editor: vscode.TextEditor): Promise<void> {
    const turn = {};
    this.turns.set(editor, turn);
    const sight = this.sights.of(editor.document);
    const settings = vscode.workspace.getConfiguration('linekeeper', editor.document);
    const isShown = settings.get<boolean>(MARKS_SETTING, true);
    const committed =
      sight && isShown && settings.get<boolean>(COMMITTED_SETTING, false) ? await this.committed.of(sight) : [];
    const lines =
      sight && isShown
        ? await runSliced(marksOf(sight.hunks, editor.document.lineCount, committed))
        : { ai: [], removed: [], unknown: [], committed: [] };
    for (const kind of KINDS) {
      const marks = lines[kind];
      const needed = Math.min(TYPES_AT_MOST, Math.max(1, Math.ceil(marks.length / MARKS_AT_ONCE)));
      while (this.types[kind].length < needed) this.types[kind].push(markType(this.extensionUri, kind));
      for (const [index, type] of this.types[kind].entries()) {
        await yieldIfDue();
        if (this.turns.get(editor) !== turn || !vscode.window.visibleTextEditors.includes(editor)) return;
        const end = index === TYPES_AT_MOST - 1 ? undefined : (index + 1) * MARKS_AT_ONCE;
        editor.setDecorations(
          type,
          marks.slice(index * MARKS_AT_ONCE, end).map(([first, last]) => new vscode.Range(first - 1, 0, last - 1, 0)),
        );
      }
    }
  }
}

/** What is old is not on the ruler, where one looks for what is new. */
const RULER: Readonly<Partial<Record<Kind, string>>> = {
  ai: 'linekeeper.aiLine',
  removed: 'linekeeper.removedByAi',
  unknown: 'linekeeper.unknownLine',
};

/** The bar at the left edge of a line. */
const BARS: Readonly<Record<Kind, { readonly width: number; readonly style: string }>> = {
  ai: { width: 2, style: 'solid' },
  removed: { width: 2, style: 'dotted' },
  unknown: { width: 2, style: 'dashed' },
  committed: { width: 1, style: 'solid' },
};

/** Extensions with icons beside lines of code. */
const WITH_ICONS: readonly string[] = [
  'alefragnani.bookmarks',
  'alefragnani.numbered-bookmarks',
  'ryanluker.vscode-coverage-gutters',
  'markis.code-coverage',
  'wallabyjs.wallaby-vscode',
  'wallabyjs.quokka-vscode',
  'wallabyjs.console-ninja',
  'kisstkondoros.vscode-gutter-preview',
];

function isInGutter(): boolean {
  const place = vscode.workspace.getConfiguration('linekeeper').get<string>(PLACE_SETTING, 'auto');
  return place === 'gutter' || (place === 'auto' && WITH_ICONS.every((id) => !vscode.extensions.getExtension(id)));
}

/** How lines of a kind are marked. */
export function markType(extensionUri: vscode.Uri, kind: Kind): vscode.TextEditorDecorationType {
  const ruler = RULER[kind];
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    ...(isInGutter() ? iconOf(extensionUri, kind) : barOf(kind)),
    ...(ruler === undefined
      ? {}
      : { overviewRulerColor: new vscode.ThemeColor(ruler), overviewRulerLane: vscode.OverviewRulerLane.Center }),
  });
}

function barOf(kind: Kind): vscode.DecorationRenderOptions {
  const { width, style } = BARS[kind];
  return {
    borderWidth: `0 0 0 ${String(width)}px`,
    borderStyle: style,
    borderColor: new vscode.ThemeColor(RULER[kind] ?? 'linekeeper.aiLine'),
  };
}

function iconOf(extensionUri: vscode.Uri, kind: Kind): vscode.DecorationRenderOptions {
  const icon = (theme: 'light' | 'dark'): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', 'gutter', `${kind}-${theme}.svg`);
  return {
    light: { gutterIconPath: icon('light') },
    dark: { gutterIconPath: icon('dark') },
    gutterIconSize: 'contain',
  };
}
