/** What a formatter may change without changing the meaning. */

/**
 * What a formatter changes without changing the meaning: white space, commas, semicolons and quotes (rule 2
 * of docs/dev/attribution.md).
 */
export const NEUTRAL = /[\s,;'"`]/;

/** A text without what a formatter may change. */
export const withoutFormatting = (text: string): string => text.replace(/[\s,;'"`]+/g, '');

/** True when a text holds nothing but what a formatter may change. */
export const isFormattingOnly = (text: string): boolean => withoutFormatting(text) === '';
