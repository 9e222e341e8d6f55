/** The extension's entry: loads it with V8's code cache, since compiling is half of the start-up time. */
import type * as Extension from './extension-main';
import { part } from './code-cache';

/** By then everything needed at start-up is compiled, and the editor is no longer busy with that. */
const KEPT_AFTER_MS = 5000;

const extension = part(__dirname, './editor.js', require, {
  learnsFrom: 1,
  when: (keep) => void setTimeout(keep, KEPT_AFTER_MS).unref(),
}) as typeof Extension; // what that bundle is made of

export const activate = extension.activate;
