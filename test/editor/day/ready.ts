import { until } from '../host';
import type { Stage } from '../kinds/stage';

/** Waits until the language's service answers: it starts with the first file. */
export async function ready(stage: Stage): Promise<void> {
  const asked = (): Promise<boolean> =>
    stage.editor.inside.run(async (api) => {
      const document = api.window.activeTextEditor?.document;
      if (!document) return false;
      await api.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
      return (
        (
          (
            await api.commands.executeCommand<{ items: unknown[] } | undefined>(
              'vscode.executeCompletionItemProvider',
              document.uri,
              new api.Position(0, 0),
            )
          )?.items ?? []
        ).length > 0
      );
    });
  await until(asked, { timeout: 60_000, what: 'the language service' });
}

/**
 * Whether TypeScript offers the import of a name from another file. A first file that is opened while extensions still
 * come and go may leave it without: its server is started again then, and the fixes that it was just being asked for
 * are taken for none, until the window is loaded again.
 */
export async function knowsProject(stage: Stage): Promise<boolean> {
  stage.editor.workspace.write('known-elsewhere.ts', 'export const knownElsewhere = 1;\n');
  await stage.begin('export const here = knownElsewhere;\n');
  const fixes = (): Promise<string[]> =>
    stage.editor.inside.run(async (api) => {
      const document = api.window.activeTextEditor?.document;
      const found = await api.commands.executeCommand<{ title: string }[] | undefined>(
        'vscode.executeCodeActionProvider',
        document?.uri,
        new api.Range(0, 22, 0, 22),
        'quickfix',
      );
      return (found ?? []).map(({ title }) => title);
    });
  return until(async () => (await fixes()).some((title) => title.startsWith('Add import from')), {
    timeout: 30_000,
    what: 'the import',
  }).then(
    () => true,
    () => false,
  );
}

/**
 * Applies a quick fix or a refactoring at the caret or the selection, once the service offers it. `select`: before each
 * try, since the key that closes an empty menu takes the selection.
 */
export async function fixed(
  stage: Stage,
  title: string,
  select: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await until(
    async () => {
      await select();
      return stage.editor.text.quickFix(title).then(
        () => true,
        async () => {
          await stage.editor.press('Escape');
          return false;
        },
      );
    },
    { timeout: 60_000, what: title },
  );
}

/** Waits for the box for the name of what a refactoring has made, which is called `made` so far. */
export async function newNameBox(stage: Stage, made: string): Promise<void> {
  await stage.editor.widgets.renameBox(async () => {
    const place = await stage.editor.inside.run((api, name) => {
      const document = api.window.activeTextEditor?.document;
      return document?.positionAt(document.getText().indexOf(name));
    }, made);
    if (place) await stage.caret(place.line + 1, place.character + 1);
    await stage.editor.press('F2');
  });
}

/**
 * Asks for the list of suggestions until it has an item, and that is the one that a key takes: some services pass over
 * what they are asked first. Whoever asks again gives up what is being looked for, and the old list stays, in which the
 * word that is being typed may be the first: so each time waits twice as long as the one before.
 */
export async function chosen(stage: Stage, item: string): Promise<void> {
  let patience = 2_000;
  await until(
    async () => {
      await stage.editor.text.focus();
      await stage.execute('editor.action.triggerSuggest');
      const isChosen = until(() => stage.editor.widgets.focusedSuggestion(item), { timeout: patience, what: item });
      patience *= 2;
      return isChosen.catch(() => false);
    },
    { timeout: 35_000, what: `${item} to be chosen in the list` },
  );
}
