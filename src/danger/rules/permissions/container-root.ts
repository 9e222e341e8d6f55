import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'USER root or none, privileged, Docker socket, chmod 777',
  why: 'A break-in into the container has every right in it, and often on its host.',
  fix: 'Set `USER` to an account without privileges.',
  ofTheMachine: true,
} as const satisfies Rule;
