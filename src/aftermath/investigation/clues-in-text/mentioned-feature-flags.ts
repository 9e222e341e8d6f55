/** Feature flags: who was shown what is decided by a line somewhere. */
import type { Clue } from './types';

const FORMS: readonly RegExp[] = [
  /\b(?:feature[ _-]?(?:flag|toggle|gate|switch)?|flag(?:[ _-]?key)?|toggle|experiment|variant|treatment|rollout)s?["']?\s*[=:]?\s*["'`]([\w.:-]{3,80})["'`]/gi,
  /\b(?:feature[ _-]?(?:flag|toggle|gate)|flag(?:[ _-]?key)?|toggle)["']?(?:\s*[=:]\s*|\s+)([a-z][\w.-]*[_.-][\w.-]{2,80})/gi,
  /\b((?:FEATURE|FF|FLAG|ENABLE|DISABLE|USE)_[A-Z0-9_]{3,80})\b/g,
  /\b(?:isEnabled|is_enabled|variation|boolVariation|getBooleanValue|isFeatureEnabled|enabled\?)\(\s*["'`]([\w.:-]{3,80})["'`]/g,
];

export function flags(lines: readonly string[]): readonly Clue[] {
  return lines.flatMap((line) =>
    FORMS.flatMap((form) =>
      [...line.matchAll(form)].map(([, flag = '']): Clue => ({
        says: `the flag ${flag} had a part in it`,
        names: [flag, flag.replace(/^(?:FEATURE|FF|FLAG|ENABLE|DISABLE|USE)_/, '')],
        about:
          /enabled?|disabled?|true|false|\bon\b|\boff\b|percent|rollout|weight|default|variation|state|flag|feature/i,
      })),
    ),
  );
}
