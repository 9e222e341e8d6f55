/**
 * Hears of text that is copied, so that it keeps its authors where it is pasted. Through an API that came later than
 * the oldest editor we run in (`registerDocumentPasteEditProvider`, 1.97); without it, pasted text is of unknown
 * origin.
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
  // It offers nothing for pasting: so the editor pastes as it always does.
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
