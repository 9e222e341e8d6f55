/** The rows about commands, rule by rule, in the order in which they are asked. */
import type { CommandRow } from './types';
import type { RuleId } from '.';

export const COMMANDS: readonly (readonly [RuleId, readonly CommandRow[]])[] = [];
