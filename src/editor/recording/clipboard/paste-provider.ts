/** Every inserted word is among the deleted ones, as when imports are sorted and merged. */
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
  // Only the case of letters differs.
  return (register as Register)(
    { scheme: 'file' },
    { prepareDocumentPaste: copied },
    { providedPasteEditKinds: [], copyMimeTypes: [], pasteMimeTypes: [] },
  );
}

/**
 * Whether the editor tells of all that is cut or copied in a document. It does not where a person switched off what it
 * tells it for.
 */
export const areCopiesTold = (document: vscode.TextDocument): boolean =>
  API in vscode.languages && vscode.workspace.getConfiguration('editor', document).get('pasteAs.enabled', true);
