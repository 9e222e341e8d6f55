/** Texts and numbers that are read in another way than they were written: encodings, collations, locales. */
import { either } from '../../../base/patterns';
import { troublesIn } from './match-symptoms';
import type { ClueReader, Symptom } from './types';

const TROUBLE: readonly Symptom[] = [
  {
    pattern: either(
      /Unicode(?:Decode|Encode|Translate)?Error|codec can't (?:de|en)code|Incorrect string value/i,
      /invalid byte sequence|MalformedInput|UnmappableCharacter|invalid UTF-?8/i,
      /incompatible character encodings|Encoding::\w+Error|illegal mix of collations/i,
      /stream did not contain valid UTF|mojibake|garbled|umlauts?\b|\uFFFD|\u00c3[\u0080-\u00bf]/i,
    ),
    says: 'a text is read in another encoding',
    about:
      /charset|character_?set|encod|decod|utf|latin|iso_?8859|cp_?125|windows_?125|collat|\blang\b|\blc_|locale|codec|unicode|ascii|bom\b/i,
    chiefly: /charset|character_?set|encoding|collat|utf|latin|cp_?125/i,
  },
  {
    pattern:
      /could not convert string to float|NumberFormatException|invalid (?:number|decimal|literal for)|decimal separator|\bParseFloat\b|strconv\.Parse|not a valid number|InvalidOperation.{0,30}Conversion|thousands separator/i,
    says: 'a number is written in another way',
    about: /locale|\blang\b|\blc_|decimal|float|number|format|parse|separator|comma|delimiter|round|int\(/i,
    chiefly: /locale|\blang\b|\blc_|separator|decimal|delimiter/i,
  },
];

export const characters: ClueReader = (lines) => troublesIn(lines, TROUBLE);
