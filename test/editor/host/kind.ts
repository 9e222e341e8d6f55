import type { EditorKind, EditorOptions } from './options';

/** Which editor to start: `LINEKEEPER_TEST_EDITOR=served|desktop`, else the served one. */
export function editorKind(options: Pick<EditorOptions, 'kind'>): EditorKind {
  const named = options.kind ?? process.env['LINEKEEPER_TEST_EDITOR'] ?? 'served';
  if (named === 'served' || named === 'desktop') return named;
  throw new Error(`LINEKEEPER_TEST_EDITOR is "${named}"; it can be "served" or "desktop"`);
}
