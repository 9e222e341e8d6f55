/** *Preview Trailers of Next Commit*: what the next commit will contain, as a read-only page that is updated with what is staged. */
import * as vscode from 'vscode';
import { linesIn } from '../state/line-hunks';
import { isByAi, type FilePicture, type Pictures } from '../state/changed-files';
import type { VirtualPages } from '../virtual-pages';
import { assistantName } from '../author-count-and-time-texts';
import { type Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';

export const TRAILERS_PAGE = 'Next Commit';

/** Highlights comments and keys, and is not a language for which the git extension offers to commit. */
const LANGUAGE = 'properties';

export function previewTrailers(
  worktrees: Worktrees,
  pages: VirtualPages,
  fresh: (worktree: Worktree) => Promise<unknown>,
  t: Translate,
): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    await fresh(worktree);
    pages.refresh(worktree.root);
    const document = await vscode.workspace.openTextDocument(pages.uri(TRAILERS_PAGE, worktree.root));
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE).then(undefined, () => undefined); // an editor without that language shows plain text
    await vscode.window.showTextDocument(document, { preview: true });
  };
}

/** The page's text. Lines that begin with `#` are ours, the others are what the commit gets. */
export async function trailersPage(worktree: Worktree, pictures: Pictures, t: Translate): Promise<string> {
  const survey = pictures.survey(worktree);
  if (!survey) return comment(t('{0} has not been read yet.', worktree.root));
  const { next, trailers: all } = survey;
  const hooks = await worktree.hooksState();
  const parts = [
    ...(hooks === 'installed'
      ? []
      : [comment(t('Git hooks are not installed, so commits get no trailers yet. Run “Linekeeper: Set Up…”.'))]),
    ...(next?.staged === true
      ? [comment(t('A commit of the staged changes will get:')), trailersText(next.trailers, t)]
      : []),
    ...(next?.staged === true && next.trailers.join('\n') === all.join('\n')
      ? []
      : [
          comment(t('A commit of all changes will get:')),
          next?.staged === true ? comment(all.join('\n')) : trailersText(all, t),
        ]),
    whoWroteWhat(pictures.of(worktree).filter(isByAi), t),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const trailersText = (lines: readonly string[], t: Translate): string =>
  lines.length === 0 ? comment(t('No trailers (no AI lines).')) : lines.join('\n');

function whoWroteWhat(files: readonly FilePicture[], t: Translate): string {
  if (files.length === 0) return '';
  const rows = files.map((file) => {
    const assistants = [
      ...new Set(
        [...file.lines.added, ...file.lines.removed]
          .filter((seen) => seen.author === 'ai')
          .map((seen) => assistantName(t, seen.assistant)),
      ),
    ];
    const tier = file.tier ? ` [${file.tier.tier.name}]` : '';
    return `  ${file.path}${tier}: +${String(linesIn(file.lines.added, 'ai'))} -${String(linesIn(file.lines.removed, 'ai'))} ${assistants.join(', ')}`;
  });
  return comment([t('Uncommitted AI lines:'), ...rows].join('\n'));
}

const comment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
