/** Outages of the kinds that people report, each with one change behind it among many: where it is in the list. */
import assert from 'node:assert/strict';
import { attributionByNotes, beginIncident } from '../../../src/aftermath';
import { Repository } from '../../../src/git';
import { startAndWait, type GitResult, type Start } from '../../../src/git/plumbing/run-git';
import { CLINIC_INCIDENTS } from '../../support/incidents/clinic-outages';
import { CLINIC_LATER } from '../../support/incidents/clinic-later';
import { COURIER_LATER } from '../../support/incidents/courier-later';
import { COURIER_INCIDENTS } from '../../support/incidents/courier-outages';
import { HARBOUR_LATER } from '../../support/incidents/harbour-later';
import { HARBOUR_INCIDENTS } from '../../support/incidents/harbour-outages';
import { MARKET_LATER } from '../../support/incidents/market-later';
import { MARKET_INCIDENTS } from '../../support/incidents/market-outages';
import { MARKET_TERSE } from '../../support/incidents/market-terse';
import { INCIDENTS, type ScriptedIncident } from '../../support/incidents/outages';
import { UNSEEN } from '../../support/incidents/unseen';
import {
  playClinic,
  playCourier,
  playHarbour,
  playMarket,
  playMarketTerse,
  playShop,
  type PlayedWindow,
} from '../../support/incidents/play';

interface Rank {
  readonly shape: string;
  readonly subject: string;
  /** 0: it is not in the list. */
  readonly rank: number;
  readonly suspects: number;
}

/** The repository of a window, which never changes: git is asked each question once for all incidents in it. */
const repositories = new WeakMap<PlayedWindow, Repository>();

function repositoryOf(played: PlayedWindow): Repository {
  const known = repositories.get(played);
  if (known !== undefined) return known;
  const answers = new Map<string, Promise<GitResult> | GitResult>();
  const ask: Start = (args, run) => {
    const variables = Object.entries(run.env).filter(([name]) => name.startsWith('GIT_'));
    const question = JSON.stringify([args, Buffer.from(run.input).toString('base64'), variables]);
    const answer = answers.get(question) ?? startAndWait(args, run);
    answers.set(question, answer);
    return answer;
  };
  const made = new Repository(played.test.repository(), ask);
  repositories.set(played, made);
  return made;
}

async function rankIn(played: PlayedWindow, { shape, subject, text }: ScriptedIncident): Promise<Rank> {
  const repository = repositoryOf(played);
  const now = (): number => Date.parse('2026-11-24T12:00:00Z');
  const { found } = await beginIncident({
    repository,
    title: 'It is down',
    began: Date.parse('2026-11-24T10:00:00Z'),
    services: [],
    paths: [],
    text,
    deployed: 'main',
    lastGood: played.good,
    attributionOf: attributionByNotes(repository, now),
    write: false,
    gated: 0,
    now,
  });
  assert.equal(found.window.commits, played.commits);
  const rank = found.suspects.findIndex(({ commit }) => commit === played.of.get(subject)) + 1;
  if (process.env['SHOW_RANKS'] !== undefined && rank !== 1)
    for (const one of found.suspects.slice(0, 3)) console.log(one.subject, one.reasons.slice(0, 4));
  return { shape, subject, rank, suspects: found.suspects.length };
}

const print = (ranks: readonly Rank[]): void => {
  for (const { rank, suspects, shape, subject } of ranks)
    console.log(`      ${String(rank)} of ${String(suspects).padStart(2)}  ${shape}: ${subject}`);
};

/** How many of how many incidents have their cause at least first, among the first three, or in the list at all. */
interface Expected {
  readonly of: number;
  readonly first: number;
  readonly amongThree?: number;
  readonly found?: number;
}

async function expectRanks(
  played: PlayedWindow,
  incidents: readonly ScriptedIncident[],
  { of, first, amongThree = 0, found = 0 }: Expected,
): Promise<void> {
  const all: Rank[] = [];
  for (const incident of incidents) all.push(await rankIn(played, incident));
  print(all);
  const ranks = all.map(({ rank }) => rank);
  assert.equal(ranks.length, of);
  const upTo = (last: number): number => ranks.filter((rank) => rank >= 1 && rank <= last).length;
  assert.ok(upTo(1) >= first, ranks.join(', '));
  assert.ok(upTo(3) >= amongThree, ranks.join(', '));
  assert.ok(upTo(Infinity) >= found, ranks.join(', '));
}

