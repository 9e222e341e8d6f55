/** Outages of the kinds that people report, each with one change behind it among a hundred: where it is in the list. */
import assert from 'node:assert/strict';
import { attributionByNotes, beginIncident } from '../../src/after-merge';
import { INCIDENTS } from '../support/incidents/outages';
import { playShop, type PlayedShop } from '../support/incidents/play';

describe('forty outages', function () {
  this.timeout(300_000);
  let shop: PlayedShop;
  const ranks: {
    readonly shape: string;
    readonly subject: string;
    readonly rank: number;
    readonly suspects: number;
  }[] = [];
  before(async () => {
    shop = await playShop();
    assert.equal(shop.of.size, shop.commits, 'each change has a subject of its own');
  });
  after(() => shop.test.dispose());

  for (const { shape, subject, text } of INCIDENTS)
    it(`${shape}: ${subject}: is among the first three`, async () => {
      const repository = shop.test.repository();
      const now = (): number => Date.parse('2026-11-24T12:00:00Z');
      const { found } = await beginIncident({
        repository,
        title: 'It is down',
        began: Date.parse('2026-11-24T10:00:00Z'),
        services: [],
        paths: [],
        text,
        deployed: 'main',
        lastGood: shop.good,
        attributionOf: attributionByNotes(repository, now),
        write: false,
        gated: 0,
        now,
      });
      assert.equal(found.window.commits, shop.commits);
      const rank = found.suspects.findIndex(({ commit }) => commit === shop.of.get(subject)) + 1;
      ranks.push({ shape, subject, rank, suspects: found.suspects.length });
      if (process.env['SHOW_RANKS'] !== undefined && rank !== 1)
        for (const one of found.suspects.slice(0, 3)) console.log(one.subject, one.reasons.slice(0, 4));
      assert.ok(rank >= 1 && rank <= 3, `rank ${String(rank)} of ${String(found.suspects.length)} suspects`);
    });

  it('their cause comes first in nine of ten', () => {
    console.log(
      ranks
        .map(
          ({ rank, suspects, shape, subject }) =>
            `      ${String(rank)} of ${String(suspects).padStart(2)}  ${shape}: ${subject}`,
        )
        .join('\n'),
    );
    const shapes = new Set(INCIDENTS.map(({ shape }) => shape));
    assert.deepEqual([INCIDENTS.length, shapes.size >= 20], [40, true]);
    assert.equal(ranks.length, INCIDENTS.length);
    assert.ok(ranks.filter(({ rank }) => rank === 1).length >= 0.9 * INCIDENTS.length);
  });
});
