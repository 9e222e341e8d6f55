/** Which assistant an extension belongs to. Extension ids are compared case-insensitively. Pure. */
import { ASSISTANTS } from '../../../provenance/assistants';

/** Extensions of assistants that have no hooks and leave no marks. */
const OTHERS: Readonly<Record<string, string>> = {
  'amazonwebservices.amazon-q-vscode': 'amazon-q',
  'sourcegraph.cody-ai': 'cody',
  'supermaven.supermaven': 'supermaven',
  'tabnine.tabnine-vscode': 'tabnine',
};

const ASSISTANT_OF: Readonly<Record<string, string>> = {
  ...OTHERS,
  ...Object.fromEntries(ASSISTANTS.flatMap(({ id, extensions = [] }) => extensions.map((name) => [name, id]))),
};

export const UNKNOWN_ASSISTANT = 'unknown-assistant';

/** Ids of assistants' extensions, in lower case. */
export const ASSISTANT_EXTENSIONS: ReadonlySet<string> = new Set(Object.keys(ASSISTANT_OF));

export function assistantOfExtension(id: string | undefined): string {
  const key = id?.toLowerCase() ?? '';
  return Object.hasOwn(ASSISTANT_OF, key) ? (ASSISTANT_OF[key] ?? UNKNOWN_ASSISTANT) : UNKNOWN_ASSISTANT;
}
