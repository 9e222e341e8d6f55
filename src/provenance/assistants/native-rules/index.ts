/** The door of rules that assistants enforce by themselves. Loaded on demand, because it includes a JSON parser. */
export { DIALECTS, dialectOf } from './registry';
export {
  presenceOfRules,
  removeAllRules,
  removeRules,
  stateOfRules,
  writeRules,
  type RulesOptions,
  type RulesOutcome,
  type RulesState,
} from './write-remove-and-check-rules';
export type * from './types';
export { hasRules } from './store-written-and-wanted-rules';
