/** The door from a policy to the rules that assistants enforce by themselves. Not for hooks: it asks the guard often. */
export { holdsAgents, nativeRulesOf, type RulesPlaces } from './rules-of-policy';
