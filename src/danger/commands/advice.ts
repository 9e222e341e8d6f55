/** What an agent should do instead, by rule. Sentences for the model and for people. */
import { RULES, type Rule, type RuleId } from '../rules';

const TO_A_PERSON = 'Tell the person what you would run and why, and let them run it.';

export const insteadOf = (id: RuleId): string => (RULES[id] as Rule).instead ?? TO_A_PERSON;
