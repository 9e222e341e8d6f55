import { once } from '../../lazy';
import type { Facts, Rule, Settings, ToolRow } from '../types';

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
export const tools: readonly ToolRow[] = [
  { deed: 'removes', of: 'volume', on: 'docker podman compose portainer', does: 'deletes volumes with their data' },
  { verb: 'prune', on: 'docker podman compose portainer', severity: 'medium', does: 'deletes what nothing uses right now' },
];

// prettier-ignore
export const facts = {
  'compose volume renamed': 'The volume {name} gets another name: its services start with an empty one.',
  'compose volume in memory': 'Service {service} loses its volume {source}: its data is in memory and goes with it.',
  'compose volume by another variable': { says: 'Service {service} gets its volume by another variable than {source}: where nobody sets it to the same folder, it starts with an empty one.', severity: 'medium' },
  'compose volume replaced': 'Service {service} loses its volume {source}: it starts with an empty one.',
  'compose volume unmounted': 'Service {service} loses its volume {source}: its data goes with the container{rest}.',
  'compose service removed': 'Service {service} leaves with its volume {source}: nothing keeps the data.',
  'deletes every volume that nothing uses': 'deletes every volume that nothing uses right now',
  'deletes every container image and volume': 'deletes every container, image and volume',
  'deletes every container and image that': 'deletes every container and image that nothing uses right now',
  'deletes every stopped container': { says: 'deletes every stopped container', severity: 'low' },
  'deletes a machine with its containers': 'deletes a machine with its containers and volumes',
  'deletes images': { says: 'deletes images', severity: 'low' },
  'deletes pods with their containers': { says: 'deletes pods with their containers', severity: 'medium' },
  'deletes containers with their volumes': 'deletes containers with their volumes',
  'deletes containers whichever there are': { says: 'deletes containers, whichever there are', severity: 'high' },
  'deletes the volumes of the services': 'deletes the volumes of the services, with the data in them',
  'deletes volumes': 'deletes volumes',
  'recreates the unnamed volumes': { says: 'recreates the unnamed volumes', severity: 'medium' },
  'deletes a machine': 'deletes a machine',
  'deletes the machine with its volumes': 'deletes the machine with its volumes',
  'deletes containers': { says: 'deletes containers', severity: 'medium' },
  'deletes containers or images': { says: 'deletes containers or images', severity: 'medium' },
  'deletes the volume': 'deletes the volume {name}',
} as const satisfies Facts;
