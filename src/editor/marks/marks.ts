/** Marks beside lines: who wrote them, in the gutter and in the overview ruler. Nothing in the text itself. */
import * as vscode from 'vscode';
import type { Sights } from '../reading/sights';
import { KINDS, marksOf, type Kind } from './places';

export const MARKS_SETTING = 'marks.enabled';

export class Marks implements vscode.Disposable {
  private readonly types: Readonly<Record<Kind, vscode.TextEditorDecorationType>>;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly sights: Sights,
    extensionUri: vscode.Uri,
  ) {
    const { window, workspace } = vscode;
    this.types = { ai: typeOf(extensionUri, 'ai', 'linekeeper.aiLine'), removed: typeOf(extensionUri, 'removed', 'linekeeper.removedByAi'), unknown: typeOf(extensionUri, 'unknown', 'linekeeper.unknownLine') };
    this.subscriptions = [
      ...Object.values(this.types),
      sights.onDidChange(({ document }) => {
        for (const editor of window.visibleTextEditors) if (editor.document === document) this.show(editor);
      }),
      window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.show(editor))),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`linekeeper.${MARKS_SETTING}`)) window.visibleTextEditors.forEach((editor) => this.show(editor));
      }),
    ];
    window.visibleTextEditors.forEach((editor) => this.show(editor));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private show(editor: vscode.TextEditor): void {
    const sight = this.sights.of(editor.document);
    const shown = vscode.workspace.getConfiguration('linekeeper', editor.document).get<boolean>(MARKS_SETTING, true);
    const lines = sight && shown ? marksOf(sight.hunks, editor.document.lineCount) : { ai: [], removed: [], unknown: [] };
    for (const kind of KINDS) editor.setDecorations(this.types[kind], lines[kind].map(([start, end]) => new vscode.Range(start - 1, 0, end - 1, 0)));
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
