/** Switches that protect and that are off from now on, or that open and are on: by the words of their names. */
import { anyOf } from '../../../base/patterns';
import { factAt, factWas } from '../../rule-rows/sentences-of-code-rules';
import type { ChangedLines } from '../../changed-lines';
import { COMMENT, OFF, ON, settingsIn, valuesByFrame, wordsOf } from '../../settings-in-lines';
import { trimmedLines } from '../../trimmed-lines';
import type { Change, Noticed } from '../../types';
import { named } from '../../yaml-and-json';

/** A switch that protects when it is on. */
const PROTECTS = anyOf(
  String.raw`rate_?limit\w* throttl\w+ csrf xsrf mfa 2fa two_factor captcha firewall encrypt\w* verify_(?:ssl|tls|cert\w*|signatures?|tokens?|webhooks?)
  (?:ssl|tls|signature|token)_verif\w+ (?:deletion|purge|termination|delete|branch|ddos)_protection protected sandbox\w* context_isolation web_security
  versioned versioning backups? point_in_time\w* soft_delete require_(?:auth\w*|login|approvals?|signatures?|mfa|ssl|tls|reviews?)
  block_public\w* restrict_\w+ http_?only secure_cookies? hsts waf audit_log\w* authori[sz]ation authentication access_control`,
  { before: '(?:^|_)(?:', after: ')(?:_enabled|_required|_active|_mode|$)' },
);
/** A switch that opens when it is on. */
const OPENS = anyOf(
  String.raw`allow_(?:\w+_)?(?:untrusted|anonymous|insecure|unauth\w*|public|guests?|local_files?|remote_code|self_signed|external|privileged?|forks?)\w*
  (?:skip|disable|bypass|ignore|without|no)_(?:\w+_)?(?:auth\w*|verif\w*|ssl|tls|cert\w*|csrf|rate_?limit\w*|throttl\w*|sandbox\w*|security|signatures?|protection|encryption|backups?)
  insecure\w* anonymous(?:_\w+)? untrusted\w* publicly_accessible public_(?:access|network_access|endpoint) node_integration (?:enable_)?local_file_access
  privileged allow_privilege_escalation`,
  { before: '^(?:\\w+_)?(?:', after: ')(?:_enabled|_allowed)?$' },
);
/** A message, a test or a look of a page. */
const SAYS_SO =
  /(?:^|_)(?:(?:message|label|title|text|tooltip|icon|button|help|hint|display|banner)s?|log_?level|is|has|show)(?:_|$)/;
/** What keeps data, not who may come in. */
const KEEPS = /backup|version|point_in_time|soft_delete|(?:deletion|purge|termination|delete)_protection/;

/** 1: it protects when it is on; -1: it opens. */
function directionOf(key: string): 1 | -1 | 0 {
  const name = wordsOf(key).join('_');
  if (name.length > LONG || SAYS_SO.test(name)) return 0;
  return OPENS.test(name) ? -1 : PROTECTS.test(name) ? 1 : 0;
}
const LONG = 60;

export function switchedOff({ before, after }: Change, { lost, gained }: ChangedLines): readonly Noticed[] {
  const earlier = valuesByFrame(lost.filter(({ text }) => !COMMENT.test(text)));
  const known = trimmedLines(before);
  for (const { text, line, parent } of gained) {
    if (COMMENT.test(text)) continue;
    for (const { key, value, frame } of settingsIn(text)) {
      const direction = directionOf(key);
      if (direction === 0) continue;
      const previous = earlier.get(frame);
      const isWeak = direction > 0 ? OFF.test(value) : ON.test(value);
      // the same switch may have both values, of which each is spelled anew
      const wasStrict = previous?.every((earlierValue) => (direction > 0 ? ON : OFF).test(earlierValue)) === true;
      const isAdded =
        direction < 0 && previous === undefined && before?.includes(key) !== true && parent !== '' && known.has(parent);
      if (isWeak && (wasStrict || isAdded))
        return [
          factAt(
            KEEPS.test(wordsOf(key).join('_'))
              ? 'destructive/tf-protection-off (medium): {key} is {value} from now on: data may be lost for good.'
              : 'permissions/auth-removed: {key} is {value} from now on: what it held back is open.',
            { line },
            {
              key: named(key),
              value,
            },
          ),
        ];
    }
  }
  const gone = lost.find(({ text, ancestors }) => {
    const [setting] = COMMENT.test(text) ? [] : settingsIn(text);
    if (setting === undefined) return false;
    const direction = directionOf(setting.key);
    return (
      direction !== 0 &&
      (direction > 0 ? ON.test(setting.value) : OFF.test(setting.value)) &&
      /^[^:=(]{0,60}[:=]\s*["']?\w+["']?[,;]?(?:\s+(?:\/\/|#).*)?$/.test(text) &&
      (after ?? '').split(setting.key).length < (before ?? '').split(setting.key).length &&
      gained.every((line) => !line.text.includes(setting.key)) &&
      ancestors.length > 0 &&
      ancestors.every((line) => (after ?? '').includes(line))
    );
  });
  const [setting] = settingsIn(gone?.text ?? '');
  return gone === undefined || setting === undefined
    ? []
    : [
        factWas(
          KEEPS.test(wordsOf(setting.key).join('_'))
            ? 'destructive/tf-protection-off (medium): {key} is no longer {value}: data may be lost for good.'
            : 'permissions/auth-removed: {key} is no longer {value}: what it held back may be open.',
          gone,
          { key: named(setting.key), value: setting.value },
        ),
      ];
}
