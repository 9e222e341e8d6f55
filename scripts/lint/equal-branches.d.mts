import type { Rule } from 'eslint';

/** Refuses conditions whose two branches say the same. */
export declare const equalBranches: Rule.RuleModule;
