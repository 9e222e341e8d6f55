import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'a property whose update requires replacement',
  why: 'CloudFormation makes a new resource and deletes the old one, without copying what it holds.',
  fix: 'Keep the value, or make a second resource and move the data over.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'cfn resource of another type': 'Resource {id} becomes a {type}: the old resource is deleted.',
  'cfn property cannot change': '{it} is deleted and recreated{data}: {property} cannot change in place.',
} as const satisfies Facts;
