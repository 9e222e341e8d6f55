/** Marks beside lines: who wrote them, in the gutter and in the overview ruler. Nothing in the text itself. */
import * as vscode from 'vscode';
import type { Sights } from '../reading/sights';
import { Slices } from '../slices';
import { KINDS, marksOf, type Kind } from './places';

export const MARKS_SETTING = 'marks.enabled';

export class Marks implements vscode.Disposable {
  private readonly types: Readonly<Record<Kind, vscode.TextEditorDecorationType>>;
  private readonly subscriptions: vscode.Disposable[];
  /** The latest time that an editor is shown its marks; an older one ends. */
  private readonly turns = new WeakMap<vscode.TextEditor, object>();

  constructor(
    private readonly sights: Sights,
    extensionUri: vscode.Uri,
  ) {
    const { window, workspace } = vscode;
    this.types = { ai: typeOf(extensionUri, 'ai', 'linekeeper.aiLine'), removed: typeOf(extensionUri, 'removed', 'linekeeper.removedByAi'), unknown: typeOf(extensionUri, 'unknown', 'linekeeper.unknownLine') };
    this.subscriptions = [
      ...Object.values(this.types),
      sights.onDidChange(({ document }) => {
        for (const editor of window.visibleTextEditors) if (editor.document === document) void this.show(editor);
      }),
      window.onDidChangeVisibleTextEditors((editors) => this.showAll(editors)),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`linekeeper.${MARKS_SETTING}`)) this.showAll(window.visibleTextEditors);
      }),
    ];
    this.showAll(window.visibleTextEditors);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private showAll(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) void this.show(editor);
  }

  /** Thousands of marks of one kind take the editor a while to hand on, so others may go first between kinds. */
  private async show(editor: vscode.TextEditor): Promise<void> {
    const turn = {};
    this.turns.set(editor, turn);
    const slices = new Slices();
    const sight = this.sights.of(editor.document);
    const shown = vscode.workspace.getConfiguration('linekeeper', editor.document).get<boolean>(MARKS_SETTING, true);
    const lines = sight && shown ? await slices.through(marksOf(sight.hunks, editor.document.lineCount)) : { ai: [], removed: [], unknown: [] };
    for (const kind of KINDS) {
      await slices.breathe();
      if (this.turns.get(editor) !== turn || !vscode.window.visibleTextEditors.includes(editor)) return;
      editor.setDecorations(this.types[kind], lines[kind].map(([start, end]) => new vscode.Range(start - 1, 0, end - 1, 0)));
    }
  }
}

function typeOf(extensionUri: vscode.Uri, kind: Kind, ruler: string): vscode.TextEditorDecorationType {
  const icon = (theme: 'light' | 'dark'): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', 'gutter', `${kind}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    light: { gutterIconPath: icon('light') },
    dark: { gutterIconPath: icon('dark') },
    gutterIconSize: 'contain',
    overviewRulerColor: new vscode.ThemeColor(ruler),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
}
