/** What *Show Coverage* says about assistants in the window that may edit unseen, and what would end that. Pure. */
import type { Translate } from '../translate';
import type { Blindness, Unseen } from '../recording/chat/assistants-editing-unseen';

/** `titleOf`: an extension's title. */
export function aboutUnseen(unseen: readonly Unseen[], titleOf: (extension: string) => string, t: Translate): string[] {
  if (unseen.length === 0) return [];
  return [
    t('Linekeeper does not see the edits of:'),
    '',
    ...unseen.flatMap(({ extension, why }) => [
      extension === null ? t('The assistant of this editor') : `${titleOf(extension)} (${extension})`,
      `  ${reasonOf(why, t)}`,
      '',
    ]),
    t(
      'While it is active, changes by editor commands (quick fixes, closing tags, refactorings) are unknown, unless you used a key that Linekeeper knows.',
    ),
    '',
  ];
}

function reasonOf(why: Blindness, t: Translate): string {
  switch (why) {
    case 'unknown':
      return t(
        'Linekeeper cannot see its edits. Disable it in this workspace if you do not use it here, or set linekeeper.recording.editorCommands to lenient.',
      );
    case 'untrusted':
      return t('Its hooks do not run in Restricted Mode. Trust this workspace to record its edits.');
    case 'keys':
      return t(
        'The keys that accept its suggestions are not recorded, because linekeeper.keybindings.enabled is off. Turn it on to record them.',
      );
    default:
      return t('Its hooks do not run, because {0} is off. Turn it on to record its edits.', why);
  }
}
