/** *Show Author of Line*: who wrote the line at the cursor, since when, and how that is known. */
import * as vscode from 'vscode';
import { GitError, readCommit, type Commit } from '../../git';
import { inEditorsWords } from '../../policy';
import { signersOf } from '../../policy/decision';
import { placeOf } from '../problems/author-warnings';
import { lineInHead, linesIn, type Hunk, type Seen } from '../state/line-hunks';
import type { FilePicture, Pictures } from '../state/changed-files';
import type { Sight, Sights } from '../state/visible-document-hunks';
import { neededOf } from '../missing-requirements-text';
import { commitPageName } from '../commit-pages';
import type { Worktree } from '../workspace/worktree';
import type { VirtualPages } from '../virtual-pages';
import { ago, assistantName, evidenceOf, lineCount } from '../author-count-and-time-texts';
import { type Translate } from '../translate';

interface ProvenancePorts {
  readonly sights: Sights;
  readonly pictures: Pictures;
  /** Where the pattern of a policy can be read. */
  readonly ruleUri: (file: FilePicture) => vscode.Uri;
  readonly pages: VirtualPages;
  readonly t: Translate;
  readonly now: () => number;
}

export function showProvenance({ sights, pictures, ruleUri, pages, t, now }: ProvenancePorts): () => Promise<void> {
  return async () => {
    const editor = vscode.window.activeTextEditor;
    // Read first: while it is looked at, the caret may go elsewhere.
    const [line, text] = editor ? lineOf(editor) : [0, ''];
    const sight = editor && (await sights.fresh(editor.document));
    if (!sight) {
      void vscode.window.showInformationMessage(
        t('Open a file in a Git repository, put the cursor on a line, and try again.'),
      );
      return;
    }
    const items = (await itemsFor(sight, line, t, now)) ?? [{ label: `$(question) ${t('No record of this line')}` }];
    const file = pictures
      .of(sight.worktree)
      .find(({ path, change }) => path === sight.path && isChanged(sight, change));
    const picked = await vscode.window.showQuickPick(
      [...items, ...(file ? policyItems(file, pictures, ruleUri, t) : []), traceItem(t)],
      { title: t('Line {0}', line), placeHolder: text.trim().slice(0, 120) },
    );
    if (picked?.commit !== undefined) await openCommit(sight, picked.commit, pages);
    await picked?.act?.();
  };
}

/** The line at the caret: its number from 1, and its text. */
const lineOf = ({ document, selection }: vscode.TextEditor): readonly [number, string] => [
  selection.active.line + 1,
  document.lineAt(selection.active).text,
];

/** A picture is put together a moment after the look that it shows. */
const isChanged = ({ lines }: Sight, change: FilePicture['change']): boolean =>
  change !== null || lines.added.length + lines.removed.length > 0;

interface Item extends vscode.QuickPickItem {
  readonly commit?: string;
  readonly act?: () => Thenable<unknown>;
}

/** The file's tier, what it needs and who may sign: selecting a row does what it says. */
function policyItems(file: FilePicture, pictures: Pictures, ruleUri: ProvenancePorts['ruleUri'], t: Translate): Item[] {
  const { tier, worktree } = file;
  const local = pictures.survey(worktree)?.local;
  if (!tier || !local) return [];
  const source = tier.line === null ? local.policy.source : t('{0}, line {1}', local.policy.source, tier.line);
  const request = (): Thenable<unknown> => vscode.commands.executeCommand('linekeeper.requestSeniorReview');
  const needed = neededOf(tier.open).map(({ what: need, isSignOff, reasons, required }): readonly Item[] => {
    const names = required.from === null ? [] : signersOf(local.policy.policy, required.from, []).names;
    return [
      {
        label: `$(shield) ${isSignOff ? t('Needs {0}', safe(need)) : safe(need)}`,
        description: t('request review'),
        detail: safe(reasons.join(' ')),
        act: request,
      },
      ...(isSignOff
        ? [
            {
              label: `$(person) ${names.length > 0 ? t('May sign: {0}', safe(names.join(', '))) : t('Nobody may sign yet')}`,
              description: names.length > 0 ? '' : t('add people to the policy'),
              act: names.length > 0 ? request : (): Thenable<unknown> => vscode.window.showTextDocument(ruleUri(file)),
            },
          ]
        : []),
    ];
  });
  return [
    {
      label: `$(law) ${safe(placeOf(tier))}`,
      description: safe(source),
      act: () => vscode.commands.executeCommand('vscode.open', ruleUri(file)),
    },
    ...needed.flat(),
  ];
}

/** The same question, further back and further on. */
const traceItem = (t: Translate): Item => ({
  label: `$(history) ${t('Trace this line')}`,
  description: t('suggestion, commit, review, deployments, incidents'),
  act: () => vscode.commands.executeCommand('linekeeper.traceLine'),
});

