import { once } from '../../lazy-value';
import type { Rule, Settings, ToolRow } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'a removed Docker volume, or a database service that loses its volume',
  why: 'Docker deletes data outside of a volume with the container, and data in a removed volume for good.',
  fix: 'Keep the named volume, or copy its data first.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  ansible: [
    { key: 'state', under: 'docker_volume podman_volume', after: /^absent$/, says: 'Task "{it}" removes a volume with its data.' },
  ],
}));

// prettier-ignore
export const tools = /* @__PURE__ */ once((): readonly ToolRow[] => [
  { deed: 'removes', of: 'volume', on: 'docker podman compose portainer', does: 'deletes volumes with their data' },
  { verb: 'prune', on: 'docker podman compose portainer', severity: 'medium', does: 'deletes what nothing uses right now' },
]);
