/** What stands beside the label of a row. Pure. */

/** Its parts with a dot between them; an empty part leaves no dot behind. */
export const joinParts = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
