import { once } from '../../rule-rows/once';
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
  'takes a protection of the store': { says: 'takes a protection of the store away', severity: 'high' },
  'turns a protection of the machine': 'turns a protection of the machine off',
  'ssh lets more people in': 'SSH lets more people in ({line}).',
  'the server no longer checks who': 'The server no longer checks who comes in: {what} is removed.',
  'the server no longer checks who comes': 'The server no longer checks who comes in ({what}).',
  'a check of who may do': 'A check of who may do this is removed from {what}.',
  'the route loses its check of': 'The route {what} loses its check of who may call it.',
  'a filter checks fewer actions': '{filter} checks fewer actions than before: who may call the others is no longer asked.',
  'a check leaves the chain': '{link} leaves the chain of checks: what is behind it is open to more people.',
  'a check of who may use': 'A check of who may use {what} is removed.',
  'a check of who may use is': 'A check of who may use {what} is skipped from now on.',
  'certificates are not checked in between': 'The certificate of the other side is no longer checked: anybody in between can read and change what is sent.',
  'no certificate is checked in this process': 'No certificate is checked any more in this process: anybody in between can read and change what is sent.',
  'certificates are not checked': 'The certificate of the other side is no longer checked.',
  'tokens are not checked': 'A token is no longer checked before it is believed.',
  'everybody may call this from now': 'Everybody may call this from now on.',
} as const satisfies Facts;
