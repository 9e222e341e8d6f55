/** Words that nobody has used before, and lines made of them. */
import type { Chance } from './random';

const SOUNDS = [
  'ba',
  'de',
  'fi',
  'go',
  'hu',
  'ka',
  'le',
  'mi',
  'no',
  'pu',
  'ra',
  'se',
  'ti',
  'vo',
  'zu',
  'jy',
  'qua',
  'xe',
  'wi',
  'clo',
];
const FOREIGN = ['ä', 'ß', 'é', 'ж', '語', 'ñ', '𝕏'];
/** Lines that many write alike. */
export const PLAIN = ['}', '', '});', '', '}', '{', '  }', '---', '//'];

export class Words {
  private readonly used = new Set<string>();

  constructor(private readonly chance: Chance) {}

  fresh(): string {
    for (;;) {
      const length = 2 + this.chance.below(3);
      let word = Array.from({ length }, () => this.chance.any(SOUNDS) ?? '').join('');
      if (this.chance.maybe(0.05)) word += this.chance.any(FOREIGN) ?? '';
      if (this.chance.maybe(0.15)) word += String(this.chance.below(100));
      if (!this.used.has(word)) {
        this.used.add(word);
        return word;
      }
    }
  }

  /** The same word with another character at its end, or undefined where that is taken. */
  varied(word: string): string | undefined {
    const end = String(this.chance.below(10));
    const other = /\d$/.test(word) ? word.slice(0, -1) + end : word + end;
    if (this.used.has(other)) return undefined;
    this.used.add(other);
    return other;
  }
}
