import { once } from '../../rows/once';
import { get } from '../../tree';
import type { Facts, Rule, Settings } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'an authentication or signature check leaves the code (may be a suspicion)',
  why: 'What nobody checks is open to everybody.',
  fix: 'Keep the check, or say what ensures it elsewhere.',
  ofTheMachine: true,
} as const satisfies Rule;

// prettier-ignore
export const settings = /* @__PURE__ */ once((): Settings => ({
  cloudformation: [
    { key: 'AuthorizationType Authorizer', before: 'there', after: /^NONE$/i, says: 'The API no longer asks who calls it.' },
    { key: 'DefaultAuthorizer', before: 'there', after: 'absent', stays: true, says: 'The API no longer asks who calls it.' },
    { key: 'Auth', before: 'there', after: 'absent', stays: true, only: ({ before }) => get(before, 'DefaultAuthorizer') !== undefined, says: 'The API no longer asks who calls it.' },
  ],
  helm: [
    { key: 'enabled create', under: /^(?:auth|authentication|rbac|security|oauth2?|basicAuth|acl)$/i, before: 'yes', after: 'no', says: 'Access is no longer checked ({where}).' },
  ],
}));

// prettier-ignore
export const facts = {
  'k8s ingress check removed': '{it} no longer checks who comes in: {key} is removed.',
} as const satisfies Facts;
