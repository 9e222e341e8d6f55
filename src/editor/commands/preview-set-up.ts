/** *Preview Set Up*: what would be written where, before anything is written. */
import path from 'node:path';
import { dataPlace } from '../../base/files';
import { hookState, type SetupOptions } from '../../provenance/assistants/setup';
import { gitHooksState, type Runtime } from '../../git';
import { POLICY_PATH } from '../../policy';
import { showPage } from '../show-page';
import type { VirtualPages } from '../virtual-pages';
import type { Translate } from '../translate';
import type { Worktree } from '../workspace/worktree';
import type { Worktrees } from '../workspace/worktrees';
import { chooseWorktree } from './choose-worktree';
import { missingWorkflow } from './create-workflow';
import { assistantsOf, EDITOR_KEYS } from './set-up-rows';
import { SEPARATOR } from '../../base/platform';

export const SET_UP_PAGE = 'Set Up Linekeeper';

export function previewSetUp(worktrees: Worktrees, pages: VirtualPages, t: Translate): () => Promise<void> {
  return async () => {
    const worktree = await chooseWorktree(worktrees, t);
    if (!worktree) return;
    pages.refresh(worktree.root);
    await showPage(pages.uri(SET_UP_PAGE, worktree.root));
  };
}

/** The page's text. */
export async function setUpPage(
  worktree: Worktree,
  runtime: Runtime,
  options: SetupOptions,
  t: Translate,
): Promise<string> {
  const { repository } = worktree;
  const workflow = (await missingWorkflow(worktree))?.workflow;
  const short = (file: string): string =>
    file.startsWith(options.home + SEPARATOR) ? `~${file.slice(options.home.length)}` : file;
  const mark = (done: boolean): string => (done ? ` (${t('already set up')})` : '');
  const hooks = await gitHooksState(repository, runtime);
  const { present, absent } = assistantsOf(worktree, { setupOptions: options });
  const found = present.map((assistant) => {
    const { file, state } = hookState(assistant, options);
    return `  ${assistant.title}: ${short(file ?? '')}${mark(state === 'installed')}`;
  });
  const others = absent.map(({ title }) => title).join(', ');
  const example = ['Assisted-by: claude-code:claude-opus-4-8', 'AI-Lines: +42 -30 of +57 -31', 'AI-Risk: critical'];
  return [
    t('Files that Set Up writes'),
    '',
    t(
      'Linekeeper changes nothing until you run “Linekeeper: Set Up…” and confirm. “Linekeeper: Undo Set Up” removes the changes again.',
    ),
    '',
    t('Git hooks (existing hooks are kept and run first){0}:', mark(hooks === 'installed')),
    `  ${short(path.join(repository.commonDir, 'hooks'))}`,
    '',
    t('The program that the hooks start, and a list of the repositories that have them:'),
    `  ${short(path.join(options.home, '.linekeeper'))}`,
    '',
    t('They add trailers such as these to commits with AI lines:'),
    ...example.map((line) => `  ${line}`),
    t('and a Git note (refs/notes/ai) that says who wrote each line. Pushing the notes is a separate choice.'),
    '',
    t('Assistant hooks in your user settings (existing entries are kept):'),
    ...found,
    ...(others === '' ? [] : [`  ${t('Not found on this machine: {0}.', others)}`]),
    '',
    t('Optional: pushing and fetching notes'),
    `  ${short(path.join(repository.commonDir, 'config'))}`,
    '',
    t('Optional: more keys (Rename, Format, Organize Imports, Replace, review), in your user settings'),
    `  linekeeper.${EDITOR_KEYS}`,
    '',
    t('Optional: a starter policy'),
    `  ${short(path.join(repository.root, POLICY_PATH))}`,
    '',
    ...(workflow === undefined
      ? []
      : [
          t('Optional: the check in CI, whose text is shown before it is written'),
          `  ${short(path.join(repository.root, workflow.path))}`,
          '',
        ]),
    t('With or without Set Up, stored on this machine and never committed. Edits are removed after 30 days:'),
    `  ${short(dataPlace(repository.gitDir))}`,
    '',
  ].join('\n');
}
