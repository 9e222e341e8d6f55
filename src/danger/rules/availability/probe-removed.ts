import type { Rule } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'a liveness, readiness or startup probe, or a health check, is removed',
  why: 'A part that hangs keeps getting requests, and nothing restarts it.',
  fix: 'Keep the probe, and give it more time if it fails too early.',
} as const satisfies Rule;
