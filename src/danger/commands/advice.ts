/** What an agent should do instead, by rule. Sentences for the model and for people. */
import { RULES, type Rule } from '../rules';

const TO_A_PERSON = 'Tell the person what you would run and why, and let them run it.';

export const insteadOf = ({ rule, instead }: { readonly rule: string; readonly instead?: string }): string =>
  instead ?? (RULES as Readonly<Partial<Record<string, Rule>>>)[rule]?.instead ?? TO_A_PERSON;
