import { once } from '../../lazy-value';
import { outlivesRequest } from '../../pull-request-environments';
import type { Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: '`helm uninstall`, `helmfile destroy` or `helm upgrade --force`',
  why: 'Helm deletes every object of the release. Volume claims and their data may go, too.',
  fix: 'List the objects (`helm get manifest`), and let a person uninstall the release.',
  instead: 'Run it with --dry-run, show the person what it says, and let them run it.',
  inScripts: outlivesRequest,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'helm', after: /^absent$/, says: 'Task "{it}" uninstalls a release.' },
  ],
  helmfile: [
    { key: 'installed', before: 'not no', after: 'no', says: 'Release {within.name} is uninstalled.' },
    { key: 'force recreatePods', before: 'not yes', after: 'yes', says: 'Release {within.name} may be deleted and recreated ({key}).' },
  ],
  'kubernetes-update': [
    { key: 'force recreate', of: 'HelmRelease', after: 'yes', says: '{it} may delete and recreate what it manages ({key}).' },
    { key: 'installed', before: 'yes', after: 'no', says: '{it} is uninstalled.' },
  ],
}));

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', on: 'helm', does: 'removes a release with what it runs' },
]);
