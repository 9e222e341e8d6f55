import { KEPT_ON_VOLUMES } from '../../helm-store-names-and-ansible-cloud-modules';
import { once } from '../../lazy-value';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a changed Kubernetes field that the API only accepts in a new object',
  why: 'The API refuses the change. Somebody must then delete the object, which stops the service or loses its data.',
  fix: 'Keep the field, or make a second object and move the traffic over.',
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  helm: [
    { key: 'size', under: KEPT_ON_VOLUMES, change: 'shrinks', says: 'A claim cannot shrink: it has to be deleted and recreated ({where}).' },
    { key: 'storageClass storageClassName', under: KEPT_ON_VOLUMES, before: 'set', after: 'set', says: 'The storage class of a claim cannot change: it has to be deleted and recreated ({where}).' },
    { key: 'fullnameOverride nameOverride namespaceOverride', before: 'set', after: 'set', says: 'Everything in the release gets another name: it is deleted and recreated ({where}).' },
  ],
}));
