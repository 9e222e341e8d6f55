/** What the editor starts beside itself for work that takes long: loads it with V8's code cache, since it is started often. */
import type * as Background from '../editor/background/helper-program';
import { part } from './code-cache';

const background = part(__dirname, './background.js', require) as typeof Background; // what that bundle is made of

background.answerEditor();
