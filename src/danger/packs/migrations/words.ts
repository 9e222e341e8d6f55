/** Names in messages. */

/** With a space before it, short and on one line; empty for what is no name. */
export const cutNames = (name: string): string => (/^[\w.$-]{1,80}$/.test(name) ? ` ${name}` : '');
