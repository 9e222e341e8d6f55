/** What the test's completion extension offers in a soak: never the same twice. */
import type { Offer } from '../completions/offers';
import { word } from './words';

const MANY = 400;

class Offers {
  readonly all: readonly Offer[] = Array.from({ length: MANY }, (_, index): Offer => {
    const after = `// ask ${word()}`;
    const lines = Array.from({ length: 1 + (index % 3) }, () => `let ${word()} = ${word()} + ${word()};`);
    return { after, insert: [after, ...lines].join('\n') };
  });
  private used = 0;

  next(): Offer {
    const offer = this.all[this.used++ % MANY];
    if (!offer) throw new Error('no offer');
    return offer;
  }
}

export const COMPLETIONS = new Offers();
