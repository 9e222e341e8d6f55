import { get, numberOf } from '../../tree';
import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'medium',
  meaning: 'desired count 0, stop-instances, dyno scale 0',
  why: 'What is stopped answers nobody, and may lose what it kept in memory or on local disks.',
  fix: 'Say who is affected, and do it in a maintenance window.',
} as const satisfies Rule;

// prettier-ignore
export const settings: Settings = {
  'cloudformation-update': [
    { key: 'DesiredCount DesiredCapacity MaxSize', before: 'above zero', after: 'zero', says: '{it} stops: {key} is 0.' },
    { key: 'MinSize', before: 'above zero', after: 'zero', only: ({ within }) => numberOf(get(within?.after, 'MaxSize')) === 0, says: '{it} stops: {key} is 0.' },
    { key: 'DesiredCount', before: 'absent', after: 'zero', says: '{it} stops: {key} is 0.' },
  ],
};
