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
