/** Mail that is not sent, or that others refuse. */
import { either } from '../../../base/patterns';
import { hostsIn, troublesIn } from './match-symptoms';
import type { ClueReader, Symptom } from './types';

const TROUBLE: readonly Symptom[] = [
  {
    pattern:
      /\bSPF\b|\bDKIM\b|\bDMARC\b|5\.7\.(?:26|1|23|25|7)\b|sender (?:address )?(?:rejected|is unauthenticated)|unauthenticated (?:e-?mail|sender)/i,
    says: 'mail was refused for who sends it',
    about: /spf|dkim|dmarc|v=|txt\b|sender|from\b|mail|relay|include:|ip4:|selector|domain/i,
    chiefly: /spf|dkim|dmarc/i,
  },
  {
    pattern: either(
      /smtp|\bSASL LOGIN\b|relay (?:access )?denied|STARTTLS/i,
      /mail(?:er|box)?\b.{0,60}(?:fail|refus|reject|bounc|not (?:sent|delivered)|timed? ?out|unavailable)/i,
      /(?:no|not) .{0,40}(?:e-?mails?|confirmations?|notifications?) (?:were|was|are|is|since)/i,
      /\b(?:421|450|451|452|535|550|551|552|553|554)[ -][245]\.\d{1,3}\.\d{1,3}\b|undeliverable|bounced:/i,
    ),
    says: 'mail was not sent',
    about:
      /smtp|mail|relay|starttls|tls|ssl|sender|from\b|\bmx\b|\bport\b|sendgrid|postmark|mailgun|ses\b|host|password|user/i,
    chiefly: /smtp|mail|relay|sendgrid|postmark|mailgun|\bmx\b/i,
  },
];

export const mail: ClueReader = (lines) => troublesIn(lines, TROUBLE, hostsIn);
