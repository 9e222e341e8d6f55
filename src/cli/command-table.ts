/** The verbs: one word each. */
import type { Verb } from './command';

/** Whether people use it; only git calls `hook`. */
export const isForPeople = (name: string): boolean => name !== 'hook';

type Load = () => Promise<Verb>;

/**
 * In `dist/verbs.js`, loaded on demand; verbs that must start at once are in programs of their own too (src/cli.ts).
 */
export const REST: Readonly<Record<string, Load | undefined>> = Object.fromEntries(
  [
    'status',
    'show',
    'blame',
    'declare',
    'ack',
    'check',
    'ci',
    'review',
    'report',
    'notes',
    'import',
    'policy',
    'install',
    'uninstall',
    'doctor',
    'export',
    'fleet',
    'purge',
    'audit',
    'sign',
    'request-run',
    'approve-run',
    'exception',
    'deploy',
    'trace',
    'incident',
    'prompts',
    'record',
    'hook',
  ].map((name) => [
    name,
    async () => {
      const { VERBS } = await import('../entry/cli-commands');
      const verb = VERBS[name];
      if (!verb) throw new Error(`the verb ${name} is not in its table`);
      return verb;
    },
  ]),
);
