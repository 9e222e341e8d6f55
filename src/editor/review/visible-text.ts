/** Texts from outside, made visible. */

/** A text from outside on one line, with invisible characters made visible. */
export const visible = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');

/** The same for a notification, in which the editor would turn `[words](address)` into links. */
export const inNotification = (text: string): string => visible(text).replace(/\](?=\()/g, '] ');
