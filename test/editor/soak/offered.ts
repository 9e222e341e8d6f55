/** What the test's completion extension offers in a soak: never the same twice. */
import type { Offer } from '../completions/offers';
import { word } from './words';

const MANY = 402;
/** So many offers have each another number of lines. */
const SIZES = 3;

class Offers {
  readonly all: readonly Offer[] = Array.from({ length: MANY }, (_, index): Offer => {
    const after = `// ask ${word()}`;
    const lines = Array.from({ length: 1 + (index % SIZES) }, () => `let ${word()} = ${word()} + ${word()};`);
    return { after, insert: [after, ...lines].join('\n') };
  });
  private used = 0;

  /** A session begins: its offers have as many lines as when it is played again. */
  begin(): void {
    this.used += (SIZES - (this.used % SIZES)) % SIZES;
  }

  next(): Offer {
    const offer = this.all[this.used++ % this.all.length];
    if (!offer) throw new Error('no offer');
    return offer;
  }
}

export const COMPLETIONS = new Offers();
