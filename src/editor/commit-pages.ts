/** Commits that our pages name by their ids: each id is a link that opens the commit as a page. */
import * as vscode from 'vscode';
import type { Worktree } from './workspace/worktree';
import { SCHEME } from './page-scheme';

/** Of a page's name. */
export const COMMIT_PAGE = /^([0-9a-f]{8,64})\.diff$/;

/** As pages of traces and incidents write them. */
const ID = /\b[0-9a-f]{10}\b/g;

export const commitPageName = (commit: string): string => `${commit.slice(0, 10)}.diff`;

/** A commit as text. Throws a GitError. */
export const commitPage = ({ repository }: Pick<Worktree, 'repository'>, commit: string): Promise<string> =>
  repository.text(['show', '--no-ext-diff', '--no-textconv', '--no-color', '--stat', '--patch', commit]);

export class CommitLinks implements vscode.DocumentLinkProvider {
  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    if (COMMIT_PAGE.test(document.uri.path.slice(1))) return [];
    return [...document.getText().matchAll(ID)].map(({ 0: commit, index }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + commit.length));
      const path = `/${commitPageName(commit)}`;
      return new vscode.DocumentLink(range, vscode.Uri.from({ scheme: SCHEME, path, query: document.uri.query }));
    });
  }
}
