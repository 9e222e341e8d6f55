/** Names in messages. */

/** With a leading space, short and on one line; empty when it is not a name. */
export const cutNames = (name: string): string => (/^[\w.$-]{1,80}$/.test(name) ? ` ${name}` : '');
