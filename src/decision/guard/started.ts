/** What programs that start others have in common. */

/** Programs by which one knows where the command begins that another starts. */
export const STARTED = /^(?:rm|rmdir|mv|cp|ln|tee|touch|truncate|dd|sed|perl|chmod|chown|shred|unlink|install|rsync|git|find|xargs|env|sudo|sh|bash|zsh|dash|python[\d.]*|node|ruby)$/;

/** Reads a script that a command names, as far as it may be read here. */
export type ReadScript = (name: string) => string | undefined;
