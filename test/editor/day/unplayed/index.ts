/**
 * Kinds of a person's edits that no other play has, as somebody listed them who had not seen how authors are found:
 * beside Copilot, which is silent, and while its ghost text is on the screen.
 */
import type { Setting } from '../settings';
import { BESIDE_COPILOT } from '../settings';
import { ACCEPTED } from './accepted';
import { CARETS } from './carets';
import { CHOSEN, MOVED_BY_SERVICES, TAKEN_BESIDE } from './chosen';
import { COMMANDS } from './commands';
import { FILES } from './files';
import { GHOSTS } from './ghost';
import { IN_PLACE } from './in-place';
import { KNOWN_TEXTS } from './known-texts';
import { MENUS } from './menus';
import { RARE_COMMANDS } from './rare-commands';
import { SERVICES } from './services';
import { WRITTEN_BY_EDITOR } from './written-by-editor';

export const UNPLAYED: Setting = {
  ...BESIDE_COPILOT,
  name: 'unplayed-copilot-idle',
  title: 'of kinds that nobody had played, beside Copilot',
  scenes: [
    ...CARETS,
    ...COMMANDS,
    ...SERVICES,
    ...FILES,
    ...GHOSTS,
    ...IN_PLACE,
    ...KNOWN_TEXTS,
    ...RARE_COMMANDS,
    ...CHOSEN,
    ...WRITTEN_BY_EDITOR,
    ...MENUS,
  ],
  assistants: [...ACCEPTED, ...MOVED_BY_SERVICES, ...TAKEN_BESIDE],
};
