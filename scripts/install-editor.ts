/** Installs the editor that the tests drive, if it is missing: in advance, while the processor has other work. */
import { installEditor } from '../test/editor/host';
import { editorKind } from '../test/editor/host/kind';

if (editorKind({}) === 'served')
  installEditor().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
