/** Enumerations, with the values that the editor's own ones have (a test compares them with `@types/vscode`). */
import type * as vscode from 'vscode';

/** Those of an enumeration that are used, as values of the real one. */
const members = <Enumeration>(some: { readonly [Name in keyof Enumeration]?: number }): Enumeration =>
  some as Enumeration;

export const DiagnosticSeverity = members<typeof vscode.DiagnosticSeverity>({
  Error: 0,
  Warning: 1,
  Information: 2,
  Hint: 3,
});
export const TreeItemCollapsibleState = members<typeof vscode.TreeItemCollapsibleState>({
  None: 0,
  Collapsed: 1,
  Expanded: 2,
});
export const TreeItemCheckboxState = members<typeof vscode.TreeItemCheckboxState>({ Unchecked: 0, Checked: 1 });
export const StatusBarAlignment = members<typeof vscode.StatusBarAlignment>({ Left: 1, Right: 2 });
export const ProgressLocation = members<typeof vscode.ProgressLocation>({
  SourceControl: 1,
  Window: 10,
  Notification: 15,
});
export const QuickPickItemKind = members<typeof vscode.QuickPickItemKind>({ Separator: -1, Default: 0 });
export const ConfigurationTarget = members<typeof vscode.ConfigurationTarget>({
  Global: 1,
  Workspace: 2,
  WorkspaceFolder: 3,
});
export const OverviewRulerLane = members<typeof vscode.OverviewRulerLane>({ Left: 1, Center: 2, Right: 4, Full: 7 });
export const TextEditorRevealType = members<typeof vscode.TextEditorRevealType>({
  Default: 0,
  InCenter: 1,
  InCenterIfOutsideViewport: 2,
  AtTop: 3,
});
export const TextEditorSelectionChangeKind = members<typeof vscode.TextEditorSelectionChangeKind>({
  Keyboard: 1,
  Mouse: 2,
  Command: 3,
});
export const TextDocumentSaveReason = members<typeof vscode.TextDocumentSaveReason>({
  Manual: 1,
  AfterDelay: 2,
  FocusOut: 3,
});
export const TextDocumentChangeReason = members<typeof vscode.TextDocumentChangeReason>({ Undo: 1, Redo: 2 });
export const CodeActionTriggerKind = members<typeof vscode.CodeActionTriggerKind>({ Invoke: 1, Automatic: 2 });
export const CompletionItemKind = members<typeof vscode.CompletionItemKind>({ Property: 9, EnumMember: 19 });
export const EndOfLine = members<typeof vscode.EndOfLine>({ LF: 1, CRLF: 2 });
export const UIKind = members<typeof vscode.UIKind>({ Desktop: 1, Web: 2 });
export const LogLevel = members<typeof vscode.LogLevel>({ Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 });
export const ViewColumn = members<typeof vscode.ViewColumn>({ Active: -1, Beside: -2, One: 1, Two: 2, Three: 3 });
