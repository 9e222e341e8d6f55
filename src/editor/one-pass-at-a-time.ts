/** Asynchronous work that is requested again while it runs. */

/** One pass for each thing at a time; if it is requested again meanwhile, once more, however often it was requested. */
export class Passes<Thing> {
  private readonly under = new Map<Thing, { again: boolean }>();

  /** `perform` starts immediately. It must not fail. */
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
