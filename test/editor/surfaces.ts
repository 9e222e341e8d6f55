/**
 * The repository of the surfaces, which take a window one after the other: it is loaded once. Each suite finds what was
 * committed first, on `main`.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { SshKeys } from '../support/ssh-keys';
import type { Editor, Workspace } from './host';
import { SENIOR_FOR_PRODUCTION } from './policies';
import { resetWorkspace, useEditor, type SharedEditor } from './use-editor';

export const DATABASE =
  'resource "aws_db_instance" "orders" {\n  engine              = "postgres"\n  deletion_protection = true\n  multi_az            = true\n}\n';

const FILES: Readonly<Record<string, string>> = {
  '.linekeeper.yml': SENIOR_FOR_PRODUCTION,
  'prod/main.tf': 'size = 100\n',
  'prod/db.tf': DATABASE,
  'prod/orders.tf': DATABASE,
  'prod/size.tf': 'size = 100\n',
  'src/cost.ts': '// Costs\n\nexport const small = 1;\nexport const large = 2;\n',
  'src/orders.ts': 'export const most = 100;\nexport const least = 1;\n',
};

let base: { readonly workspace: Workspace; readonly head: string } | undefined;

/** Called inside a `describe`; `prepare` has the repository open already. */
export const useSurfaces = (prepare?: (editor: Editor) => unknown): (() => SharedEditor) =>
  useEditor('stock', async (editor) => {
    if (base?.workspace !== editor.workspace) await begin(editor);
    else await resetWorkspace(editor, base.head);
    await prepare?.(editor);
  });

async function begin(editor: Editor): Promise<void> {
  const workspace = await editor.openRepository((made) => {
    const ssh = path.join(editor.home, '.ssh');
    mkdirSync(ssh, { recursive: true });
    const keys = new SshKeys(ssh);
    for (const [file, text] of Object.entries(FILES)) made.write(file, text);
    made.write('.github/allowed_signers', keys.allowed(['sue']));
    made.commit('Begin');
    made.git('config', 'user.signingKey', keys.of('sue'));
  });
  base = { workspace, head: workspace.head() };
}
