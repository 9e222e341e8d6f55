import type { Rule } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'mkfs, dd to a device, wipefs, partition and volume removal',
  why: 'What was on the device is gone, and the names of devices change between two starts.',
  fix: 'Let a person check the device and run it.',
  ofTheMachine: true,
} as const satisfies Rule;
