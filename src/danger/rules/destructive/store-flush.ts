import type { Rule, Settings } from '../types';

export const rule = {
  severity: 'critical',
  meaning: 'FLUSHALL, dropDatabase, index _all, purge of a queue or topic',
  why: 'Everything in the store goes at once, whoever it belongs to.',
  fix: 'Delete by key or by index name, after listing what would go.',
} as const satisfies Rule;

// prettier-ignore
export const settings: Settings = {
  ansible: [
    { key: 'state', under: 'rabbitmq_queue rabbitmq_vhost kafka_topic', after: /^absent$/, says: 'Task "{it}" removes a queue with its messages.' },
  ],
};
