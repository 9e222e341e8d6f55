/** The files of the snippets that the editor offers in a document: of its folders, of the person, and of extensions. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { foldersUpTo } from '../document/path-texts';

/** `root`: of the work tree; `storage`: the extension's own folder for the workspace, below the person's folder. */
export function snippetFiles(
  { uri, languageId }: vscode.TextDocument,
  root: string,
  storage: vscode.Uri | undefined,
): readonly string[] {
  const ofFolders = foldersUpTo(root, uri.fsPath).flatMap((folder) =>
    filesIn(path.join(folder, '.vscode')).filter((file) => file.endsWith('.code-snippets')),
  );
  const user = storage?.scheme === 'file' ? path.resolve(storage.fsPath, '../../..') : undefined;
  const profiles = user === undefined ? [] : [user, ...filesIn(path.join(user, 'profiles'))];
  const ofPerson = profiles
    .flatMap((profile) => filesIn(path.join(profile, 'snippets')))
    .filter((file) => file.endsWith('.code-snippets') || path.basename(file) === `${languageId}.json`);
  const ofExtensions = vscode.extensions.all.flatMap(({ extensionPath, packageJSON }) =>
    contributed(packageJSON)
      .filter(({ language }) => language === undefined || language === languageId)
      .map((contribution) => path.join(extensionPath, contribution.path)),
  );
  return [...ofFolders, ...ofPerson, ...ofExtensions];
}

/** A manifest comes from outside. */
function contributed(manifest: unknown): readonly { readonly language: unknown; readonly path: string }[] {
  const { contributes } = (manifest ?? {}) as { readonly contributes?: { readonly snippets?: unknown } };
  const snippets = contributes?.snippets;
  return (Array.isArray(snippets) ? snippets : []).flatMap((snippet: unknown) =>
    typeof snippet === 'object' && snippet !== null && 'path' in snippet && typeof snippet.path === 'string'
      ? [{ language: 'language' in snippet ? snippet.language : undefined, path: snippet.path }]
      : [],
  );
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch {
    return []; // there is none
  }
}
