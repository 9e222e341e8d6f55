import { once } from '../../rows/once';
import type { Facts, Rule, Settings } from '../types';

export const rule = {
  severity: 'high',
  meaning: 'volumes removed or pruned, down -v, a database service loses its volume',
  why: 'What a container keeps outside a volume goes with the container.',
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
export const facts = {
  'compose volume renamed': 'The volume {name} gets another name: its services start with an empty one.',
  'compose volume in memory': 'Service {service} loses its volume {source}: its data is in memory and goes with it.',
  'compose volume replaced': 'Service {service} loses its volume {source}: it starts with an empty one.',
  'compose volume unmounted': 'Service {service} loses its volume {source}: its data goes with the container{rest}.',
  'compose service removed': 'Service {service} leaves with its volume {source}: nothing keeps the data.',
} as const satisfies Facts;
