/**
 * OpenCode, as of version 1.18.33: https://opencode.ai/docs/plugins
 *
 * It has no hooks that are commands: a small plugin passes its events to the command, in the format of Claude Code's
 * payloads, and refuses a tool by throwing.
 */
import { wordSet } from '../../../../base/patterns';
import { CANNOT_ASK, NO_OPINION, refusal } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { absolute, below } from '../../join-paths';
import { patchClaims } from '../../hook-payloads/edits-in-apply-patch-text';
import { isObject, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, someChange } from '../../hook-payloads/claimed-change-builders';
import type { Assistant, HookSetup, Scope, Surroundings } from '../../types';
import { opencodePlugin } from './plugin';
import { opencodeEdits, opencodePlaces } from './transcript-edits';

const HARMLESS = wordSet(`
  read glob grep list webfetch websearch codesearch todoread todowrite question skill task lsp plan_enter
  plan_exit
`);

export const opencode: Assistant = {
  id: 'opencode',
  title: 'OpenCode',
  variables: ['OPENCODE'],
  coverage: {
    surfaces: 'CLI',
    versions: '1.18.33',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      CANNOT_ASK,
      "Linekeeper finds missed edits in OpenCode's database. For that, it needs Node 22.13 or newer, as in a current editor. It does not read the files of older OpenCode versions.",
    ],
  },
  programs: ['opencode'],
  hooks,
  settings: (where) =>
    folders(where).flatMap((folder) => ['opencode.json', 'opencode.jsonc'].map((name) => below(folder, name))),
  harmless: HARMLESS,
  transcripts: { places: opencodePlaces, edits: (text) => opencodeEdits(text, claims) },
  recognises: (payload) => isObject(payload) && payload['opencode'] === true,
  read: readerOf({
    id: 'opencode',
    title: 'OpenCode',
    events: {
      pretooluse: 'before',
      posttooluse: 'after',
      userpromptsubmit: 'prompt',
      sessionstart: 'session-start',
      sessionend: 'session-end',
      stop: 'turn-end',
    },
    harmless: HARMLESS,
    claims,
    spelling: 'SERVER_TOOL',
  }),
  model: (event) => event.model, // the plugin adds it
  deny: refusal,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['noreply@opencode.ai'], trailers: [], accounts: [] },
};

function claims(toolName: string, input: unknown, response: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'write':
      return { tool: 'edit', ...written(args, objectOf(response)) };
    case 'edit': {
      const [target, old, text] = [pathAt(args, 'filePath'), textAt(args, 'oldString'), textAt(args, 'newString')];
      if (target === undefined || old === undefined || text === undefined)
        return { tool: 'edit', ...someChange(target) };
      if (old === '') return { tool: 'edit', ...someChange(target) };
      return {
        tool: 'edit',
        ...exactly([
          { path: target, old, new: text, ...(args['replaceAll'] === true ? { everywhere: true as const } : {}) },
        ]),
      };
    }
    case 'apply_patch':
    case 'patch':
      return { tool: 'edit', ...patchClaims(textAt(args, 'patchText', 'patch', 'input') ?? '') };
    case 'bash':
      return shellClaims(args);
    default:
      return UNKNOWN_TOOL;
  }
}

/** The response says whether there was a file before. */
function written(args: Json, response: Json): ReturnType<typeof exactly> {
  const target = pathAt(args, 'filePath');
  const text = textAt(args, 'content');
  if (target === undefined || text === undefined) return someChange(target);
  const created = objectOf(response['metadata'])['exists'] === false;
  return created
    ? exactly([{ path: target, old: '', new: text }], [{ path: target, before: null, after: text }])
    : exactly([], [{ path: target, after: text }]);
}

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folder =
    scope === 'user' ? userFolder(where) : where.repositoryRoot && below(where.repositoryRoot, '.opencode');
  if (!folder) return [];
  return [{ kind: 'file', file: below(folder, 'plugin', 'linekeeper.js'), text: opencodePlugin, executable: false }];
}

const folders = (where: Surroundings): string[] => [
  userFolder(where),
  ...(where.repositoryRoot === undefined ? [] : [where.repositoryRoot, below(where.repositoryRoot, '.opencode')]),
];

function userFolder({ home, env }: Surroundings): string {
  return below(absolute(env['XDG_CONFIG_HOME'], below(home, '.config')), 'opencode');
}
