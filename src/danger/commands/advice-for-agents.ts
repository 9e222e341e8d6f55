/** What an agent should do instead, by rule. Sentences for the model and for people. */
import { RULES, type Rule } from '../rules';

const TO_A_PERSON = 'Tell the person what you would run and why, and let them run it.';
const TO_LIST = "List what would be deleted, and ask for a senior's review.";

interface Advised {
  readonly rule: string;
  readonly instead?: string;
  /** Begins with the command, or the tool, in quotation marks. */
  readonly message: string;
}

const DELETES = /" (?:[^"]*\b)?(?:delet|destroy|empt|remov|purg|terminat|drop|wip|eras)(?:es?|s|ies)\b/;

/** Where a rule's advice does not fit everything that the rule finds: what it fits, and what is said of the rest. */
const FITS: Readonly<Record<string, readonly [fits: RegExp, otherwise: string]>> = {
  'destructive/cloud-delete': [DELETES, TO_A_PERSON],
  'destructive/stack-delete': [DELETES, TO_A_PERSON],
  // no other client of a cluster has the option
  'destructive/k8s-delete': [/^"(?:kubectl|oc|k) /, TO_LIST],
  'destructive/helm-uninstall': [/^"helm /, TO_LIST],
  'destructive/orm-reset': [/migrat|drops (?:everything|the)|recreates|changes the database/, TO_A_PERSON],
  'destructive/sql-drop': [
    /" drops the (?:table|column|schema|view|index|constraint|sequence|type)\b/,
    'Show what it would take away, and let a person run it.',
  ],
};

/**
 * A person's way is advised where the rule's own advice would not fit. `by`: a tool of a server has none of the options
 * of the program that it stands for.
 */
export function insteadOf({ rule, instead, message }: Advised, by: 'command' | 'tool' = 'command'): string {
  const [fits, otherwise] = Object.hasOwn(FITS, rule) ? (FITS[rule] ?? []) : [];
  if (instead !== undefined) return instead;
  if (fits?.test(message) === false) return otherwise ?? TO_A_PERSON;
  const advice = (RULES as Readonly<Partial<Record<string, Rule>>>)[rule]?.instead ?? TO_A_PERSON;
  if (by === 'tool' && /--dry-run\b/.test(advice)) return TO_LIST;
  return /^"(?:tofu|opentofu) /.test(message) ? advice.replace('"terraform plan ', '"tofu plan ') : advice;
}
