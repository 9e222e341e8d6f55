/** The verbs: one word each. */
import type { Verb } from './verb';

type Load = () => Promise<Verb>;

/** In `dist/verbs.js`, read on demand; `record` and `hook` are in programs of their own (src/cli-record.ts, src/cli-hook.ts). */
export const REST: Readonly<Record<string, Load | undefined>> = Object.fromEntries(
  ['status', 'show', 'blame', 'declare', 'ack', 'check', 'review', 'notes', 'import', 'policy', 'install', 'uninstall', 'doctor', 'export', 'purge', 'audit'].map((name) => [
    name,
    async () => {
      const { VERBS } = await import('../verbs');
      const verb = VERBS[name];
      if (!verb) throw new Error(`the verb ${name} is not in its table`);
      return verb;
    },
  ]),
);
