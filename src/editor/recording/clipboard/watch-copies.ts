/**
 * Listens for copied text, so that it keeps its authors where it is pasted. Uses an API that is newer than the oldest
 * editor we support (`registerDocumentPasteEditProvider`, 1.97); without it, pasted text is of unknown author.
 */
import * as vscode from 'vscode';

type Copied = (document: vscode.TextDocument, ranges: readonly vscode.Range[]) => void;

const API = 'registerDocumentPasteEditProvider';

type Register = (
  selector: vscode.DocumentSelector,
  provider: { readonly prepareDocumentPaste: Copied },
  metadata: {
    readonly providedPasteEditKinds: readonly unknown[];
    readonly copyMimeTypes: readonly string[];
    readonly pasteMimeTypes: readonly string[];
  },
) => vscode.Disposable;

export function watchCopies(copied: Copied): vscode.Disposable {
  const languages: object = vscode.languages;
  const register = API in languages ? languages[API] : undefined;
  if (typeof register !== 'function') return new vscode.Disposable(() => undefined);
  // It offers no paste edits, so the editor pastes as usual.
  return (register as Register)(
    [{ scheme: 'file' }, { scheme: 'vscode-notebook-cell' }],
    { prepareDocumentPaste: copied },
    { providedPasteEditKinds: [], copyMimeTypes: [], pasteMimeTypes: [] },
  );
}

/**
 * Whether the editor reports everything cut or copied in a document. It does not where a person turned off the setting
 * behind it.
 */
export const areCopiesTold = (document: vscode.TextDocument): boolean =>
  API in vscode.languages && vscode.workspace.getConfiguration('editor', document).get('pasteAs.enabled', true);
