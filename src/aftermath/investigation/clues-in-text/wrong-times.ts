/** Times and dates that are wrong: time zones, clocks, and how a date is written. */
import { either } from '../../../base/patterns';
import { troublesIn } from './match-symptoms';
import type { ClueReader, Symptom } from './types';

const TROUBLE: readonly Symptom[] = [
  {
    pattern: either(
      /clock skew|RequestTimeTooSkewed|\bNTP\b|chrony|timesyncd|clock (?:is|was) (?:wrong|off|behind|ahead)/i,
      /used (?:before (?:iat|nbf)|too early)|ImmatureSignature|tokens? (?:is )?(?:not yet valid|not active yet)/i,
      /issued in the future|\bclocks? (?:of|on|between)\b/i,
    ),
    says: 'a clock is wrong',
    about: /ntp|chrony|clock|time_?sync|skew|tolerance|leeway|drift/i,
    chiefly: /skew|tolerance|leeway|ntp|chrony/i,
  },
  {
    pattern: either(
      /time ?-?zones?\b|\btz(?:data|info)?\b|ZoneInfo|ZoneRulesException/i,
      /\b(?:an?|one|two|\d{1,2}) hours? (?:too )?(?:early|late|earlier|later|off|behind|ahead)/i,
      /(?:off|wrong|shifted) by (?:an?|one|two|\d{1,2}) (?:hours?|days?)|daylight saving|\bDST\b|local time/i,
      /naive datetime|offset-naive|wrong (?:day|date|hour)|UTC (?:instead|but|and not)/i,
    ),
    says: 'a time is read in another zone',
    about:
      /tz\b|time_?zone|utc|locali[sz]e|local_?time|localtime|ntp|dst|offset|zoneinfo|pytz|luxon|moment|dayjs|strftime|Europe\/|America\/|Asia\/|Etc\//i,
    chiefly: /tz\b|time_?zone|Europe\/|America\/|Asia\/|Etc\/|zoneinfo|pytz/i,
  },
  {
    pattern:
      /does not match format|DateTimeParseException|unparseable date|invalid date\b|could not parse (?:the )?(?:date|time)|date\/time field value out of range|day is out of range|ParseError.{0,40}(?:date|time)/i,
    says: 'a date is written in another way',
    about: /date|strptime|strftime|format|pattern|locale|iso|timestamp/i,
    chiefly: /date|strptime|strftime|timestamp/i,
  },
];

export const clocks: ClueReader = (lines) => troublesIn(lines, TROUBLE);