async function itemsFor(
  sight: Sight,
  line: number,
  t: Translate,
  now: () => number,
): Promise<readonly Item[] | undefined> {
  const clock = (time: number): string =>
    new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const when = (time: number): string => ago(t, time, now(), clock);
  const changed = sight.hunks.flatMap((hunk) => hunk.added).find((seen) => seen.start <= line && line <= seen.end);
  const before = sight.hunks.find((hunk) => hunk.line === line && hunk.removed.length > 0);
  const removedHere = before && changed === undefined ? removedItem(before, t) : [];
  if (changed)
    return [
      { ...seenItem(changed, t), description: t('not committed yet') },
      ...detailItems(changed, t, when),
      ...(before ? removedItem(before, t) : []),
    ];
  const committed = await committedItems(sight, lineInHead(sight.hunks, line) ?? line, t, when);
  return committed && [...committed, ...removedHere];
}

function seenItem(
  seen: Pick<Seen, 'author' | 'assistant' | 'edited' | 'evidence' | 'reason' | 'session'>,
  t: Translate,
): Item {
  const name =
    seen.author === 'ai' ? assistantName(t, seen.assistant) : seen.author === 'human' ? t('Human') : t('Unknown');
  const icon = { ai: 'sparkle', human: 'person', unknown: 'question' }[seen.author];
  return { label: `$(${icon}) ${seen.edited ? t('{0}, with others', name) : name}`, detail: evidenceOf(t, seen) };
}

function detailItems(
  { model, session, time }: Pick<Seen, 'model' | 'session' | 'time'>,
  t: Translate,
  when: (time: number) => string,
): Item[] {
  return [
    ...(model === null ? [] : [{ label: `$(chip) ${safe(model)}`, description: t('model') }]),
    ...(session === null ? [] : [{ label: `$(comment-discussion) ${safe(session)}`, description: t('session') }]),
    ...(time === null ? [] : [{ label: `$(clock) ${when(time)}` }]),
  ];
}

const removedItem = (hunk: Hunk, t: Translate): Item[] => {
  const removed = linesIn(hunk.removed, 'ai');
  return removed === 0 ? [] : [{ label: `$(diff-removed) ${t('AI removed {0} here', lineCount(t, removed))}` }];
};

async function committedItems(
  { worktree, path }: Sight,
  line: number,
  t: Translate,
  when: (time: number) => string,
): Promise<Item[] | undefined> {
  const { repository, now } = worktree;
  try {
    const { settleAll } = await import('../../provenance/commits');
    await settleAll(repository, now); // of a commit that was just made the note may still be owed
    const head = await repository.commitId('HEAD');
    const { blame, unknownReasonsOfCommit } = await import('../../review/request');
    const lines =
      head === undefined
        ? undefined
        : await blame(repository, path, head, { plain: false, now, passOver: () => undefined });
    const found = lines?.[line - 1];
    if (!found?.commit) return undefined;
    const commit = await readCommit(repository, found.commit);
    const subject = commit?.message.split('\n')[0] ?? '';
    const why = found.by.author === 'unknown' ? await unknownReasonsOfCommit(repository, found.commit) : [];
    return [
      {
        ...seenItem({ ...found.by, reason: null }, t),
        ...(why.length === 0 ? {} : { detail: safe(inEditorsWords(why.join(' '))) }),
      },
      ...(found.by.author === 'unknown' && commit ? [declareItem(worktree, commit, t)] : []),
      ...detailItems({ ...found.by, time: null }, t, when),
      {
        label: `$(git-commit) ${safe(subject) || found.commit.slice(0, 8)}`,
        description: `${found.commit.slice(0, 8)}${commit ? ` · ${safe(commit.author.name)} · ${when(commit.author.time * 1000)}` : ''}`,
        commit: found.commit,
      },
    ];
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    void vscode.window.showErrorMessage(error.message);
    return undefined;
  }
}

/**
 * A person says that the commit's lines of unknown author are theirs. Only the button of a modal dialog does it, which no
 * assistant's tool can press.
 */
const declareItem = (worktree: Worktree, { id, message }: Commit, t: Translate): Item => ({
  label: `$(edit) ${t('Declare This Commit’s Unknown Lines as Mine…')}`,
  description: t('if the commit is yours'),
  act: async () => {
    const declare = t('I Wrote Them');
    const answer = await vscode.window.showWarningMessage(
      t('Did you write the lines of unknown author in {0}?', id.slice(0, 8)),
      {
        modal: true,
        detail: t('{0}\n\nThe note of the commit then says that you declared them.', message.split('\n')[0] ?? ''),
      },
      declare,
    );
    if (answer !== declare) return;
    const email = await worktree.repository.userEmail();
    const { declareCommits } = await import('../../provenance/declarations');
    const [done] = await declareCommits(worktree.repository, [id], email, worktree.now);
    void vscode.window.showInformationMessage(
      done === undefined || done.foreign === null
        ? t('{0} declared as yours.', lineCount(t, done?.declared ?? 0))
        : t('This commit is by {0}, so only its author can declare its lines.', safe(done.foreign)),
    );
  },
});

/** Names from outside must not show icons. */
const safe = (text: string): string => text.replace(/\$\(/g, '$ (');

/** Read-only, so it never prompts to be saved. */
async function openCommit({ worktree }: Sight, commit: string, pages: VirtualPages): Promise<void> {
  const document = await vscode.workspace.openTextDocument(pages.uri(commitPageName(commit), worktree.root));
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'diff'), {
    preview: true,
  });
}
