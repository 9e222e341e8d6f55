/**
 * Continue, as of version 1.5 of its CLI. Its settings have hooks, but it never runs them; around an edit it starts a
 * program named `git-ai`, if there is one, with a payload that names the file and the model.
 */
import { NO_OPINION } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { isObject, objectOf, pathAt, textAt } from '../../hook-payloads/payload-fields';
import { someChange } from '../../hook-payloads/claimed-change-builders';
import type { Assistant, Environment, Reading } from '../../types';

const readDialect = readerOf({
  id: 'continue',
  title: 'Continue',
  events: { pretooluse: 'before', posttooluse: 'after' },
  harmless: new Set(),
  claims: (_toolName, input) => ({ tool: 'edit', ...someChange(pathAt(objectOf(input), 'file_path')) }),
});

export const continueDev: Assistant = {
  id: 'continue',
  title: 'Continue',
  coverage: {
    surfaces: 'CLI, extension',
    versions: 'CLI 1.5',
    verified: 'recorded',
    edits: false,
    shell: false,
    completions: false,
    commitsRunHooks: true,
    limits: [
      'Continue has no hooks. Before and after each edit, its CLI runs the program `git-ai`, if it is on your `PATH`. To record these edits, write a script of this name that passes its input to `linekeeper record continue`.',
      'Linekeeper cannot block the tools of Continue.',
    ],
  },
  programs: ['cn'],
  extensions: ['continue.continue'],
  hooks: () => [],
  settings: () => [],
  harmless: new Set(),
  recognises: (payload) => isObject(payload) && /[\\/]\.continue[\\/]/.test(textAt(payload, 'transcript_path') ?? ''),
  read,
  model: (event) => event.model,
  deny: null,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['noreply@continue.dev'], trailers: [], accounts: [] },
};

/** The payload names no tool, only a file. */
function read(payload: unknown, env: Environment): Reading {
  return readDialect(isObject(payload) && !('tool_name' in payload) ? { ...payload, tool_name: 'edit' } : payload, env);
}
