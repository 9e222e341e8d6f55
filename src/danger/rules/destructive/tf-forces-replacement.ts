import type { Facts, Rule } from '../types';

export const rule = {
  severity: 'critical',
  dataOnly: true,
  meaning: 'an attribute that the provider can only change by a new resource',
  why: 'The provider cannot change it in place: the resource is destroyed and made again, without its data.',
  fix: 'Keep the value, or plan the migration of what the resource holds.',
} as const satisfies Rule;

// prettier-ignore
export const facts = {
  'is destroyed and recreated as its name': '{address}, which holds data, is destroyed and recreated: {where} becomes {now} in place of {old}.',
  'program store gets another name': '{type} {id} is replaced by a new one, without its data: {name} is {now} in place of {old}.',
  'bicep store gets another name': '{type} {name} is a new one, without its data: its name is {now} in place of {old}.',
  'is destroyed and recreated can t': "{address}{how} is destroyed and recreated: {where} can't be changed in place.",
} as const satisfies Facts;
