/**
 * Which scenes the real editor need not play: those whose recording `test/editor/recording/replayed-day.test.ts` tells
 * again. Only another version of VS Code can report something else, and then a test asks for new recordings.
 */
import { readWindow } from '../../support/editor-replay/fixture';
import { IS_NOTING } from './record';

/** Whether all scenes are played: to note what they report, or because `LINEKEEPER_EVERY_PLAY` asks for them. */
export const IS_EVERY_PLAY = IS_NOTING || Boolean(process.env['LINEKEEPER_EVERY_PLAY']);

/** `window`: the name of the recordings' file. */
export const isLeftToReplay = (window: string, title: string): boolean =>
  !IS_EVERY_PLAY && readWindow(window)?.scenes.has(title) === true;
