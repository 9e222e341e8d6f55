/** The extension's entry: loads it with what V8 made of it before, since compiling is half of what starting takes. */
import type * as Extension from './entry/extension-main';
import { part } from './code-cache';

/** By then what starting needs is compiled, and the editor has no more to do for that. */
const KEPT_AFTER_MS = 5000;

const extension = part(__dirname, './editor.js', require, {
  learnsFrom: 1,
  when: (keep) => void setTimeout(keep, KEPT_AFTER_MS).unref(),
}) as typeof Extension; // what that bundle is made of

export const activate = extension.activate;
