import type { Rule } from 'eslint';

/** Refuses names of values that say nothing of them. */
export declare const nounNames: Rule.RuleModule;
