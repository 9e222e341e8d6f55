/** Work that takes its time and is asked for again meanwhile. */

/** One pass for each thing at a time; where it was asked for again meanwhile, once more, however often that was. */
export class Passes<Thing> {
  private readonly under = new Map<Thing, { again: boolean }>();

  /** `perform` begins at once. It must not fail. */
  constructor(private readonly perform: (thing: Thing) => Promise<void>) {}

  request(thing: Thing): void {
    const pass = this.under.get(thing);
    if (pass) pass.again = true;
    else void this.pass(thing);
  }

  private async pass(thing: Thing): Promise<void> {
    const pass = { again: true };
    this.under.set(thing, pass);
    try {
      while (pass.again) {
        pass.again = false;
        await this.perform(thing);
      }
    } finally {
      this.under.delete(thing);
    }
  }
}
