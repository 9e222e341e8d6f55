import type { Rule } from 'eslint';

/** Refuses titles of tests that don't stand alone. */
export declare const testTitles: Rule.RuleModule;