describe('linekeeper incident, forty played outages:', function () {
  this.timeout(300_000);
  let shop: PlayedWindow;
  const ranks: Rank[] = [];
  before(async () => {
    shop = await playShop();
    assert.equal(shop.of.size, shop.commits, 'each change has a subject of its own');
  });
  after(() => shop.test.dispose());

  for (const incident of INCIDENTS)
    it(`${incident.shape}: the cause of ${incident.subject} is among the first three suspects`, async () => {
      const found = await rankIn(shop, incident);
      ranks.push(found);
      assert.ok(found.rank >= 1 && found.rank <= 3, `rank ${String(found.rank)} of ${String(found.suspects)} suspects`);
    });

  // As it was at the one run after they were written: 1, 0 (mail), 1, 5 (disk), 1, 4 (key).
  it('six further ones: the cause is first in three, and found in five', async () => {
    await expectRanks(shop, UNSEEN, { of: 6, first: 3, found: 5 });
  });

  it('the cause is the first suspect in nine of ten', () => {
    print(ranks);
    const shapes = new Set(INCIDENTS.map(({ shape }) => shape));
    assert.deepEqual([INCIDENTS.length, shapes.size >= 20], [40, true]);
    assert.equal(ranks.length, INCIDENTS.length);
    assert.ok(ranks.filter(({ rank }) => rank === 1).length >= 0.9 * INCIDENTS.length);
  });
});

describe('linekeeper incident, played outages of a second repository:', function () {
  this.timeout(300_000);
  let clinic: PlayedWindow;
  before(async () => {
    clinic = await playClinic();
    assert.equal(clinic.of.size, clinic.commits, 'each change has a subject of its own');
  });
  after(() => clinic.test.dispose());

  // As they were before anything was adapted: 0, 0, 2, 5, 0, 1, 1, 1, 5, 0, 1, 9, 1, 0.
  it('fourteen: the cause is first in twelve, and always among three', async () => {
    await expectRanks(clinic, CLINIC_INCIDENTS, { of: 14, first: 12, amongThree: 14 });
  });

  // At the one run after they were written: 11, 5, 0, 1, 1, 3. What holds for all texts was then made better: 11, 1, 0, 1, 1, 3.
  it('six further ones: the cause is first in three, and found in five', async () => {
    await expectRanks(clinic, CLINIC_LATER, { of: 6, first: 3, found: 5 });
  });
});

describe('linekeeper incident, played outages of a third repository:', function () {
  this.timeout(300_000);
  let courier: PlayedWindow;
  before(async () => {
    courier = await playCourier();
    assert.equal(courier.of.size, courier.commits, 'each change has a subject of its own');
  });
  after(() => courier.test.dispose());

  // As they were before anything was adapted: 0, 1, 11, 3, 4, 1, 4, 15, 1, 2.
  it('ten everyday ones: the cause is first in nine, and always among three', async () => {
    await expectRanks(courier, COURIER_INCIDENTS, { of: 10, first: 9, amongThree: 10 });
  });

  // As it was at the one run after they were drawn: 1, 2, 1, 1, 2, 1.
  it('six further ones: the cause is first in four, and always among three', async () => {
    await expectRanks(courier, COURIER_LATER, { of: 6, first: 4, amongThree: 6 });
  });
});

describe('linekeeper incident, played outages of a fourth repository:', function () {
  this.timeout(300_000);
  let harbour: PlayedWindow;
  before(async () => {
    harbour = await playHarbour();
    assert.equal(harbour.of.size, harbour.commits, 'each change has a subject of its own');
  });
  after(() => harbour.test.dispose());

  // As they were before anything was adapted: 0, 2, 1, 0, 0, 3, 1, 0, 1, 1.
  it('ten after published post-mortems: the cause is first in nine, and always among three', async () => {
    await expectRanks(harbour, HARBOUR_INCIDENTS, { of: 10, first: 9, amongThree: 10 });
  });

  // At the one run after they were written: 3, 1, 0, 5, 1, 1, 1, 1, 2, 1. Two kinds of text were then read better: 3, 1, 2, 1, 1, 1, 1, 1, 2, 1.
  it('ten further ones: the cause is first in seven, and always among three', async () => {
    await expectRanks(harbour, HARBOUR_LATER, { of: 10, first: 7, amongThree: 10 });
  });
});

describe('linekeeper incident, played outages of a fifth repository:', function () {
  this.timeout(300_000);
  let market: PlayedWindow;
  before(async () => {
    market = await playMarket();
    assert.equal(market.of.size, market.commits, 'each change has a subject of its own');
  });
  after(() => market.test.dispose());

  // At the one run before anything was adapted: nine first, the value of the configuration not found.
  it('ten everyday ones: the cause is first in nine, and always among three', async () => {
    await expectRanks(market, MARKET_INCIDENTS, { of: 10, first: 9, amongThree: 10 });
  });

  // At the one run before anything was adapted: nine first, the index third.
  it('ten more: the cause is first in nine, and always among three', async () => {
    await expectRanks(market, MARKET_LATER, { of: 10, first: 9, amongThree: 10 });
  });

  // At the one run before anything was adapted: 1, 2, 2, 1, 1, 1, 0, 1, 1, 1.
  it('ten described in few words: the cause is first in nine, and always among three', async () => {
    const window = await playMarketTerse();
    try {
      await expectRanks(window, MARKET_TERSE, { of: 10, first: 9, amongThree: 10 });
    } finally {
      await window.test.dispose();
    }
  });
});
